//! From a byte stream to frames. Holds at most one frame, whatever comes in, and nothing between two.

use super::bytes::FLAG;

/// Longest frame kept, escapes included: header of 21 bytes, body of 1 023 and checksum, every byte escaped.
pub const MAX_FRAME_BYTES: usize = 2 * (21 + super::MOST_BODY_BYTES + 1);

/// Cuts a stream at its flags. A flag may end one frame and begin the next at once, as some terminals write it.
#[derive(Debug, Default)]
pub struct FrameSplitter {
    /// The beginning of a frame whose end has not come.
    begun: Vec<u8>,
    inside: bool,
    /// Bytes outside of frames, and of frames that were too long.
    noise_bytes: u64,
}

impl FrameSplitter {
    /// Takes bytes in any portions; what stands between two flags goes to `on_frame`.
    pub fn push(&mut self, bytes: &[u8], on_frame: &mut dyn FnMut(&[u8])) {
        let mut pieces = bytes.split(|byte| *byte == FLAG).peekable();
        while let Some(piece) = pieces.next() {
            match pieces.peek() {
                Some(_) => self.end(piece, on_frame),
                None => self.keep(piece),
            }
        }
    }

    /// A flag ends what was begun, and this piece with it; another frame may begin.
    fn end(&mut self, piece: &[u8], on_frame: &mut dyn FnMut(&[u8])) {
        if self.inside && self.begun.is_empty() && piece.len() <= MAX_FRAME_BYTES {
            if !piece.is_empty() {
                on_frame(piece);
            }
            return;
        }
        self.keep(piece);
        let frame = std::mem::take(&mut self.begun);
        if !frame.is_empty() {
            on_frame(&frame);
        }
        self.inside = true;
    }

    fn keep(&mut self, piece: &[u8]) {
        if self.inside && self.begun.len() + piece.len() <= MAX_FRAME_BYTES {
            return self.begun.extend_from_slice(piece);
        }
        self.noise_bytes += (self.begun.len() + piece.len()) as u64;
        self.begun = Vec::new();
        // Bytes without a flag were too many for a frame, or are none of one.
        self.inside = false;
    }

    /// Bytes that were in no frame.
    pub fn noise_bytes(&self) -> u64 {
        self.noise_bytes
    }
}
