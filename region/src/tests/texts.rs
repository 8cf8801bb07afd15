//! What may stand in the texts of a region folder: the one rule for all texts.

use super::broken::{copy_of_tiny, sentences};
use std::fs;

#[test]
fn characters_that_nobody_sees_are_refused_with_their_line() {
    for (hidden, code) in [
        ('\0', "U+0000"),
        ('\u{200b}', "U+200B"),
        ('\u{202e}', "U+202E"),
        ('\u{7}', "U+0007"),
        ('\u{3164}', "U+3164"),
        ('\u{2800}', "U+2800"),
        ('\u{e0041}', "U+E0041"),
        ('\u{61c}', "U+061C"),
    ] {
        let dir = copy_of_tiny();
        let path = dir.path().join("stations.csv");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replacen("XN-02,xining,", &format!("XN-02,xining,{hidden}"), 1))
            .unwrap();
        let told = sentences(dir.path());
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(
            told[0].starts_with("stations.csv line 4: ") && told[0].contains(code),
            "{told:#?}"
        );
    }
    for file in ["region.toml", "areas.geojson"] {
        for (hidden, code) in [('\0', "U+0000"), ('\u{2066}', "U+2066"), ('\u{200b}', "U+200B")] {
            let dir = copy_of_tiny();
            let text = fs::read_to_string(dir.path().join(file)).unwrap();
            fs::write(dir.path().join(file), text.replacen('\n', &format!("{hidden}\n"), 1))
                .unwrap();
            let wanted = format!("{file} line 1: there is an invisible character {code}");
            assert!(sentences(dir.path())[0].starts_with(&wanted));
        }
    }
}

/// By the one rule for texts, also where a format can write as an escape what the file does not show.
#[test]
fn what_hides_turns_or_piles_up_is_refused_with_line_and_field() {
    let piled = "湟\u{304}\u{304}\u{304}\u{304}\u{304}".to_string();
    for (file, old, new, wanted) in [
        (
            "stations.csv",
            "XN-02,xining,",
            format!("XN-02,xining,{piled}"),
            "line 4: name_zh: marks are piled",
        ),
        (
            "region.toml",
            "zh = \"",
            "zh = \"\\u202e".to_owned(),
            "zh: there is an invisible character U+202E",
        ),
        (
            "region.toml",
            "zh = \"",
            format!("zh = \"{piled}"),
            "zh: marks are piled upon one letter, U+0304",
        ),
        (
            "region.toml",
            "en = \"",
            "en = \"\\n".to_owned(),
            "en: there is an invisible character U+000A",
        ),
        (
            "areas.geojson",
            "\"name_zh\":\"",
            "\"name_zh\":\"\\u200b".to_owned(),
            "name_zh: there is an invisible character U+200B",
        ),
        (
            "areas.geojson",
            "\"name_en\":\"",
            format!("\"name_en\":\"{piled}"),
            "name_en: marks are piled upon one letter, U+0304",
        ),
    ] {
        let dir = copy_of_tiny();
        let path = dir.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        if !text.contains(old) {
            panic!("{file} holds no {old}");
        }
        fs::write(&path, text.replacen(old, &new, 1)).unwrap();
        let told = sentences(dir.path());
        let is_it = |it: &String| it.starts_with(&format!("{file} line ")) && it.contains(wanted);
        assert!(told.iter().any(is_it), "{wanted}: {told:#?}");
    }
}
