//! Where dependencies come from: the two public registries, each version fixed by a lock file. What `cargo deny check
//! bans sources` says of the same, without cargo-deny.

use crate::file_sizes::tracked_files;
use crate::metadata::{items, metadata, root, text};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
const NPM: &str = "https://registry.npmjs.org/";

#[test]
fn every_dependency_comes_from_a_public_registry() {
    let mut looked_at = 0;
    let mut foreign = Vec::new();
    for file in tracked_files() {
        let lines = |key: &str| -> Vec<String> {
            let text = std::fs::read_to_string(root().join(&file)).expect("a lock file");
            let values = text.lines().filter_map(|line| line.trim().strip_prefix(key));
            values.map(|it| it.trim_matches([' ', '"', ',']).to_owned()).collect()
        };
        let (found, registry) = if file.ends_with("Cargo.lock") {
            (lines("source = "), REGISTRY)
        } else if file.ends_with("package-lock.json") {
            (lines("\"resolved\": "), NPM)
        } else {
            continue;
        };
        looked_at += found.len();
        foreign.extend(found.into_iter().filter(|it| !it.starts_with(registry)));
    }
    assert!(looked_at > 300, "the lock files were not read");
    assert!(foreign.is_empty(), "from elsewhere: {foreign:?}");
}

#[test]
fn no_dependency_takes_any_version() {
    let metadata = metadata();
    let packages = items(&metadata["packages"]).filter(|package| package["source"].is_null());
    let any: Vec<String> = packages
        .flat_map(|package| items(&package["dependencies"]))
        .filter(|needed| needed["path"].is_null() && text(&needed["req"]) == "*")
        .map(|needed| text(&needed["name"]).to_owned())
        .collect();
    assert!(any.is_empty(), "any version of these would do: {any:?}");
}
