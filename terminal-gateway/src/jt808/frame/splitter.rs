//! From a byte stream to frames. Holds at most one frame, whatever comes in.

use super::bytes::FLAG;

/// Longest frame kept, escapes included: header of 21 bytes, body of 1 023 and checksum, every byte escaped.
pub const MAX_FRAME_BYTES: usize = 2 * (21 + super::MOST_BODY_BYTES + 1);

/// Cuts a stream at its flags. A flag may end one frame and begin the next at once, as some terminals write it.
#[derive(Debug, Default)]
pub struct FrameSplitter {
    frame: Vec<u8>,
    inside: bool,
    /// Bytes outside of frames, and of frames that were too long.
    noise_bytes: u64,
}

impl FrameSplitter {
    /// Takes bytes in any portions; what stands between two flags goes to `on_frame`.
    pub fn push(&mut self, bytes: &[u8], on_frame: &mut dyn FnMut(&[u8])) {
        for &byte in bytes {
            match byte {
                FLAG => {
                    if self.inside && !self.frame.is_empty() {
                        on_frame(&self.frame);
                    }
                    self.frame.clear();
                    self.inside = true;
                }
                _ if !self.inside => self.noise_bytes += 1,
                _ if self.frame.len() == MAX_FRAME_BYTES => {
                    self.noise_bytes += self.frame.len() as u64 + 1;
                    self.frame.clear();
                    self.inside = false;
                }
                _ => self.frame.push(byte),
            }
        }
    }

    /// Bytes that were in no frame.
    pub fn noise_bytes(&self) -> u64 {
        self.noise_bytes
    }
}
