//! The file of San Francisco, and the region made of it.

use expect_test::expect;
use simulations::incidents::format::Format;
use simulations::incidents::moment::Zone;
use simulations::incidents::{Outcome, check_places, sffd};
use simulations::province::Province;
use simulations::sffd_region;
use std::path::PathBuf;

const HEADER: &str = "Call Number,Unit ID,Call Type,Received DtTm,Dispatch DtTm,Response DtTm,On Scene DtTm,Transport DtTm,Hospital DtTm,Call Final Disposition,Available DtTm,Address,Station Area,Priority,Call Type Group,Unit Type,Neighborhood  District,Location";

/// Made up in the form of the file.
fn made_up() -> String {
    let rows = [
        "1,E39,Medical Incident,01/02/2017 11:57:56 PM,01/02/2017 11:59:00 PM,,,,,Code 2 Transport,,0 Block of A ST,39,3,,ENGINE,West,\"(37.745, -122.456)\"",
        "1,M55,Medical Incident,01/02/2017 11:57:56 PM,01/02/2017 11:59:00 PM,01/02/2017 11:59:30 PM,01/03/2017 12:05:00 AM,01/03/2017 12:20:00 AM,01/03/2017 12:31:00 AM,Code 2 Transport,01/03/2017 12:50:00 AM,0 Block of A ST,39,3,,MEDIC,West,\"(37.745, -122.456)\"",
        "2,KM1,Traffic Collision,01/03/2017 09:00:00 AM,01/03/2017 08:59:00 AM,01/03/2017 09:02:00 AM,,,,Cancelled,01/03/2017 09:05:00 AM,B ST/C ST,16,E,,PRIVATE,Marina,\"(37.801, -122.432)\"",
        "3,T3,Alarms,01/03/2017 09:00:00 AM,,,,,,Fire,,D ST,16,3,Alarm,TRUCK,Marina,\"(37.802, -122.431)\"",
    ];
    format!("{HEADER}\n{}\n", rows.join("\n"))
}

#[test]
fn ambulances_are_taken_and_steps_that_cannot_be_are_forgotten() {
    let text = made_up();
    assert_eq!(Format::of(text.as_bytes()), Format::Sffd);
    let calls = sffd::read(text.as_bytes(), Zone::Pacific).expect("a good file");
    let [first, second] = &calls.reading.incidents[..] else { panic!("two calls: {calls:?}") };
    assert_eq!((first.response_seconds(), first.runs.len()), (Some(424.0), 1));
    assert_eq!((first.outcome, second.outcome), (Outcome::Carried, Outcome::Cancelled));
    assert_eq!(second.runs[0].dispatched, None, "it lies before the call");
    expect![[r#"
        4 rows; 2 calls to which 2 ambulances went, the others left aside
        1 vehicles have steps before the ones they follow, or more than 48 hours after the call; those steps are taken as not recorded"#]].assert_eq(&calls.reading.notes.join("\n"));
}

#[test]
fn a_bad_cell_is_told_with_its_place() {
    let text =
        made_up().replace("(37.745, -122.456)", "37.745").replace("01/03/2017 12:05:00 AM", "soon");
    let problems = sffd::read(text.as_bytes(), Zone::Pacific).expect_err("a bad file");
    expect![[r#"
        line 2, column 18 (location): "37.745" cannot be used; expected "(latitude, longitude)"
        line 3, column 18 (location): "37.745" cannot be used; expected "(latitude, longitude)"
        line 3, column 7 (on scene dttm): "soon" cannot be used; expected a local time such as 12/31/2016 11:57:56 PM
    "#]].assert_eq(&problems.to_string());
}

#[test]
fn the_region_made_of_a_file_holds_every_call_and_vehicle_of_it() {
    let calls = sffd::read(made_up().as_bytes(), Zone::Pacific).expect("a good file");
    holds(&calls);
}

/// With the whole file, where it lies beside the project; it is not part of it.
#[test]
fn the_whole_file_makes_a_region_where_it_is_there() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/data/incidents/sffd_calls_2017-01.csv");
    let Ok(bytes) = std::fs::read(&file) else {
        println!("not looked at: {} is absent", file.display());
        return;
    };
    let calls = sffd::read(&bytes, Zone::Pacific).expect("the published file");
    assert_eq!((calls.reading.incidents.len(), calls.units.len()), (2861, 75));
    holds(&calls);
}

fn holds(calls: &sffd::Calls) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    sffd_region::write(calls, folder.path()).expect("it is written");
    let province = Province::load(folder.path()).expect("it loads");
    let (inside, outside) = check_places(calls.reading.incidents.clone(), &province.region);
    assert_eq!((inside.len(), outside), (calls.reading.incidents.len(), Vec::new()));
    for unit in &calls.units {
        let knows = province.knowledge_of(&unit.id, 0.0).expect("a vehicle of the region");
        assert!(!knows.hospitals.is_empty(), "{} has no hospital", unit.id);
    }
    let again = sffd_region::write(calls, folder.path()).expect_err("nothing is overwritten");
    assert!(again.to_string().contains("is not empty"), "{again}");
}
