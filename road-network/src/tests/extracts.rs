//! The same promises on real towns, when extracts lie at hand: set HELAN_OSM_EXTRACTS to a
//! folder with .osm.pbf files. They are not part of this repository.

use super::reference;
use super::world::on_road;
use crate::{Profile, RoadNetwork, Router, Start, import};
use std::path::PathBuf;
use std::sync::Arc;

/// Vehicles and goals per town: the reference is slow.
const STARTS: u32 = 12;
const GOALS: u32 = 3;

fn extracts() -> Vec<PathBuf> {
    let Some(folder) = std::env::var_os("HELAN_OSM_EXTRACTS") else {
        println!("HELAN_OSM_EXTRACTS is not set: no real extract was tried");
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("HELAN_OSM_EXTRACTS is a folder")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.to_string_lossy().ends_with(".osm.pbf"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "HELAN_OSM_EXTRACTS holds no .osm.pbf file");
    files
}

#[test]
fn real_towns_rank_and_route_as_the_reference_does() {
    for file in extracts() {
        let (network, report) = import(&file).expect("imports");
        assert!(report.drivable_ways > 1000 && report.build.edges > 1000, "{report:?}");
        assert!(report.build.island_length_km < report.build.length_km / 5.0, "{report:?}");
        agree(Arc::new(network));
    }
}

/// By search alone first, then with the hierarchy.
fn agree(network: Arc<RoadNetwork>) {
    let router = Router::new(Arc::clone(&network), Profile::blue_light());
    agree_with(&router, &network);
    router.prepare_now(4 * 3600);
    agree_with(&router, &network);
}

fn agree_with(router: &Router, network: &Arc<RoadNetwork>) {
    let weights = router.weights(&[], 4 * 3600);
    let place = |seed: u32| {
        on_road(network, (seed.wrapping_mul(2_654_435_761) >> 4, seed as u8, (seed % 3) as u8))
    };
    let starts: Vec<Start> = (0..STARTS)
        .map(|it| Start { at: place(it * 31 + 5), added_seconds: f64::from(it * 7 % 90) })
        .collect();
    for goal in (0..GOALS).map(|it| place(it * 977 + 1)) {
        let expected = reference::ranking(&weights, &starts, &goal);
        for k in [1, 3, STARTS as usize] {
            let found: Vec<_> = router
                .to_one(&weights, &starts, &goal, k)
                .iter()
                .map(|it| (it.total_ms, it.start))
                .collect();
            assert_eq!(found, expected[..k.min(expected.len())]);
        }
        for &(total, start) in &expected {
            let route = router.route(&weights, &starts[start].at, &goal).expect("a route");
            assert_eq!(route.travel_ms + starts[start].added_seconds as u32 * 1000, total);
        }
    }
}
