//! The binary position frame: 16 bytes a moving vehicle, one frame a tick, the same for all
//! consoles of a scope.
//!
//! Header of 16 bytes: `b"HP"`, format (1), a zero byte, count (u32), tick time in milliseconds
//! since 1970 (i64). Then `count` records, all little endian: slot in 24 bits with the quality in
//! the top 8 (u32), longitude and latitude in 1e-7 degrees WGS-84 (i32 each), heading in 1/256 turn
//! (u8), speed in half metres a second (u8, 255 for unknown), age of the fix at tick time in tenths
//! of a second (u16; the highest for what is as old or older, and for what lies later than the tick, whose age cannot be
//! known).

use crate::vocabulary::FixQuality;

/// Bytes before the first record.
pub const HEADER_BYTES: usize = 16;
/// Bytes of one record.
pub const RECORD_BYTES: usize = 16;
/// Format number in the header.
pub const FORMAT: u8 = 1;
/// Largest slot that a record can carry.
pub const MAX_SLOT: u32 = (1 << 24) - 1;
const SPEED_UNKNOWN: u8 = 255;

/// One moving vehicle in a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PositionRecord {
    /// The vehicle's slot, at most `MAX_SLOT`.
    pub slot: u32,
    /// What is thought of the fix.
    pub quality: FixQuality,
    /// Degrees east, WGS-84.
    pub lon: f64,
    /// Degrees north, WGS-84.
    pub lat: f64,
    /// Degrees from north, kept to 1.4 degrees.
    pub heading_deg: f32,
    /// Metres a second, kept to 0.5, at most 127; absent when unknown.
    pub speed_mps: Option<f32>,
    /// Age of the fix at tick time in milliseconds, kept to 100, at most 6 553 500: as old or older, or not known.
    pub age_millis: u32,
}

/// Writes a frame. Records with a slot over `MAX_SLOT` are a bug of the caller.
pub fn encode(tick_time: i64, records: &[PositionRecord]) -> Vec<u8> {
    let mut out = Vec::with_capacity(HEADER_BYTES + records.len() * RECORD_BYTES);
    out.extend_from_slice(b"HP");
    out.push(FORMAT);
    out.push(0);
    out.extend_from_slice(&(records.len() as u32).to_le_bytes());
    out.extend_from_slice(&tick_time.to_le_bytes());
    for record in records {
        encode_record(record, &mut out);
    }
    out
}

fn encode_record(record: &PositionRecord, out: &mut Vec<u8>) {
    debug_assert!(record.slot <= MAX_SLOT);
    let quality = record.quality as u32;
    out.extend_from_slice(&((record.slot & MAX_SLOT) | (quality << 24)).to_le_bytes());
    out.extend_from_slice(&((record.lon * 1e7).round() as i32).to_le_bytes());
    out.extend_from_slice(&((record.lat * 1e7).round() as i32).to_le_bytes());
    let turn = (record.heading_deg.rem_euclid(360.0) * 256.0 / 360.0).round() as u32 % 256;
    out.push(turn as u8);
    out.push(
        record.speed_mps.map_or(SPEED_UNKNOWN, |mps| (mps * 2.0).round().clamp(0.0, 254.0) as u8),
    );
    let tenths = (record.age_millis / 100).min(u32::from(u16::MAX)) as u16;
    out.extend_from_slice(&tenths.to_le_bytes());
}

/// Why bytes are not a position frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FrameError {
    /// Shorter than the header, or not as long as its count says.
    Length,
    /// Not marked as a position frame of a format known here.
    Format,
    /// A quality that does not exist.
    Quality,
}

/// Reads a frame: tick time and records.
pub fn decode(bytes: &[u8]) -> Result<(i64, Vec<PositionRecord>), FrameError> {
    let (header, body) = bytes.split_at_checked(HEADER_BYTES).ok_or(FrameError::Length)?;
    if header[0..2] != *b"HP" || header[2] != FORMAT {
        return Err(FrameError::Format);
    }
    let count = u32::from_le_bytes(four(header, 4)) as usize;
    if count.checked_mul(RECORD_BYTES) != Some(body.len()) {
        return Err(FrameError::Length);
    }
    let mut tick = [0; 8];
    tick.copy_from_slice(&header[8..16]);
    let records = body.chunks_exact(RECORD_BYTES).map(decode_record).collect::<Result<_, _>>()?;
    Ok((i64::from_le_bytes(tick), records))
}

fn decode_record(bytes: &[u8]) -> Result<PositionRecord, FrameError> {
    let head = u32::from_le_bytes(four(bytes, 0));
    let quality = FixQuality::ALL.get((head >> 24) as usize).ok_or(FrameError::Quality)?;
    Ok(PositionRecord {
        slot: head & MAX_SLOT,
        quality: *quality,
        lon: f64::from(i32::from_le_bytes(four(bytes, 4))) / 1e7,
        lat: f64::from(i32::from_le_bytes(four(bytes, 8))) / 1e7,
        heading_deg: f32::from(bytes[12]) * 360.0 / 256.0,
        speed_mps: (bytes[13] != SPEED_UNKNOWN).then(|| f32::from(bytes[13]) / 2.0),
        age_millis: u32::from(u16::from_le_bytes([bytes[14], bytes[15]])) * 100,
    })
}

fn four(bytes: &[u8], at: usize) -> [u8; 4] {
    [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]
}
