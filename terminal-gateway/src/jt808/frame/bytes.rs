//! Escapes and the checksum.

pub(super) const FLAG: u8 = 0x7e;
pub(super) const ESCAPE: u8 = 0x7d;

/// The bytes between two flags with escapes undone, and whether any escape was none of the two that exist. Such a
/// byte is kept as it is; the checksum tells whether that was right.
pub(super) fn unescape(escaped: &[u8]) -> (Vec<u8>, bool) {
    let (mut bytes, mut strange) = (Vec::with_capacity(escaped.len()), false);
    let mut rest = escaped.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let undone = match (byte, rest.peek()) {
            (ESCAPE, Some(1)) => Some(ESCAPE),
            (ESCAPE, Some(2)) => Some(FLAG),
            (ESCAPE, _) => {
                strange = true;
                None
            }
            (_, _) => None,
        };
        if undone.is_some() {
            rest.next();
        }
        bytes.push(undone.unwrap_or(byte));
    }
    (bytes, strange)
}

/// A frame with its flags: checksum added, escaped.
pub(super) fn enclose(mut content: Vec<u8>) -> Vec<u8> {
    content.push(checksum(&content));
    let mut frame = Vec::with_capacity(content.len() + 8);
    frame.push(FLAG);
    for byte in content {
        match byte {
            FLAG => frame.extend_from_slice(&[ESCAPE, 2]),
            ESCAPE => frame.extend_from_slice(&[ESCAPE, 1]),
            other => frame.push(other),
        }
    }
    frame.push(FLAG);
    frame
}

/// Exclusive or of all bytes.
pub(super) fn checksum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}
