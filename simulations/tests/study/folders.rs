//! System folders: what is written is read again, and what is wrong is named by file, line and column.

use crate::city::city;
use simulations::study::folder::{read, write};
use std::fs;
use std::path::Path;

fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(&city(), folder.path()).expect("writes");
    folder
}

fn changed(folder: &Path, file: &str, from: &str, to: &str) -> String {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("reads");
    assert!(text.contains(from), "{file} has {from}");
    fs::write(&path, text.replacen(from, to, 1)).expect("writes");
    read(folder).expect_err("it is wrong").to_string()
}

#[test]
fn what_is_written_is_read_again() {
    let folder = written();
    assert_eq!(read(folder.path()).expect("reads"), city());
}

#[test]
fn columns_may_stand_in_any_order_with_a_byte_order_mark_and_comments() {
    let folder = written();
    let path = folder.path().join("ambulances.csv");
    let text = "\u{feff}# whose\nstation,note,id\nS0,first,A0\nS1,,A1\n";
    fs::write(path, text).expect("writes");
    let system = read(folder.path()).expect("reads");
    let told: Vec<_> = system.ambulances.iter().map(|it| (it.id.as_str(), it.station)).collect();
    assert_eq!(told, [("A0", 0), ("A1", 1)]);
}

#[test]
fn wrong_rows_are_named_by_file_line_and_column() {
    let cases = [
        (
            "ambulances.csv",
            "A1,S1",
            "A1,S9",
            "ambulances.csv, line 3, column station: S9 is not in stations.csv",
        ),
        ("ambulances.csv", "A1,S1", "A0,S1", "ambulances.csv, line 3, column id: A0 stands twice"),
        (
            "demand.csv",
            "106,38,3",
            "106,98,3",
            "demand.csv, line 2, column lat: must lie between -90 and 90, not 98",
        ),
        (
            "demand.csv",
            "106,38,3",
            "106,38,-3",
            "demand.csv, line 2, column weight: must lie between 0",
        ),
        (
            "arcs.csv",
            "0,1,800",
            "0,999,800",
            "arcs.csv, line 2, column to: 999 is not in nodes.csv",
        ),
        (
            "arcs.csv",
            "0,1,800",
            "0,1,far",
            "arcs.csv, line 2, column metres: must be a number, not \"far\"",
        ),
        (
            "stations.csv",
            "id,name,lon",
            "id,name,long",
            "stations.csv, line 1: must have a column lon or x",
        ),
    ];
    for (file, from, to, expected) in cases {
        let told = changed(written().path(), file, from, to);
        assert!(told.starts_with(expected), "{told}\nexpected {expected}");
    }
}

#[test]
fn lines_are_counted_past_comments_and_quoted_ends() {
    let folder = written();
    let path = folder.path().join("ambulances.csv");
    for end in ["\n", "\r\n"] {
        let text = "# \"whose\nid,station\n# more\nA0,S0\nA1,S9\n".replace('\n', end);
        fs::write(&path, text).expect("writes");
        let told = read(folder.path()).expect_err("no such station").to_string();
        assert!(told.starts_with("ambulances.csv, line 5, column station"), "{told}");
    }
}

#[test]
fn wrong_settings_are_named() {
    let cases = [
        ("per_day = 90.0", "per_day = 0.0", "system.toml: calls.per_day must be above 0"),
        (
            "transport_share = 0.8",
            "transport_share = 1.8",
            "system.toml: run.transport_share must lie between 0 and 1",
        ),
        ("format = 1", "format = 2", "system.toml: format must be 1, not 2"),
        (
            "regular_mode = \"regular\"",
            "regular_mode = \"slow\"",
            "system.toml: mode \"slow\" is not among the modes",
        ),
        ("per_day = 90.0", "per_day = ninety", "system.toml, line "),
        (
            "mean_seconds = 720.0",
            "mean_seconds = -1.0",
            "system.toml: run.on_scene must have finite seconds",
        ),
    ];
    for (from, to, expected) in cases {
        let told = changed(written().path(), "system.toml", from, to);
        assert!(told.starts_with(expected), "{told}\nexpected {expected}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let folder = written();
    fs::remove_file(folder.path().join("nodes.csv")).expect("removes");
    let told = read(folder.path()).expect_err("nodes are missing").to_string();
    assert!(told.starts_with("nodes.csv: cannot be read"), "{told}");
}
