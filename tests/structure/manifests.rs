//! Every manifest names only what its own sources use: of the workspace, of the fuzz targets, and of both npm folders.

use crate::file_sizes::tracked_files;
use crate::metadata::{items, metadata, root, text};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

/// Named for their features alone: `libsqlite3-sys` so that SQLite is built once, not twice.
const FOR_FEATURES: [&str; 1] = ["libsqlite3-sys"];

/// Folders of a crate whose sources are shipped.
const SHIPPED: [&str; 1] = ["src"];
/// What only its build script uses.
const BUILT: [&str; 1] = ["build.rs"];
/// And those that only tests, benches and examples use; the whole-system tests have their own names.
const ALL: [&str; 9] = [
    "src",
    "targets",
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
        let built = sources(folder, &BUILT);
        for needed in items(&package["dependencies"]) {
            let name = text(&needed["name"]);
            let read = match text(&needed["kind"]) {
                "dev" => &all,
                "build" => &built,
                _ => &shipped,
            };
            if !FOR_FEATURES.contains(&name) && !uses(read, name) {
                unused.push(format!("{}: {name}", text(&package["name"])));
            }
        }
    }
    assert!(unused.is_empty(), "named and not used: {unused:?}");
}

/// A manifest that cargo's account of the workspace leaves out.
fn manifest(path: &str) -> toml::Value {
    let text = std::fs::read_to_string(root().join(path)).expect("a manifest");
    toml::from_str(&text).expect("a manifest parses")
}

fn names(table: Option<&toml::Value>) -> impl Iterator<Item = &String> {
    table.and_then(toml::Value::as_table).into_iter().flat_map(|table| table.keys())
}

#[test]
fn the_fuzz_targets_name_only_what_they_use() {
    let read = sources(&root().join("fuzz"), &ALL);
    let manifest = manifest("fuzz/Cargo.toml");
    let unused: Vec<_> =
        names(manifest.get("dependencies")).filter(|it| !uses(&read, it)).collect();
    assert!(unused.is_empty(), "named and not used: {unused:?}");
}

#[test]
fn every_dependency_of_the_workspace_is_named_by_a_crate() {
    let files = tracked_files();
    let crates =
        files.iter().filter(|file| file.ends_with("/Cargo.toml") && *file != "fuzz/Cargo.toml");
    let manifests: Vec<_> = crates.map(|path| manifest(path)).collect();
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let named: BTreeSet<&String> =
        manifests.iter().flat_map(|it| kinds.iter().flat_map(|kind| names(it.get(kind)))).collect();
    let workspace = manifest("Cargo.toml");
    let offered = names(workspace["workspace"].get("dependencies"));
    let unused: Vec<_> = offered.filter(|name| !named.contains(name)).collect();
    assert!(unused.is_empty(), "offered and not named: {unused:?}");
}

/// npm packages whose use does not show their name, and what shows it.
const BY_ANOTHER_NAME: [(&str, &str); 2] = [("typescript", "tsc "), ("@types/node", "'node:")];

#[test]
fn every_npm_package_is_used() {
    let files = tracked_files();
    let mut unused = Vec::new();
    for folder in ["map-ui", "tests/browser"] {
        let read = |file: &str| std::fs::read_to_string(root().join(file)).unwrap_or_default();
        let package: Value =
            serde_json::from_str(&read(&format!("{folder}/package.json"))).expect("it parses");
        let own = files
            .iter()
            .filter(|it| it.starts_with(&format!("{folder}/")) && !it.contains("/package"));
        let text = own.map(|file| read(file)).collect::<String>() + &package["scripts"].to_string();
        let wanted =
            ["dependencies", "devDependencies"].iter().filter_map(|kind| package[kind].as_object());
        for name in wanted.flat_map(|packages| packages.keys()) {
            let other = BY_ANOTHER_NAME.iter().find(|(of, _)| of == name);
            if !text.contains(other.map_or(name.as_str(), |(_, shown)| shown)) {
                unused.push(format!("{folder}: {name}"));
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

fn gather(path: &Path, read: &mut String) {
    if let Ok(entries) = std::fs::read_dir(path) {
        entries.flatten().for_each(|entry| gather(&entry.path(), read));
    } else if path.extension().is_some_and(|it| it == "rs") && path.exists() {
        let text = std::fs::read_to_string(path).expect("a source file");
        for line in text.lines() {
            read.push_str(line.split("//").next().unwrap_or_default());
            read.push('\n');
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
