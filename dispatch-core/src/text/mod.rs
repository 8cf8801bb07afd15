//! What may stand in a text that people read: nothing that cannot be seen, nothing that turns the direction of
//! writing, no control characters. The one place that says so, for requests, terminals, region files and people.
//!
//! Marks piled upon one letter beyond what any writing needs are taken off: they cover the lines above and below.
//! What only hides is taken off, for nobody can find it in a form to delete it, and it comes unasked with what is
//! pasted from chats and web pages. Control characters are refused and named: they tell of a broken sender.

mod hidden;
mod marks;
#[cfg(test)]
mod tests;

use marks::without_piles;

pub use hidden::is_hidden;
pub use marks::MARKS_MOST;
use unicode_normalization::UnicodeNormalization;

/// A text as it is compared with another: small letters, and one way of writing for full width and composed signs.
pub fn folded(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// Whether nobody would see anything of it: white space and what is hidden.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c.is_control() || is_hidden(c))
}

/// One line as it is kept: what is hidden taken off, and empty when it would look empty.
///
/// # Errors
/// The first character that has no place in one line.
pub fn line(text: &str) -> Result<String, char> {
    let seen: String = seen(text).collect();
    match seen.chars().find(|c| breaks(*c)) {
        Some(found) => Err(found),
        None => Ok(if is_blank(&seen) { String::new() } else { seen }),
    }
}

/// Several lines as they are kept: what is hidden taken off, every kind of line end written as one, and empty when
/// they would look empty.
///
/// # Errors
/// The first character that has no place in a text.
pub fn lines(text: &str) -> Result<String, char> {
    let one_kind = text.replace("\r\n", "\n");
    let plain = |c| if is_line_end(c) { '\n' } else { c };
    let seen: String = seen(&one_kind).map(plain).collect();
    match seen.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        Some(found) => Err(found),
        None => Ok(if is_blank(&seen) { String::new() } else { seen }),
    }
}

/// The first character that would not stay as it is in one line: hidden, piled up or refused. For files, whose
/// writers can mend them.
pub fn first_unfit(text: &str) -> Option<char> {
    let mut kept = seen(text).peekable();
    text.chars().find(|c| kept.next_if_eq(c).is_none() || breaks(*c))
}

/// One line of somebody who cannot be asked again, such as a crew: what has no place in it replaced, and cut to
/// `most` characters. Nobody's press is refused for what its words look like.
pub fn line_of_report(text: &str, most: usize) -> String {
    let replaced = |c| if breaks(c) { char::REPLACEMENT_CHARACTER } else { c };
    seen(text).take(most).map(replaced).collect()
}

/// Several lines of somebody who cannot be asked again.
pub fn lines_of_report(text: &str, most: usize) -> String {
    let replaced = |c: char| match c {
        '\n' | '\t' => c,
        _ if is_line_end(c) => '\n',
        _ if c.is_control() => char::REPLACEMENT_CHARACTER,
        _ => c,
    };
    let one_kind = text.replace("\r\n", "\n");
    seen(&one_kind).take(most).map(replaced).collect()
}

/// A text without what hides and without what is piled up.
fn seen(text: &str) -> impl Iterator<Item = char> {
    without_piles(text.chars().filter(|c| !is_hidden(*c)))
}

/// A character by its number, for one who cannot see it.
pub fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Control characters stop a database (NUL), a table or a terminal; a line that breaks hides what follows.
fn breaks(c: char) -> bool {
    c.is_control() || is_line_end(c)
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
