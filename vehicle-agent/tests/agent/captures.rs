//! Real receivers' recordings, where the machine has a folder of them: each is read without a panic,
//! every sentence is accounted for, and those that say they have a position and a date give fixes.

use std::path::PathBuf;

use vehicle_agent::inspect;
use vehicle_agent::nmea::ParserOptions;

/// Names the folder of recordings (`*.log`).
const FOLDER_VARIABLE: &str = "HELAN_NMEA_CAPTURES";

#[test]
fn every_recording_is_read_and_accounted_for() {
    let Some(folder) = std::env::var_os(FOLDER_VARIABLE).map(PathBuf::from) else {
        println!("{FOLDER_VARIABLE} is not set: no recordings were read");
        return;
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{FOLDER_VARIABLE} names {}: {error}", folder.display()))
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "log"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} holds no recordings", folder.display());
    let mut rows = Vec::new();
    for path in &paths {
        let recording = std::fs::read(path).expect("a recording can be read");
        let counts = inspect::inspect(&recording, ParserOptions::default());
        assert!(counts.sentences > 0, "{} has sentences", path.display());
        assert_eq!(
            counts.sentences,
            counts.used
                + counts.other_kinds
                + counts.ais
                + counts.unsupported
                + counts.unknown_talker
                + counts.bad_checksum
                + counts.no_checksum
                + counts.malformed,
            "{}",
            path.display()
        );
        let assessed = counts.fixes + counts.no_fix + counts.not_measured + counts.no_date;
        assert!(
            assessed > 0 || counts.no_checksum > 0,
            "{} was assessed: {counts:?}",
            path.display()
        );
        rows.push((path.as_path(), counts));
    }
    let with_fixes = rows.iter().filter(|(_, counts)| counts.fixes > 0).count();
    assert!(with_fixes * 10 >= rows.len() * 8, "{with_fixes} of {} gave fixes", rows.len());
    print!("{}", inspect::table(rows));
}
