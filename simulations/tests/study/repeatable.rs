//! What makes a comparison honest: the same seed is the same run, all policies meet the same patients, training and test share
//! no calls, and no policy beats the bound.

use crate::city::city;
use dispatch_core::Rules;
use simulations::study::calls::draw;
use simulations::study::coverage::Coverage;
use simulations::study::engine::{Conduct, simulate};
use simulations::study::figures::{Figure, is_late, survives};
use simulations::study::policies::{Sweep, sweep};
use simulations::study::policy::{MoveUp, Policy, TakeOver};
use simulations::study::run::{Extent, Results, Series, run};
use simulations::study::statistics::Estimate;
use simulations::study::travel::Travel;
use simulations::study::tuning::{BEGIN, Limits, best, tune};
use std::collections::BTreeMap;
use std::sync::Arc;

const DAY_MS: i64 = 86_400_000;

fn policies(travel: &Travel<'_>) -> Vec<Policy> {
    let coverage = Some(Arc::new(Coverage::new(travel, 0.4)));
    let with = |name: &str, move_up| Policy {
        name: name.into(),
        move_up,
        coverage: coverage.clone(),
        ..Policy::nearest()
    };
    let order = coverage.as_ref().map_or(Vec::new(), |it| it.order(8));
    vec![
        Policy::nearest(),
        with("compliance", MoveUp::Compliance { order }),
        with("dmexclp", MoveUp::Dmexclp),
        with("rollout", MoveUp::Rollout { samples: 2, minutes: 30.0, places: 3 }),
        Policy { take_over: Some(TakeOver::saving(30.0)), ..Policy::nearest() },
        best(travel, BEGIN),
    ]
}

fn ran(seed: u64, training: bool) -> Results {
    let system = city();
    let travel = Travel::new(&system);
    let extent = Extent { seed, replications: 2, days: 1, training };
    run(&travel, policies(&travel), extent, &|| false, &mut |_, _| {}).expect("runs")
}

fn hashes(results: &Results) -> Vec<Vec<u64>> {
    results.series.iter().map(|it| it.hashes.clone()).collect()
}

#[test]
fn the_same_seed_is_the_same_run_and_another_is_another() {
    let (first, again) = (ran(7, false), ran(7, false));
    assert_eq!(hashes(&first), hashes(&again));
    assert_ne!(hashes(&first), hashes(&ran(8, false)));
    assert_ne!(hashes(&first), hashes(&ran(7, true)), "training calls are others");
    let [one, two] = first.series[0].hashes[..] else { panic!("two replications") };
    assert_ne!(one, two);
}

#[test]
fn all_policies_meet_the_same_patients_and_leave_no_incident_open() {
    let system = city();
    let travel = Travel::new(&system);
    let calls = draw(&system, 3, 0, 3 * DAY_MS);
    let met = |policy: &Policy| -> BTreeMap<(i64, usize), usize> {
        let rules = Rules::default();
        let conduct = Conduct { counted: 0..3 * DAY_MS, rules: &rules, stop: &|| false };
        let found = simulate(&travel, &calls, policy, &conduct).expect("simulates");
        assert!(found.refusals.is_empty(), "{}: {:?}", policy.name, found.refusals);
        assert_eq!(found.left_open, 0, "{}", policy.name);
        found.patients.iter().map(|it| ((it.called_ms, it.cell), it.class)).collect()
    };
    let all = policies(&travel);
    let nearest = met(&all[0]);
    assert!(nearest.len() > 200, "{}", nearest.len());
    let sure = |of: &BTreeMap<(i64, usize), usize>| {
        let called_off = |at: i64| {
            calls.iter().any(|call| call.at_ms == at && call.cancelled_after_ms.is_some())
        };
        of.clone().into_iter().filter(|((at, _), _)| !called_off(*at)).collect::<Vec<_>>()
    };
    for policy in &all[1..] {
        assert_eq!(sure(&met(policy)), sure(&nearest), "{}", policy.name);
    }
}

#[test]
fn no_policy_has_fewer_late_than_the_bound() {
    let mut busy = city();
    busy.calls.per_day = 400.0;
    busy.behaviour.cancelled_share = 0.0;
    let travel = Travel::new(&busy);
    let extent = Extent { seed: 5, replications: 2, days: 1, training: false };
    let results = run(&travel, policies(&travel), extent, &|| false, &mut |_, _| {}).expect("runs");
    assert!(results.bound.iter().all(|late| *late > 0.0), "{:?}", results.bound);
    for series in &results.series {
        for (figures, bound) in series.figures.iter().zip(&results.bound) {
            let late = figures.get(Figure::LateUrgent);
            assert!(late >= *bound, "{}: {late} below {bound}", series.policy.name);
        }
    }
}

