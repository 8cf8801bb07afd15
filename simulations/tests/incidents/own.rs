//! Our own CSV.

use expect_test::{Expect, expect};
use proptest::prelude::*;
use simulations::incidents::format::Format;
use simulations::incidents::moment::Zone;
use simulations::incidents::{MOST_PROBLEMS, Outcome, PastIncident, PastRun, own, to_csv};
use wire_protocol::vocabulary::{IncidentKind, Priority};

const CHINA: Zone = Zone::Fixed(480);

const GOOD: &str = "incident,received,priority,lon,lat,complaint,vehicle,dispatched,en_route,at_scene,free
A1,2026-03-01 08:00:00,severe,106.27,38.46,\"胸痛, \"\"突然\"\"\",YC-01-1,2026-03-01 08:01:00,2026-03-01 08:02:10,2026-03-01T08:09:00+08:00,2026-03-01 08:40:00
A1,2026-03-01 08:00:00,severe,106.27,38.46,,YC-01-2,2026-03-01 08:01:30,,,2026-03-01 08:20:00
B2,2026-03-01 07:59:00,,106.2,38.4,,,,,,
";

fn problems(bytes: &[u8], expected: Expect) {
    let problems = own::read(bytes, CHINA).expect_err("a bad file");
    expected.assert_eq(&problems.to_string());
}

#[test]
fn a_file_becomes_incidents_in_the_order_of_their_calls() {
    let reading = own::read(GOOD.as_bytes(), CHINA).expect("a good file");
    let ids: Vec<&str> = reading.incidents.iter().map(|incident| incident.id.as_str()).collect();
    assert_eq!(ids, ["B2", "A1"]);
    let first = &reading.incidents[1];
    assert_eq!(first.complaint, "胸痛, \"突然\"");
    assert_eq!((first.priority, first.runs.len()), (Priority::Severe, 2));
    assert_eq!(first.outcome, Outcome::TreatedAtScene, "nobody left the scene with a patient");
    assert_eq!(first.response_seconds(), Some(540.0));
    assert!(reading.notes.is_empty());
}

#[test]
fn mark_line_ends_notes_and_order_of_columns_change_nothing() {
    let plain = own::read(GOOD.as_bytes(), CHINA).expect("a good file");
    let marked = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    let shuffled = GOOD.lines().map(reversed).collect::<Vec<_>>().join("\n");
    let noted = format!("# made up\n# by hand\n{GOOD}\n,,,,,,,,,,\n");
    let separated = format!("\u{feff}sep=,\r\n{GOOD}");
    for (text, lines_before) in [(shuffled, 0), (marked, 0), (noted, 2), (separated, 1)] {
        let mut read = own::read(text.as_bytes(), CHINA).expect("the same file");
        read.incidents.iter_mut().for_each(|incident| incident.line -= lines_before);
        assert_eq!(read, plain);
    }
}

/// The cells of a line the other way round; the test's own lines have commas in one cell alone.
fn reversed(line: &str) -> String {
    let line = line.replace("\"胸痛, \"\"突然\"\"\"", "COMPLAINT");
    let cells: Vec<&str> = line.split(',').rev().collect();
    cells.join(",").replace("COMPLAINT", "\"胸痛, \"\"突然\"\"\"")
}

