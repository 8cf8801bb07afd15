//! How much of a picture is passed on: a mean over a while, so that a key frame may be large.

/// Bytes a second that are passed on for any length of time: 8 Mbit/s, twice what a camera's main stream has.
const BYTES_PER_SECOND: u64 = 1_000_000;
/// Bytes that may come at once beyond it: what a terminal kept while its network was away.
const MOST_AT_ONCE: u64 = 4 * 1_024 * 1_024;

/// What came lately.
#[derive(Debug, Default)]
pub struct Rate {
    /// Bytes that count still.
    bytes: u64,
    counted_ms: Option<u64>,
}

impl Rate {
    /// Bytes came at this moment of a steady clock, in milliseconds; false when they are more than is passed on.
    pub fn take(&mut self, bytes: usize, now_ms: u64) -> bool {
        let since_ms = self.counted_ms.replace(now_ms).map_or(0, |at| now_ms.saturating_sub(at));
        let allowed = since_ms.saturating_mul(BYTES_PER_SECOND) / 1_000;
        self.bytes = self.bytes.saturating_sub(allowed).saturating_add(bytes as u64);
        self.bytes <= MOST_AT_ONCE
    }
}
