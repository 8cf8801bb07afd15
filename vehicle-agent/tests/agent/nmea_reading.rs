//! What a receiver says and what fixes come of it: sentences in, text out.

use crate::support::{NEW_YEAR_MS, nmea};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use vehicle_agent::nmea::{Fix, NmeaParser, ParserOptions};

fn read(bytes: &[u8], portion: usize, reference_ms: Option<i64>) -> (Vec<Fix>, NmeaParser) {
    let mut parser = NmeaParser::new(ParserOptions::default());
    if let Some(reference_ms) = reference_ms {
        parser.set_reference_time(reference_ms);
    }
    let mut fixes = Vec::new();
    for portion in bytes.chunks(portion) {
        parser.push(portion, &mut fixes);
    }
    parser.finish(&mut fixes);
    (fixes, parser)
}

fn text(fixes: &[Fix], parser: &NmeaParser) -> String {
    let mut text = String::new();
    for fix in fixes {
        let days = fix.fix_time_ms.div_euclid(86_400_000);
        let ms = fix.fix_time_ms.rem_euclid(86_400_000);
        text += &format!(
            "day {days} {:02}:{:02}:{:06.3} at {:.5} {:.5}",
            ms / 3_600_000,
            ms / 60_000 % 60,
            (ms % 60_000) as f64 / 1000.0,
            fix.lat,
            fix.lon
        );
        text += &fix.speed_mps.map_or(String::new(), |speed| format!(", {speed:.1} m/s"));
        text += &fix.heading_deg.map_or(String::new(), |deg| format!(", {deg:.0} deg"));
        text += &fix.satellites.map_or(String::new(), |count| format!(", {count} satellites"));
        text += &fix.hdop.map_or(String::new(), |hdop| format!(", hdop {hdop}"));
        text += "\n";
    }
    let counts = serde_json::to_value(parser.counts()).expect("works on this machine");
    let counts: Vec<String> = counts
        .as_object()
        .expect("works on this machine")
        .iter()
        .filter(|(_, count)| count.as_u64() != Some(0))
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    text + &counts.join(", ") + "\n"
}

fn check_at(lines: &[&str], reference_ms: Option<i64>, expected: Expect) {
    let input: String = lines
        .iter()
        .map(|line| if line.contains('*') { format!("{line}\r\n") } else { nmea(line) })
        .collect();
    let (fixes, parser) = read(input.as_bytes(), 7, reference_ms);
    expected.assert_eq(&text(&fixes, &parser));
}

fn check(lines: &[&str], expected: Expect) {
    check_at(lines, None, expected);
}

