//! The NAL units of an H.264 byte stream: ITU-T H.264, annex B.

/// What a unit holds, as far as a player or we need it: ITU-T H.264, table 7-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Part of a picture that needs earlier ones.
    Slice,
    /// Part of a picture that needs none (IDR).
    KeySlice,
    /// Sequence parameter set.
    Sequence,
    /// Picture parameter set.
    Picture,
    /// What no player needs: delimiters, filler, notes of the maker.
    Other,
}

/// What a unit holds.
pub(super) fn content(unit: &[u8]) -> Content {
    const TYPE_BITS: u8 = 0x1f;
    match unit.first().map(|it| it & TYPE_BITS) {
        Some(1) => Content::Slice,
        Some(5) => Content::KeySlice,
        Some(7) => Content::Sequence,
        Some(8) => Content::Picture,
        Some(_) | None => Content::Other,
    }
}

/// Whether a slice is the first of its picture: it begins with the picture's first block, whose number 0 is one bit, set
/// (`first_mb_in_slice`, ITU-T H.264, 7.3.3). Nothing for what is no slice.
pub(super) fn is_first_slice(unit: &[u8]) -> Option<bool> {
    const FIRST_BIT: u8 = 0x80;
    match content(unit) {
        Content::Slice | Content::KeySlice => Some(unit.get(1)? & FIRST_BIT != 0),
        Content::Sequence | Content::Picture | Content::Other => None,
    }
}

/// The units between the start codes of a stream, without empty ones. What stands before the first start code is none.
pub(super) fn units(stream: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = start_code(stream).map(|at| &stream[at + START.len()..]);
    let units = std::iter::from_fn(move || {
        let bytes = rest?;
        let end = start_code(bytes);
        rest = end.map(|at| &bytes[at + START.len()..]);
        Some(without_zeros(&bytes[..end.unwrap_or(bytes.len())]))
    });
    units.filter(|unit| !unit.is_empty())
}

const START: [u8; 3] = [0, 0, 1];

fn start_code(bytes: &[u8]) -> Option<usize> {
    bytes.windows(START.len()).position(|it| it == START)
}

/// A unit never ends in a zero: those belong to the next start code, or fill up.
fn without_zeros(unit: &[u8]) -> &[u8] {
    let end = unit.iter().rposition(|it| *it != 0).map_or(0, |at| at + 1);
    &unit[..end]
}
