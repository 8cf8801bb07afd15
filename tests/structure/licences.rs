//! Every dependency may be redistributed: its licence is in deny.toml's list.

use crate::metadata::{items, metadata, root, text};
use std::collections::BTreeSet;

#[test]
fn every_dependency_has_an_allowed_licence() {
    let deny = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let deny: toml::Value = toml::from_str(&deny).expect("deny.toml parses");
    let allowed: BTreeSet<&str> = deny["licenses"]["allow"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(toml::Value::as_str)
        .collect();
    let metadata = metadata();
    let refused: Vec<String> = items(&metadata["packages"])
        .filter(|package| !satisfied(text(&package["license"]), &allowed))
        .map(|package| format!("{} ({})", text(&package["name"]), package["license"]))
        .collect();
    assert!(refused.is_empty(), "not in deny.toml's list: {refused:?}");
}

/// Whether an SPDX expression can be met with the allowed licences: every AND part needs one
/// allowed OR part. Brackets are met part by part, which can only be stricter than needed.
fn satisfied(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let flat = expression.replace(['(', ')'], " ").replace('/', " OR ");
    flat.split(" AND ").all(|part| part.split(" OR ").any(|one| allowed.contains(one.trim())))
}

#[test]
fn the_expression_reader_knows_its_cases() {
    let allowed = BTreeSet::from(["MIT", "Apache-2.0"]);
    assert!(satisfied("MIT OR GPL-3.0", &allowed));
    assert!(satisfied("MIT/Apache-2.0", &allowed));
    assert!(satisfied("(MIT OR Apache-2.0) AND MIT", &allowed));
    assert!(!satisfied("MIT AND GPL-3.0", &allowed));
    assert!(!satisfied("", &allowed));
}
