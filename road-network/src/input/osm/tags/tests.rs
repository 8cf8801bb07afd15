//! Tags as mappers write them, and what an ambulance does there.

use super::*;
use crate::graph::road::Surface;

fn way(text: &'static str) -> Option<Drivable> {
    drivable(&text.split(' ').filter_map(|pair| pair.split_once('=')).collect())
}

#[test]
fn what_is_driven_and_how() {
    let road = |text| way(text).map(|it| (it.road.class, it.forward, it.backward));
    let open = Passage::Open;
    assert_eq!(road("highway=primary"), Some((RoadClass::Primary, open, open)));
    assert_eq!(road("highway=motorway"), Some((RoadClass::Motorway, open, Passage::Never)));
    assert_eq!(
        road("highway=residential oneway=-1"),
        Some((RoadClass::Residential, Passage::AgainstOneWay, open))
    );
    assert_eq!(
        road("highway=residential oneway=yes oneway:emergency=no"),
        Some((RoadClass::Residential, open, open))
    );
    for closed in [
        "highway=footway",
        "route=ferry",
        "highway=service access=no",
        "highway=primary emergency=no",
    ] {
        assert_eq!(road(closed), None, "{closed}");
    }
}

#[test]
fn access_surface_and_limits() {
    let road = |text| way(text).expect("drivable").road;
    assert_eq!(road("highway=service access=private").access, Access::Private);
    assert_eq!(road("highway=service access=no emergency=yes").access, Access::Reserved);
    assert_eq!(road("highway=service access=no bus=yes").access, Access::Reserved);
    assert_eq!(road("highway=track").surface, Surface::Unpaved);
    assert_eq!(road("highway=track tracktype=grade1").surface, Surface::Paved);
    assert_eq!(road("highway=primary maxspeed=60").max_speed_kmh, 60);
    assert_eq!(road("highway=primary maxspeed=40mph").max_speed_kmh, 64);
    assert_eq!(road("highway=primary maxspeed=none").max_speed_kmh, 0);
    assert!(road("highway=primary bridge=viaduct layer=1").bridge);
    assert_eq!(road("highway=primary layer=99999").layer, 0);
}
