//! Bytes of a receiver, in any portions: the cuts between portions change nothing, and every fix
//! that comes out is a place and a moment.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vehicle_agent::nmea::{Fix, NmeaParser, ParserOptions, strip_annotations};

/// The caller's clock: 2026-11-18, milliseconds since 1970-01-01T00:00:00Z.
const REFERENCE_MS: i64 = 1_795_000_000_000;

fuzz_target!(|input: (bool, bool, &[u8], &[u8])| {
    let (accept_missing_checksum, with_clock, cuts, bytes) = input;
    let parser = || {
        let mut parser = NmeaParser::new(ParserOptions { accept_missing_checksum });
        if with_clock {
            parser.set_reference_time(REFERENCE_MS);
        }
        parser
    };
    let (mut whole, mut fixes) = (parser(), Vec::new());
    whole.push(bytes, &mut fixes);
    whole.finish(&mut fixes);

    let (mut portioned, mut same_fixes, mut rest) = (parser(), Vec::new(), bytes);
    for cut in cuts {
        let (portion, after) = rest.split_at(usize::from(*cut).min(rest.len()));
        portioned.push(portion, &mut same_fixes);
        rest = after;
    }
    portioned.push(rest, &mut same_fixes);
    portioned.finish(&mut same_fixes);

    assert_eq!(fixes, same_fixes);
    assert_eq!(whole.counts(), portioned.counts());
    fixes.iter().for_each(is_sound);
    assert!(strip_annotations(bytes).len() <= bytes.len());
});

fn is_sound(fix: &Fix) {
    assert!(Fix::is_place(fix.lat, fix.lon), "{fix:?}");
    assert!(fix.speed_mps.is_none_or(|mps| (0.0..=150.0).contains(&mps)), "{fix:?}");
    assert!(fix.heading_deg.is_none_or(|deg| (0.0..360.0).contains(&deg)), "{fix:?}");
    assert!(fix.hdop.is_none_or(|hdop| hdop.is_finite() && hdop > 0.0), "{fix:?}");
    // Receivers tell years of two or four digits; none is before 1900 or after 9999.
    let years = -2_208_988_800_000..=253_402_300_799_999_i64;
    assert!(years.contains(&fix.fix_time_ms), "{fix:?}");
}
