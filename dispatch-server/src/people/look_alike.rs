//! Names that look like other names although they are written with other letters (Unicode Technical Standard 39): with
//! a Greek omicron somebody could act under what everybody reads as a colleague's name. Asked when a name is given,
//! never when somebody signs in: whoever has such a name keeps it.

use unicode_security::confusable_detection::skeleton;
use unicode_security::mixed_script::AugmentedScriptSet;

/// Whether letters of alphabets stand together that nobody writes together. Latin letters beside Chinese, Japanese
/// or Korean ones are usual: the standard's "highly restrictive" level, without its list of common characters, which
/// lacks those of many a Chinese name.
pub(super) fn mixes_alphabets(name: &str) -> bool {
    if !AugmentedScriptSet::for_str(name).is_empty() {
        return false;
    }
    let besides: String = name.chars().filter(|c| !is_latin(*c)).collect();
    let besides = AugmentedScriptSet::for_str(&besides);
    !(besides.hanb || besides.jpan || besides.kore)
}

/// Whether a character is used in words of Latin letters.
fn is_latin(c: char) -> bool {
    let mut scripts = AugmentedScriptSet::from(c);
    scripts.intersect_with('a'.into());
    !scripts.is_empty()
}

/// Whether one word of a text mixes alphabets; words of different ones may stand beside each other.
pub(super) fn has_mixed_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(mixes_alphabets)
}

/// Whether two names cannot be told apart by the eye.
pub(super) fn look_alike(one: &str, other: &str) -> bool {
    skeleton(one).eq(skeleton(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_are_written_together_may_stand_together() {
        for usual in [
            "boss",
            "li.na-2",
            "李娜",
            "li李娜",
            "王a",
            "иван",
            "γιώργος",
            "björn",
            "𠮷野",
            "ئالىم",
        ] {
            assert!(!mixes_alphabets(usual), "{usual}");
        }
        for mixed in ["bοss", "аdmin", "李nа", "li.на", "ьoss", "ꓡi"] {
            assert!(mixes_alphabets(mixed), "{mixed}");
        }
    }

    #[test]
    fn words_of_different_alphabets_may_stand_beside_each_other() {
        for usual in ["李娜 Иван", "Anna (Άννα)", "阿依古丽·买买提", "120 值班", "Dr. O'Neill", ""]
        {
            assert!(!has_mixed_word(usual), "{usual}");
        }
        for mixed in ["李娜 Bοss", "Аnna", "值班 аdmin-2"] {
            assert!(has_mixed_word(mixed), "{mixed}");
        }
    }

    #[test]
    fn names_of_other_letters_that_look_the_same_are_known() {
        for (one, other) in [("сор", "cop"), ("mei1", "meil"), ("ωang", "ωang"), ("rnei", "mei")]
        {
            assert!(look_alike(one, other) && look_alike(other, one), "{one} {other}");
        }
        for (one, other) in [("li.na", "lina"), ("boss", "bass"), ("李娜", "李那"), ("a1", "a2")]
        {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }
}
