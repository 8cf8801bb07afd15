//! Systems small enough to reckon by hand, and searches held against plain ones.

use crate::city::{city, class, streets};
use dispatch_core::Rules;
use dispatch_core::model::{Priority, Wgs84};
use simulations::study::calls::Call;
use simulations::study::chains::Between;
use simulations::study::coverage::Coverage;
use simulations::study::distribution::Distribution;
use simulations::study::engine::{Conduct, Outcome, simulate};
use simulations::study::labels::Labels;
use simulations::study::policy::{MoveUp, Policy, Redispatch, TakeOver};
use simulations::study::roads::{Direction, RawArc, Roads};
use simulations::study::system::*;
use simulations::study::travel::Travel;
use std::sync::Arc;

/// One road of five places, a minute apart; station and hospital at its west end, one ambulance.
fn line(ambulances: usize) -> System {
    let at = |place: u32| Wgs84 { lon: 106.0 + f64::from(place) * 0.01, lat: 38.0 };
    let step = |from: u32, to: u32| RawArc { from, to, metres: 870.0, ms: vec![60_000] };
    let raw: Vec<RawArc> = (0..4).flat_map(|it| [step(it, it + 1), step(it + 1, it)]).collect();
    let site = |id: &str| Site { id: id.into(), name: id.into(), position: at(0) };
    System {
        name: "line".into(),
        stations: vec![site("S")],
        standby: vec![false],
        hospitals: vec![site("H")],
        ambulances: (0..ambulances)
            .map(|n| Ambulance { id: format!("A{n}"), station: 0 })
            .collect(),
        cells: (0..5)
            .map(|it| DemandCell { position: at(it), weight: 1.0, district: 0, rural: false })
            .collect(),
        districts: vec!["all".into()],
        modes: vec![TravelMode { name: "only".into(), off_road_kmh: 40.0 }],
        classes: vec![
            class("high", 1.0, Priority::Critical, 480.0, 0, true),
            class("low", 1.0, Priority::NonUrgent, 1200.0, 0, false),
        ],
        redispatch: vec![(1, 0)],
        behaviour: Behaviour {
            dispatch_delay: Distribution::constant(50.0),
            turnout: Distribution::constant(30.0),
            turnout_on_road: Distribution::constant(0.0),
            regular_mode: 0,
            travel_sigma: 0.0,
            ..city().behaviour
        },
        roads: Roads::new((0..5).map(at).collect(), vec![true; 5], &raw, 1),
        ..city()
    }
}

fn call(at_seconds: i64, cell: usize, class: usize) -> Call {
    Call {
        at_ms: at_seconds * 1000,
        cell,
        class,
        true_class: class,
        delay_ms: 50_000,
        turnout_ms: 30_000,
        road_turnout_ms: 0,
        scene_ms: 600_000,
        transport: true,
        handover_ms: 300_000,
        factors: [1.0; 3],
        cancelled_after_ms: None,
        empty: false,
    }
}

fn outcome(system: &System, calls: &[Call], policy: &Policy) -> Outcome {
    under(&Rules::default(), system, calls, policy)
}

fn under(rules: &Rules, system: &System, calls: &[Call], policy: &Policy) -> Outcome {
    let conduct = Conduct { counted: 0..i64::MAX, rules, stop: &|| false };
    simulate(&Travel::new(system), calls, policy, &conduct).expect("simulates")
}

fn responses(system: &System, calls: &[Call], policy: &Policy) -> Vec<i64> {
    let found = outcome(system, calls, policy);
    assert_eq!(found.left_open, 0, "every incident is closed in the core");
    found.patients.iter().map(|it| it.response_ms / 1000).collect()
}

#[test]
fn a_response_is_delay_turnout_and_driving() {
    let told = responses(&line(1), &[call(100, 4, 0)], &Policy::nearest());
    assert_eq!(told, [50 + 30 + 4 * 60]);
}

#[test]
fn a_patient_waits_until_the_only_vehicle_is_free_and_it_comes_from_the_hospital() {
    let told = responses(&line(1), &[call(0, 2, 0), call(300, 3, 0)], &Policy::nearest());
    // Free at 80 + 120 + 600 + 120 + 300 = 1220 s at the west end, then 180 s of driving.
    assert_eq!(told, [200, 1220 - 300 + 180]);
}

