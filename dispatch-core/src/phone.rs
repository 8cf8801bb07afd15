//! Telephone numbers as they are compared: who calls is the same however the number was typed or shown. What was
//! written down stays as it was.

use unicode_normalization::UnicodeNormalization;

/// Short numbers are services and extensions, which report many incidents: 110 is not one caller.
const SHORTEST: usize = 7;
/// A subscriber's number in a local network has seven or eight digits.
const LOCAL: std::ops::RangeInclusive<usize> = 7..=8;
/// Digits of a mobile number.
const MOBILE: usize = 11;
/// Numbers looked at in one field: two are written side by side at times, more is not a number.
const MOST: usize = 4;
/// What stands between two numbers of one field, besides blanks.
const BETWEEN_NUMBERS: [char; 14] =
    ['/', '\\', '、', ',', '。', ';', '|', '\n', '\r', '或', '和', '及', '与', '與'];
/// Dialled before a number for cheap calls; exchanges show them at times.
const CALL_BY_CALL: [&str; 9] =
    ["17951", "17909", "17911", "17908", "17910", "17931", "17969", "12593", "10193"];
/// What stands between a number and its extension.
const EXTENSION: [&str; 10] = ["转", "轉", "分机", "分機", "内线", "內線", "ext", "x", "#", "*"];

/// The numbers of a field, each as it is compared: digits with country and trunk prefixes, call-by-call prefixes
/// and extension taken off. A local number gets `area_code` (such as `0951`) in front where it is known; without it
/// stays apart from the full number, since the same digits belong to somebody else in the next town.
pub fn comparable(text: &str, area_code: Option<&str>) -> Vec<String> {
    let plain: String = text.nfkc().flat_map(char::to_lowercase).map(western_digit).collect();
    let fields = plain.split(BETWEEN_NUMBERS);
    fields.flat_map(|field| numbers(field, area_code)).take(MOST).collect()
}

/// Whether two fields name one caller.
pub fn same(first: &[String], second: &[String]) -> bool {
    first.iter().any(|number| second.contains(number))
}

/// The numbers of a stretch of text, which may stand side by side with nothing but a blank or a bracket between.
fn numbers(field: &str, area_code: Option<&str>) -> Vec<String> {
    let (field, after) = split_at_extension(field);
    let all = groups(field);
    let mut left = all.as_slice();
    let mut found = Vec::new();
    while !left.is_empty() && found.len() < MOST {
        // A mobile number written in one piece stands by itself, whatever stands before it.
        let is_abroad = left[0].starts_with('+');
        let next = left.iter().skip(1).position(|group| !is_abroad && is_mobile(group));
        let (number, read) = first(&left[..next.map_or(left.len(), |at| at + 1)], area_code);
        found.extend(number);
        left = &left[read.max(1)..];
    }
    if let Some(after) = after {
        found.extend(numbers(after, area_code));
    }
    found
}

/// The number that groups of digits begin with, and how many of them it is made of.
fn first(groups: &[String], area_code: Option<&str>) -> (Option<String>, usize) {
    let plus = groups.first().is_some_and(|group| group.starts_with('+'));
    let digits: String = groups.concat().chars().filter(char::is_ascii_digit).collect();
    let (national, rest_of_world) = national(&digits, plus);
    if rest_of_world {
        let number = (national.len() >= SHORTEST).then(|| format!("+{national}"));
        return (number, groups.len());
    }
    let (number, read) = cut_to_subscriber(national, groups);
    let number = match area_code.map(|code| code.trim_start_matches('0')) {
        Some(code) if is_local(number) => Some(format!("{code}{number}")),
        Some(_) | None => (number.len() >= SHORTEST).then(|| number.to_owned()),
    };
    (number, read)
}

