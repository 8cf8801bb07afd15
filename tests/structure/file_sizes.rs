//! Files stay small: past 400 lines there is a second subject inside.

use crate::metadata::root;
use std::process::Command;

const MOST_LINES: usize = 400;
const ENDINGS: &[&str] = &["rs", "ts", "svelte", "js", "mjs", "sql"];
/// Generated from another file; nobody edits them.
const GENERATED: &[&str] = &["map-ui/src/api/schema.ts"];

/// Every file git knows, by its path from the root.
pub(crate) fn tracked_files() -> Vec<String> {
    let output =
        Command::new("git").args(["ls-files"]).current_dir(root()).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

#[test]
fn no_source_file_is_too_long() {
    let long: Vec<String> = tracked_files()
        .into_iter()
        .filter(|file| ENDINGS.iter().any(|ending| file.ends_with(&format!(".{ending}"))))
        .filter(|file| !GENERATED.contains(&file.as_str()))
        .filter_map(|file| {
            let lines = std::fs::read_to_string(root().join(&file)).ok()?.lines().count();
            (lines > MOST_LINES).then(|| format!("{file}: {lines} lines"))
        })
        .collect();
    assert!(long.is_empty(), "split these by subject: {long:#?}");
}
