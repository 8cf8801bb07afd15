//! The binary of the agent.

use std::path::PathBuf;

use vehicle_agent::inspect;

fn main() {
    let mut rows = Vec::new();
    for path in std::env::args().skip(2).map(PathBuf::from) {
        if let Ok(bytes) = std::fs::read(&path) {
            rows.push((path, inspect::inspect(&bytes, Default::default())));
        }
    }
    print!("{}", inspect::table(rows.iter().map(|(p, c)| (p.as_path(), *c))));
}
