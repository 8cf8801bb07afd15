//! Pictures, sound and film that a terminal made: told of with 0x0800, brought with 0x0801.

use super::super::Octets;
use super::Location;

/// A recording that exists on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MediaEvent {
    /// The terminal's number of it.
    pub id: u32,
    /// 0 picture, 1 sound, 2 film.
    pub kind: u8,
    /// 0 JPEG, 1 TIF, 2 MP3, 3 WAV, 4 WMV.
    pub format: u8,
    /// Why it was made: 0 asked for, 1 timer, 2 robbery, 3 crash, 4 and on by the terminal's own events.
    pub event: u8,
    /// Which camera or microphone.
    pub channel: u8,
}

/// A recording itself.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaUpload {
    /// What it is.
    pub event: MediaEvent,
    /// Where it was made.
    pub location: Option<Location>,
    /// Its bytes, in its format.
    pub data: Vec<u8>,
}

impl MediaEvent {
    pub(super) fn read(octets: &mut Octets<'_>) -> Option<MediaEvent> {
        Some(MediaEvent {
            id: octets.u32()?,
            kind: octets.u8()?,
            format: octets.u8()?,
            event: octets.u8()?,
            channel: octets.u8()?,
        })
    }
}

impl MediaUpload {
    /// Reads the body of all parts together. The edition of 2011 has no location; a JPEG is known by its first bytes.
    pub(super) fn read(octets: &mut Octets<'_>) -> Option<MediaUpload> {
        const LOCATION_BYTES: usize = 28;
        const JPEG: [u8; 2] = [0xff, 0xd8];
        let event = MediaEvent::read(octets)?;
        let rest = octets.rest();
        let has_location = !rest.starts_with(&JPEG);
        let fixed = if has_location { rest.get(..LOCATION_BYTES) } else { None };
        let location = fixed.and_then(|it| Location::read(&mut Octets::of(it)));
        let data = if location.is_some() { &rest[LOCATION_BYTES..] } else { rest };
        Some(MediaUpload { event, location, data: data.to_vec() })
    }
}
