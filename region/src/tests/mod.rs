//! The shipped region keeps its promises, a second one loads, and a broken one says where.

mod broken;
mod demand;
mod every_name;
mod posts;
mod roads;
mod search;
mod shipped;
mod spreadsheets;
mod texts;
mod tiny;

use super::{PlaceKind, Region};
use dispatch_core::model::Wgs84;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn tiny_dir() -> PathBuf {
    project().join("tests/regions/tiny")
}

fn load(dir: &Path) -> Region {
    Region::load(dir).unwrap_or_else(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{} does not load:\n{}", dir.display(), lines.join("\n"));
    })
}

fn ningxia() -> Region {
    load(&project().join("regions/ningxia"))
}

/// The seat of each county, by the county's code.
fn county_seats(region: &Region) -> BTreeMap<&str, Wgs84> {
    let seats = region.places.iter().filter(|place| place.kind == PlaceKind::CountySeat);
    seats.map(|place| (place.county_code.as_str(), place.position)).collect()
}
