//! All that a terminal is told. Written strictly by its edition.

use super::super::frame::{Edition, MOST_BODY_BYTES};
use super::super::time::utc;
use super::super::{to_gbk, utc_bcd};

/// Longest text: the standard has 1 024 bytes, and few terminals put one together that comes in two frames.
const MOST_TEXT_BYTES: usize = MOST_BODY_BYTES - 2;
/// A name of a key that a screen has room for.
const MOST_KEY_BYTES: usize = 40;

/// A message for a terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tell {
    /// 0x8001: what became of something it said.
    Answer {
        /// Serial number of what it said.
        answers: u16,
        /// Message id of it.
        message: u16,
        /// What became of it.
        outcome: Outcome,
    },
    /// 0x8003: parts of something it said did not come.
    AskAgain {
        /// Serial number of its first frame.
        first_serial: u16,
        /// Numbers of the parts.
        parts: Vec<u16>,
    },
    /// 0x8004: the time in UTC.
    Time {
        /// Milliseconds since 1970-01-01T00:00:00Z.
        unix_ms: i64,
    },
    /// 0x8109: the time in UTC for makers that ask with 0x0109.
    LongTime {
        /// Milliseconds since 1970-01-01T00:00:00Z.
        unix_ms: i64,
    },
    /// 0x8100: whether it is known now. With the code by which it authenticates.
    Registered {
        /// Serial number of its registration.
        answers: u16,
        /// The code; or 1 vehicle taken, 2 no such vehicle, 3 terminal taken, 4 no such terminal.
        code: Result<String, u8>,
    },
    /// 0x8103.
    SetParameters(Vec<Parameter>),
    /// 0x8107: what kind of terminal it is.
    AskAttributes,
    /// 0x8201: where it is.
    AskLocation,
    /// 0x8300.
    Text {
        /// How it is shown.
        flags: TextFlags,
        /// The words.
        text: String,
    },
    /// 0x8301: keys that it offers, in place of all it had.
    SetEvents(Vec<Key>),
    /// 0x8302.
    Question {
        /// The words.
        text: String,
        /// Answers to choose from.
        answers: Vec<Key>,
    },
    /// 0x8303: a menu, in place of the one it had.
    SetMenu(Vec<Key>),
    /// 0x8800: a recording came; parts of it did not.
    MediaReceived {
        /// The terminal's number of it.
        id: u32,
        /// Numbers of the parts that are to come again.
        missing: Vec<u16>,
    },
    /// 0x9101: begin a live picture.
    StartVideo {
        /// Where to.
        address: String,
        /// TCP port there.
        tcp_port: u16,
        /// Which camera.
        channel: u8,
    },
    /// 0x9102: end it.
    StopVideo {
        /// Which camera.
        channel: u8,
    },
}

/// What became of something a terminal said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is kept.
    Done,
    /// It is to be sent again.
    Failed,
    /// It could not be read.
    Wrong,
    /// It is known and of no use here.
    NotSupported,
}

/// A parameter and its value, as its id has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Number of the parameter.
    pub id: u32,
    /// Its value.
    pub value: Vec<u8>,
}

/// A key on a terminal's screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What the terminal says when it is pressed.
    pub number: u8,
    /// What stands on it.
    pub name: String,
}

/// How a text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextFlags {
    /// An order, and no mere message.
    pub urgent: bool,
    /// On the screen.
    pub shown: bool,
    /// Read aloud.
    pub spoken: bool,
}

impl Parameter {
    /// How often a terminal says that it is there, in seconds.
    pub fn heartbeat_seconds(seconds: u32) -> Parameter {
        Parameter::number(0x0001, seconds)
    }

    /// It reports by time and not by distance.
    pub fn report_by_time() -> Parameter {
        Parameter::number(0x0020, 0)
    }

    /// How often it reports with the ignition off, in seconds.
    pub fn report_seconds_asleep(seconds: u32) -> Parameter {
        Parameter::number(0x0027, seconds)
    }

    /// How often a terminal reports while it works, in seconds.
    pub fn report_seconds(seconds: u32) -> Parameter {
        Parameter::number(0x0029, seconds)
    }

    fn number(id: u32, value: u32) -> Parameter {
        Parameter { id, value: value.to_be_bytes().to_vec() }
    }
}

