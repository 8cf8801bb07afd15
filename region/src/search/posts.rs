//! Kilometres of a road in a query: `G6 K1120+300`, 京藏高速1120公里, `G6京藏高速1120公里300米处`.

use super::numerals::in_digits;
use crate::posts::PostedRoad;
use crate::roads::Road;
use unicode_normalization::UnicodeNormalization;

/// Endings that people leave out of a road's name.
const ENDINGS: [&str; 4] = ["高速公路", "高速", "公路", "线"];
/// What counts kilometres after a number.
const KILOMETRES: [&str; 5] = ["公里", "千米", "km", "里程", "桩"];
/// What stands between the kilometres and the metres.
const AND: [&str; 3] = ["+", "加", "又"];

/// A road as signs and people name it.
pub(super) trait Signed {
    /// The number on its signs.
    fn number(&self) -> &str;
    /// Its name in Chinese.
    fn name_zh(&self) -> &str;
}

impl Signed for PostedRoad {
    fn number(&self) -> &str {
        &self.number
    }

    fn name_zh(&self) -> &str {
        &self.name_zh
    }
}

impl Signed for Road {
    fn number(&self) -> &str {
        &self.number
    }

    fn name_zh(&self) -> &str {
        &self.name_zh
    }
}

/// The road and the kilometre that a query speaks of; a road without a number has no kilometres.
pub(super) fn asked<'r, R: Signed>(roads: &'r [R], query: &str) -> Option<(&'r R, f64)> {
    let query: String = query.nfkc().flat_map(char::to_lowercase).collect();
    // A road's name may hold a numeral, and so may its number as it is said: 国道一百零九.
    let in_digits_too = in_digits(&query);
    roads.iter().filter(|road| !road.number().is_empty()).find_map(|road| {
        let rest = without_road(road, &query).or_else(|| without_road(road, &in_digits_too))?;
        Some((road, kilometre(&in_digits(&rest))?))
    })
}

/// A kilometre as signs show it: K1120+300.
pub(super) fn sign(km: f64) -> String {
    let metres = (km * 1000.0).round() as u64;
    match metres % 1000 {
        0 => format!("K{}", metres / 1000),
        rest => format!("K{}+{rest:03}", metres / 1000),
    }
}

/// The query with the road's number and names replaced by blanks; `None` if it names neither.
fn without_road(road: &impl Signed, query: &str) -> Option<String> {
    let name = road.name_zh().to_lowercase();
    let short = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    let number = road.number().to_lowercase();
    // 国道109 is said 109国道 too.
    let turned = ["国道", "省道"].into_iter().find_map(|kind| {
        let digits = short.unwrap_or(&name).strip_prefix(kind)?;
        Some(format!("{digits}{kind}"))
    });
    let mut rest = query.to_owned();
    let mut found = false;
    for name in [Some(name.as_str()), short, turned.as_deref()].into_iter().flatten() {
        found |= rest.contains(name);
        rest = rest.replace(name, " ");
    }
    while let Some(at) = place_of_number(&rest, &number) {
        found = true;
        rest.replace_range(at..at + number.len(), " ");
    }
    found.then_some(rest)
}

/// Where a road's number stands by itself: G6 is not in G60, nor in SG6.
fn place_of_number(text: &str, number: &str) -> Option<usize> {
    let stands = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let after = text[at + number.len()..].chars().next();
        !before.is_some_and(|c| c.is_ascii_alphanumeric())
            && !after.is_some_and(|c| c.is_ascii_digit())
    };
    text.match_indices(number).map(|(at, _)| at).find(stands)
}

/// The first number of what is left that counts kilometres, with the metres behind it; the very first may stand
/// without a unit.
fn kilometre(rest: &str) -> Option<f64> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut from = 0;
    while let Some(start) = rest[from..].find(is_digit).map(|at| from + at) {
        if let Some(km) = kilometre_at(rest, start, from == 0) {
            return Some(km);
        }
        from = rest[start..].find(|c| !is_digit(c)).map_or(rest.len(), |at| start + at);
    }
    None
}

fn kilometre_at(rest: &str, start: usize, is_first: bool) -> Option<f64> {
    let marked = rest[..start].trim_end().ends_with('k');
    let (km, after) = number(&rest[start..])?;
    let after = after.trim_start();
    let counted = KILOMETRES.iter().find_map(|word| after.strip_prefix(word));
    let joined = AND.iter().find_map(|word| after.strip_prefix(word));
    let bare = is_first && (after.is_empty() || after.starts_with(['处', '附', ' ']));
    if !(marked || counted.is_some() || joined.is_some() || bare) {
        return None;
    }
    let tail = counted.or(joined).unwrap_or(after);
    Some(km + metres(tail).unwrap_or(0.0) / 1000.0)
}

/// Metres that follow the kilometres: `+300`, 300米.
fn metres(tail: &str) -> Option<f64> {
    let tail = tail.trim_start();
    if tail.starts_with('半') {
        return Some(500.0);
    }
    let tail = AND.iter().find_map(|word| tail.strip_prefix(word)).unwrap_or(tail).trim_start();
    let (metres, _) = number(tail)?;
    (metres < 1000.0).then_some(metres)
}

/// A number of at most four digits before its point, and what stands behind it.
fn number(text: &str) -> Option<(f64, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let digits = text[..end].trim_end_matches('.');
    let whole = digits.split('.').next().unwrap_or_default().len();
    let number = digits.parse().ok().filter(|_| (1..=4).contains(&whole))?;
    Some((number, &text[digits.len()..]))
}