#[test]
fn every_fault_is_told_with_its_place_and_what_is_expected() {
    problems(
        "incident,received,lon,lat,priority,vehicle,dispatched,at_scene,free
A1,yesterday,106.27,95,hgh,YC-01-1,2026-03-01 08:01,,
,2026-03-01 08:00,east,38.4,,,,,
B2,2026-03-01 08:00,106.2,38.4,,YC-01-1,2026-03-01 07:00,2026-03-01 08:20,2026-03-09 08:20
C3,2026-03-01 08:00,106.2,38.4,,,2026-03-01 08:01,,
D4,2026-03-01 08:00,106.2,38.4
"
        .as_bytes(),
        expect![[r#"
            line 2, column 2 (received): "yesterday" cannot be used; expected a time such as 2026-03-01T08:15:00+08:00, or 2026-03-01 08:15:00 in the file's zone
            line 2, column 4 (lat): "95" cannot be used; expected degrees north of WGS-84, -90 to 90
            line 2, column 5 (priority): "hgh" cannot be used; expected one of critical, severe, urgent, non_urgent
            line 3, column 1 (incident): is empty; expected at most 64 characters that can be seen
            line 3, column 3 (lon): "east" cannot be used; expected degrees east of WGS-84, -180 to 180
            line 4, column 7 (dispatched): lies before received; expected the steps in their order
            line 4, column 9 (free): lies more than 48 hours after received; expected the same day, look at the dates
            line 5, column 6 (vehicle): is empty where dispatched is filled; expected the vehicle's id
            line 6: has 4 cells; expected 9, as many as the header
        "#]],
    );
}

#[test]
fn rows_of_one_incident_agree() {
    problems(
        "incident,received,lon,lat,outcome,vehicle
A1,2026-03-01 08:00,106.27,38.46,carried,YC-01-1
A1,2026-03-01 08:01,106.27,38.46,,YC-01-2
A1,2026-03-01 08:00,106.27,38.46,cancelled,YC-01-3
A1,2026-03-01 08:00,106.27,38.46,,YC-01-1
A1,2026-03-01 08:00,106.27,38.46,,
"
        .as_bytes(),
        expect![[r#"
            line 3, column 2 (received): differs from line 2, which is of the same incident "A1"; expected the same
            line 4, column 5 (outcome): differs from an earlier row of incident "A1"; expected the same outcome, or an empty cell
            line 5, column 6 (vehicle): "YC-01-1" went to incident "A1" on an earlier row already; expected each vehicle once
            line 6, column 1 (incident): "A1" stands on line 2 already, and this row names no vehicle; expected another id or a vehicle
        "#]],
    );
}

#[test]
fn what_is_no_such_table_is_said() {
    problems(
        b"",
        expect![[r#"
        the file: has no header; expected the columns incident, received, lon, lat
    "#]],
    );
    problems(
        b"incident,received\nA1,2026-03-01\n",
        expect![[r#"
        line 1: the header lacks lon, lat; expected at least the columns incident, received, lon, lat
    "#]],
    );
    problems(
        b"incident;received;lon;lat\n",
        expect![[r#"
        line 1: the columns are not separated by commas; expected commas, not semicolons or tabs
    "#]],
    );
    problems(
        b"incident,received,lon,lat\n",
        expect![[r#"
        the file: holds no incident; expected at least one row below the header
    "#]],
    );
    problems(
        b"incident,received,lon,lat,lon\n",
        expect![[r#"
        line 1, column 5 (lon): stands twice in the header; expected each column once
    "#]],
    );
    problems(
        b"\xff\xfei\0n\0",
        expect![[r#"
        line 1: the file is UTF-16; expected UTF-8, which spreadsheets call "CSV UTF-8"
    "#]],
    );
    problems(
        b"incident,received,lon,lat\nA1,2026-03-01 08:00,106,38\nB\xff,2026-03-01 08:00,106,38\n",
        expect![[r#"
            line 3, column 1 (incident): is not UTF-8; save the file as UTF-8, which spreadsheets call "CSV UTF-8"
        "#]],
    );
    let open = b"incident,received,lon,lat,complaint\nA1,2026-03-01 08:00,106,38,\"he said\nB2,2026-03-01 08:00,106,38,\n";
    problems(
        open,
        expect![[r#"
        line 2: a quoted cell that begins on this line never ends; expected a closing "
    "#]],
    );
}

#[test]
fn a_column_nobody_reads_is_told() {
    let text = "incident,received,lon,lat,en_rout\nA1,2026-03-01 08:00,106,38,x\n";
    let reading = own::read(text.as_bytes(), CHINA).expect("a good file");
    assert_eq!(reading.notes, ["columns that are not read: en_rout"]);
}

#[test]
fn problems_are_bounded() {
    let rows = "A,never,106,38\n".repeat(5 * MOST_PROBLEMS);
    let text = format!("incident,received,lon,lat\n{rows}");
    let problems = own::read(text.as_bytes(), CHINA).expect_err("a bad file");
    assert_eq!((problems.told.len(), problems.more), (MOST_PROBLEMS, 4 * MOST_PROBLEMS));
}

fn run() -> impl Strategy<Value = PastRun> {
    let steps = prop::collection::vec(prop::option::of(0i64..3_600_000), 6);
    ("[A-Z]{2}-[0-9]{1,3}", steps, prop::option::of("H-[0-9]{2}")).prop_map(
        |(vehicle, steps, hospital)| {
            let mut at = 1_772_323_200_000;
            let mut next = steps.into_iter().map(|step| {
                at += step.unwrap_or(0);
                step.map(|_| at)
            });
            let mut step = || next.next().flatten();
            PastRun {
                vehicle,
                dispatched: step(),
                en_route: step(),
                at_scene: step(),
                left_scene: step(),
                at_hospital: step(),
                free: step(),
                hospital,
            }
        },
    )
}

prop_compose! {
    fn incident()(
        id in "[=+@'A-Z-][A-Za-z0-9-]{0,10}",
        lon in -180.0f64..180.0, lat in -90.0f64..90.0,
        priority in prop::sample::select(Priority::ALL), kind in prop::sample::select(IncidentKind::ALL),
        words in "[=+@'-]{0,3}[a-z胸痛,\"]{0,8}", outcome in prop::sample::select(&Outcome::ALL[..]),
        runs in prop::collection::vec(run(), 0..4),
    ) -> PastIncident {
        let mut runs = runs;
        runs.sort_by(|a, b| a.vehicle.cmp(&b.vehicle));
        runs.dedup_by(|a, b| a.vehicle == b.vehicle);
        let place = geometry::Wgs84 { lon, lat };
        PastIncident {
            id, line: 0, received: 1_772_323_200_000, priority, kind, place,
            address: words.clone(), complaint: words, outcome, runs,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(incidents in prop::collection::vec(incident(), 1..6)) {
        let mut incidents = incidents;
        incidents.sort_by(|a, b| a.id.cmp(&b.id));
        incidents.dedup_by(|a, b| a.id == b.id);
        let text = to_csv(&incidents, 480, &["generated"]);
        let mut read = own::read(text.as_bytes(), Zone::Fixed(-300)).expect("our own file").incidents;
        read.iter_mut().for_each(|incident| incident.line = 0);
        prop_assert_eq!(read, incidents);
        let mut cells = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        for record in cells.records() {
            let record = record.expect("a row");
            let formula = record.iter().any(|cell| cell.starts_with(['=', '+', '@', '\t']));
            prop_assert!(!formula, "{:?}", record);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_with_a_place(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Own, Format::Export, Format::Sffd] {
            if let Err(problems) = format.read(&bytes, CHINA) {
                prop_assert!(problems.count() > 0 && !problems.to_string().is_empty());
            }
        }
        Format::of(&bytes);
    }

    #[test]
    fn a_good_file_with_one_byte_changed_is_read_or_refused_on_a_line(
        at in 0usize..GOOD.len(), to in any::<u8>()
    ) {
        let mut bytes = GOOD.as_bytes().to_vec();
        bytes[at] = to;
        if let Err(problems) = own::read(&bytes, CHINA) {
            // A byte that ends a line makes one more of them.
            let lines = 4 + u64::from(to == b'\n');
            prop_assert!(problems.told.iter().all(|problem| problem.line <= lines));
        }
    }
}
