//! From one line to a reading, through the `nmea` crate. Nothing outside this file sees that crate.

use nmea::sentences::{FaaMode, FixType, RmcData, rmc::RmcStatusOfFix};
use nmea::{ParseResult, SentenceType};

use super::Fix;
use super::reading::{Kind, LineRefusal, PositionReading, Reading, Standing};

/// Talkers that are satellite receivers: GPS, GLONASS, Galileo, BeiDou (three spellings), QZSS
/// (two), NavIC, several together, and integrated navigation.
const TALKERS: [&str; 11] = ["GP", "GL", "GA", "BD", "GB", "PQ", "GQ", "QZ", "GI", "GN", "IN"];
/// Kinds that carry what the assembler uses.
const USED_KINDS: [&str; 6] = ["RMC", "GGA", "GNS", "GLL", "VTG", "ZDA"];
/// 1 852 m in a nautical mile, 3 600 s in an hour.
const MPS_PER_KNOT: f32 = 1852.0 / 3600.0;

/// Milliseconds since midnight. `chrono` is the crate's dependency, not ours, so its type has no name
/// here; its midnight is its default value.
macro_rules! since_midnight_ms {
    ($time:expr) => {
        $time.signed_duration_since(Default::default()).num_milliseconds()
    };
}

/// Reads one line that begins with `$` or `!`.
pub(super) fn read(line: &str, accept_missing_checksum: bool) -> Result<Reading, LineRefusal> {
    if line.starts_with('!') {
        return Err(LineRefusal::Ais);
    }
    let body = checked_body(line, accept_missing_checksum)?;
    let address = body.split(',').next().unwrap_or_default();
    if address.starts_with('P') && !address.starts_with("PQ") {
        return Err(LineRefusal::Unsupported);
    }
    let (Some(talker), Some(kind)) = (address.get(..2), address.get(2..)) else {
        return Err(LineRefusal::Unsupported);
    };
    if SentenceType::try_from(kind).is_err() {
        return Err(LineRefusal::Unsupported);
    }
    if !USED_KINDS.contains(&kind) {
        return Ok(Reading::Nothing);
    }
    if !TALKERS.contains(&talker) {
        return Err(LineRefusal::UnknownTalker);
    }
    parse(&for_the_crate(kind, body))
}

/// What stands between `$` and `*`, once its checksum is found right.
fn checked_body(line: &str, accept_missing: bool) -> Result<&str, LineRefusal> {
    let inner = line.get(1..).unwrap_or_default();
    let Some((body, given)) = inner.rsplit_once('*') else {
        return if accept_missing { Ok(inner) } else { Err(LineRefusal::NoChecksum) };
    };
    let given = given.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
    if given == Some(checksum(body)) { Ok(body) } else { Err(LineRefusal::BadChecksum) }
}

fn checksum(body: &str) -> u8 {
    body.bytes().fold(0, |sum, byte| sum ^ byte)
}

/// The sentence as the crate wants it, where receivers write it otherwise: GNS with one mode letter
/// for each system (the best stands for all; the crate knows two), GLL from before the mode letter,
/// GGA with nothing for quality, which is no claim of a position.
fn for_the_crate(kind: &str, body: &str) -> String {
    /// Where the modes of GNS, the quality of GGA and the status of GLL stand.
    const STANDING: usize = 6;
    let mut fields: Vec<&str> = body.split(',').collect();
    let count = fields.len();
    match (kind, fields.get_mut(STANDING)) {
        ("GNS", Some(modes)) => *modes = best_mode(modes),
        ("GGA", Some(quality)) if quality.is_empty() => *quality = "0",
        ("GLL", Some(status)) if count == STANDING + 1 => {
            let mode = if *status == "A" { "A" } else { "N" };
            fields.push(mode);
        }
        _ => {}
    }
    let body = fields.join(",");
    format!("${body}*{:02X}", checksum(&body))
}

fn best_mode(modes: &str) -> &'static str {
    const BEST_FIRST: [&str; 8] = ["R", "F", "P", "D", "A", "E", "M", "S"];
    BEST_FIRST.into_iter().find(|mode| modes.contains(mode)).unwrap_or("N")
}

