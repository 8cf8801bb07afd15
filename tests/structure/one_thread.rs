//! What simulations play on one thread repeats bit for bit: no chance in the order in which tasks look at what happened,
//! and no work handed to threads whose end no seed decides.

use crate::metadata::root;
use std::path::Path;

/// What runs in a simulated server.
const PLAYED: [&str; 6] = [
    "dispatch-desk/src/clock",
    "dispatch-desk/src/desk",
    "dispatch-desk/src/journal/memory",
    "dispatch-server/src/coverage",
    "dispatch-server/src/history",
    "dispatch-server/src/live",
];

#[test]
fn what_is_simulated_leaves_nothing_to_chance_or_to_other_threads() {
    let mut found = Vec::new();
    for folder in PLAYED {
        look(&root().join(folder), &mut found);
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

fn look(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            look(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a text");
        let problems = problems(&text).into_iter();
        found.extend(problems.map(|(line, what)| format!("{}:{line}: {what}", path.display())));
    }
}

/// Numbers of lines with what is wrong there.
fn problems(text: &str) -> Vec<(usize, &'static str)> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.starts_with("//") {
            continue;
        }
        if line.contains("select! {") && lines.get(at + 1) != Some(&"biased;") {
            found.push((at + 1, "begin with `biased;`, and choose the order of the branches"));
        }
        if line.contains("spawn_blocking") || line.contains("block_in_place") {
            found.push((at + 1, "use `dispatch_desk::simulated::on_own_thread`"));
        }
    }
    found
}

#[test]
fn a_choice_by_chance_and_a_thread_are_found() {
    let by_chance = "tokio::select! {\n    () = a => {}\n}\ntokio::task::spawn_blocking(f)";
    let found: Vec<usize> = problems(by_chance).into_iter().map(|(line, _)| line).collect();
    assert_eq!(found, [1, 4]);
    assert_eq!(problems("tokio::select! {\n    biased;\n    () = a => {}\n}"), []);
}
