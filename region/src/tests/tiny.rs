use super::{load, tiny_dir};
use dispatch_core::model::VehicleKind;

#[test]
fn another_province_is_another_folder() {
    let region = load(&tiny_dir());
    assert_eq!(region.settings.name.zh, "青海省（测试）");
    assert_eq!(region.centres.len(), 2);
    assert_eq!(region.stations.len(), 2);
    assert_eq!(region.hospitals.len(), 2);
    assert_eq!(region.vehicles.len(), 3);
    assert_eq!(region.vehicles[0].kind, VehicleKind::IntensiveCare);
    assert_eq!(region.vehicles[0].equipment, ["defibrillator", "ventilator"]);
    assert_eq!(region.roads[0].parts[0].vertices.len(), 3);
}

#[test]
fn a_place_slightly_outside_belongs_to_the_nearest_centre() {
    let region = load(&tiny_dir());
    let owner = |lon, lat| region.centre_of(lon, lat).map(|centre| centre.id.as_str());
    assert_eq!(owner(101.5, 36.5), Some("xining"));
    assert_eq!(owner(102.25, 36.5), Some("xining"), "4 km outside");
    assert_eq!(owner(102.45, 36.5), None, "22 km outside");
    assert_eq!(owner(f64::NAN, 36.5), None);
}
