//! Sentences as receivers, simulators and gateways were seen to write them, after reports in the
//! trackers of gpsd, Signal K, OpenCPN, traccar and others; and the sentences of the standard, read
//! beside the `nmea` crate.

use crate::support::{NEW_YEAR_MS, nmea};
use proptest::prelude::*;
use vehicle_agent::nmea::{Fix, NmeaCounts, NmeaParser, ParserOptions};

/// 1 024 weeks.
const ROLLOVER_MS: i64 = 1024 * 7 * 86_400_000;
/// 2026-11-15T00:00:00Z.
const DAY_MS: i64 = 1_794_700_800_000;
const PLACE: &str = "3828.2000,N,10616.2000,E";

fn read_at(lines: &[String], reference_ms: Option<i64>) -> (Vec<Fix>, NmeaCounts) {
    let mut parser = NmeaParser::new(ParserOptions::default());
    if let Some(now) = reference_ms {
        parser.set_reference_time(now);
    }
    let mut fixes = Vec::new();
    lines.iter().for_each(|line| parser.push(nmea(line).as_bytes(), &mut fixes));
    parser.finish(&mut fixes);
    (fixes, *parser.counts())
}

fn read(lines: &[&str]) -> (Vec<Fix>, NmeaCounts) {
    let lines: Vec<String> = lines.iter().map(|line| line.replace("PLACE", PLACE)).collect();
    read_at(&lines, None)
}

fn times_ms(lines: &[&str]) -> Vec<i64> {
    read(lines).0.iter().map(|fix| fix.fix_time_ms - DAY_MS).collect()
}

#[test]
fn coordinates_are_degrees_then_two_digits_of_minutes_or_refused() {
    let at = |lat: &str, lon: &str| {
        let rmc = format!("GNRMC,010203.00,A,{lat},N,{lon},E,12.0,90.0,151126,,,A");
        let gga = format!("GNGGA,010203.00,{lat},N,{lon},E,1,08,1.0,1.0,M,,M,,");
        let gll = format!("GNGLL,{lat},N,{lon},E,010203.00,A,A");
        [rmc, gga, gll].map(|line| {
            let dated = "GNZDA,010203.00,15,11,2026,00,00".to_owned();
            let (fixes, counts) = read_at(&[dated, line], None);
            (fixes.first().map(|fix| (fix.lat, fix.lon)), counts.malformed)
        })
    };
    for (lat, lon, expected) in [
        ("3828.2000", "10616.2000", (38.47, 106.27)),
        ("4348.2000", "8736.5000", (43.803_33, 87.608_33)),
        ("5254.6188", "0652.0024", (52.910_31, 6.866_71)),
        ("828.2000", "652.0024", (8.47, 6.866_71)),
    ] {
        for (found, _) in at(lat, lon) {
            let (lat, lon) = found.expect("a fix");
            assert!((lat - expected.0).abs() < 1e-5 && (lon - expected.1).abs() < 1e-5);
        }
    }
    for (lat, lon) in [
        ("3875.2000", "10616.2000"),
        ("3828.2000", "10660.0000"),
        ("38.470000", "106.270000"),
        ("8.47", "106.27"),
        ("038.470000", "106.270000"),
        ("3828.2000", "006.270000"),
        ("-3828.2000", "10616.2000"),
        ("38-28.2", "10616.2000"),
    ] {
        for (found, malformed) in at(lat, lon) {
            assert_eq!((found, malformed), (None, 1), "{lat} {lon}");
        }
    }
}

#[test]
fn what_stands_after_the_date_never_costs_what_stands_before_it() {
    for tail in [
        "",
        ",",
        ",,",
        ",,,",
        ",0,A",
        ",0.0",
        ",3.1,W",
        ",3.1,W,A",
        ",,E,A",
        ",,,A,V",
        ",x,y,z",
        ",,,A,S,more,and,more",
    ] {
        let line = format!("GNRMC,010203.00,A,PLACE,12.0,90.0,151126{tail}");
        let (fixes, counts) = read(&[&line]);
        assert_eq!((fixes.len(), counts.malformed), (1, 0), "{tail}");
        assert_eq!(fixes[0].heading_deg, Some(90.0), "{tail}");
    }
}