fn parse(sentence: &str) -> Result<Reading, LineRefusal> {
    match nmea::parse_str(sentence) {
        Ok(result) => Ok(reading(result)),
        Err(_) => Err(LineRefusal::Malformed),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the crate's list of kinds, not ours")]
fn reading(result: ParseResult) -> Reading {
    match result {
        ParseResult::RMC(rmc) => Reading::Position(PositionReading {
            kind: Kind::Rmc,
            time_of_day_ms: rmc.fix_time.map(|time| since_midnight_ms!(time)),
            date_days: rmc
                .fix_date
                .map(|date| date.signed_duration_since(Default::default()).num_days()),
            standing: rmc_standing(&rmc),
            lat_lon: rmc.lat.zip(rmc.lon),
            speed_mps: rmc.speed_over_ground.and_then(knots),
            heading_deg: rmc.true_course.and_then(Fix::plausible_heading),
            satellites: None,
            hdop: None,
        }),
        ParseResult::GGA(gga) => Reading::Position(PositionReading {
            kind: Kind::Gga,
            time_of_day_ms: gga.fix_time.map(|time| since_midnight_ms!(time)),
            date_days: None,
            standing: gga.fix_type.map_or(Standing::Void, standing),
            lat_lon: gga.latitude.zip(gga.longitude),
            speed_mps: None,
            heading_deg: None,
            satellites: gga.fix_satellites.and_then(|count| u8::try_from(count).ok()),
            hdop: gga.hdop.and_then(Fix::plausible_hdop),
        }),
        ParseResult::GNS(gns) => Reading::Position(PositionReading {
            kind: Kind::Gns,
            time_of_day_ms: gns.fix_time.map(|time| since_midnight_ms!(time)),
            date_days: None,
            standing: standing(FixType::from(gns.faa_modes)),
            lat_lon: gns.lat.zip(gns.lon),
            speed_mps: None,
            heading_deg: None,
            satellites: u8::try_from(gns.nsattelites).ok(),
            hdop: gns.hdop.and_then(Fix::plausible_hdop),
        }),
        ParseResult::GLL(gll) => Reading::Position(PositionReading {
            kind: Kind::Gll,
            time_of_day_ms: gll.fix_time.map(|time| since_midnight_ms!(time)),
            date_days: None,
            standing: if gll.valid {
                gll.faa_mode.map_or(Standing::Measured, mode_standing)
            } else {
                Standing::Void
            },
            lat_lon: gll.latitude.zip(gll.longitude),
            speed_mps: None,
            heading_deg: None,
            satellites: None,
            hdop: None,
        }),
        ParseResult::VTG(vtg) => Reading::Course {
            speed_mps: vtg.speed_over_ground.and_then(knots),
            heading_deg: vtg.true_course.and_then(Fix::plausible_heading),
        },
        ParseResult::ZDA(zda) => zda.utc_date().map_or(Reading::Nothing, |date| Reading::Date {
            time_of_day_ms: zda.utc_time.map(|time| since_midnight_ms!(time)),
            date_days: date.signed_duration_since(Default::default()).num_days(),
        }),
        _ => Reading::Nothing,
    }
}

fn rmc_standing(rmc: &RmcData) -> Standing {
    match rmc.status_of_fix {
        RmcStatusOfFix::Invalid => Standing::Void,
        RmcStatusOfFix::Autonomous | RmcStatusOfFix::Differential => {
            rmc.faa_mode.map_or(Standing::Measured, mode_standing)
        }
    }
}

/// An RMC or GLL that is marked valid and has a doubtful mode letter counts as valid: receivers
/// older than the letter, and Quectel's own letters, are right more often than not.
fn mode_standing(mode: FaaMode) -> Standing {
    match mode {
        FaaMode::Autonomous
        | FaaMode::Caution
        | FaaMode::Differential
        | FaaMode::Estimated
        | FaaMode::FloatRtk
        | FaaMode::Precise
        | FaaMode::FixedRtk => Standing::Measured,
        FaaMode::Manual | FaaMode::Simulator => Standing::NotMeasured,
        FaaMode::DataNotValid | FaaMode::Unsafe => Standing::Void,
    }
}

fn standing(fix_type: FixType) -> Standing {
    match fix_type {
        FixType::Invalid => Standing::Void,
        FixType::Gps
        | FixType::DGps
        | FixType::Pps
        | FixType::Rtk
        | FixType::FloatRtk
        | FixType::Estimated => Standing::Measured,
        FixType::Manual | FixType::Simulation => Standing::NotMeasured,
    }
}

fn knots(knots: f32) -> Option<f32> {
    Fix::plausible_speed(knots * MPS_PER_KNOT)
}

/// The time of day that a line carries, in milliseconds since midnight UTC.
pub(crate) fn time_of_day_ms(line: &str) -> Option<i64> {
    match read(line, true).ok()? {
        Reading::Position(position) => position.time_of_day_ms,
        Reading::Date { time_of_day_ms, date_days: _ } => time_of_day_ms,
        Reading::Course { .. } | Reading::Nothing => None,
    }
}
