//! The bugs planted for the simulation can still be planted: every patch applies, and the table tells of each.

use crate::metadata::root;
use std::fs;
use std::process::Command;

#[test]
fn every_planted_bug_still_applies_and_is_told_of() {
    let folder = root().join("simulations/prove/planted");
    let table = fs::read_to_string(folder.join("README.md")).expect("the table");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "patch") {
            continue;
        }
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let mut git = Command::new("git");
        let checked = git.args(["apply", "--check"]).arg(&path).current_dir(root()).output();
        let checked = checked.expect("git runs");
        let why = String::from_utf8_lossy(&checked.stderr).into_owned();
        assert!(checked.status.success(), "{name} does not apply any more: {why}");
        assert!(table.contains(&format!("| `{name}` |")), "the table does not tell of {name}");
        names.push(name);
    }
    assert!(names.len() >= 17, "patches are missing: {names:?}");
}
