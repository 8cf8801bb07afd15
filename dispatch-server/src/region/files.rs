//! Reads a whole text file of a region folder, with a limit on its size.

use super::problems::Problems;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// No file read as a whole may be larger. Exact borders of a province take a few megabytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The text of a file, or nothing after its problem has been reported.
pub(super) fn read_text(dir: &Path, file: &str, problems: &mut Problems) -> Option<String> {
    let mut text = String::new();
    let read = File::open(dir.join(file))
        .and_then(|open| open.take(MAX_BYTES + 1).read_to_string(&mut text));
    match read {
        Ok(length) if length as u64 > MAX_BYTES => {
            problems.of_file(file, format!("the file is larger than {MAX_BYTES} bytes"));
            None
        }
        Ok(_) if text.contains('\0') => {
            let line = text.lines().position(|line| line.contains('\0')).map_or(1, |at| at + 1);
            problems.at(file, line as u64, "there is a character U+0000, which no text holds");
            None
        }
        // Spreadsheets and editors put a byte order mark first.
        Ok(_) => Some(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned)),
        Err(error) => {
            problems.of_file(file, format!("the file cannot be read ({error})"));
            None
        }
    }
}