#[test]
fn settings_of_the_product_are_compared_by_its_own_rules() {
    let system = city();
    let travel = Travel::new(&system);
    let wanted = Sweep { advice_pays: vec![0.5, 100.0], coverage_caps: vec![0.0, 300.0] };
    let mut policies = vec![Policy::nearest()];
    policies.extend(sweep(&travel, &wanted));
    let extent = Extent { seed: 6, replications: 1, days: 3, training: false };
    let results = run(&travel, policies, extent, &|| false, &mut |_, _| {}).expect("runs");
    let [nearest, pays, never, without, with] = &results.series[..] else { panic!("five") };
    let moves = |series: &Series| series.figures[0].get(Figure::Moves);
    assert!(moves(pays) > 1.0, "{}", moves(pays));
    assert_eq!(never.hashes, nearest.hashes, "nothing covers all the demand more");
    assert_eq!(without.hashes, nearest.hashes, "a term of 0 s changes nothing");
    assert_ne!(with.hashes, nearest.hashes, "the term counts");
    assert!(results.series.iter().all(|series| series.refusals.is_empty()));
}

#[test]
fn chosen_parameters_keep_to_the_limits_on_moves() {
    let system = city();
    let travel = Travel::new(&system);
    let extent = Extent { seed: 9, replications: 1, days: 2, training: true };
    let mut told = Vec::new();
    let mut chosen = |move_km_of_vehicle, moves_of_vehicle| {
        let limits = Limits { move_km_of_vehicle, moves_of_vehicle };
        let mut tell = |line: &str| told.push(line.to_owned());
        let chosen = tune(&travel, extent, limits, &|| false, &mut tell).expect("tunes");
        let policies = vec![best(&travel, chosen.parameters)];
        let found = run(&travel, policies, extent, &|| false, &mut |_, _| {}).expect("runs");
        let figures = found.series[0].figures[0].clone();
        let moves = figures.get(Figure::MovesOfVehicle);
        (chosen.keeps_to_limits, figures.get(Figure::MoveKmOfVehicle), moves)
    };
    let (keeps, km, moves) = chosen(1000.0, 1000.0);
    assert!(keeps && km > 5.0 && moves > 1.0, "{km} km, {moves} moves");
    let (keeps, fewer_km, fewer) = chosen(km / 2.0, moves);
    assert!(!keeps && fewer == 0.0 || fewer_km <= km / 2.0, "{fewer_km} km, {fewer} moves");
    assert_eq!(chosen(0.0, 0.0), (false, 0.0, 0.0), "nothing keeps to that");
    assert!(told.iter().any(|line| line.contains("tuning round 1")), "{told:?}");
}

#[test]
fn calls_follow_hour_and_weekday() {
    let mut system = city();
    system.calls.hourly = (0..24).map(|hour| if hour < 12 { 2.0 } else { 0.0 }).collect();
    system.calls.weekday = vec![1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 0.0];
    let calls = draw(&system, 1, 0, 7 * 20 * DAY_MS);
    let of = |test: &dyn Fn(i64, i64) -> bool| {
        let fits = |at_ms: i64| test(at_ms / 3_600_000 % 24, at_ms / DAY_MS % 7);
        calls.iter().filter(|call| fits(call.at_ms)).count()
    };
    assert_eq!(of(&|hour, day| hour >= 12 || day == 6), 0);
    let (monday, saturday) = (of(&|_, day| day == 0), of(&|_, day| day == 5));
    let ratio = saturday as f64 / monday as f64;
    assert!((1.8..2.2).contains(&ratio), "{ratio}");
    let mean = calls.len() as f64 / 140.0;
    assert!((mean - 90.0).abs() < 4.0, "{mean}");
}

#[test]
fn a_stopped_study_keeps_whole_replications_and_says_so() {
    let system = city();
    let travel = Travel::new(&system);
    let extent = Extent { seed: 1, replications: 3, days: 2, training: false };
    let done = std::cell::Cell::new(0);
    let stop = || done.get() > 0;
    let mut progress = |number, _: &Results| done.set(number);
    let results =
        run(&travel, vec![Policy::nearest()], extent, &stop, &mut progress).expect("runs");
    assert!(results.partial);
    assert_eq!((results.series[0].figures.len(), results.bound.len()), (1, 1));
}

#[test]
fn a_study_stops_within_a_simulation_too() {
    let system = city();
    let travel = Travel::new(&system);
    let extent = Extent { seed: 1, replications: 1, days: 300, training: false };
    let asked = std::cell::Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 3
    };
    let results =
        run(&travel, vec![Policy::nearest()], extent, &stop, &mut |_, _| {}).expect("runs");
    assert!(results.partial && results.bound.is_empty());
    assert_eq!(asked.get(), 4, "nothing is simulated after the answer");
}

#[test]
fn intervals_are_those_of_student() {
    let five = Estimate::of(&[1.0, 2.0, 3.0, 4.0, 5.0]);
    assert!((five.mean - 3.0).abs() < 1e-12);
    assert!((five.half_width - 1.963).abs() < 0.01, "{}", five.half_width);
    let change = Estimate::relative(&[9.0, 18.0, 27.0], &[10.0, 20.0, 30.0]);
    assert!((change.mean + 0.1).abs() < 1e-12);
    let eight_minutes = survives(480.0);
    assert!((eight_minutes - 0.0587).abs() < 0.001, "{eight_minutes}");
}

#[test]
fn late_is_later_than_the_target_and_not_at_it() {
    let system = city();
    let patient = |response_ms| simulations::study::engine::Patient {
        called_ms: 0,
        class: 0,
        cell: 0,
        response_ms,
    };
    assert!(!is_late(&system, &patient(480_000)));
    assert!(is_late(&system, &patient(480_001)));
}
