//! Combining marks piled upon one letter, until they cover the lines around it.

use unicode_normalization::char::is_combining_mark;

/// How many marks stay on one letter. Vietnamese, Arabic and Thai use two, pointed Hebrew three, Tibetan stacks with
/// their vowel four; the thirty of the stream-safe format (UAX #15) bound memory and would cover a screen.
pub const MARKS_MOST: usize = 4;

/// The characters with no more than [`MARKS_MOST`] marks in a row.
pub(super) fn without_piles(text: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    text.scan(0, |marks, c| {
        *marks = if is_combining_mark(c) { *marks + 1 } else { 0 };
        Some((c, *marks))
    })
    .filter_map(|(c, marks)| (marks <= MARKS_MOST).then_some(c))
}