#[test]
fn what_is_typed_in_or_simulated_is_never_a_fix() {
    for tail in [
        ",,,S",
        ",,,M",
        ",,E,S",
        ",,E,M",
        ",3.1,W,S",
        ",0,S",
        ",0,M",
        ",S",
        ",M,V",
        ",0,S,V",
        ",,S",
        ",,S,V",
        ",3.1,W,S,V",
        ",3.1,E,M,",
    ] {
        let line = format!("GNRMC,010203.00,A,PLACE,12.0,90.0,151126{tail}");
        let (fixes, counts) = read(&[&line]);
        assert_eq!((fixes.len(), counts.not_measured), (0, 1), "{tail}");
    }
    for tail in [",,,N", ",,E,N", ",0,N", ",N", ",0,N,V"] {
        let line = format!("GNRMC,010203.00,A,PLACE,12.0,90.0,151126{tail}");
        let (fixes, counts) = read(&[&line]);
        assert_eq!((fixes.len(), counts.no_fix), (0, 1), "{tail}");
    }
}

#[test]
fn no_position_counts_as_no_fix_and_not_as_malformed() {
    for line in [
        "GPRMC,143255.28,V,,S,,W,,,151126,,",
        "GPRMC,143255.28,V,,,,,,,151126,,,N",
        "GPRMC,143255.28,,,,,,,,151126,,,",
        "GPGGA,143255.28,,S,,W,0,00,,,M,,M,,",
        "GPGLL,,N,,E,143255.28,V,N",
        "GPGLL,,,,,143255.28,V",
        "GNGNS,143255.28,,,,,NN,00,,,,,",
        "GPRMC,143255.28,V,0.0,N,0.0,E,,,151126,,,N",
        "GPRMC,143255.28,V,----.----,N,-----.----,E,,,151126,,,N",
        "GPRMC,143255.28,V,3828.2000,N,,,,,151126,,,N",
        "GPGGA,143255.28,00.00,N,000.00,E,0,00,99.9,,M,,M,,",
        "GPGLL,0,N,0,E,143255.28,V,N",
    ] {
        let (fixes, counts) = read(&[line]);
        assert_eq!((fixes.len(), counts.no_fix, counts.malformed), (0, 1, 0), "{line}");
    }
}

#[test]
fn times_that_lost_their_zeros_and_the_leap_second() {
    let rmc = |time: &str| times_ms(&[&format!("GNRMC,{time},A,PLACE,12.0,90.0,151126,,,A")]);
    assert_eq!(rmc("10203.00"), [3_723_000]);
    assert_eq!(rmc("203"), [123_000]);
    assert_eq!(rmc("235960.00"), [86_399_999]);
    assert!(rmc("246000.00").is_empty());
    assert!(rmc("0010203.00").is_empty());
}

#[test]
fn a_date_that_is_none_is_dated_by_the_clock_where_there_is_one() {
    let now = NEW_YEAR_MS + 3_724_000;
    for date in ["000000", "320126", "", "311126", "290226"] {
        let line = format!("GNRMC,010203.00,A,{PLACE},12.0,90.0,{date},,,A");
        let (fixes, counts) = read_at(std::slice::from_ref(&line), Some(now));
        assert_eq!(fixes[0].fix_time_ms, NEW_YEAR_MS + 3_723_000, "{date}");
        assert_eq!(counts.dated_by_reference, 1);
        let (fixes, counts) = read_at(&[line], None);
        assert_eq!((fixes.len(), counts.no_date), (0, 1), "{date}");
    }
}

#[test]
fn a_date_off_by_whole_week_rollovers_is_corrected_either_way() {
    // 1 January 2026 and 1 024 weeks before and after it; one more behind.
    for (date, off) in [("170845", 1), ("180506", -1), ("021086", -2)] {
        let line = format!("GPRMC,000010.00,A,{PLACE},0.0,,{date},,,A");
        let (fixes, counts) = read_at(std::slice::from_ref(&line), Some(NEW_YEAR_MS + 11_000));
        assert_eq!(fixes[0].fix_time_ms, NEW_YEAR_MS + 10_000, "{date}");
        assert_eq!((counts.week_rollovers, counts.date_doubtful), (1, 0));
        let (fixes, _) = read_at(&[line], None);
        assert_eq!(fixes[0].fix_time_ms, NEW_YEAR_MS + 10_000 + off * ROLLOVER_MS, "{date}");
    }
}

#[test]
fn a_date_that_is_days_off_is_kept_and_doubted() {
    let line = format!("GPRMC,010203.00,A,{PLACE},0.0,,311225,,,A");
    let (fixes, counts) = read_at(&[line], Some(NEW_YEAR_MS + 3_724_000));
    assert_eq!(fixes[0].fix_time_ms, NEW_YEAR_MS + 3_723_000 - 86_400_000);
    assert_eq!(counts.date_doubtful, 1);
}

