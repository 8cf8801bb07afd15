//! Chinese names in Latin letters, as a keyboard without an input method gives them: whole (yinchuanhuochezhan) and by
//! their initials (ychcz).

use pinyin::ToPinyin;

/// Fewer initials mean too many places.
const FEWEST: usize = 3;

/// The name by its sounds, without tones; nothing when a character has none.
pub(super) fn whole(name: &str) -> Option<String> {
    sounds(name).map(|sounds| sounds.concat())
}

/// The first letters of its sounds.
pub(super) fn initials(name: &str) -> Option<String> {
    let sounds = sounds(name)?;
    let firsts: String = sounds.iter().filter_map(|sound| sound.chars().next()).collect();
    (firsts.len() >= FEWEST).then_some(firsts)
}

fn sounds(name: &str) -> Option<Vec<&'static str>> {
    name.chars().map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect()
}

#[cfg(test)]
mod tests {
    use super::{initials, whole};

    #[test]
    fn names_by_their_sounds() {
        assert_eq!(whole("银川火车站").as_deref(), Some("yinchuanhuochezhan"));
        assert_eq!(initials("银川火车站").as_deref(), Some("ychcz"));
        assert_eq!(initials("沙湖"), None, "two letters mean too many places");
        assert_eq!(whole("G6高速"), None);
    }
}
