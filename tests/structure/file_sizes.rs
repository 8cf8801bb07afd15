//! Files stay small: past 400 lines there is a second subject inside. Lines of the console stay readable beside another
//! file: past 140 characters a formatter was left out.

use crate::metadata::root;
use std::process::Command;

const MOST_LINES: usize = 400;
const MOST_CHARACTERS: usize = 140;
const ENDINGS: &[&str] = &["rs", "ts", "svelte", "js", "mjs", "sql"];
/// What rustfmt does not look after.
const CONSOLE_ENDINGS: &[&str] = &["ts", "svelte", "js", "mjs"];
/// One enum in one piece, a list that is read from its beginning; a name in it that is stored otherwise costs a line.
const TABLES: &[&str] = &[
    "dispatch-core/src/model/command.rs",
    "dispatch-core/src/model/event.rs",
    "dispatch-core/src/model/rejection.rs",
];
/// Generated from another file; nobody edits them.
const GENERATED: &[&str] = &["map-ui/src/api/schema.ts"];

/// Every file git knows, by its path from the root.
pub(crate) fn tracked_files() -> Vec<String> {
    let output =
        Command::new("git").args(["ls-files"]).current_dir(root()).output().expect("git runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect()
}

/// Sources somebody edits, by their endings: path and text.
fn sources(endings: &'static [&'static str]) -> impl Iterator<Item = (String, String)> {
    tracked_files()
        .into_iter()
        .filter(|file| endings.iter().any(|ending| file.ends_with(&format!(".{ending}"))))
        .filter(|file| !GENERATED.contains(&file.as_str()))
        .filter_map(|file| Some((file.clone(), std::fs::read_to_string(root().join(&file)).ok()?)))
}

#[test]
fn no_source_file_is_too_long() {
    let long: Vec<String> = sources(ENDINGS)
        .filter(|(file, _)| !TABLES.contains(&file.as_str()))
        .filter_map(|(file, text)| {
            let lines = text.lines().count();
            (lines > MOST_LINES).then(|| format!("{file}: {lines} lines"))
        })
        .collect();
    assert!(long.is_empty(), "split these by subject: {long:#?}");
}

#[test]
fn no_line_of_the_console_is_too_long() {
    let long: Vec<String> = sources(CONSOLE_ENDINGS)
        .flat_map(|(file, text)| {
            let long = |line: &str| line.chars().count() > MOST_CHARACTERS;
            let at = |(index, line)| long(line).then(|| format!("{file}:{}", index + 1));
            text.lines().enumerate().filter_map(at).collect::<Vec<_>>()
        })
        .collect();
    assert!(long.is_empty(), "`npm run format` in map-ui, then break these by hand: {long:#?}");
}
