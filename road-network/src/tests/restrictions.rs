//! Signed turns, drawn as small maps: what is obeyed, what is not, and over several roads.

use super::world::{Sketch, network};
use crate::plan::{PlannedRestriction, RestrictionVia};
use crate::road::RoadClass;
use crate::{Profile, Router, TurnSeconds};
use std::sync::Arc;

/// The roads driven from one letter to another, by name.
fn way(sketch: &Sketch, profile: Profile, from: &str, to: &str) -> String {
    let network = Arc::new(network(sketch.plan.clone()));
    // Turning back at a dead end would be a way around any sign.
    let turns = TurnSeconds { back: 600.0, ..profile.turns };
    let profile = Profile { turns, ..profile };
    let router = Router::new(Arc::clone(&network), profile);
    let weights = router.weights(&[], 4 * 3600);
    // From the middle of one road to the middle of another, each named by its two letters.
    let place = |road: &str| {
        let [a, b] = [sketch.place(&road[..1]), sketch.place(&road[1..])];
        weights.snap(a.between(b, 0.5), 20.0, None).expect("on a road")
    };
    let route = router.route(&weights, &place(from), &place(to)).expect("there is a way");
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
    assert_eq!(way(&sketch, Profile::blue_light(), "WX", "XN"), "WX XN");
    let via = RestrictionVia::Point(sketch.point("X"));
    sketch.plan.restrictions.push(PlannedRestriction { only: false, from: west, via, to: north });
    assert_eq!(way(&sketch, Profile::blue_light(), "WX", "XN"), "WX WR RST TE XE XN");
    assert_eq!(way(&sketch, Profile::blue_light(), "XE", "XN"), "XE XN");
}

#[test]
fn in_small_streets_the_profile_decides_whether_a_sign_is_obeyed() {
    let (mut sketch, [west, north, _]) = crossing(RoadClass::Residential);
    let via = RestrictionVia::Point(sketch.point("X"));
    sketch.plan.restrictions.push(PlannedRestriction { only: false, from: west, via, to: north });
    assert_eq!(way(&sketch, Profile::blue_light(), "WX", "XN"), "WX XN");
    assert_eq!(way(&sketch, strict(), "WX", "XN"), "WX WR RST TE XE XN");
}

#[test]
fn only_straight_on_forbids_every_other_turn() {
    let (mut sketch, [west, _, east]) = crossing(RoadClass::Primary);
    let via = RestrictionVia::Point(sketch.point("X"));
    sketch.plan.restrictions.push(PlannedRestriction { only: true, from: west, via, to: east });
    assert_eq!(way(&sketch, Profile::blue_light(), "WX", "XN"), "WX WR RST TE XE XN");
    assert_eq!(way(&sketch, Profile::blue_light(), "WX", "XE"), "WX XE");
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
    sketch.plan.restrictions.push(PlannedRestriction { only: false, from: west, via, to: south });
    assert_eq!(way(&sketch, Profile::blue_light(), "NX", "YS"), "NX XY YS");
    assert_eq!(way(&sketch, Profile::blue_light(), "WX", "YS"), "WX XY YE ET TS YS");
    assert_eq!(way(&sketch, Profile::blue_light(), "WX", "YE"), "WX XY YE");
}

#[test]
fn a_restriction_between_roads_that_do_not_meet_is_counted() {
    let (mut sketch, [west, north, _]) = crossing(RoadClass::Primary);
    let via = RestrictionVia::Point(sketch.point("R"));
    sketch.plan.restrictions.push(PlannedRestriction { only: false, from: north, via, to: west });
    let (_, report) = crate::build(sketch.plan);
    assert_eq!((report.restrictions, report.dead_restrictions), (0, 1));
}