impl Tell {
    /// Message id and body.
    pub fn write(&self, edition: Edition) -> (u16, Vec<u8>) {
        match self {
            Tell::Answer { answers, message, outcome } => {
                let result = match outcome {
                    Outcome::Done => 0,
                    Outcome::Failed => 1,
                    Outcome::Wrong => 2,
                    Outcome::NotSupported => 3,
                };
                (0x8001, [&answers.to_be_bytes()[..], &message.to_be_bytes(), &[result]].concat())
            }
            Tell::AskAgain { first_serial, parts } => {
                (0x8003, ask_again(*first_serial, parts, edition))
            }
            Tell::Time { unix_ms } => (0x8004, utc_bcd(*unix_ms).to_vec()),
            Tell::LongTime { unix_ms } => (0x8109, long_time(*unix_ms)),
            Tell::Registered { answers, code } => (0x8100, registered(*answers, code)),
            Tell::SetParameters(parameters) => (0x8103, set_parameters(parameters)),
            Tell::AskAttributes => (0x8107, Vec::new()),
            Tell::AskLocation => (0x8201, Vec::new()),
            Tell::Text { flags, text } => (0x8300, written(*flags, text, edition)),
            Tell::SetEvents(keys) => (0x8301, keys_of(keys, |name| short(name, MOST_KEY_BYTES))),
            Tell::Question { text, answers } => (0x8302, question(text, answers)),
            Tell::SetMenu(keys) => (0x8303, keys_of(keys, long)),
            Tell::MediaReceived { id, missing } => (0x8800, media_received(*id, missing)),
            Tell::StartVideo { address, tcp_port, channel } => {
                let mut body = short(address, usize::from(u8::MAX));
                body.extend(tcp_port.to_be_bytes());
                // No UDP port; the picture without sound; the smaller of its two streams.
                body.extend([0, 0, *channel, 1, 1]);
                (0x9101, body)
            }
            Tell::StopVideo { channel } => (0x9102, vec![*channel, 0, 0, 1]),
        }
    }
}

fn ask_again(first_serial: u16, parts: &[u16], edition: Edition) -> Vec<u8> {
    let parts = &parts[..parts.len().min(usize::from(u8::MAX))];
    let mut body = first_serial.to_be_bytes().to_vec();
    match edition {
        Edition::Y2013 => body.push(parts.len() as u8),
        Edition::Y2019 => body.extend((parts.len() as u16).to_be_bytes()),
    }
    body.extend(parts.iter().flat_map(|it| it.to_be_bytes()));
    body
}

fn long_time(unix_ms: i64) -> Vec<u8> {
    let Some(moment) = utc(unix_ms) else { return vec![0; 7] };
    let (hour, minute, second) = moment.to_hms();
    let year = u16::try_from(moment.year()).unwrap_or_default();
    let mut body = year.to_be_bytes().to_vec();
    body.extend([moment.month().into(), moment.day(), hour, minute, second]);
    body
}

fn registered(answers: u16, code: &Result<String, u8>) -> Vec<u8> {
    let mut body = answers.to_be_bytes().to_vec();
    match code {
        Ok(code) => {
            body.push(0);
            body.extend(to_gbk(code, usize::from(u8::MAX)));
        }
        Err(reason) => body.push(*reason),
    }
    body
}

fn set_parameters(parameters: &[Parameter]) -> Vec<u8> {
    let parameters = &parameters[..parameters.len().min(usize::from(u8::MAX))];
    let mut body = vec![parameters.len() as u8];
    for Parameter { id, value } in parameters {
        let value = &value[..value.len().min(usize::from(u8::MAX))];
        body.extend(id.to_be_bytes());
        body.push(value.len() as u8);
        body.extend_from_slice(value);
    }
    body
}

/// Flags: bit 0 urgent, 2 on the screen, 3 read aloud. In 2019 the lowest two bits are a kind, 01 service, 10 urgent.
fn written(flags: TextFlags, text: &str, edition: Edition) -> Vec<u8> {
    let bit = |set: bool, bits: u8| if set { bits } else { 0 };
    let ways = bit(flags.shown, 0b100) | bit(flags.spoken, 0b1000);
    let mut body = match edition {
        Edition::Y2013 => vec![ways | bit(flags.urgent, 1)],
        // The second byte: a notification, and no service.
        Edition::Y2019 => vec![ways | if flags.urgent { 0b10 } else { 0b01 }, 1],
    };
    body.extend(to_gbk(text, MOST_TEXT_BYTES));
    body
}

fn question(text: &str, answers: &[Key]) -> Vec<u8> {
    // On the screen and read aloud.
    let mut body = vec![0b0001_1000];
    body.extend(short(text, usize::from(u8::MAX)));
    for Key { number, name } in answers {
        body.push(*number);
        body.extend(long(name));
    }
    body
}

/// All keys in place of those that were there: kind 1, count, then number and name of each.
fn keys_of(keys: &[Key], name: impl Fn(&str) -> Vec<u8>) -> Vec<u8> {
    let keys = &keys[..keys.len().min(usize::from(u8::MAX))];
    let mut body = vec![1, keys.len() as u8];
    for key in keys {
        body.push(key.number);
        body.extend(name(&key.name));
    }
    body
}

fn media_received(id: u32, missing: &[u16]) -> Vec<u8> {
    let missing = &missing[..missing.len().min(usize::from(u8::MAX))];
    let mut body = id.to_be_bytes().to_vec();
    if !missing.is_empty() {
        body.push(missing.len() as u8);
        body.extend(missing.iter().flat_map(|it| it.to_be_bytes()));
    }
    body
}

/// A text behind a length of one byte.
fn short(text: &str, most_bytes: usize) -> Vec<u8> {
    let text = to_gbk(text, most_bytes);
    [&[text.len() as u8], text.as_slice()].concat()
}

/// A text behind a length of two bytes.
fn long(text: &str) -> Vec<u8> {
    let text = to_gbk(text, MOST_KEY_BYTES);
    [&(text.len() as u16).to_be_bytes(), text.as_slice()].concat()
}
