//! One way of writing for names and queries: full width as half width, no tone marks, traditional
//! characters as simplified ones, lower case, letters and digits only.

use std::collections::HashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Pairs of a traditional and its simplified character, after the General List of Simplified
/// Characters (简化字总表, 1986); only those that are written in one way and meant in one.
const PAIRS: &str = include_str!("simplified.txt");

static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut characters = PAIRS.chars().filter(|c| !c.is_whitespace());
    std::iter::from_fn(|| Some((characters.next()?, characters.next()?))).collect()
});

/// The text as it is compared.
pub(super) fn normal(text: &str) -> String {
    text.nfkd()
        .filter(|c| !is_combining_mark(*c))
        .nfc()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .map(|c| SIMPLIFIED.get(&c).copied().unwrap_or(c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn however_it_is_typed() {
        for (typed, plain) in [
            ("Ｙｉｎｃｈｕａｎ", "yinchuan"),
            ("Yín chuān", "yinchuan"),
            ("Lǜ", "lu"),
            ("賀蘭縣", "贺兰县"),
            ("銀川市第一人民醫院", "银川市第一人民医院"),
            ("解放西街２号", "解放西街2号"),
            ("Ning’an", "ningan"),
            ("\u{200b}·,—", ""),
        ] {
            assert_eq!(normal(typed), plain, "{typed}");
        }
    }
}