/// The field up to where its extension begins, and what stands after it; nothing is an extension before a whole number.
fn split_at_extension(field: &str) -> (&str, Option<&str>) {
    let is_whole =
        |at: &usize| field[..*at].chars().filter(char::is_ascii_digit).count() >= SHORTEST;
    let marks = EXTENSION.iter().flat_map(|mark| field.match_indices(mark));
    let Some((at, mark)) = marks.filter(|(at, _)| is_whole(at)).min() else { return (field, None) };
    let behind = field[at + mark.len()..].trim_start_matches(|c: char| !c.is_ascii_digit());
    let after = behind.trim_start_matches(|c: char| c.is_ascii_digit());
    (&field[..at], Some(after))
}

/// Runs of digits, a plus before the first kept.
fn groups(field: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let mut open = false;
    for c in field.chars() {
        match c {
            '+' if groups.is_empty() => groups.push("+".to_owned()),
            '0'..='9' if open => groups.last_mut().into_iter().for_each(|group| group.push(c)),
            '0'..='9' => groups.push(c.to_string()),
            _ => {}
        }
        open = c.is_ascii_digit();
    }
    groups
}

/// The number within the country, and whether it is one of another country.
fn national(digits: &str, plus: bool) -> (&str, bool) {
    let dialled = CALL_BY_CALL.iter().find_map(|prefix| digits.strip_prefix(prefix));
    let digits = dialled.filter(|rest| rest.len() >= 10).unwrap_or(digits);
    let abroad = digits.starts_with("00");
    let bare = digits.trim_start_matches('0');
    let home = bare.strip_prefix("86").filter(|rest| rest.len() >= 10);
    match home {
        Some(rest) => (rest.trim_start_matches('0'), false),
        // Two zeros are also what some exchanges put before a number of the country.
        None => (bare, plus || (abroad && !is_mobile(bare) && !is_landline(bare))),
    }
}

fn is_mobile(number: &str) -> bool {
    let mut digits = number.bytes();
    number.len() == MOBILE
        && digits.next() == Some(b'1')
        && digits.next().is_some_and(|d| d >= b'3')
}

/// Area code and number without the trunk prefix: 10 to 11 digits that begin with no 1, but for Beijing's 10.
fn is_landline(number: &str) -> bool {
    (9..=11).contains(&number.len()) && (!number.starts_with('1') || number.starts_with("10"))
}

fn is_local(number: &str) -> bool {
    LOCAL.contains(&number.len()) && number.bytes().next().is_some_and(|first| first > b'1')
}

/// The number without groups of digits that follow a whole one (0951-6012371-8001), and how many groups it takes.
fn cut_to_subscriber<'a>(number: &'a str, groups: &'a [String]) -> (&'a str, usize) {
    let lengths = groups.iter().map(|group| group.trim_start_matches('+').len());
    let all: usize = lengths.clone().sum();
    let ends = lengths.scan(0, |read, length| {
        *read += length;
        // Where this group ends, counted from the front of what is left of the prefixes.
        Some(number.len().saturating_sub(all - *read))
    });
    let is_whole = |end: usize| {
        let front = &number[..end];
        is_mobile(front) || (is_area_and_number(front) && end < number.len())
    };
    // A number of this town by itself, before its extension or another number.
    if let [local, _, ..] = groups
        && is_local(local)
        && !is_mobile(number)
    {
        return (local, 1);
    }
    let whole = ends.enumerate().find(|(_, end)| is_whole(*end));
    whole.map_or((number, groups.len()), |(group, end)| (&number[..end], group + 1))
}

/// Three digits of an area without the trunk prefix (two for the largest cities) and seven or eight of a number.
fn is_area_and_number(number: &str) -> bool {
    let area = if number.starts_with("10") || number.starts_with('2') { 2 } else { 3 };
    number.len() > area && LOCAL.contains(&(number.len() - area)) && is_landline(number)
}

