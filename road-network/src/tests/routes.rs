//! Routes with turn instructions, as a driver reads them.

use super::world::{Sketch, network};
use crate::graph::road::{Basis, Passage, Road, RoadClass};
use crate::graph::snap::Heading;
use crate::{Manoeuvre, Profile, Router, Weights};
use std::fmt::Write;
use std::sync::Arc;

fn told(sketch: &Sketch, from: &str, heading: Option<f64>, to: &str) -> String {
    let network = Arc::new(network(sketch.plan.clone()));
    let router = Router::new(network, Profile::blue_light());
    let weights = router.weights(&[], 4 * 3600);
    let place = |name, heading: Option<f64>| {
        weights.snap(sketch.place(name), 20.0, heading.map(Heading)).expect("on a road")
    };
    let route = router.route(&weights, &place(from, heading), &place(to, None)).expect("a route");
    let mut text = String::new();
    for step in route.steps {
        let length = (step.length_m / 100.0).round() * 100.0;
        writeln!(text, "{:?} {} {length}", step.manoeuvre, step.name).expect("writes");
    }
    text
}

#[test]
fn turns_carry_street_names_and_lengths() {
    let mut sketch = Sketch::new("A B   C\n\n      D E");
    sketch.road("ABC", RoadClass::Secondary);
    sketch.road("CD", RoadClass::Secondary);
    sketch.road("DE", RoadClass::Secondary);
    let expected = "Depart ABC 1200\nRight CD 400\nLeft DE 400\nArrive DE 0\n";
    assert_eq!(told(&sketch, "A", None, "E"), expected);
}

#[test]
fn a_roundabout_is_one_instruction_with_its_exit() {
    let mut sketch = Sketch::new("    N    \n\n    B    \n\nW A   C E\n\n    D    \n\n    S    ");
    let ring = Road { roundabout: true, ..Road::plain(RoadClass::Secondary, Basis::Fact) };
    // Traffic keeps right, so it goes round against the clock.
    sketch.one_way("ADCBA", ring, Passage::Never);
    for arm in ["WA", "BN", "CE", "DS"] {
        sketch.road(arm, RoadClass::Secondary);
    }
    let exit =
        |to: &str| told(&sketch, "W", None, to).lines().nth(1).expect("a second step").to_owned();
    assert_eq!(exit("S"), "Roundabout { exit: 1 } DS 1000");
    assert_eq!(exit("E"), "Roundabout { exit: 2 } CE 1500");
    assert_eq!(exit("N"), "Roundabout { exit: 3 } BN 2100");
}

#[test]
fn a_vehicle_that_heads_the_wrong_way_is_told_to_turn_round() {
    let mut sketch = Sketch::new("A    M    B");
    sketch.road("AMB", RoadClass::Secondary);
    assert_eq!(told(&sketch, "M", Some(90.0), "A"), "DepartTurningRound AMB 1000\nArrive AMB 0\n");
    assert_eq!(told(&sketch, "M", Some(270.0), "A"), "Depart AMB 1000\nArrive AMB 0\n");
}

#[test]
fn time_runs_from_where_the_vehicle_is_in_mid_street() {
    let mut sketch = Sketch::new("A    M    B");
    sketch.road("AMB", RoadClass::Secondary);
    let network = Arc::new(network(sketch.plan.clone()));
    let router = Router::new(Arc::clone(&network), Profile::blue_light());
    let weights = router.weights(&[], 4 * 3600);
    let place = |at| weights.snap(at, 20.0, None).expect("on the road");
    let (a, b) = (sketch.place("A"), sketch.place("B"));
    let whole = router.route(&weights, &place(a), &place(b)).expect("a route").travel_ms;
    let rest = router.route(&weights, &place(a.towards(b, 0.75)), &place(b)).expect("a route");
    assert!((f64::from(rest.travel_ms) * 4.0 - f64::from(whole)).abs() < 20.0);
    let away = weights.snap(a.towards(b, 0.75), 20.0, Some(Heading(270.0))).expect("on the road");
    let turned = router.route(&weights, &away, &place(b)).expect("a route");
    assert_eq!(turned.steps[0].manoeuvre, Manoeuvre::DepartTurningRound);
    assert_eq!(turned.travel_ms, rest.travel_ms + 25_000);
}

#[test]
fn nights_are_slower_by_the_profiles_share_and_rush_hours_hardly() {
    let mut sketch = Sketch::new("A    M    B");
    sketch.road("AMB", RoadClass::Secondary);
    let network = Arc::new(network(sketch.plan.clone()));
    let router = Router::new(Arc::clone(&network), Profile::blue_light());
    let seconds = |weights: &Weights| weights.seconds(network.edge_ids().next().expect("one"))[0];
    let at = |hour: i64| seconds(&router.weights(&[], (hour - 8) * 3600)).expect("open");
    let (noon, night, rush) = (at(12), at(23), at(8));
    assert!((noon / night - 0.78).abs() < 0.001);
    assert!((noon / rush - 0.97).abs() < 0.001);
}

#[test]
fn one_way_streets_are_driven_backwards_only_where_the_profile_says_so() {
    let alone = |class| {
        let mut sketch = Sketch::new("A    B\n\nD    C");
        let road = Road::plain(class, Basis::Fact);
        for side in ["AB", "BC", "CD", "DA"] {
            sketch.one_way(side, road, Passage::AgainstOneWay);
        }
        let network = network(sketch.plan);
        let router = Router::new(Arc::new(network), Profile::blue_light());
        let weights = router.weights(&[], 4 * 3600);
        let edge = router.network().edge_ids().next().expect("one");
        let mut seconds = weights.seconds(edge);
        seconds.sort_by(f64_option);
        seconds
    };
    assert_eq!(alone(RoadClass::Primary)[0], None);
    let [with, against] = alone(RoadClass::Residential).map(|it| it.expect("driven"));
    assert!((with / against - 0.4).abs() < 0.001);
}

fn f64_option(a: &Option<f64>, b: &Option<f64>) -> std::cmp::Ordering {
    a.partial_cmp(b).expect("plain numbers")
}