#[test]
fn a_date_that_has_not_come_is_dated_by_the_clock_and_doubted() {
    // A day, a month and years ahead, and 1 January 1970 in two digits of the year.
    for date in ["020126", "010226", "010130", "010170"] {
        let line = format!("GPRMC,010203.00,A,{PLACE},0.0,,{date},,,A");
        let now = NEW_YEAR_MS + 3_724_000;
        let (fixes, counts) = read_at(std::slice::from_ref(&line), Some(now));
        assert_eq!(fixes[0].fix_time_ms, NEW_YEAR_MS + 3_723_000, "{date}");
        assert_eq!((counts.date_doubtful, counts.dated_by_reference), (1, 1), "{date}");
        // The same when the time comes to be known only later.
        let mut parser = NmeaParser::new(ParserOptions::default());
        parser.await_reference_time();
        let mut fixes = Vec::new();
        parser.push(nmea(&line).as_bytes(), &mut fixes);
        parser.finish(&mut fixes);
        let fix = parser.date(fixes[0], now);
        assert_eq!(fix.fix_time_ms, NEW_YEAR_MS + 3_723_000, "{date}");
    }
}

#[test]
fn midnight_with_yesterdays_date_is_the_new_day() {
    let at = times_ms(&[
        "GPRMC,235959.00,A,PLACE,0.0,,151126,,,A",
        "GPRMC,000000.00,A,PLACE,0.0,,151126,,,A",
        "GPRMC,000001.00,A,PLACE,0.0,,161126,,,A",
    ]);
    assert_eq!(at, [86_399_000, 86_400_000, 86_401_000]);
    // Ten a second, and the date comes with the next whole second.
    let at = times_ms(&[
        "GPRMC,235959.90,A,PLACE,0.0,,151126,,,A",
        "GPRMC,000000.00,A,PLACE,0.0,,151126,,,A",
        "GPRMC,000000.10,A,PLACE,0.0,,151126,,,A",
        "GPRMC,000000.20,A,PLACE,0.0,,151126,,,A",
        "GPRMC,000001.00,A,PLACE,0.0,,161126,,,A",
        "GPRMC,000001.10,A,PLACE,0.0,,161126,,,A",
    ]);
    assert_eq!(at, [86_399_900, 86_400_000, 86_400_100, 86_400_200, 86_401_000, 86_401_100]);
    // A receiver that goes on writing yesterday is a day behind, and no longer believed to lag.
    let late = times_ms(&[
        "GPRMC,235959.00,A,PLACE,0.0,,151126,,,A",
        "GPRMC,000000.00,A,PLACE,0.0,,151126,,,A",
        "GPRMC,001500.00,A,PLACE,0.0,,151126,,,A",
        "GPRMC,001501.00,A,PLACE,0.0,,151126,,,A",
    ]);
    assert_eq!(late, [86_399_000, 86_400_000, 900_000, 901_000]);
}

#[test]
fn long_lines_further_qualities_and_zones_with_a_sign() {
    let zeros = "0".repeat(60);
    let long = format!("GNGGA,010203.000,3828.2{zeros},N,10616.2{zeros},E,1,12,0.8,1110.0,M,,M,,");
    let (fixes, counts) = read(&["GNZDA,010203.00,15,11,2026,+08,00", &long]);
    assert_eq!((fixes.len(), counts.malformed), (1, 0));
    assert!((fixes[0].lat - 38.47).abs() < 1e-9 && fixes[0].fix_time_ms == DAY_MS + 3_723_000);
    for quality in ["1", "2", "3", "4", "5", "6", "9"] {
        let line = format!("GNGGA,010203.00,PLACE,{quality},12,0.8,1110.0,M,-30.0,M,,");
        let (fixes, _) = read(&["GNZDA,010203.00,15,11,2026,-08,30", &line]);
        assert_eq!(fixes.len(), 1, "{quality}");
    }
    // Receivers that fill in no number of satellites, or none of their own: the quality is what counts.
    for satellites in ["00", "0", ""] {
        let line = format!("GNGGA,010203.00,PLACE,1,{satellites},,1110.0,M,-30.0,M,,");
        let (fixes, counts) = read(&["GNZDA,010203.00,15,11,2026,00,00", &line]);
        assert_eq!((fixes.len(), counts.malformed), (1, 0), "{satellites}");
    }
    for (letter, fixes) in [("H", 1), ("Q", 1), ("V", 1), ("X", 1), ("S", 0), ("N", 0)] {
        let line = format!("GNGLL,PLACE,010203.00,A,{letter}");
        assert_eq!(read(&["GNZDA,010203.00,15,11,2026,,", &line]).0.len(), fixes, "{letter}");
    }
}