/// Digits of other scripts that compatibility forms do not reach: Arabic, Persian and Devanagari, as some keyboards
/// give them.
fn western_digit(c: char) -> char {
    let zeros = ['\u{660}', '\u{6f0}', '\u{966}'];
    let value = zeros
        .iter()
        .find_map(|zero| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::{comparable, same};

    /// Pairs of one caller, as a call-taker types and an exchange shows them, at a centre of the area 0951.
    const ONE: [(&str, &str); 43] = [
        ("13901234703", "１３９０１２３４７０３"),
        ("13901234707", "13901234707转8001"),
        ("13901234707", "13901234707 ext. 8001"),
        ("13901234707", "13901234707x8001"),
        ("13901234707", "13901234707＃8001"),
        ("13901234707", "13901234707－8001"),
        ("13901234709", "139 0123 4709"),
        ("13901234709", "139-0123-4709"),
        ("13901234709", "139\u{a0}0123\u{200b}4709"),
        ("13901234709", "+86 139 0123 4709"),
        ("13901234709", "008613901234709"),
        ("13901234709", "8613901234709"),
        ("13901234709", "013901234709"),
        ("13901234709", "1795113901234709"),
        ("13901234709", "17951013901234709"),
        ("13901234709", "（139）01234709"),
        ("13901234709", "电话：13901234709（张先生）"),
        ("13901234709", "tel:+86-139-0123-4709"),
        ("13901234709", "٠١٣٩٠١٢٣٤٧٠٩"),
        ("13901234709", "0951-6012371 / 13901234709"),
        ("13901234709", "13800001111和13901234709"),
        ("13901234709", "13800001111 及 13901234709"),
        ("13901234709", "13800001111与13901234709"),
        ("13901234709", "13800001111｜13901234709"),
        ("13901234709", "13800001111；13901234709"),
        ("13901234709", "13800001111。13901234709"),
        ("13901234709", "13800001111 13901234709"),
        ("13901234709", "13800001111（13901234709）"),
        ("13901234709", "138 0000 1111   139 0123 4709"),
        ("13901234709", "6012371 13901234709"),
        ("13901234709", "0951-6012371 13901234709"),
        ("13901234709", "+86 13800001111, +86 13901234709"),
        ("0951-6012371", "6012372 6012371"),
        ("6012371", "6012371-8001"),
        ("13901234709", "0951-6012371转8001 13901234709"),
        ("0951-6012371", "6012371 转 8001"),
        ("13901234709", "分机8001 13901234709"),
        ("0951-6012371", "(0951) 6012371"),
        ("0951-6012371", "+86 951 6012371"),
        ("0951-6012371", "0951-6012371-8001"),
        ("0951-6012371", "09516012371分机12"),
        ("0951-6012371", "6012371"),
        ("010-62345678", "+86 10 6234 5678"),
    ];

    /// Pairs of two callers.
    const TWO: [(&str, &str); 10] = [
        ("0951-6012371", "0952-6012371"),
        ("6012371", "0952-6012371"),
        ("13901234709", "13901234708"),
        ("13901234709-8001", "13901234708-8001"),
        ("13901234709（床8 房12）", "13901234708（床8 房12）"),
        ("110", "110"),
        ("转8001", "转8001"),
        ("", ""),
        ("+852 2345 6789", "23456789"),
        ("+1 390 123 4709", "13901234709转1"),
    ];

    fn read(text: &str) -> Vec<String> {
        comparable(text, Some("0951"))
    }

    #[test]
    fn one_caller_is_one_however_the_number_is_written() {
        for (first, second) in ONE {
            let told = (read(first), read(second));
            assert!(same(&told.0, &told.1), "{first} and {second}: {told:?}");
        }
    }

    #[test]
    fn two_callers_are_two() {
        for (first, second) in TWO {
            let told = (read(first), read(second));
            assert!(!same(&told.0, &told.1), "{first} and {second}: {told:?}");
        }
    }

    #[test]
    fn a_local_number_is_that_of_its_own_area_and_of_no_other_where_the_area_is_unknown() {
        assert_eq!(comparable("6012371", None), ["6012371"]);
        assert_eq!(comparable("6012371", Some("0952")), ["9526012371"]);
        assert_eq!(comparable("0951-6012371", Some("0952")), ["9516012371"]);
    }
}
