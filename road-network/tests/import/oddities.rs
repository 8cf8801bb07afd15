//! Extracts as editors leave them: negative ids, points twice in a row, loops, ways over ways, points nobody
//! uses, and points at the very same place.

use crate::cases::{MIDDLE, fork, length_m, read};
use crate::support::Extract;
use road_network::Wgs84;

const WEST: Wgs84 = Wgs84 { lon: 106.225_405_4, lat: 38.47 };
const EAST: Wgs84 = Wgs84 { lon: 106.246_081_2, lat: 38.47 };

/// The short way of the fork, with a course of its own.
fn short_over(points: &[i64]) -> Extract {
    let mut extract = fork("highway=steps", "");
    extract.node(-8, MIDDLE.0, MIDDLE.1, "");
    extract.node(-9, MIDDLE.0 + 0.001, MIDDLE.1, "");
    extract.node(99, 0.0, 0.0, "");
    extract.way(-20, points, "highway=tertiary");
    extract
}

#[test]
fn odd_courses_are_driven() {
    for points in
        [&[1, -8, 2][..], &[1, 1, -8, -8, 2, 2], &[1, -8, 7, 2], &[1, -8, -9, -8, 2], &[1, 2, 1, 2]]
    {
        let metres = length_m(&short_over(points), WEST, EAST);
        assert!(metres < 3_000.0, "{points:?}: {metres}");
    }
}

#[test]
fn a_way_of_one_place_is_no_road() {
    for points in [&[1][..], &[1, 1], &[-8, 7], &[]] {
        let metres = length_m(&short_over(points), WEST, EAST);
        assert!(metres > 3_000.0, "{points:?}: {metres}");
    }
}

#[test]
fn a_road_that_lies_upon_another_changes_nothing() {
    let mut doubled = fork("highway=tertiary", "");
    doubled.way(21, &[1, 7, 2], "highway=tertiary");
    doubled.way(22, &[2, 7, 1], "highway=residential");
    let plain = length_m(&fork("highway=tertiary", ""), WEST, EAST);
    assert!((length_m(&doubled, WEST, EAST) - plain).abs() < 1.0);
    assert!(read(&doubled.file()).is_ok());
}

#[test]
fn ways_without_any_place_are_refused_by_name() {
    let words = |extract: &Extract| read(&extract.file()).unwrap_err().to_string();
    let mut bare = Extract::new();
    bare.way(10, &[1, 7, 2], "highway=tertiary");
    assert!(words(&bare).contains("1 roads and the place of none of their points"));
    // A writer that knew no place wrote 0, 0.
    let mut unset = Extract::new();
    unset.way_with(10, &[1, 2], "highway=tertiary", &[(0.0, 0.0), (0.0, 0.0)]);
    assert!(words(&unset).contains("osmium add-locations-to-ways"));
    for field in [4, 6, 7] {
        let told = read(&bare.file_compressed_as(field)).unwrap_err().to_string();
        assert!(told.contains("pbf_compression=zlib"), "{told}");
    }
}