#[test]
fn the_sentences_of_one_moment_make_one_fix() {
    check(
        &[
            "GNGGA,010203.00,3828.2000,N,10616.2000,E,1,11,0.8,1110.0,M,-30.0,M,,",
            "GNRMC,010203.00,A,3828.2000,N,10616.2000,E,22.0,90.0,010126,,,A",
            "GNVTG,90.0,T,,M,22.0,N,40.7,K,A",
            "GNGLL,3828.2000,N,10616.2000,E,010203.00,A,A",
            "GNGSA,A,3,01,02,03,,,,,,,,,,1.5,0.8,1.2",
            "GNGGA,010204.00,3828.2000,N,10616.2100,E,1,11,0.8,1110.0,M,-30.0,M,,",
            "GNRMC,010204.00,A,3828.2000,N,10616.2100,E,22.0,90.0,010126,,,A",
        ],
        expect![[r#"
            day 20454 01:02:03.000 at 38.47000 106.27000, 11.3 m/s, 90 deg, 11 satellites, hdop 0.8
            day 20454 01:02:04.000 at 38.47000 106.27017, 11.3 m/s, 90 deg, 11 satellites, hdop 0.8
            fixes 2, other_kinds 1, sentences 7, used 6
        "#]],
    );
}

#[test]
fn beidou_receivers_are_read_under_each_of_their_names() {
    check(
        &[
            "BDRMC,010203.00,A,3828.2000,N,10616.2000,E,0.0,,010126,,,A",
            "GBRMC,010204.00,A,3828.2000,N,10616.2000,E,0.0,,010126,,,A",
            "GNGNS,010205.00,3828.2000,N,10616.2000,E,NNNA,07,1.1,1110.0,-30.0,,",
            "GNGNS,010206.00,3828.2000,N,10616.2000,E,NNNN,00,,,,,",
        ],
        expect![[r#"
            day 20454 01:02:03.000 at 38.47000 106.27000, 0.0 m/s
            day 20454 01:02:04.000 at 38.47000 106.27000, 0.0 m/s
            day 20454 01:02:05.000 at 38.47000 106.27000, 7 satellites, hdop 1.1
            fixes 3, no_fix 1, sentences 4, used 4
        "#]],
    );
}

#[test]
fn midnight_turns_the_date_even_before_the_receiver_says_so() {
    check(
        &[
            "GPRMC,235959.00,A,3828.2000,N,10616.2000,E,0.0,,311225,,,A",
            "GPGGA,000000.00,3828.2000,N,10616.2000,E,1,08,1.0,1110.0,M,-30.0,M,,",
            "GPGGA,000001.00,3828.2000,N,10616.2000,E,1,08,1.0,1110.0,M,-30.0,M,,",
        ],
        expect![[r#"
            day 20453 23:59:59.000 at 38.47000 106.27000, 0.0 m/s
            day 20454 00:00:00.000 at 38.47000 106.27000, 8 satellites, hdop 1
            day 20454 00:00:01.000 at 38.47000 106.27000, 8 satellites, hdop 1
            fixes 3, sentences 3, used 3
        "#]],
    );
}

#[test]
fn a_date_behind_by_a_week_rollover_is_corrected_only_beside_a_clock() {
    let rolled_over = ["GPRMC,000010.00,A,3828.2000,N,10616.2000,E,0.0,,180506,,,A"];
    check(
        &rolled_over,
        expect![[r#"
            day 13286 00:00:10.000 at 38.47000 106.27000, 0.0 m/s
            fixes 1, sentences 1, used 1
        "#]],
    );
    check_at(
        &rolled_over,
        Some(NEW_YEAR_MS + 11_000),
        expect![[r#"
            day 20454 00:00:10.000 at 38.47000 106.27000, 0.0 m/s
            fixes 1, sentences 1, used 1, week_rollovers 1
        "#]],
    );
}

#[test]
fn a_receiver_without_dates_is_dated_only_beside_a_clock() {
    let undated = ["GPGGA,235950.00,3828.2000,N,10616.2000,E,1,08,1.0,1110.0,M,-30.0,M,,"];
    check(
        &undated,
        expect![[r#"
        no_date 1, sentences 1, used 1
    "#]],
    );
    // Ten seconds before the new year, told eleven seconds after it.
    check_at(
        &undated,
        Some(NEW_YEAR_MS + 1_000),
        expect![[r#"
            day 20453 23:59:50.000 at 38.47000 106.27000, 8 satellites, hdop 1
            dated_by_reference 1, fixes 1, sentences 1, used 1
        "#]],
    );
}

#[test]
fn no_position_is_no_fix_however_it_is_said() {
    check(
        &[
            "GPRMC,010203.00,V,,,,,,,010126,,,N",
            "GPGGA,010203.00,,,,,0,00,99.9,,,,,,",
            "GPGGA,,,,,,0,,,,M,,M,,",
            "GPRMC,010204.00,A,0000.0000,N,00000.0000,E,0.0,,010126,,,A",
            "GPRMC,010205.00,A,9900.0000,N,10616.2000,E,0.0,,010126,,,A",
            "GPRMC,010206.00,V,3828.2000,N,10616.2000,E,0.0,,010126,,,N",
            "GPGGA,010206.00,3828.2000,N,10616.2000,E,1,08,1.0,1110.0,M,-30.0,M,,",
            "GPRMC,010207.00,A,3828.2000,N,10616.2000,E,0.0,,010126,,,S",
        ],
        expect![[r#"
            no_fix 5, not_measured 1, sentences 8, used 8
        "#]],
    );
}

#[test]
fn noise_wrong_checksums_ships_and_makers_sentences_are_counted_apart() {
    let good = nmea("GPRMC,010203.00,A,3828.2000,N,10616.2000,E,0.0,,010126,,,A");
    let mut bytes = Vec::new();
    bytes.extend(b"\xB5\x62\x01\x07\x5C\x00");
    bytes.extend(b"$GPRMC,0102");
    bytes.extend(good.replace("38", "39").bytes());
    bytes.extend(b"!AIVDM,1,1,,A,15Muq70001G?tRrM5M4P8?v4080u,0*7C\r\n");
    bytes.extend(nmea("PMTK001,314,3").bytes());
    bytes.extend(nmea("XXRMC,010203.00,A,3828.2000,N,10616.2000,E,0.0,,010126,,,A").bytes());
    bytes.extend(b"$GPRMC,010203.00,A,3828.2000,N,10616.2000,E,0.0,,010126,,,A\r\n");
    bytes.extend(b"$GPGGA,01\xFF0203");
    bytes.extend(b"$".iter().chain([b'A'; 400].iter()));
    bytes.extend(b"\r\n");
    bytes.extend(nmea("GPRMC,nonsense").bytes());
    bytes.extend(good.trim_end().bytes());
    let (fixes, parser) = read(&bytes, 5, None);
    expect![[r#"
        day 20454 01:02:03.000 at 38.47000 106.27000, 0.0 m/s
        ais 1, bad_checksum 1, cut_short 2, fixes 1, malformed 1, no_checksum 1, noise_bytes 155, sentences 7, too_long 1, unknown_talker 1, unsupported 1, used 1
    "#]]
    .assert_eq(&text(&fixes, &parser));
}

fn sentences() -> impl Strategy<Value = Vec<u8>> {
    let field = prop_oneof![
        Just(String::new()),
        "[0-9]{1,6}(\\.[0-9]{1,3})?",
        Just("A".to_owned()),
        Just("N".to_owned()),
        Just("3828.2".to_owned()),
        Just("nan".to_owned()),
        Just("-inf".to_owned()),
        "[ -~]{0,8}",
    ];
    let kind = prop::sample::select(vec![
        "GPRMC", "GNGGA", "BDGNS", "GAGLL", "GPVTG", "GNZDA", "GPGSV", "PGRMZ", "PUBX", "GPXXX",
        "G",
    ]);
    let line = (kind, prop::collection::vec(field, 0..16))
        .prop_map(|(kind, fields)| nmea(&format!("{kind},{}", fields.join(","))).into_bytes());
    let noise = prop::collection::vec(any::<u8>(), 0..300);
    let part = prop_oneof![3 => line, 1 => noise];
    prop::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn whatever_comes_in_only_places_on_earth_come_out_and_cuts_change_nothing(
        bytes in sentences(),
        portion in 1_usize..50,
    ) {
        let (whole, parser) = read(&bytes, usize::MAX, Some(NEW_YEAR_MS));
        for fix in &whole {
            prop_assert!(Fix::is_place(fix.lat, fix.lon));
            prop_assert!(fix.speed_mps.is_none_or(|speed| (0.0..=150.0).contains(&speed)));
            prop_assert!(fix.heading_deg.is_none_or(|deg| (0.0..360.0).contains(&deg)));
        }
        let counts = parser.counts();
        prop_assert_eq!(
            counts.sentences,
            counts.used + counts.other_kinds + counts.ais + counts.unsupported
                + counts.unknown_talker + counts.bad_checksum + counts.no_checksum + counts.malformed
        );
        let (cut, cut_parser) = read(&bytes, portion, Some(NEW_YEAR_MS));
        prop_assert_eq!(&whole, &cut);
        prop_assert_eq!(counts, cut_parser.counts());
    }
}

/// A line that falls silent within a moment, as some radio links do, gives the position before the date.
#[test]
fn a_date_that_comes_after_its_moment_was_told_dates_the_next_one() {
    let mut parser = NmeaParser::new(ParserOptions::default());
    let mut fixes = Vec::new();
    for line in [
        "GPGGA,010203.00,3828.2000,N,10616.2000,E,1,08,0.9,1110.4,M,,M,,",
        "GPRMC,010203.00,A,3828.2000,N,10616.2000,E,2.0,90.0,010126,,,A",
        "GPGGA,010204.00,3828.2000,N,10616.2010,E,1,08,0.9,1110.4,M,,M,,",
    ] {
        parser.push(nmea(line).as_bytes(), &mut fixes);
        parser.flush(&mut fixes);
    }
    expect![[r#"
        day 20454 01:02:04.000 at 38.47000 106.27002, 8 satellites, hdop 0.9
        fixes 1, no_date 1, sentences 3, used 3
    "#]]
    .assert_eq(&text(&fixes, &parser));
}
