//! All that a terminal says, by message id.

use super::super::Octets;
use super::super::frame::Edition;
use super::keys::{MenuChoice, QuestionAnswer};
use super::{
    Attributes, Authentication, Backfill, DriverCard, Location, MediaEvent, MediaUpload, Parameter,
    Registration,
};

/// A message of a terminal.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// 0x0001: what became of something it was told.
    Answer(Answer),
    /// 0x0002.
    Heartbeat,
    /// 0x0003: it is taken out of the vehicle; its registration ends.
    LogOut,
    /// 0x0004, and 0x0109 of older makers: what time is it.
    AskTime {
        /// The answer is 0x8109 and not 0x8004.
        by_0x0109: bool,
    },
    /// 0x0005: parts of something it was told did not come.
    AskAgain {
        /// Serial number of its first frame.
        first_serial: u16,
        /// Numbers of the parts.
        parts: Vec<u16>,
    },
    /// 0x0100.
    Registration(Registration),
    /// 0x0102.
    Authentication(Authentication),
    /// 0x0104: parameters it was asked for.
    Parameters {
        /// Serial number of the question.
        answers: u16,
        /// The parameters.
        parameters: Vec<Parameter>,
    },
    /// 0x0107.
    Attributes(Attributes),
    /// 0x0200.
    Location(Location),
    /// 0x0201: a location that it was asked for.
    AskedLocation {
        /// Serial number of the question.
        answers: u16,
        /// Where it is.
        location: Location,
    },
    /// 0x0301: a key of the terminal's events.
    Event {
        /// Number of the event, as 0x8301 set it.
        event: u8,
    },
    /// 0x0302.
    QuestionAnswer(QuestionAnswer),
    /// 0x0303.
    MenuChoice(MenuChoice),
    /// 0x0702.
    DriverCard(DriverCard),
    /// 0x0704.
    Backfill(Backfill),
    /// 0x0800.
    MediaEvent(MediaEvent),
    /// 0x0801, all parts together.
    MediaUpload(MediaUpload),
    /// 0x0900: what a device behind the terminal says.
    Passthrough {
        /// Which kind of device.
        kind: u8,
        /// What it says.
        data: Vec<u8>,
    },
    /// Anything else.
    Other,
}

/// What became of something a terminal was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Serial number of what it was told.
    pub answers: u16,
    /// Message id of it.
    pub message: u16,
    /// 0 done, 1 failed, 2 wrong message, 3 not supported.
    pub result: u8,
}

impl Said {
    /// Reads a whole body; `None` when it is shorter than its message must be.
    pub fn read(message: u16, edition: Edition, body: &[u8]) -> Option<Said> {
        let mut octets = Octets::of(body);
        let octets = &mut octets;
        Some(match message {
            0x0001 => Said::Answer(Answer {
                answers: octets.u16()?,
                message: octets.u16()?,
                result: octets.u8()?,
            }),
            0x0002 => Said::Heartbeat,
            0x0003 => Said::LogOut,
            0x0004 => Said::AskTime { by_0x0109: false },
            0x0109 => Said::AskTime { by_0x0109: true },
            0x0005 => ask_again(octets)?,
            0x0100 => Said::Registration(Registration::read(octets)?),
            0x0102 => Said::Authentication(Authentication::read(octets)),
            0x0104 => parameters(octets)?,
            0x0107 => Said::Attributes(Attributes::read(octets, edition)?),
            0x0200 => Said::Location(Location::read(octets)?),
            0x0201 => {
                Said::AskedLocation { answers: octets.u16()?, location: Location::read(octets)? }
            }
            0x0301 => Said::Event { event: octets.u8()? },
            0x0302 => Said::QuestionAnswer(QuestionAnswer::read(octets)?),
            0x0303 => Said::MenuChoice(MenuChoice::read(octets)?),
            0x0702 => Said::DriverCard(DriverCard::read(octets)?),
            0x0704 => Said::Backfill(Backfill::read(octets)?),
            0x0800 => Said::MediaEvent(MediaEvent::read(octets)?),
            0x0801 => Said::MediaUpload(MediaUpload::read(octets)?),
            0x0900 => Said::Passthrough { kind: octets.u8()?, data: octets.rest().to_vec() },
            _ => Said::Other,
        })
    }
}

/// The count has one byte in 2013 and two in 2019; the length tells which, since the rest is whole words.
fn ask_again(octets: &mut Octets<'_>) -> Option<Said> {
    let first_serial = octets.u16()?;
    let is_short = octets.len() % 2 == 1;
    let count = if is_short { u16::from(octets.u8()?) } else { octets.u16()? };
    let parts = (0..count).map_while(|_| octets.u16()).collect();
    Some(Said::AskAgain { first_serial, parts })
}

fn parameters(octets: &mut Octets<'_>) -> Option<Said> {
    let (answers, count) = (octets.u16()?, octets.u8()?);
    let parameters = (0..count).map_while(|_| {
        let id = octets.u32()?;
        Some(Parameter { id, value: octets.counted()?.to_vec() })
    });
    Some(Said::Parameters { answers, parameters: parameters.collect() })
}
