//! The comparison of a replay with its record, as a terminal, a spreadsheet and a browser get it.

use expect_test::expect_file;
use geometry::Wgs84;
use simulations::incidents::{Outcome, PastIncident, PastRun};
use simulations::replay::{Comparison, Played, Sent, csv, html, text};
use wire_protocol::vocabulary::{IncidentKind, Priority};

const EIGHT: i64 = 1_772_323_200_000;

/// Minutes from the call to the first vehicle, then and now.
fn played(n: i64, priority: Priority, then: Option<i64>, now: Option<i64>) -> Played {
    let received = EIGHT + n * 600_000;
    let run = PastRun {
        vehicle: format!("YC-01-{n}"),
        dispatched: Some(received + 60_000),
        at_scene: then.map(|minutes| received + minutes * 60_000),
        ..PastRun::default()
    };
    let past = PastIncident {
        // What a caller's system may have made of an id.
        id: if n == 2 { "=2<b>&".into() } else { format!("A-{n}") },
        line: 2,
        received,
        priority,
        kind: IncidentKind::Illness,
        place: Wgs84 { lon: 106.27, lat: 38.46 },
        address: String::new(),
        complaint: String::new(),
        outcome: Outcome::Carried,
        runs: vec![run],
    };
    let vehicle = if n == 1 { "YC-01-1".to_owned() } else { "YC-02-1".to_owned() };
    Played {
        past,
        incident: Some(format!("yinchuan-{n}")),
        rang_at: 1_000_000,
        sent: vec![Sent { vehicle: vehicle.clone(), instead_of: format!("YC-01-{n}") }],
        ended: n != 3,
        notes: if n == 3 { vec!["no vehicle was free".into()] } else { Vec::new() },
        // Played ten times faster.
        first_at_scene: now.map(|minutes| (vehicle, 1_000_000 + minutes * 6_000)),
    }
}

fn comparison() -> Comparison {
    let all = [
        played(1, Priority::Critical, Some(8), Some(8)),
        played(2, Priority::Severe, Some(20), Some(11)),
        played(3, Priority::Severe, Some(9), None),
        played(4, Priority::Urgent, Some(10), Some(14)),
        played(5, Priority::Urgent, None, Some(50)),
    ];
    Comparison::new(&all, 6, 10.0)
}

#[test]
fn as_a_terminal_gets_it() {
    expect_file!["comparison.txt"].assert_eq(&text(&comparison()));
}

#[test]
fn as_a_spreadsheet_gets_it() {
    let table = csv(&comparison());
    assert!(table.starts_with('\u{feff}'), "so that spreadsheets read Chinese");
    expect_file!["comparison.csv"].assert_eq(&table);
}

#[test]
fn as_a_browser_gets_it() {
    let page = html(&comparison());
    expect_file!["comparison.html"].assert_eq(&page);
    assert!(!page.contains("<b>") && !page.contains("http"), "nothing runs, nothing is fetched");
}

#[test]
fn the_figures_are_those_of_the_incidents_that_have_both() {
    let comparison = comparison();
    let all = &comparison.groups[0];
    let (then, now) = (all.then.expect("some"), all.now.expect("some"));
    assert_eq!((all.played, all.compared, all.same_vehicle), (5, 3, 1));
    assert_eq!((then.median, now.median), (600.0, 660.0));
    assert_eq!((then.p90, now.p90), (1200.0, 840.0));
    assert_eq!(all.mean_later_seconds, Some(-100.0));
    assert!(comparison.is_partial());
}

#[test]
fn nothing_played_is_a_comparison_too() {
    let nothing = Comparison::new(&[], 3, 1.0);
    assert!(nothing.is_partial() && html(&nothing).contains("0 of 3 incidents begun"));
    assert!(text(&nothing).starts_with("Partial: "));
}
