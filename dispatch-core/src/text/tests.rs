use super::*;
use proptest::prelude::*;
use regex_syntax::hir::{Class, HirKind};

/// Every character that the Unicode Character Database puts into a class.
fn class(pattern: &str) -> Vec<char> {
    let parsed = regex_syntax::parse(pattern).unwrap();
    let HirKind::Class(Class::Unicode(class)) = parsed.kind() else { panic!("{pattern}") };
    class.iter().flat_map(|range| range.start()..=range.end()).collect()
}

#[test]
fn everything_that_unicode_calls_ignorable_or_a_format_character_is_hidden() {
    for pattern in [r"\p{Default_Ignorable_Code_Point}", r"\p{Cf}", r"\p{Bidi_Control}"] {
        let Ok(_) = regex_syntax::parse(pattern) else {
            assert_eq!(pattern, r"\p{Bidi_Control}", "the tables hold {pattern}");
            continue;
        };
        let missed: Vec<String> =
            class(pattern).into_iter().filter(|c| !is_hidden(*c)).map(code_point).collect();
        assert!(missed.is_empty(), "{pattern}: {missed:?}");
    }
}

#[test]
fn what_people_write_is_left_as_it_is() {
    for text in [
        "解放西街２号楼3单元",
        "Jiefang West Street 12-3",
        "马麗　ABC",
        "Yín chuān",
        "ئۇيغۇر",
        "ᠮᠣᠩᠭᠣᠯ",
        "👨🏽 🚑",
        "北京中路①号（东门）",
        "𠮷野家",
        "\u{e000}",
    ] {
        assert_eq!(line(text).unwrap(), text);
        assert_eq!(lines(text).unwrap(), text);
    }
    let lines_of_two = "第一行\n第二行\t尾";
    assert_eq!(lines(lines_of_two).unwrap(), lines_of_two);
}

#[test]
fn what_hides_is_taken_off_and_what_breaks_is_named() {
    assert_eq!(line("解放西街\u{202e}12号楼3单元").unwrap(), "解放西街12号楼3单元");
    assert_eq!(line("A\u{e0041}\u{2066}B\u{feff}").unwrap(), "AB");
    assert_eq!(line("👨\u{200d}👩").unwrap(), "👨👩");
    assert_eq!(line("a\0b"), Err('\0'));
    assert_eq!(line("a\nb"), Err('\n'));
    assert_eq!(line("a\u{2028}b"), Err('\u{2028}'));
    assert_eq!(lines("a\r\nb\rc\u{2029}d").unwrap(), "a\nb\nc\nd");
    assert_eq!(lines("a\u{1b}[31m"), Err('\u{1b}'));
    assert_eq!(code_point('\0'), "U+0000");
}

#[test]
fn what_looks_empty_is_empty() {
    for text in [
        "",
        " ",
        "\u{3000}",
        "\u{200b}\u{200b}",
        "\u{3164}",
        "\u{2800} ",
        "\u{ad}",
        "\u{ffa0}",
        "\u{a0}\u{fe0f}",
    ] {
        assert!(is_blank(text), "{text:?}");
        assert_eq!(line(text).unwrap(), "", "{text:?}");
        assert_eq!(lines(text).unwrap(), "", "{text:?}");
    }
    assert!(!is_blank("·"));
}

#[test]
fn what_a_crew_wrote_is_kept_without_what_stops_a_database_or_deceives_a_reader() {
    let told = "东大街\0\r\n\u{202e}gnp.exe\u{7f}";
    assert_eq!(line_of_report(told, 100), "东大街\u{fffd}\u{fffd}\u{fffd}gnp.exe\u{fffd}");
    assert_eq!(lines_of_report("两\r\n行\u{1}", 100), "两\n行\u{fffd}");
    assert_eq!(lines_of_report("\u{200b}很长很长", 2), "很长");
}

#[test]
fn marks_piled_upon_a_letter_are_taken_off_and_those_of_writings_stay() {
    let piled = format!("银{}川", "\u{301}\u{336}\u{489}".repeat(500));
    for kept in [line(&piled).unwrap(), lines(&piled).unwrap(), line_of_report(&piled, 100)] {
        assert_eq!(kept, "银\u{301}\u{336}\u{489}\u{301}川");
    }
    // Neither what hides between them nor their order helps.
    let apart = format!("a{}b", "\u{301}\u{200d}\u{34f}\u{325}".repeat(50));
    assert_eq!(lines_of_report(&apart, 100), "a\u{301}\u{325}\u{301}\u{325}b");
    let at_the_front = "\u{301}".repeat(40);
    assert_eq!(line(&at_the_front).unwrap().chars().count(), MARKS_MOST);
    for text in ["Điện Biên Phủ", "e\u{323}\u{302}", "བསྒྲུབས", "ئۇيغۇرچە", "שָׁלוֹם", "กี่", "が"]
    {
        assert_eq!(line(text).unwrap(), text);
    }
}

proptest! {
    #[test]
    fn nothing_hidden_is_ever_kept(text in any::<String>()) {
        let clean = |text: &str, may: &[char]| {
            text.chars().all(|c| may.contains(&c) || !(c.is_control() || is_hidden(c) || is_line_end(c)))
        };
        if let Ok(kept) = line(&text) {
            prop_assert!(clean(&kept, &[]));
            prop_assert_eq!(line(&kept), Ok(kept));
        }
        if let Ok(kept) = lines(&text) {
            prop_assert!(clean(&kept, &['\n', '\t']));
            prop_assert_eq!(lines(&kept), Ok(kept));
        }
        prop_assert!(clean(&line_of_report(&text, 50), &[]));
        prop_assert!(clean(&lines_of_report(&text, 50), &['\n', '\t']));
    }
}

#[test]
fn the_first_character_that_does_not_fit_is_named() {
    let piled = format!("a{}", "\u{301}".repeat(MARKS_MOST + 1));
    for (text, unfit) in [
        ("解放西街", None),
        ("Yín chuān", None),
        ("a\u{301}\u{301}b", None),
        ("解放\u{202e}西街", Some('\u{202e}')),
        ("解放\n西街", Some('\n')),
        ("\u{200b}", Some('\u{200b}')),
        (piled.as_str(), Some('\u{301}')),
    ] {
        assert_eq!(first_unfit(text), unfit, "{text:?}");
        assert_eq!(unfit.is_none(), line(text).as_deref() == Ok(text), "{text:?}");
    }
}
