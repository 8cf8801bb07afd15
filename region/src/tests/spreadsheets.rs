//! Region files that went through a spreadsheet: read as they were, or refused in words that help.

use super::broken::{copy_of_tiny, sentences};
use super::tiny_dir;
use std::fs;

#[test]
fn what_spreadsheets_leave_behind_is_read() {
    let dir = copy_of_tiny();
    for file in ["region.toml", "areas.geojson", "stations.csv"] {
        let text = fs::read_to_string(dir.path().join(file)).unwrap();
        fs::write(dir.path().join(file), format!("\u{feff}{text}")).unwrap();
    }
    let stations = dir.path().join("stations.csv");
    let text = fs::read_to_string(&stations).unwrap();
    fs::write(&stations, format!("{text},,,,,,,,\n,,,,,,,,\r\n")).unwrap();
    let vehicles = dir.path().join("vehicles.csv");
    let text = fs::read_to_string(&vehicles).unwrap();
    assert!(text.contains(';'), "a list of equipment");
    fs::write(&vehicles, text.replacen(';', "；", 1)).unwrap();
    assert_eq!(sentences(dir.path()), Vec::<String>::new());
    let (plain, changed) = (super::load(&tiny_dir()), super::load(dir.path()));
    assert_eq!(plain.vehicles, changed.vehicles);
    assert_eq!(plain.stations.len(), changed.stations.len());
}

/// What a spreadsheet makes of a file that was only opened and saved.
#[test]
fn a_file_that_went_through_a_spreadsheet_is_the_same() {
    let plain = super::load(&tiny_dir());
    let saved: [fn(&str) -> String; 6] = [
        |text| text.replace('\n', "\r\n"),
        |text| text.replace('\n', ",,\n"),
        |text| text.replace("# ", "\"# ").replace("stations.\n", "stations, of one centre.\",,,\n"),
        |text| format!("sep=,\n{text}"),
        |text| text.replace(',', "\u{a0},\u{3000}"),
        |text| {
            text.replace(',', "\",\"")
                .replace('\n', "\"\n\"")
                .trim_end_matches('"')
                .replacen('#', "\"#", 1)
        },
    ];
    for (number, save) in saved.into_iter().enumerate() {
        let dir = copy_of_tiny();
        let path = dir.path().join("stations.csv");
        fs::write(&path, save(&fs::read_to_string(&path).unwrap())).unwrap();
        assert_eq!(sentences(dir.path()), Vec::<String>::new(), "{number}");
        assert_eq!(super::load(dir.path()).stations, plain.stations, "{number}");
    }
}

#[test]
fn a_file_of_another_shape_is_refused_in_words_that_help() {
    type Save = fn(&str) -> Vec<u8>;
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let saved: [(Save, &str); 4] = [
        (|text| text.replace(',', ";").into_bytes(), "here by ';': save the file with commas"),
        (|text| text.replace(',', "\t").into_bytes(), "here by '\\t': save the file with commas"),
        (utf16, "stations.csv"),
        (|_| Vec::new(), "there is no header; it names id, centre"),
    ];
    for (save, wanted) in saved {
        let dir = copy_of_tiny();
        let path = dir.path().join("stations.csv");
        fs::write(&path, save(&fs::read_to_string(&path).unwrap())).unwrap();
        let told = sentences(dir.path());
        assert!(told.iter().any(|it| it.contains(wanted)), "{wanted}: {told:#?}");
    }
}

#[test]
fn a_list_that_is_separated_by_something_else_is_never_one_item() {
    for other in ["、", "，", "|", "/", " "] {
        let dir = copy_of_tiny();
        let vehicles = dir.path().join("vehicles.csv");
        let text = fs::read_to_string(&vehicles).unwrap();
        fs::write(&vehicles, text.replacen(';', other, 1)).unwrap();
        let sentences = sentences(dir.path());
        assert!(
            sentences.len() == 1 && sentences[0].contains("is no code: small letters"),
            "{sentences:#?}"
        );
    }
    for other in ["、", "，", "|"] {
        let dir = copy_of_tiny();
        let mut text = fs::read_to_string(dir.path().join("places.csv")).unwrap();
        text.push_str(&format!(
            "p-9,landmark,鼓楼,,老鼓楼{other}大鼓楼,630103,101.7,36.6,invented\n"
        ));
        fs::write(dir.path().join("places.csv"), text).unwrap();
        let wanted = format!("other_names: a list is separated by semicolons, not by \"{other}\"");
        let sentences = sentences(dir.path());
        assert!(sentences.len() == 1 && sentences[0].ends_with(&wanted), "{sentences:#?}");
    }
}
