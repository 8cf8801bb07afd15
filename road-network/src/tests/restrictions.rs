//! Signed turns, drawn as small maps: what is obeyed, what is not, and over several roads.

use super::world::{Sketch, network};
use crate::graph::road::RoadClass;
use crate::input::plan::{NamedTurn, PlannedRestriction, RestrictionVia};
use crate::{Profile, Router, TurnSeconds};
use std::sync::Arc;

/// The roads driven from one letter to another, by name.
fn route(sketch: &Sketch, profile: Profile, from: &str, to: &str) -> String {
    let network = Arc::new(network(sketch.plan.clone()));
    // Turning back at a dead end would be a way around any sign.
    let turns = TurnSeconds { back: 600.0, ..profile.turns };
    let profile = Profile { turns, ..profile };
    let router = Router::new(Arc::clone(&network), profile);
    let weights = router.weights(&[], 4 * 3600);
    // From the middle of one road to the middle of another, each named by its two letters.
    let place = |road: &str| {
        let [a, b] = [sketch.place(&road[..1]), sketch.place(&road[1..])];
        weights.snap(a.towards(b, 0.5), 20.0, None).expect("on a road")
    };
    let route = router.route(&weights, &place(from), &place(to)).expect("there is a route");
    let mut names: Vec<&str> =
        route.edges.iter().map(|&edge| network.text(network.road(edge).name)).collect();
    names.dedup();
    names.join(" ")
}

fn strict() -> Profile {
    let mut profile = Profile::blue_light();
    profile.signs.obey_on_minor = true;
    profile
}

/// A crossing X with a detour through R, S and T.
fn crossing(class: RoadClass) -> (Sketch, [u32; 3]) {
    let mut sketch = Sketch::new("  N  \n     \nW X E\n\nR S T");
    let west = sketch.road("WX", class);
    let north = sketch.road("XN", class);
    let east = sketch.road("XE", class);
    sketch.road("WR", class);
    sketch.road("RST", class);
    sketch.road("TE", class);
    (sketch, [west, north, east])
}

#[test]
fn a_forbidden_left_turn_on_a_main_road_is_driven_around() {
    let (mut sketch, [west, north, _]) = crossing(RoadClass::Primary);
    assert_eq!(route(&sketch, Profile::blue_light(), "WX", "XN"), "WX XN");
    sketch.sign(false, None, west, "X", north);
    assert_eq!(route(&sketch, Profile::blue_light(), "WX", "XN"), "WX WR RST TE XE XN");
    assert_eq!(route(&sketch, Profile::blue_light(), "XE", "XN"), "XE XN");
}

#[test]
fn in_small_streets_the_profile_decides_whether_a_sign_is_obeyed() {
    let (mut sketch, [west, north, _]) = crossing(RoadClass::Residential);
    sketch.sign(false, None, west, "X", north);
    assert_eq!(route(&sketch, Profile::blue_light(), "WX", "XN"), "WX XN");
    assert_eq!(route(&sketch, strict(), "WX", "XN"), "WX WR RST TE XE XN");
}

#[test]
fn only_straight_on_forbids_every_other_turn() {
    let (mut sketch, [west, _, east]) = crossing(RoadClass::Primary);
    sketch.sign(true, None, west, "X", east);
    assert_eq!(route(&sketch, Profile::blue_light(), "WX", "XN"), "WX WR RST TE XE XN");
    assert_eq!(route(&sketch, Profile::blue_light(), "WX", "XE"), "WX XE");
}

#[test]
fn a_turn_forbidden_over_a_road_in_between_stays_open_to_others_on_that_road() {
    // From W over XY a right turn into YS is forbidden; from N the same turn is allowed.
    let mut sketch = Sketch::new("  N      \n\nW X Y   E\n\n    S   T");
    let west = sketch.road("WX", RoadClass::Primary);
    sketch.road("NX", RoadClass::Primary);
    let between = sketch.road("XY", RoadClass::Primary);
    let south = sketch.road("YS", RoadClass::Primary);
    sketch.road("YE", RoadClass::Primary);
    sketch.road("ET", RoadClass::Primary);
    sketch.road("TS", RoadClass::Primary);
    let via = RestrictionVia::Lines(vec![between]);
    sketch.plan.restrictions.push(PlannedRestriction {
        only: false,
        named: None,
        from: west,
        via,
        to: south,
    });
    assert_eq!(route(&sketch, Profile::blue_light(), "NX", "YS"), "NX XY YS");
    assert_eq!(route(&sketch, Profile::blue_light(), "WX", "YS"), "WX XY YE ET TS YS");
    assert_eq!(route(&sketch, Profile::blue_light(), "WX", "YE"), "WX XY YE");
}

#[test]
fn a_restriction_between_roads_that_do_not_meet_is_counted() {
    let (mut sketch, [west, north, _]) = crossing(RoadClass::Primary);
    sketch.sign(false, None, north, "R", west);
    let (_, report) = crate::input::build::build(sketch.plan);
    assert_eq!((report.restrictions, report.dead_restrictions), (0, 1));
}

/// A crossing X where the road from S to N runs through without being cut, with a detour.
fn uncut(class: RoadClass) -> (Sketch, [u32; 2]) {
    let mut sketch = Sketch::new("K N L\n\nW X E\n\nR S T");
    let west = sketch.road("WX", class);
    sketch.road("XE", class);
    let through = sketch.road("SXN", class);
    for side in ["WR", "RS", "ST", "TE", "WK", "KN", "NL", "LE"] {
        sketch.road(side, class);
    }
    (sketch, [west, through])
}

#[test]
fn where_a_road_runs_through_uncut_the_named_turn_tells_the_side() {
    let turn = |only, named| {
        let (mut sketch, [west, through]) = uncut(RoadClass::Primary);
        sketch.sign(only, named, west, "X", through);
        let free = |to, short: &str| route(&sketch, Profile::blue_light(), "WX", to) == short;
        let (_, report) = crate::input::build::build(sketch.plan.clone());
        (free("XN", "WX SXN"), free("XE", "WX XE"), free("XS", "WX SXN"), report.dead_restrictions)
    };
    assert_eq!(turn(false, Some(NamedTurn::Left)), (false, true, true, 0));
    assert_eq!(turn(false, Some(NamedTurn::Right)), (true, true, false, 0));
    assert_eq!(turn(true, Some(NamedTurn::Right)), (false, false, true, 0));
    // Nobody can tell which side is meant: the sign is left aside and counted.
    assert_eq!(turn(false, None), (true, true, true, 1));
}

#[test]
fn where_the_road_one_comes_from_runs_through_the_named_turn_tells_from_which_side() {
    let (mut sketch, [west, through]) = uncut(RoadClass::Primary);
    sketch.sign(false, Some(NamedTurn::Left), through, "X", west);
    // Coming from the south, west lies to the left; coming from the north, to the right.
    assert_ne!(route(&sketch, Profile::blue_light(), "SX", "XW"), "SXN WX");
    assert_eq!(route(&sketch, Profile::blue_light(), "NX", "XW"), "SXN WX");
}
