//! From one line to a reading: checksum, talker, kind, and what the kind says. The six kinds that
//! tell where a vehicle is are read here field by field, so that what a receiver writes behind a
//! date or a mode never costs the place before it.

use super::Fix;
use super::fields::Fields;
use super::reading::{FixValidity, Kind, LineRefusal, PositionReading, Reading};

/// Talkers that are satellite receivers: GPS, GLONASS, Galileo, BeiDou (three spellings), QZSS
/// (two), NavIC, several together, and integrated navigation.
const TALKERS: [&str; 11] = ["GP", "GL", "GA", "BD", "GB", "PQ", "GQ", "QZ", "GI", "GN", "IN"];
/// Sentences of NMEA 0183 that say nothing of the vehicle's place, course or date.
const OTHER_KINDS: &str = "AAM ABK ACA ACK ACS AIR ALM ALR APA APB ASD BEC BOD BWC BWR BWW CUR DBK DBS \
    DBT DCN DPT DSC DSE DSI DSR DTM FSI GBS GLC GMP GRS GSA GST GSV GTD GXA HDG HDM HDT HFB HMR HMS \
    HSC HTC HTD ITS LCD LRF LRI LR1 LR2 LR3 MDA MLA MSK MSS MWD MTW MWV OLN OSD ROO RLM RMA RMB RMZ \
    ROT RPM RSA RSD RTE SFI SSD STN TDS TFI TLB TLL TPC TPR TPT TRF TTM TUT TXT VBW VDM VDO VDR VER \
    VHW VLW VPW VSD VTR VWR WCV WDC WDR WNC WPL XDR XTE XTR ZDL ZFO ZTG";
/// 1 852 m in a nautical mile, 3 600 s in an hour.
const MPS_PER_KNOT: f32 = 1852.0 / 3600.0;
/// Km/h in a metre a second.
const KMH_PER_MPS: f32 = geometry::KMH_PER_MPS as f32;

