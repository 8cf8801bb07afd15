//! Cameras that send each slice of a picture as a frame of its own. In a file a picture is one piece, so that those of
//! such a camera are put together again, and each is passed on when the next one begins. No other camera waits for that.

use super::nal::{is_first_slice, units};
use crate::jt1078::{MOST_FRAME_BYTES, VideoFrame};
use std::borrow::Cow;

/// Puts slices together.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    /// A frame has come that continued a picture.
    comes_apart: bool,
    /// The picture that may go on.
    held: Option<VideoFrame>,
    has_lost: bool,
}

impl Joiner {
    /// Takes a frame; gives a whole picture, this or the one before.
    pub(super) fn take<'a>(&mut self, frame: &'a VideoFrame) -> Option<Cow<'a, VideoFrame>> {
        let continues = units(&frame.data).find_map(is_first_slice) == Some(false);
        if continues {
            self.go_on(frame);
            return None;
        }
        if !self.comes_apart {
            return Some(Cow::Borrowed(frame));
        }
        let mut next = frame.clone();
        next.is_after_loss |= std::mem::take(&mut self.has_lost);
        self.held.replace(next).map(Cow::Owned)
    }

    fn go_on(&mut self, frame: &VideoFrame) {
        self.comes_apart = true;
        match &mut self.held {
            Some(held)
                if !frame.is_after_loss
                    && held.data.len() + frame.data.len() <= MOST_FRAME_BYTES =>
            {
                held.data.extend_from_slice(&frame.data);
            }
            // Its beginning is gone: passed on already, or lost.
            Some(_) | None => {
                self.held = None;
                self.has_lost = true;
            }
        }
    }
}