#[test]
fn course_and_speed_in_old_and_new_form() {
    let speed = |vtg: &str| {
        let (fixes, _) = read(&[
            "GPZDA,010203.00,15,11,2026,00,00",
            "GPGGA,010203.00,PLACE,1,08,1.0,1110.0,M,,M,,",
            vtg,
        ]);
        (fixes[0].speed_mps.map(|it| it.round()), fixes[0].heading_deg)
    };
    assert_eq!(speed("GPVTG,90.0,T,,M,19.44,N,36.0,K,A"), (Some(10.0), Some(90.0)));
    assert_eq!(speed("GPVTG,90.0,T,,M,,N,36.0,K"), (Some(10.0), Some(90.0)));
    assert_eq!(speed("GPVTG,90.0,88.0,19.44,36.0"), (Some(10.0), Some(90.0)));
}

#[test]
fn letters_are_the_same_large_and_small() {
    let read_one = |line: &str| {
        let (fixes, counts) = read(&["GNZDA,010203.00,15,11,2026,00,00", line]);
        (fixes.len(), counts.not_measured, counts.no_fix)
    };
    for line in [
        "GNRMC,010203.00,a,3828.2000,n,10616.2000,e,12.0,90.0,151126,,,a",
        "gnrmc,010203.00,A,PLACE,12.0,90.0,151126,,,A",
        "GNGLL,3828.2000,n,10616.2000,e,010203.00,a,a",
        "GNGNS,010203.00,PLACE,an,12,0.8,1110.0,,,",
    ] {
        assert_eq!(read_one(line), (1, 0, 0), "{line}");
    }
    for line in [
        "GNRMC,010203.00,A,PLACE,12.0,90.0,151126,,,s",
        "GNRMC,010203.00,A,PLACE,12.0,90.0,151126,,e,m",
        "GNGLL,PLACE,010203.00,A,s",
        "GNGNS,010203.00,PLACE,ss,12,0.8,1110.0,,,",
    ] {
        assert_eq!(read_one(line), (0, 1, 0), "{line}");
    }
    assert_eq!(read_one("GNRMC,010203.00,v,,,,,,,151126,,,n"), (0, 0, 1));
}

#[test]
fn a_course_that_was_not_measured_is_none() {
    for mode in ["N", "S", "M", "n"] {
        let (fixes, _) = read(&[
            "GPZDA,010203.00,15,11,2026,00,00",
            "GPGGA,010203.00,PLACE,1,08,1.0,1110.0,M,,M,,",
            &format!("GPVTG,90.0,T,,M,19.44,N,36.0,K,{mode}"),
        ]);
        assert_eq!((fixes[0].speed_mps, fixes[0].heading_deg), (None, None), "{mode}");
    }
}

proptest! {
    /// The sentences of the standard are read as the crate reads them.
    #[test]
    fn as_the_nmea_crate_reads_the_standard(
        (lat, lat_minutes) in (0_u32..90, 0.0_f64..59.999),
        (lon, lon_minutes) in (0_u32..180, 0.0_f64..59.999),
        (north, east) in (any::<bool>(), any::<bool>()),
        (knots, course) in (0.0_f32..200.0, 0.0_f32..359.0),
        second in 0_u32..86_400,
    ) {
        let [ns, ew] = [if north { "N" } else { "S" }, if east { "E" } else { "W" }];
        let line = format!(
            "GPRMC,{:02}{:02}{:02}.00,A,{lat:02}{lat_minutes:07.4},{ns},{lon:03}{lon_minutes:07.4},{ew},{knots:.1},{course:.1},151126,,,A",
            second / 3_600, second / 60 % 60, second % 60,
        );
        let sentence = nmea(&line);
        let nmea::ParseResult::RMC(theirs) = nmea::parse_str(sentence.trim_end()).expect("read by the crate") else {
            panic!("another kind");
        };
        let (ours, _) = read_at(&[line], None);
        let fix = ours[0];
        prop_assert!((fix.lat - theirs.lat.expect("a latitude")).abs() < 1e-9);
        prop_assert!((fix.lon - theirs.lon.expect("a longitude")).abs() < 1e-9);
        let their_speed = theirs.speed_over_ground.expect("a speed") * 1852.0 / 3600.0;
        prop_assert!((fix.speed_mps.expect("a speed") - their_speed).abs() < 1e-3);
        prop_assert_eq!(fix.heading_deg, theirs.true_course);
        prop_assert_eq!(fix.fix_time_ms, DAY_MS + i64::from(second) * 1_000);
    }
}
