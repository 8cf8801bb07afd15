//! There is one door to SQLite in the server, the module `sqlite` of its desks: whoever opened a file past it would bring a
//! second writer, and connections that outlive the fault that broke them.

use crate::metadata::root;
use std::path::Path;

/// What opens files or begins transactions, and where alone it may stand in the server's sources.
const DOOR: &[(&str, &[&str])] = &[
    ("SqlitePool", &["sqlite/mod.rs"]),
    ("SqlitePoolOptions", &["sqlite/mod.rs"]),
    ("begin_with(", &[]),
    ("\"BEGIN", &["sqlite/writer.rs"]),
    ("\"COMMIT\"", &["sqlite/writer.rs"]),
    ("\"ROLLBACK\"", &["sqlite/writer.rs"]),
    ("SqliteConnection::connect", &[]),
    ("rusqlite", &[]),
    // Brings a file's tables up to date before anybody uses it.
    ("options.connect()", &["sqlite/writer.rs", "database/sqlite.rs"]),
];

#[test]
fn nobody_opens_a_sqlite_file_past_the_one_door() {
    let mut found = Vec::new();
    for crate_of_the_server in ["dispatch-desk/src", "dispatch-server/src"] {
        let sources = root().join(crate_of_the_server);
        look(&sources, &sources, &mut found);
    }
    assert!(found.is_empty(), "use `dispatch_desk::sqlite` instead:\n{}", found.join("\n"));
}

fn look(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            look(root, &path, found);
            continue;
        }
        let name = path.strip_prefix(root).expect("below it").display().to_string();
        let text = std::fs::read_to_string(&path).expect("a text");
        for (number, line) in text.lines().enumerate() {
            let is_comment = line.trim_start().starts_with("//");
            let is_postgres = name.contains("postgres");
            for (word, places) in DOOR {
                if line.contains(word) && !is_comment && !is_postgres && !places.contains(&&*name) {
                    found.push(format!("{name}:{}: {}", number + 1, line.trim()));
                }
            }
        }
    }
}
