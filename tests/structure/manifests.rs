//! Every manifest names only what its own sources use.

use crate::metadata::{items, metadata, text};
use std::path::Path;

/// Named for their features alone: `libsqlite3-sys` so that SQLite is built once, not twice.
const FOR_FEATURES: [&str; 1] = ["libsqlite3-sys"];

/// Folders of a crate whose sources are shipped.
const SHIPPED: [&str; 1] = ["src"];
/// And those that only tests, benches and examples use; the whole-system tests have their own names.
const ALL: [&str; 8] = [
    "src",
    "tests",
    "benches",
    "examples",
    "system",
    "faults",
    "structure",
    "../road-network/benches/worlds",
];

#[test]
fn every_manifest_names_only_what_it_uses() {
    let metadata = metadata();
    let mut unused = Vec::new();
    for package in items(&metadata["packages"]).filter(|package| package["source"].is_null()) {
        let folder = Path::new(text(&package["manifest_path"])).parent().expect("a folder");
        let (shipped, all) = (sources(folder, &SHIPPED), sources(folder, &ALL));
        for needed in items(&package["dependencies"]) {
            let name = text(&needed["name"]);
            let read = if needed["kind"].is_null() { &shipped } else { &all };
            if !FOR_FEATURES.contains(&name) && !uses(read, name) {
                unused.push(format!("{}: {name}", text(&package["name"])));
            }
        }
    }
    assert!(unused.is_empty(), "named and not used: {unused:?}");
}

/// Whether a crate is spoken of in code: as a path, a macro or an import.
fn uses(source: &str, name: &str) -> bool {
    let name = name.replace('-', "_");
    source.match_indices(&name).any(|(at, _)| {
        let before = source[..at].chars().next_back();
        let after = &source[at + name.len()..];
        let is_whole = !before.is_some_and(|c| c.is_alphanumeric() || c == '_');
        is_whole && ["::", "!", ";", " as "].iter().any(|next| after.starts_with(next))
    })
}

/// Everything but comments of the Rust files in some folders.
fn sources(folder: &Path, inside: &[&str]) -> String {
    let mut read = String::new();
    for name in inside {
        gather(&folder.join(name), &mut read);
    }
    read
}

fn gather(folder: &Path, read: &mut String) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            gather(&path, read);
        } else if path.extension().is_some_and(|it| it == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file");
            for line in text.lines() {
                read.push_str(line.split("//").next().unwrap_or_default());
                read.push('\n');
            }
        }
    }
}

#[test]
fn a_crate_is_used_by_path_macro_or_import() {
    assert!(uses("use serde_json::json;", "serde-json"));
    assert!(uses("axum::serve(", "axum"));
    assert!(uses("use divan;", "divan"));
    assert!(!uses("let my_axum::x", "axum"));
    assert!(!uses("the axum way", "axum"));
}
