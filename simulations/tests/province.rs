//! The shipped region as the simulation uses it.

use geometry::Wgs84;
use simulations::enlarge::enlarge;
use simulations::exercise::Script;
use simulations::province::Province;
use simulations::world::drive::Drive;
use std::path::PathBuf;

fn shipped() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia")
}

#[test]
fn vehicles_drive_from_yinchuan_to_guyuan_by_road() {
    let province = Province::load(&shipped()).expect("the shipped region loads");
    let yinchuan = Wgs84 { lon: 106.27, lat: 38.47 };
    let guyuan = Wgs84 { lon: 106.28, lat: 36.01 };
    let route = province.roads.route(yinchuan, guyuan);
    let metres: f64 = route.points.windows(2).map(|pair| pair[0].metres_to(pair[1])).sum();
    // About 340 km by G6 and G70 or G85 on public road signs.
    assert!((290_000.0..390_000.0).contains(&metres), "{metres} m");
    let mut drive = Drive::new(route, 1.0);
    let mut hours = 0.0;
    while !drive.arrived() {
        drive.advance(60.0);
        hours += 1.0 / 60.0;
        assert!(hours < 8.0, "it never arrives");
    }
    assert!((2.5..5.5).contains(&hours), "{hours} h");
}

#[test]
fn every_vehicle_has_a_station_and_a_hospital_in_reach() {
    let province = Province::load(&shipped()).expect("the shipped region loads");
    for vehicle in &province.region.vehicles {
        let knowledge = province.knowledge_of(&vehicle.id, 0.0).expect("a known vehicle");
        assert!(!knowledge.hospitals.is_empty(), "{} has no hospital in reach", vehicle.id);
    }
}

#[test]
fn a_place_has_an_owner_and_words() {
    let province = Province::load(&shipped()).expect("the shipped region loads");
    let place = Wgs84 { lon: 106.05, lat: 37.01 };
    let (centre, address) = province.owner_and_address(place).expect("inside the region");
    assert_eq!(centre, "wuzhong");
    assert!(!address.is_empty());
}

#[test]
fn an_enlarged_region_is_a_region() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    enlarge(&shipped(), folder.path(), 1000).expect("it is written");
    let province = Province::load(folder.path()).expect("it loads");
    assert_eq!(province.region.vehicles.len(), 1000);
    assert!(enlarge(&shipped(), folder.path(), 0).is_err());
}

#[test]
fn every_shipped_exercise_can_be_played_in_the_shipped_region() {
    let province = Province::load(&shipped()).expect("the shipped region loads");
    let folder = shipped().join("../../exercises");
    let mut played = 0;
    for entry in std::fs::read_dir(folder).expect("there are exercises") {
        let path = entry.expect("readable").path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let script = Script::read(&path, &province).unwrap_or_else(|wrong| panic!("{wrong}"));
            assert!(script.last_seconds() <= 3600, "{} is long", path.display());
            played += 1;
        }
    }
    assert_eq!(played, 3);
}
