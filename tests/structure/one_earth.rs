//! The earth has one radius: metres and degrees are turned into each other by the crate `geometry` and, in the
//! console, by its twin; nobody else writes the formulas or their constants again.

use crate::file_sizes::tracked_files;
use crate::metadata::root;

/// Where alone the constants and formulas stand.
const HOMES: &[&str] =
    &["geometry/", "map-ui/src/map/geometry.ts", "map-ui/tests/geometry.test.ts"];

/// The radius of the earth, a degree of it, and the haversine, as they were written before; without `_`.
const WRITTEN_ANEW: &[&str] = &[
    "6371",
    "6378137",
    "111194",
    "111195",
    "111320",
    "111000",
    "111.2 *",
    "111.32",
    "metresperdegree: f64 =",
    "earthradius",
    "/ 2.0).sin().powi(2)",
];

/// A degree on one parallel, for marks on a test's map: said with its own number, not as a truth of the earth.
const EXCEPT: &[&str] = &["dispatch-core/src/fleet/track_tests.rs", "tests/structure/one_earth.rs"];

#[test]
fn nobody_writes_the_earth_anew() {
    let mut found = Vec::new();
    for file in tracked_files() {
        let is_source =
            [".rs", ".ts", ".js", ".mjs", ".svelte"].iter().any(|it| file.ends_with(it));
        let is_home = HOMES.iter().any(|home| file.starts_with(home));
        if !is_source || is_home || EXCEPT.contains(&file.as_str()) {
            continue;
        }
        let text = std::fs::read_to_string(root().join(&file)).unwrap_or_default();
        for (number, line) in text.lines().enumerate() {
            let plain = line.to_lowercase().replace('_', "");
            if WRITTEN_ANEW.iter().any(|it| plain.contains(it)) {
                found.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "use the crate geometry instead:\n{}", found.join("\n"));
}
