//! The spread of driving times, fitted to journeys: drawn from a known one and found again, and from files of each form.

use crate::city::city;
use dispatch_core::model::Wgs84;
use rand::prelude::*;
use rand::rngs::StdRng;
use rand_distr::StandardNormal;
use simulations::fit_travel::of_record;
use simulations::incidents::{Outcome, PastIncident, PastRun};
use simulations::study::fit::{Journey, Journeys, Pair, expected, fit, is_table, read};
use simulations::study::travel::Travel;
use wire_protocol::vocabulary::{IncidentKind, Priority};

/// Journeys of ten minutes, spread log-normally about `factor` times that.
fn drawn(count: usize, factor: f64, sigma: f64) -> Vec<Pair> {
    let mut chance = StdRng::seed_from_u64(11);
    let mut one = || {
        let unit: f64 = chance.sample(StandardNormal);
        (600.0, 600.0 * factor * (sigma * unit).exp())
    };
    (0..count).map(|_| one()).collect()
}

#[test]
fn a_known_spread_is_found_again_within_its_interval() {
    for (factor, sigma) in [(1.0, 0.15), (1.3, 0.3), (0.8, 0.05)] {
        let found = fit(&drawn(4000, factor, sigma)).expect("enough");
        assert!((found.sigma - sigma).abs() < 2.0 * found.sigma_half_width, "{found:?}");
        assert!((found.factor / factor - 1.0).abs() < 0.02, "{found:?}");
        assert_eq!((found.journeys, found.left_out), (4000, 0));
    }
}

#[test]
fn slips_and_the_shortest_journeys_are_left_out_and_too_few_tell_nothing() {
    let mut pairs = drawn(100, 1.0, 0.2);
    pairs.extend([(600.0, 86_400.0), (600.0, 1.0), (20.0, 25.0)]);
    let found = fit(&pairs).expect("enough");
    assert_eq!((found.journeys, found.left_out), (100, 3));
    assert_eq!(fit(&pairs[..29]), None);
}

#[test]
fn a_table_of_journeys_is_read_in_either_form() {
    let system = city();
    let times = b"Expected Seconds,actual_seconds\n600,660\n300,290\n";
    assert!(is_table("t.csv", times));
    let read_times = read("t.csv", times, &system).expect("reads");
    assert_eq!(read_times, Journeys::Times(vec![(600.0, 660.0), (300.0, 290.0)]));
    let ends = b"seconds,from_lon,from_lat,to_lon,to_lat,mode\n300,106.0,38.0,106.032,38.0,2\n";
    let Journeys::Ends(journeys) = read("t.csv", ends, &system).expect("reads") else {
        panic!("ends are told")
    };
    assert_eq!(journeys[0].mode, 1);
    // Four streets of 50 s, without hurry 65 s each.
    let pairs = expected(&Travel::new(&system), &journeys);
    assert_eq!(pairs, [(260.0, 300.0)]);
    let wrong = b"seconds,from_lon,from_lat,to_lon,to_lat,mode\n300,106.0,98.0,106.032,38.0,2\n";
    let told = read("t.csv", wrong, &system).expect_err("wrong").to_string();
    assert_eq!(told, "t.csv, line 2, column from_lat: must lie between -90 and 90, not 98");
    let modes = b"seconds,from_lon,from_lat,to_lon,to_lat,mode\n300,106.0,38.0,106.032,38.0,3\n";
    let told = read("t.csv", modes, &system).expect_err("wrong").to_string();
    assert_eq!(told, "t.csv, line 2, column mode: must lie between 1 and 2, not 3");
    assert!(!is_table("t.csv", b"incident,received,lon,lat\n1,2026-03-01 08:00,106,38\n"));
}

#[test]
fn a_record_gives_the_journeys_whose_ends_the_system_knows() {
    let system = city();
    let minute = 60_000;
    let run = |vehicle: &str, from: i64| PastRun {
        vehicle: vehicle.into(),
        dispatched: Some(from),
        en_route: Some(from + minute),
        at_scene: Some(from + 6 * minute),
        left_scene: Some(from + 16 * minute),
        at_hospital: Some(from + 26 * minute),
        free: Some(from + 40 * minute),
        hospital: Some("H2".into()),
    };
    let incident = |id: &str, received: i64, run| PastIncident {
        id: id.into(),
        line: 2,
        received,
        priority: Priority::Severe,
        kind: IncidentKind::Illness,
        place: Wgs84 { lon: 106.04, lat: 38.02 },
        address: String::new(),
        complaint: String::new(),
        outcome: Outcome::Carried,
        runs: vec![run],
    };
    let unknown = PastRun { hospital: Some("elsewhere".into()), ..run("X9", 0) };
    let incidents = [
        incident("1", 0, run("A0", 0)),
        // Free for ten minutes only: nobody knows where it set out.
        incident("2", 50 * minute, run("A0", 50 * minute)),
        incident("3", 300 * minute, run("A0", 300 * minute)),
        incident("4", 301 * minute, unknown),
    ];
    let [to_scene, to_hospital] = of_record(&system, &incidents);
    let station = system.stations[0].position;
    let first = Journey { from: station, to: incidents[0].place, mode: 0, seconds: 300.0 };
    assert_eq!(to_scene, [first, first]);
    assert_eq!(to_hospital.len(), 3);
    assert_eq!(to_hospital[0].to, system.hospitals[1].position);
    assert_eq!((to_hospital[0].mode, to_hospital[0].seconds), (1, 600.0));
}
