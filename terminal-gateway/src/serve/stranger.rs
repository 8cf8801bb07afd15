//! What a terminal is answered that nobody has entered: that it is not known, and nothing else.

use crate::jt808::body::{Outcome, Tell};
use crate::jt808::frame::{Encoder, Frame};

/// The answer to a registration or an authentication; nothing to anything else.
pub(super) fn answer(frame: &Frame) -> Option<Vec<u8>> {
    const REGISTRATION: u16 = 0x0100;
    const AUTHENTICATION: u16 = 0x0102;
    const NO_SUCH_TERMINAL: u8 = 4;
    let answers = frame.header.serial;
    let tell = match frame.header.message {
        REGISTRATION => Tell::Registered { answers, code: Err(NO_SUCH_TERMINAL) },
        AUTHENTICATION => {
            Tell::Answer { answers, message: AUTHENTICATION, outcome: Outcome::Failed }
        }
        _ => return None,
    };
    let (message, body) = tell.write(frame.header.edition);
    let mut encoder = Encoder::new(frame.header.edition, frame.header.number);
    encoder.message(message, &body).1.into_iter().next()
}
