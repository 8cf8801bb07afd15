//! Recordings made for test tools carry notes between the sentences. This takes them out; a live
//! receiver is never passed through here.

/// A note that names the character which marks pauses in the recording.
const COOKIE_NOTE: &str = "Delay-Cookie:";

/// The recording without lines that begin with `#` and without pause marks: `# Delay-Cookie: | 0.01`
/// means that every `|` and the pause it stands for is no part of what the receiver sent.
pub fn strip_annotations(recording: &[u8]) -> Vec<u8> {
    let mut cookie = None;
    let mut kept = Vec::with_capacity(recording.len());
    for line in recording.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b"#") {
            cookie = cookie.or_else(|| cookie_of(line));
        } else {
            kept.extend(line.iter().filter(|byte| Some(**byte) != cookie));
        }
    }
    kept
}

fn cookie_of(note: &[u8]) -> Option<u8> {
    let note = std::str::from_utf8(note).ok()?;
    let (_, after) = note.split_once(COOKIE_NOTE)?;
    after.trim_start().bytes().next()
}