#[test]
fn a_vehicle_on_its_way_to_a_less_urgent_patient_turns_to_a_dying_one() {
    // Sent east at 80 s; at 230 s it is 30 s before the third place and turns to the second.
    let calls = [call(0, 4, 1), call(180, 1, 0)];
    let told = responses(&line(1), &calls, &Policy::nearest());
    assert_eq!(told[1], 50 + 30 + 60 * 2);
    let never = Policy { redispatch: Redispatch::Never, ..Policy::nearest() };
    assert!(responses(&line(1), &calls, &never)[1] > 1000);
    assert_eq!(outcome(&line(1), &calls, &Policy::nearest()).diverted, 1);
}

#[test]
fn a_vehicle_that_gets_free_nearer_takes_over() {
    // The first is treated at the fourth place until 80 + 180 + 100; the second leaves the west end for the fifth at 380.
    let mut first = call(0, 3, 0);
    (first.transport, first.scene_ms) = (false, 160_000);
    let calls = [first, call(300, 4, 0)];
    let takes_over = Policy { take_over: Some(TakeOver::saving(30.0)), ..Policy::nearest() };
    assert_eq!(responses(&line(2), &calls, &Policy::nearest()), [260, 50 + 30 + 240]);
    assert_eq!(responses(&line(2), &calls, &takes_over), [260, 420 - 300 + 60]);
    assert_eq!(outcome(&line(2), &calls, &takes_over).swapped, 1);
}

#[test]
fn crews_whose_turnout_is_longer_than_the_mean_do_not_hand_a_patient_to_and_fro() {
    // Three crews get free at the same place at 360, 361 and 362 s, while one is under way to the far end.
    let at = |seconds: i64, cell: usize| {
        let mut early = call(seconds, cell, 0);
        (early.transport, early.scene_ms) = (false, (360 - 80 - 180 - seconds) * 1000);
        early
    };
    let mut far = call(250, 4, 0);
    // Nobody knows before it leaves that this crew takes three minutes.
    (far.turnout_ms, far.road_turnout_ms) = (30_000, 180_000);
    let calls = [at(0, 3), at(1, 3), at(2, 3), far];
    let eager = |most| TakeOver { least_seconds: 1.0, most_of_a_patient: most };
    for most in 0..=3 {
        let policy = Policy { take_over: Some(eager(most)), ..Policy::nearest() };
        let found = outcome(&line(4), &calls, &policy);
        assert!(found.swapped <= most as usize, "{} of {most}", found.swapped);
        assert_eq!((found.patients.len(), found.left_open), (4, 0));
        assert!(found.refusals.is_empty(), "{:?}", found.refusals);
    }
}

#[test]
fn what_the_rules_refuse_is_counted_and_nobody_is_lost_for_it() {
    let mut rules = Rules::default();
    rules.limits.tasks_per_incident = 1;
    let mut first = call(0, 3, 0);
    (first.transport, first.scene_ms) = (false, 160_000);
    // The nearer vehicle may not be sent, because the incident has had its one task: its patient waits for ever.
    let calls = [first, call(300, 4, 0)];
    let takes_over = Policy { take_over: Some(TakeOver::saving(30.0)), ..Policy::nearest() };
    let found = under(&rules, &line(2), &calls, &takes_over);
    assert_eq!(found.refusals.keys().collect::<Vec<_>>(), [&"incident_full"]);
    assert_eq!((found.patients.len(), found.unreached), (2, 1), "the unreached one counts");
    let last = found.patients[1].response_ms;
    assert!(last > 480_000, "and counts as late: {last} ms");
    // Others are served meanwhile, though the one who waits was there before them.
    let calls = [calls[0].clone(), calls[1].clone(), call(1_000, 1, 0)];
    let found = under(&rules, &line(2), &calls, &takes_over);
    assert_eq!((found.patients.len(), found.unreached), (3, 1));
}

