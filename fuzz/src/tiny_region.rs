//! The region of the tests, two centres and three vehicles, for targets that need one.

use region::Region;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The files of the region, by name.
pub const FILES: [&str; 10] = [
    "region.toml",
    "centres.csv",
    "stations.csv",
    "vehicles.csv",
    "hospitals.csv",
    "places.csv",
    "townships.csv",
    "areas.geojson",
    "roads.csv",
    "aeds.csv",
];

/// Where the files are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/regions/tiny")
}

/// The region, read once.
pub fn region() -> &'static Region {
    static REGION: LazyLock<Region> =
        LazyLock::new(|| Region::load(&folder()).expect("the region of the tests is sound"));
    &REGION
}
