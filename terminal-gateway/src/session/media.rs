//! Recordings that a terminal brings: kept before they are answered, so that it keeps its own until then.

use super::{MediaResult, Output, TerminalSession};
use crate::jt808::body::{MediaUpload, Outcome, Tell};

/// The message that brings one.
pub(super) const UPLOAD: u16 = 0x0801;

impl TerminalSession {
    pub(super) fn keep_media(&mut self, serial: u16, message: u16, upload: MediaUpload) {
        if self.awaited.is_full() {
            return self.answer(serial, message, Outcome::Failed);
        }
        let ask = self.awaited.wait(serial, message, 1, Vec::new());
        self.outputs.push_back(Output::KeepMedia { ask, upload: Box::new(upload) });
    }

    pub(super) fn media_kept(&mut self, ask: u64, id: u32, how: MediaResult) {
        let Some(waiting) = self.awaited.settle(ask, true) else { return };
        let outcome = match how {
            MediaResult::Kept => {
                self.facts.counters.media += 1;
                self.send(&Tell::MediaReceived { id, missing: Vec::new() });
                Outcome::Done
            }
            MediaResult::NoRoom => {
                self.facts.last_error = Some("no room is left for recordings".to_owned());
                // It is not to bring it again and again.
                Outcome::NotSupported
            }
            MediaResult::NotStored => Outcome::Failed,
        };
        self.answer(waiting.serial, waiting.message, outcome);
    }
}
