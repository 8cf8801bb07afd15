//! Imports run one way. The table below is the only place where an edge may be added.

use crate::metadata::{items, metadata, text};
use std::collections::{BTreeMap, BTreeSet};

/// Each crate of ours with the crates of ours it may use.
const ALLOWED: &[(&str, &[&str])] = &[
    ("bounded-http", &[]),
    ("console-client", &["wire-protocol"]),
    ("geometry", &[]),
    ("dispatch-core", &["geometry"]),
    ("wire-protocol", &[]),
    ("vehicle-agent", &["geometry", "wire-protocol", "bounded-http", "transport-tls"]),
    (
        "terminal-gateway",
        &["bounded-http", "geometry", "vehicle-agent", "wire-protocol", "transport-tls"],
    ),
    ("transport-tls", &[]),
    ("vehicle-certificates", &["region", "transport-tls"]),
    ("region", &["dispatch-core", "geometry"]),
    ("road-network", &["geometry", "region"]),
    ("dispatch-desk", &["dispatch-core"]),
    (
        "dispatch-server",
        &[
            "dispatch-core",
            "dispatch-desk",
            "geometry",
            "wire-protocol",
            "road-network",
            "bounded-http",
            "region",
            "console-client",
            "transport-tls",
            "vehicle-certificates",
        ],
    ),
    (
        "simulations",
        &[
            "console-client",
            "dispatch-core",
            "dispatch-desk",
            "geometry",
            "wire-protocol",
            "vehicle-agent",
            "region",
            "road-network",
            "transport-tls",
        ],
    ),
    (
        "prove",
        &[
            "console-client",
            "dispatch-core",
            "dispatch-desk",
            "dispatch-server",
            "region",
            "vehicle-agent",
            "wire-protocol",
        ],
    ),
    (
        "whole-system-tests",
        &[
            "dispatch-core",
            "geometry",
            "wire-protocol",
            "dispatch-desk",
            "dispatch-server",
            "vehicle-agent",
            "simulations",
            "region",
            "console-client",
            "transport-tls",
            "vehicle-certificates",
        ],
    ),
];

/// Crates that bring clocks, sockets, files or chance: the core and the wire use none of them.
const OUTSIDE_WORLD: &[&str] =
    &["tokio", "axum", "sqlx", "rand", "reqwest", "hyper", "tracing", "chrono", "metrics"];

#[test]
fn imports_run_one_way() {
    let metadata = metadata();
    let allowed: BTreeMap<&str, BTreeSet<&str>> =
        ALLOWED.iter().map(|(name, uses)| (*name, uses.iter().copied().collect())).collect();
    let mut seen = BTreeSet::new();
    for package in items(&metadata["packages"]).filter(|package| package["source"].is_null()) {
        let name = text(&package["name"]);
        let may_use = allowed.get(name).unwrap_or_else(|| panic!("{name} is not in the table"));
        seen.insert(name);
        for dependency in items(&package["dependencies"]) {
            let used = text(&dependency["name"]);
            let ours = allowed.contains_key(used);
            assert!(!ours || may_use.contains(used), "{name} must not use {used}");
        }
    }
    assert_eq!(seen, allowed.keys().copied().collect(), "the table and the workspace differ");
}

#[test]
fn the_pure_crates_use_nothing_of_the_outside_world() {
    let metadata = metadata();
    for pure in ["dispatch-core", "wire-protocol"] {
        let package = items(&metadata["packages"])
            .find(|package| text(&package["name"]) == pure)
            .expect("the crate exists");
        for dependency in items(&package["dependencies"]) {
            let name = text(&dependency["name"]);
            assert!(!OUTSIDE_WORLD.contains(&name), "{pure} must stay pure, but uses {name}");
        }
    }
}

/// What a desk must be unable to do: speak to people or vehicles.
const OUTSIDE_THE_DESK: &[&str] = &[
    "axum",
    "axum-extra",
    "hyper",
    "reqwest",
    "tokio-tungstenite",
    "tower-http",
    "utoipa",
    "wire-protocol",
];

#[test]
fn the_desk_knows_no_http_no_sockets_and_no_wire() {
    let metadata = metadata();
    let package = items(&metadata["packages"]).find(|it| text(&it["name"]) == "dispatch-desk");
    for dependency in items(&package.expect("the crate exists")["dependencies"]) {
        let name = text(&dependency["name"]);
        assert!(!OUTSIDE_THE_DESK.contains(&name), "dispatch-desk must not use {name}");
    }
}

#[test]
fn the_core_reads_no_clock_and_opens_nothing() {
    let sources = crate::file_sizes::tracked_files();
    let forbidden = ["std::fs", "std::net", "std::thread::spawn", "SystemTime", "Instant::now"];
    let mut looked_at = 0;
    for file in sources.iter().filter(|file| file.starts_with("dispatch-core/src/")) {
        let content =
            std::fs::read_to_string(crate::metadata::root().join(file)).expect("readable");
        looked_at += 1;
        for word in forbidden {
            assert!(!content.contains(word), "{file} mentions {word}: the core never does");
        }
    }
    assert!(looked_at > 10, "the core's sources were not found");
}

/// The state machines of the server's links, and where they lie: all but the shell and what carries out.
const LINKS: &[&str] = &[
    "dispatch-server/src/live/link/",
    "dispatch-server/src/live/agent_link/",
    "dispatch-server/src/live/consoles/console_link/",
];
const LINK_SHELLS: &[&str] = &[
    "link/shell.rs",
    "link/socket.rs",
    "surroundings.rs",
    "recording.rs",
    "stranger.rs",
    "_link/mod.rs",
];

#[test]
fn the_state_machines_of_links_know_no_socket_no_clock_and_no_chance() {
    let forbidden = ["axum::", "tokio::", "Instant", "SystemTime", "rand::", "live::shared"];
    let mut looked_at = 0;
    for file in crate::file_sizes::tracked_files() {
        let is_shell = LINK_SHELLS.iter().any(|shell| file.ends_with(shell));
        if is_shell || !LINKS.iter().any(|folder| file.starts_with(folder)) {
            continue;
        }
        let content =
            std::fs::read_to_string(crate::metadata::root().join(&file)).expect("readable");
        looked_at += 1;
        for word in forbidden {
            assert!(!content.contains(word), "{file} mentions {word}: a link's machine never does");
        }
    }
    assert!(looked_at > 15, "the links' sources were not found");
}
