//! Inside a crate imports run one way too: no circle between the modules of one folder, and where a crate has
//! floors, each room uses only rooms on the floors below its own.

use crate::module_paths::{Module, Modules};
use std::collections::{BTreeMap, BTreeSet};

/// The folder of every crate that is looked at.
const CRATES: &[&str] = &[
    "bounded-http",
    "console-client",
    "dispatch-core",
    "dispatch-desk",
    "dispatch-server",
    "geometry",
    "region",
    "road-network",
    "simulations",
    "simulations/prove",
    "transport-tls",
    "vehicle-certificates",
    "terminal-gateway",
    "vehicle-agent",
    "wire-protocol",
];

/// The rooms of crates that have floors, the ground first. A room uses those below it, none beside it.
const FLOORS: &[(&str, &[&[&str]])] = &[
    ("road-network", &[&["error"], &["graph"], &["cost", "input"], &["search"], &["answer"]]),
    // The same tables stand in the lib.rs of these two, with an invariant for each floor.
    (
        "dispatch-desk",
        &[
            &["simulated"],
            &["chance", "clock", "health", "space"],
            &["sqlite"],
            &["database"],
            &["journal"],
            &["wakeups"],
            &["desk"],
        ],
    ),
    (
        "dispatch-server",
        &[
            &["certificates", "fleet", "history", "api_error", "release", "reports", "views"],
            &["people", "telemetry"],
            &["commands", "permissions", "roads"],
            &["coverage"],
            &["archive", "rank", "stores"],
            &["live", "service_entry"],
            &["http"],
            &["settings"],
            &["admin", "mending", "retire", "serve"],
            &["maintenance"],
        ],
    ),
];

/// Circles that are still to be cut: crate, folder, and the modules in it that name each other. The list only
/// shrinks; an entry that is no circle any more must go.
const CIRCLES: &[(&str, &str, &[&str])] = &[];

/// Which modules of one folder use which of the same folder, directly or through what lies in them.
type Beside = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_modules_of_one_folder_use_each_other_in_a_circle() {
    let mut seen = vec![false; CIRCLES.len()];
    let mut found = Vec::new();
    for name in CRATES {
        let modules = Modules::of(name);
        assert!(modules.count() > 0, "nothing was read of {name}");
        let edges = modules.edges();
        for (folder, beside) in folders(&edges) {
            let folder = folder.join("/");
            for circle in circles(&beside) {
                let known = CIRCLES.iter().position(|(of, within, modules)| {
                    of == name
                        && *within == folder
                        && circle.iter().all(|it| modules.contains(&it.as_str()))
                });
                match known {
                    Some(at) => seen[at] = true,
                    None => found.push(describe(name, &edges, &folder, &circle)),
                }
            }
        }
    }
    assert!(found.is_empty(), "circles:\n{}", found.join("\n"));
    let cut: Vec<_> = CIRCLES.iter().zip(seen).filter(|(_, seen)| !seen).collect();
    assert!(cut.is_empty(), "these are no circles any more, take them off the list: {cut:?}");
}

#[test]
fn a_room_uses_only_the_floors_below_it() {
    for (name, floors) in FLOORS {
        let edges = Modules::of(name).edges();
        let floor_of = |room: &str| {
            let floor = floors.iter().position(|rooms| rooms.contains(&room));
            floor.unwrap_or_else(|| panic!("{name}: the room {room} stands on no floor"))
        };
        for (from, to) in &edges {
            if let (Some(room), Some(used)) = (from.first(), to.first())
                && room != used
            {
                let (from, to) = (from.join("::"), to.join("::"));
                assert!(floor_of(used) < floor_of(room), "{name}: {from} must not use {to}");
            }
        }
    }
}

/// By folder, what the modules in it use of each other.
fn folders(edges: &BTreeSet<(Module, Module)>) -> BTreeMap<Module, Beside> {
    let mut folders: BTreeMap<Module, Beside> = BTreeMap::new();
    for (from, to) in edges {
        let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        if let (Some(user), Some(used)) = (from.get(shared), to.get(shared)) {
            let beside = folders.entry(from[..shared].to_vec()).or_default();
            beside.entry(user.clone()).or_default().insert(used.clone());
        }
    }
    folders
}

/// The sets of more than one module that all reach each other.
fn circles(beside: &Beside) -> BTreeSet<BTreeSet<String>> {
    let reach = |from: &String| {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&String> = beside.get(from).into_iter().flatten().collect();
        while let Some(module) = open.pop() {
            if reached.insert(module.clone()) {
                open.extend(beside.get(module).into_iter().flatten());
            }
        }
        reached
    };
    let reached: BTreeMap<&String, BTreeSet<String>> =
        beside.keys().map(|module| (module, reach(module))).collect();
    let circle_of = |module: &String| -> BTreeSet<String> {
        let both = reached[module]
            .iter()
            .filter(|other| reached.get(other).is_some_and(|back| back.contains(module)));
        both.cloned().collect()
    };
    beside.keys().map(circle_of).filter(|circle| circle.len() > 1).collect()
}

/// A circle with the paths that close it, for whoever has to cut it.
fn describe(
    name: &str,
    edges: &BTreeSet<(Module, Module)>,
    folder: &str,
    circle: &BTreeSet<String>,
) -> String {
    let mut lines = vec![format!("{name}, folder \"{folder}\": {circle:?}")];
    for (from, to) in edges {
        let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        let is_side = |module: &Module| module.get(shared).is_some_and(|it| circle.contains(it));
        if from[..shared].join("/") == folder && is_side(from) && is_side(to) {
            lines.push(format!("    {} > {}", from.join("::"), to.join("::")));
        }
    }
    lines.join("\n")
}

#[test]
fn circles_are_told_from_chains() {
    let beside: Beside = [("a", "b"), ("b", "c"), ("c", "b"), ("d", "a")]
        .map(|(from, to)| (from.to_owned(), BTreeSet::from([to.to_owned()])))
        .into();
    let expected = BTreeSet::from(["b".to_owned(), "c".to_owned()]);
    assert_eq!(circles(&beside), BTreeSet::from([expected]));
}