/// Reads one line that begins with `$` or `!`.
pub(super) fn read(line: &str, accept_missing_checksum: bool) -> Result<Reading, LineRefusal> {
    if line.starts_with('!') {
        return Err(LineRefusal::Ais);
    }
    let body = checked_body(line, accept_missing_checksum)?;
    let address = body.split(',').next().unwrap_or_default().to_ascii_uppercase();
    if address.starts_with('P') && !address.starts_with("PQ") {
        return Err(LineRefusal::Unsupported);
    }
    let (Some(talker), Some(kind)) = (address.get(..2), address.get(2..)) else {
        return Err(LineRefusal::Unsupported);
    };
    let read: fn(&Fields<'_>) -> Result<Reading, LineRefusal> = match kind {
        "RMC" => rmc,
        "GGA" => gga,
        "GNS" => gns,
        "GLL" => gll,
        "VTG" => |fields| Ok(vtg(fields)),
        "ZDA" => zda,
        other if OTHER_KINDS.split(' ').any(|it| it == other) => return Ok(Reading::Nothing),
        _ => return Err(LineRefusal::Unsupported),
    };
    if !TALKERS.contains(&talker) {
        return Err(LineRefusal::UnknownTalker);
    }
    read(&Fields::of(body))
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

/// `time,status,lat,N,lon,E,knots,course,date[,variation,E[,mode[,navigational status]]]`. Nothing
/// that follows the date makes what stands before it worthless. The navigational status is not
/// looked at: most receivers are no navigation equipment and write V there for ever.
fn rmc(fields: &Fields<'_>) -> Result<Reading, LineRefusal> {
    const LAST_NEEDED: usize = 6;
    needs(fields, LAST_NEEDED)?;
    let validity = match fields.one_letter(2)? {
        Some('A' | 'D') => mode(rmc_mode(fields)),
        Some('V') | None => FixValidity::Void,
        _ => return Err(LineRefusal::Malformed),
    };
    Ok(Reading::Position(PositionReading {
        kind: Kind::Rmc,
        time_of_day_ms: fields.time_of_day_ms(1)?,
        date_days: fields.date_days(9),
        validity,
        lat_lon: place(fields, 3, validity)?,
        speed_mps: fields.number(7).and_then(knots),
        heading_deg: fields.number(8).and_then(Fix::plausible_heading),
        satellites: None,
        hdop: None,
    }))
}

/// The mode letter stands behind the letter of the variation, whether or not there is a variation.
/// Receivers that leave out the variation's letter, or the variation with it, write the mode where
/// those would be, also with a navigational status behind it; E and W there are the variation's.
fn rmc_mode(fields: &Fields<'_>) -> Option<char> {
    const VARIATION: usize = 10;
    let lone_letter = |place| fields.letter(place).filter(char::is_ascii_alphabetic);
    let of_variation = |it: &char| matches!(it, 'E' | 'W');
    lone_letter(VARIATION)
        .or_else(|| lone_letter(VARIATION + 1))
        .filter(|it| !of_variation(it))
        .or_else(|| fields.letter(VARIATION + 2))
}

/// `time,lat,N,lon,E,quality,satellites,hdop,...`.
fn gga(fields: &Fields<'_>) -> Result<Reading, LineRefusal> {
    const QUALITY: usize = 6;
    needs(fields, QUALITY)?;
    let validity = match fields.get(QUALITY) {
        // Nothing for quality is no claim of a position.
        "0" | "" => FixValidity::Void,
        // Measured, 6 carried on, 9 (NovAtel) aided by a satellite-based augmentation system.
        "1" | "2" | "3" | "4" | "5" | "6" | "9" => FixValidity::Measured,
        "7" | "8" => FixValidity::NotMeasured,
        _ => return Err(LineRefusal::Malformed),
    };
    place_with_quality(fields, Kind::Gga, validity)
}

/// `time,lat,N,lon,E,modes,satellites,hdop,...`, one mode letter for each system of satellites.
fn gns(fields: &Fields<'_>) -> Result<Reading, LineRefusal> {
    const MODES: usize = 6;
    const BEST_FIRST: [char; 8] = ['R', 'F', 'P', 'D', 'A', 'E', 'M', 'S'];
    needs(fields, MODES)?;
    let modes = fields.get(MODES).to_ascii_uppercase();
    let best = BEST_FIRST.into_iter().find(|letter| modes.contains(*letter));
    place_with_quality(fields, Kind::Gns, best.map_or(FixValidity::Void, |it| mode(Some(it))))
}

fn place_with_quality(
    fields: &Fields<'_>,
    kind: Kind,
    validity: FixValidity,
) -> Result<Reading, LineRefusal> {
    Ok(Reading::Position(PositionReading {
        kind,
        time_of_day_ms: fields.time_of_day_ms(1)?,
        date_days: None,
        validity,
        lat_lon: place(fields, 2, validity)?,
        speed_mps: None,
        heading_deg: None,
        satellites: fields.get(7).parse().ok(),
        hdop: fields.number(8).and_then(Fix::plausible_hdop),
    }))
}

/// `lat,N,lon,E,time,status[,mode]`.
fn gll(fields: &Fields<'_>) -> Result<Reading, LineRefusal> {
    const STATUS: usize = 6;
    needs(fields, STATUS)?;
    let validity = match fields.one_letter(STATUS)? {
        Some('A' | 'D') => mode(fields.letter(STATUS + 1)),
        Some('V') | None => FixValidity::Void,
        _ => return Err(LineRefusal::Malformed),
    };
    Ok(Reading::Position(PositionReading {
        kind: Kind::Gll,
        time_of_day_ms: fields.time_of_day_ms(5)?,
        date_days: None,
        validity,
        lat_lon: place(fields, 1, validity)?,
        speed_mps: None,
        heading_deg: None,
        satellites: None,
        hdop: None,
    }))
}

/// `course,T,course,M,speed,N,speed,K[,mode]`, and from before the letters `course,course,knots,km/h`.
fn vtg(fields: &Fields<'_>) -> Reading {
    const MODE: usize = 9;
    // What a receiver without a position, or a simulator, says of its course is as little measured as the place.
    if mode(fields.letter(MODE)) != FixValidity::Measured {
        return Reading::Course { speed_mps: None, heading_deg: None };
    }
    let lettered = fields.count() > 5 || fields.letter(2) == Some('T');
    let (in_knots, in_kmh) = if lettered { (5, 7) } else { (3, 4) };
    let kmh = |it: f32| Fix::plausible_speed(it / KMH_PER_MPS);
    let by_kmh = || fields.number(in_kmh).and_then(kmh);
    Reading::Course {
        speed_mps: fields.number(in_knots).and_then(knots).or_else(by_kmh),
        heading_deg: fields.number(1).and_then(Fix::plausible_heading),
    }
}

/// `time,day,month,year[,zone hours,zone minutes]`. Time and date are UTC whatever the zone says.
fn zda(fields: &Fields<'_>) -> Result<Reading, LineRefusal> {
    let time_of_day_ms = fields.time_of_day_ms(1)?;
    Ok(fields
        .long_date_days(2)
        .map_or(Reading::Nothing, |date_days| Reading::Date { time_of_day_ms, date_days }))
}

/// The place in four fields. What stands there in a sentence that says there is no position does not
/// matter: receivers leave zeros, dashes or half a number.
fn place(
    fields: &Fields<'_>,
    first: usize,
    validity: FixValidity,
) -> Result<Option<(f64, f64)>, LineRefusal> {
    match (fields.lat_lon(first), validity) {
        (Err(_), FixValidity::Void) => Ok(None),
        (read, _) => read,
    }
}

fn needs(fields: &Fields<'_>, last: usize) -> Result<(), LineRefusal> {
    if fields.count() > last { Ok(()) } else { Err(LineRefusal::Malformed) }
}

/// What the mode letter of a sentence that is marked valid says. A doubtful or unknown letter counts
/// as valid: receivers older than the letter, and makers' own letters, are right more often than not.
fn mode(letter: Option<char>) -> FixValidity {
    match letter {
        Some('M' | 'S') => FixValidity::NotMeasured,
        Some('N' | 'U') => FixValidity::Void,
        Some(_) | None => FixValidity::Measured,
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
