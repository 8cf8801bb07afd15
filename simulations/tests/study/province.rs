//! A region folder as a system: its own places, and demand as its `demand.csv` tells it.

use simulations::study::province::{BadProvince, system};
use simulations::study::system::System;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const HEAD: &str = "id,name_zh,name_en,county_code,lon,lat,weight,hours,weekdays,basis\n";

fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn tiny() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for entry in fs::read_dir(project().join("tests/regions/tiny")).expect("there") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, folder.path().join(name)).expect("copied");
    }
    folder
}

fn with_demand(rows: &str) -> System {
    let folder = tiny();
    fs::write(folder.path().join("demand.csv"), format!("{HEAD}{rows}")).expect("written");
    system(folder.path()).expect("a system")
}

fn row(id: &str, name: &str, place: &str, weight: &str, hours: &str, days: &str) -> String {
    format!("{id},{name},,630106,{place},{weight},{hours},{days},approximate\n")
}

fn weight(system: &System) -> f64 {
    system.cells.iter().map(|cell| cell.weight).sum()
}

fn is_near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a} and {b}");
}

#[test]
fn places_vehicles_and_targets_are_those_of_the_folder() {
    let system = system(tiny().path()).expect("a system");
    let ids: Vec<&str> = system.stations.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(&ids[..2], ["XN-01", "XN-02"]);
    assert!(system.standby[2..].iter().all(|standby| *standby), "{ids:?}");
    assert!(!system.standby[0] && !system.standby[1]);
    let homes: Vec<usize> = system.ambulances.iter().map(|it| it.station).collect();
    assert_eq!(homes, [0, 0, 1]);
    assert!(!system.hospitals.is_empty() && !system.cells.is_empty());
    assert!(system.cells.iter().all(|cell| cell.district < system.districts.len()));
    let urgent: Vec<bool> = system.classes.iter().map(|class| class.urgent).collect();
    assert_eq!(urgent, [true, true, false, false]);
}

#[test]
fn weights_come_from_the_file_and_are_kept_to_the_last_call() {
    let two = row("d1", "鲁沙尔镇", "101.57,36.50", "10", "", "")
        + &row("d2", "城中街道", "101.79,36.61", "30", "", "");
    let of_file = with_demand(&two);
    is_near(weight(&of_file), 40.0);
    let west: f64 =
        of_file.cells.iter().filter(|it| it.position.lon < 101.68).map(|it| it.weight).sum();
    is_near(west, 10.0);
    assert!(of_file.sources.iter().any(|it| it.contains("demand.csv")), "{:?}", of_file.sources);
    assert!(of_file.calls.hourly[3] < of_file.calls.hourly[9], "the usual day");
    is_near(weight(&with_demand(&(two + &row("d3", "空镇", "101.60,36.55", "0", "", "")))), 40.0);
    // Twice as busy at all hours is twice as many calls.
    let busy = ["2"; 24].join(";");
    is_near(weight(&with_demand(&row("d1", "鲁沙尔镇", "101.57,36.50", "10", &busy, ""))), 20.0);
}

#[test]
fn a_region_that_names_no_settlement_has_calls_from_everywhere_alike() {
    let folder = tiny();
    let townships = folder.path().join("townships.csv");
    let head = fs::read_to_string(&townships).expect("there");
    fs::write(&townships, head.lines().next().expect("a header").to_owned() + "\n").expect("cut");
    let system = system(folder.path()).expect("a system");
    assert!(system.cells.len() > 10 && system.cells.iter().all(|cell| cell.weight == 1.0));
    assert!(system.sources.iter().any(|it| it.contains("counts alike")), "{:?}", system.sources);
}

#[test]
fn hours_and_days_are_those_of_all_settlements_by_weight() {
    let night = format!("{};{}", ["4"; 6].join(";"), ["0"; 18].join(";"));
    let system = with_demand(
        &(row("d1", "鲁沙尔镇", "101.57,36.50", "10", &night, "7;0;0;0;0;0;0")
            + &row("d2", "城中街道", "101.79,36.61", "30", "", "")),
    );
    let [hourly, weekday] = [&system.calls.hourly, &system.calls.weekday];
    assert_eq!((hourly.len(), weekday.len()), (24, 7));
    is_near(hourly.iter().sum::<f64>(), 24.0);
    is_near(weekday.iter().sum::<f64>(), 7.0);
    is_near(hourly[0], (10.0 * 4.0 + 30.0) / 40.0);
    is_near(hourly[6], 30.0 / 40.0);
    is_near(weekday[0], (10.0 * 7.0 + 30.0) / 40.0);
    is_near(weekday[1], 30.0 / 40.0);
}

#[test]
fn a_settlement_far_from_roads_calls_from_the_nearest_cell() {
    let far = with_demand(&row("d1", "远乡", "101.20,36.20", "5", "", ""));
    is_near(weight(&far), 5.0);
    assert_eq!(far.cells.len(), 1);
}

#[test]
fn a_region_that_tells_no_demand_has_its_townships_and_says_so() {
    let system = system(tiny().path()).expect("a system");
    // One town, which counts twice.
    is_near(weight(&system), 2.0);
    assert!(system.sources.iter().any(|it| it.contains("says nothing of demand")));
}

#[test]
fn a_region_without_vehicles_or_with_a_bad_file_is_refused_with_the_reason() {
    let folder = tiny();
    fs::write(
        folder.path().join("demand.csv"),
        format!("{HEAD}{}", row("d1", "镇", "101.57,36.50", "-1", "", "")),
    )
    .expect("written");
    let Err(BadProvince::Region(lines)) = system(folder.path()) else { panic!("refused") };
    assert!(lines.contains("demand.csv line 2: weight \"-1\""), "{lines}");
    let folder = tiny();
    let vehicles = folder.path().join("vehicles.csv");
    let head = fs::read_to_string(&vehicles).expect("read").lines().next().map(str::to_owned);
    fs::write(&vehicles, head.expect("a head") + "\n").expect("written");
    let refused = system(folder.path()).expect_err("refused");
    assert!(
        refused.to_string().contains("ambulances") || refused.to_string().contains("vehicles"),
        "{refused}"
    );
}

#[test]
fn the_shipped_province_calls_from_where_its_file_says() {
    let folder: &Path = &project().join("regions/ningxia");
    let system = system(folder).expect("a system");
    let region = region::Region::load(folder).expect("loads");
    let of_week = |it: &region::DemandCell| {
        let hours = (0..24).flat_map(|hour| (0..7).map(move |day| it.weight_at(hour, day)));
        hours.sum::<f64>() / 168.0
    };
    is_near(weight(&system), region.demand.iter().map(of_week).sum());
    assert_eq!(system.districts.len(), region.areas.prefectures.len());
    let here = |district: usize| {
        let cells = system.cells.iter().filter(move |it| it.district == district);
        cells.map(|it| it.weight).sum::<f64>()
    };
    assert!((0..system.districts.len()).all(|district| here(district) > 0.0));
    assert!(system.calls.hourly[3] < system.calls.hourly[9]);
}
