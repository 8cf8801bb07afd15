//! How far a picture has come since it was asked for, and when it is given up.

use wire_protocol::picture::PictureEnd;

/// The first frame comes within so many milliseconds: a terminal has to start its encoder and to connect.
const FIRST_FRAME_MS: u64 = 15_000;
/// And something that can be shown so long after the first frame: cameras make a key frame every few seconds.
const FIRST_SHOWN_MS: u64 = 15_000;
/// After so long without a frame the picture is over.
const SILENCE_MS: u64 = 10_000;

/// Moments of one picture, all by one steady clock in milliseconds.
#[derive(Debug)]
pub struct Progress {
    asked_ms: u64,
    first_frame_ms: Option<u64>,
    last_frame_ms: Option<u64>,
    is_shown: bool,
    /// The terminal has closed its connection and opened no other since.
    is_closed: bool,
}

impl Progress {
    /// The terminal is asked now.
    pub fn asked(now_ms: u64) -> Progress {
        Progress {
            asked_ms: now_ms,
            first_frame_ms: None,
            last_frame_ms: None,
            is_shown: false,
            is_closed: false,
        }
    }

    /// A frame came; `is_shown` when something of it can be shown.
    pub fn frame(&mut self, is_shown: bool, now_ms: u64) {
        self.first_frame_ms.get_or_insert(now_ms);
        self.last_frame_ms = Some(now_ms);
        self.is_shown |= is_shown;
        self.is_closed = false;
    }

    /// The terminal closed its connection.
    pub fn closed(&mut self) {
        self.is_closed = true;
    }

    /// When it is given up if nothing comes until then.
    pub fn until_ms(&self) -> u64 {
        let Some((first, last)) = self.first_frame_ms.zip(self.last_frame_ms) else {
            return self.asked_ms.saturating_add(FIRST_FRAME_MS);
        };
        let silent = last.saturating_add(SILENCE_MS);
        if self.is_shown { silent } else { silent.min(first.saturating_add(FIRST_SHOWN_MS)) }
    }

    /// Why it is given up, once that is so; `has_line` when the terminal has a line on which it can be asked.
    pub fn ended(&self, has_line: bool, now_ms: u64) -> Option<PictureEnd> {
        if now_ms < self.until_ms() {
            return None;
        }
        let is_silent = self.last_frame_ms.is_none_or(|at| now_ms >= at.saturating_add(SILENCE_MS));
        Some(match (is_silent, has_line) {
            // It sends, and nothing of it begins a picture.
            (false, _) => PictureEnd::OtherCodec,
            (true, false) => PictureEnd::Offline,
            (true, true) if self.is_closed => PictureEnd::Stopped,
            (true, true) => PictureEnd::Silent,
        })
    }
}
