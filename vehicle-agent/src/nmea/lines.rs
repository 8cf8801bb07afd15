//! From bytes to lines. Holds at most one line; never looks inside it.

use super::NmeaCounts;

/// Longest line kept, in bytes. NMEA allows 82; receivers were seen to send 120.
pub const MAX_LINE_BYTES: usize = 256;

/// What is done with a whole line.
pub(super) type OnLine<'a> = dyn FnMut(&str, &mut NmeaCounts) + 'a;

/// Splits a byte stream into lines that begin with `$` or `!`, across any cuts and noise.
#[derive(Debug, Default)]
pub(super) struct LineSplitter {
    line: Vec<u8>,
    inside: bool,
}

impl LineSplitter {
    /// Takes the next byte; a line that is whole now goes to `on_line`.
    pub(super) fn push(&mut self, byte: u8, counts: &mut NmeaCounts, on_line: &mut OnLine<'_>) {
        match byte {
            b'$' | b'!' => {
                self.end(counts, on_line);
                self.line.push(byte);
                self.inside = true;
            }
            b'\r' | b'\n' if self.inside => self.deliver(counts, on_line),
            b'\r' | b'\n' => {}
            b' '..=b'~' if self.inside => {
                if self.line.len() == MAX_LINE_BYTES {
                    counts.too_long += 1;
                    self.reset();
                } else {
                    self.line.push(byte);
                }
            }
            _ if self.inside => {
                counts.cut_short += 1;
                counts.noise_bytes += 1;
                self.reset();
            }
            _ => counts.noise_bytes += 1,
        }
    }

    /// The stream ended or another line begins: a line with its checksum is whole, another is not.
    pub(super) fn end(&mut self, counts: &mut NmeaCounts, on_line: &mut OnLine<'_>) {
        if !self.inside {
            return;
        }
        let has_checksum = self.line.len() > 3 && self.line[self.line.len() - 3] == b'*';
        if has_checksum {
            self.deliver(counts, on_line);
        } else {
            counts.cut_short += 1;
            self.reset();
        }
    }

    fn deliver(&mut self, counts: &mut NmeaCounts, on_line: &mut OnLine<'_>) {
        counts.sentences += 1;
        if let Ok(text) = std::str::from_utf8(&self.line) {
            on_line(text.trim_end(), counts);
        }
        self.reset();
    }

    fn reset(&mut self) {
        self.line.clear();
        self.inside = false;
    }
}