#[test]
fn kilometres_of_moves_are_those_of_the_road_as_far_as_they_were_driven() {
    let mut system = line(1);
    let east = Wgs84 { lon: 106.04, lat: 38.0 };
    system.stations.push(Site { id: "E".into(), name: "E".into(), position: east });
    system.standby.push(true);
    system
        .cells
        .iter_mut()
        .for_each(|cell| cell.weight = f64::from(u8::from(cell.position == east)));
    system.classes[0].target_seconds = 100.0;
    let travel = Travel::new(&system);
    let coverage = Some(Arc::new(Coverage::new(&travel, 0.3)));
    let policy = Policy { move_up: MoveUp::Dmexclp, coverage, ..Policy::nearest() };
    // It gets free at the west end and is sent to the east end, four arcs of 870 m; called again, it turns half way.
    let whole = outcome(&system, &[call(0, 1, 0)], &policy);
    assert_eq!(whole.moves, 1);
    assert!((whole.move_km - 4.0 * 0.87).abs() < 0.01, "{}", whole.move_km);
    assert!((whole.move_hours - 240.0 / 3600.0).abs() < 1e-3, "{}", whole.move_hours);
    // Free at 80 + 60 + 600 + 60 + 300 = 1100 s; the next order comes at 1150 + 50 = 1200 s, 100 s on the way.
    let part = outcome(&system, &[call(0, 1, 0), call(1150, 1, 0)], &policy);
    assert!((part.move_km - (1.0 + 100.0 / 240.0) * 4.0 * 0.87).abs() < 0.02, "{}", part.move_km);
}

#[test]
fn a_call_that_is_called_off_counts_as_such_and_frees_its_vehicle() {
    let mut off = call(0, 4, 0);
    off.cancelled_after_ms = Some(140_000);
    let found = outcome(&line(1), &[off, call(150, 1, 0)], &Policy::nearest());
    assert_eq!((found.cancelled, found.left_open), (1, 0));
    // Sixty seconds out at 140 s; at 200 s back at the west end, where it waits for the order of 200 s.
    assert_eq!(found.patients.len(), 1);
    assert!(found.patients[0].response_ms <= (50 + 30 + 60) * 1000);
}

#[test]
fn labels_give_the_times_of_plain_searches() {
    let roads = streets();
    for mode in 0..2 {
        let labels = Labels::new(&roads, mode);
        for root in (0..roads.nodes() as u32).step_by(17) {
            let tree = roads.tree(root, mode, Direction::FromRoot);
            for node in 0..roads.nodes() as u32 {
                assert_eq!(labels.ms(root, node), tree.ms[node as usize], "{root} to {node}");
            }
        }
    }
}

#[test]
fn labels_know_one_way_streets_and_places_without_a_way() {
    let at = |lon: f64| Wgs84 { lon, lat: 38.0 };
    let raw = [(0, 1, 7), (1, 2, 8), (2, 0, 9), (2, 3, 4)];
    let arc = |&(from, to, ms)| RawArc { from, to, metres: 1.0, ms: vec![ms] };
    let raw: Vec<RawArc> = raw.iter().map(arc).collect();
    let nodes = (0..5).map(|it| at(106.0 + f64::from(it))).collect();
    let labels = Labels::new(&Roads::new(nodes, vec![true; 5], &raw, 1), 0);
    assert_eq!(labels.ms(1, 0), 17);
    assert_eq!(labels.ms(0, 3), 19);
    assert_eq!(labels.ms(3, 0), u32::MAX);
    assert_eq!(labels.ms(0, 4), u32::MAX);
}

/// A square of junctions whose sides have nodes of shape, one side one-way, with a ring of its own beside it.
fn shaped() -> Roads {
    let mut raw = Vec::new();
    let mut way = |nodes: &[u32], both: bool| {
        for (at, pair) in nodes.windows(2).enumerate() {
            let ms = vec![1000 + 137 * (pair[0] + pair[1] + at as u32)];
            raw.push(RawArc { from: pair[0], to: pair[1], metres: 1.0, ms: ms.clone() });
            if both {
                let ms = vec![ms[0] + 11];
                raw.push(RawArc { from: pair[1], to: pair[0], metres: 1.0, ms });
            }
        }
    };
    way(&[0, 4, 5, 1], true);
    way(&[1, 6, 2], true);
    way(&[2, 7, 8, 9, 3], false);
    way(&[3, 10, 0], true);
    way(&[0, 2], true);
    way(&[1, 11, 12], true);
    way(&[13, 14, 15, 16, 13], true);
    way(&[17, 18, 19, 17], false);
    let at = |n: u32| Wgs84 { lon: 106.0 + f64::from(n) * 0.01, lat: 38.0 };
    Roads::new((0..20).map(at).collect(), vec![true; 20], &raw, 1)
}

#[test]
fn chains_between_junctions_give_the_times_of_plain_searches() {
    let roads = shaped();
    let between = Between::new(&roads, 0);
    for root in 0..20 {
        let tree = roads.tree(root, 0, Direction::FromRoot);
        for node in 0..20 {
            assert_eq!(between.ms(root, node), tree.ms[node as usize], "{root} to {node}");
        }
    }
}
