//! The command `compose`: it takes what the server takes, and refuses what the server refuses, in the same words.

use region::Region;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A copy of the small region of the tests, one text of one file replaced by another.
fn region_with(file: &str, text: &str, by: &str) -> tempfile::TempDir {
    let tiny = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/regions/tiny");
    let copy = tempfile::tempdir().expect("a folder");
    for entry in fs::read_dir(tiny).expect("a folder").flatten() {
        fs::copy(entry.path(), copy.path().join(entry.file_name())).expect("copies");
    }
    let path = copy.path().join(file);
    let whole = fs::read_to_string(&path).expect("reads");
    assert!(whole.contains(text), "{file} has no {text}");
    fs::write(path, whole.replacen(text, by, 1)).expect("writes");
    copy
}

fn compose(region: &Path) -> (Output, PathBuf) {
    let out = region.join("made.network");
    let mut command = Command::new(env!("CARGO_BIN_EXE_road-network"));
    command.arg("compose").arg("--region").arg(region).arg("--out").arg(&out);
    (command.output().expect("the command runs"), out)
}

#[test]
fn a_region_is_refused_in_the_words_of_the_server() {
    // A wrong word, a river off the map, a road that goes backwards, a place outside the bounds, a missing column.
    for (file, text, by) in [
        ("roads.csv", "primary,1,3", "goat_track,1,3"),
        ("roads.csv", "primary,1,3", "primary,1,4"),
        ("roads.csv", "101.57,36.50", "101.57,96.50"),
        ("roads.csv", "class,part", "kind,part"),
        ("areas.geojson", "\"type\":\"FeatureCollection\"", "\"type\" \"FeatureCollection\""),
        ("stations.csv", "101.", "201."),
    ] {
        let folder = region_with(file, text, by);
        let problems = Region::load(folder.path()).expect_err("the server refuses it");
        let (output, out) = compose(folder.path());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && !out.exists(), "{file}: {said}");
        for problem in problems {
            assert!(said.contains(&problem.to_string()), "{problem} is not said:\n{said}");
        }
    }
}

#[test]
fn streets_of_every_class_are_composed() {
    for class in ["residential", "living_street", "service", "track", "unclassified"] {
        let folder = region_with("roads.csv", "primary,1,1", &format!("{class},1,1"));
        let path = folder.path().join("roads.csv");
        let whole = fs::read_to_string(&path).expect("reads");
        fs::write(&path, whole.replace("primary", class)).expect("writes");
        let (output, out) = compose(folder.path());
        assert!(output.status.success(), "{class}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(out.is_file());
    }
}
