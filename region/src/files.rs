//! Reads a whole text file of a region folder, with a limit on its size.

use super::problems::Problems;
use dispatch_core::text::{code_point, first_unfit, is_hidden};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use unicode_normalization::char::is_combining_mark;

/// How many characters a name may have. A name has tens, an equipment list a few hundred.
const MAX_CHARS: usize = 1000;

/// What is wrong with one line of text of a region, as the end of a sentence; by the rule for all texts.
pub(super) fn unfit(field: &str, text: &str) -> Option<String> {
    if text.chars().count() > MAX_CHARS {
        return Some(format!("{field} is longer than {MAX_CHARS} characters"));
    }
    let found = first_unfit(text)?;
    let code = code_point(found);
    Some(if is_combining_mark(found) && !is_hidden(found) {
        format!(
            "{field}: marks are piled upon one letter, {code} the first too many; take them off"
        )
    } else {
        format!("{field}: there is an invisible character {code}; take it out")
    })
}

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
        Ok(_) => {
            // Spreadsheets and editors put a byte order mark first.
            let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned);
            has_hidden(&text, file, problems).is_none().then_some(text)
        }
        Err(error) => {
            problems.of_file(file, format!("the file cannot be read ({error})"));
            None
        }
    }
}

/// Reports the first character that nobody sees.
fn has_hidden(text: &str, file: &str, problems: &mut Problems) -> Option<char> {
    let is_bad = |c: char| is_hidden(c) || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    let at = text.find(is_bad)?;
    let found = text[at..].chars().next()?;
    let line = text[..at].matches('\n').count() as u64 + 1;
    let code = code_point(found);
    problems.at(file, line, format!("there is an invisible character {code}; take it out"));
    Some(found)
}
