//! What came from the receiver and what was refused, by kind. Counts only.

use serde::Serialize;

/// Counters since the parser was made. A whole line is counted in `sentences` and in exactly one of
/// `used`, `other_kinds`, `ais` or a refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NmeaCounts {
    /// Whole lines that began with `$` or `!`.
    pub sentences: u64,
    /// Sentences read for position, speed or date.
    pub used: u64,
    /// Good sentences of a kind that says nothing about where the vehicle is (GSV, GSA, TXT ...).
    pub other_kinds: u64,
    /// AIS messages from ships.
    pub ais: u64,
    /// Makers' own sentences (`$P...`) and kinds that are not known.
    pub unsupported: u64,
    /// Position sentences from a talker that is no satellite receiver.
    pub unknown_talker: u64,
    /// The checksum did not match.
    pub bad_checksum: u64,
    /// There was no checksum.
    pub no_checksum: u64,
    /// The checksum matched but the fields made no sense.
    pub malformed: u64,
    /// Lines given up for their length.
    pub too_long: u64,
    /// Lines given up because another began or bytes were no text.
    pub cut_short: u64,
    /// Bytes that belonged to no line.
    pub noise_bytes: u64,
    /// Moments in which the receiver said that it had no position.
    pub no_fix: u64,
    /// Moments whose position was typed in or simulated, not measured.
    pub not_measured: u64,
    /// Positions without a known date.
    pub no_date: u64,
    /// Positions dated by the caller's clock because the receiver sends no date.
    pub dated_by_reference: u64,
    /// Positions whose date was 1 024 weeks or a multiple off and was corrected.
    pub week_rollovers: u64,
    /// Positions whose date is half a day or more from the caller's clock, and not by whole roll-overs:
    /// the receiver's date is wrong, or the clock is. Those ahead of the clock are dated by it.
    pub date_doubtful: u64,
    /// Fixes given.
    pub fixes: u64,
}
