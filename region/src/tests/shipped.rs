use super::{county_seats, ningxia};
use crate::CentreKind;
use dispatch_core::model::{VehicleKind, Wgs84};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn the_shipped_region_has_the_published_numbers() {
    let region = ningxia();
    let of_kind = |kind| region.centres.iter().filter(|centre| centre.kind == kind).count();
    assert_eq!(of_kind(CentreKind::Regional), 1);
    assert_eq!(of_kind(CentreKind::City), 5);
    assert_eq!(region.stations.len(), 34);
    assert_eq!(region.stations.iter().filter(|it| it.centre == "yinchuan").count(), 15);
    assert_eq!(region.vehicles.len(), 123);
    assert_eq!(region.vehicles.iter().filter(|it| it.centre == "yinchuan").count(), 58);
    assert!(region.hospitals.len() >= 69);
    assert_eq!(region.townships.len(), 259);
    assert_eq!(region.areas.prefectures.len(), 5);
    assert_eq!(region.areas.counties.len(), 22);
    assert!(region.places.len() >= 150);
}

#[test]
fn every_county_seat_has_a_station() {
    let region = ningxia();
    let seats = county_seats(&region);
    assert_eq!(seats.len(), 22);
    let served: BTreeSet<&str> = region.stations.iter().map(|it| it.county_code.as_str()).collect();
    assert_eq!(seats.keys().copied().collect::<BTreeSet<_>>(), served);
}

#[test]
fn every_station_can_send_intensive_care() {
    let region = ningxia();
    for station in &region.stations {
        let own: Vec<_> = region.vehicles.iter().filter(|it| it.station == station.id).collect();
        let intensive = own.iter().any(|it| it.kind == VehicleKind::IntensiveCare);
        assert!(own.len() >= 2 && intensive, "{} has {} vehicles", station.id, own.len());
    }
}

#[test]
fn everything_lies_in_the_area_of_its_own_prefecture() {
    let region = ningxia();
    let places = region.places.iter().map(|it| (&it.name_zh, &it.county_code, it.position));
    let townships = region.townships.iter().map(|it| (&it.name_zh, &it.county_code, it.position));
    let from_geonames = region.places.iter().filter(|it| it.id.starts_with("gn-")).count();
    assert_eq!(from_geonames, 96);
    for (name, county, position) in places.chain(townships) {
        let centre = region.centre_of(position.lon, position.lat);
        let owner = centre.map(|centre| &centre.prefecture_code[..4]);
        assert_eq!(owner, Some(&county[..4]), "{name}");
        let inside = region.areas.prefectures.iter().filter(|area| area.contains(position)).count();
        assert_eq!(inside, 1, "{name} lies in {inside} areas");
    }
}

#[test]
fn areas_cover_the_outline_without_gap_or_overlap() {
    let region = ningxia();
    let bounds = region.settings.map.bounds;
    let mut outside = Vec::new();
    for column in 0..200 {
        for row in 0..200 {
            // A step that no vertex shares, so that no point falls on a border.
            let lon =
                bounds.west + (bounds.east - bounds.west) * (f64::from(column) + 0.377) / 200.0;
            let lat =
                bounds.south + (bounds.north - bounds.south) * (f64::from(row) + 0.611) / 200.0;
            let at = Wgs84 { lon, lat };
            let within = region.areas.outlines[0].contains(at);
            let owners = region.areas.prefectures.iter().filter(|it| it.contains(at)).count();
            let counties = region.areas.counties.iter().filter(|it| it.contains(at)).count();
            if owners != usize::from(within) || counties != owners {
                outside.push((lon, lat, owners, counties));
            }
        }
    }
    assert_eq!(outside, []);
}

#[test]
fn the_map_holds_every_layer() {
    let map = ningxia().map_geojson();
    let mut layers: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in map["features"].as_array().expect("features") {
        *layers.entry(feature["properties"]["layer"].as_str().expect("layer")).or_default() += 1;
    }
    assert_eq!(layers.keys().copied().collect::<BTreeSet<_>>(), crate::LAYERS.into());
    assert_eq!((layers["station"], layers["prefecture"], layers["county"]), (34, 5, 22));
    assert!(layers["road"] > 100);
}

/// A town and the township around it are spelled alike: 堡 is read bao, bu or pu, 朝 is read chao or zhao, and a list of
/// names that was made by machine reads each as it likes.
#[test]
fn a_name_is_spelled_in_one_way_wherever_it_stands() {
    let region = ningxia();
    let base = |name: &str, endings: &[&str]| {
        let found = endings.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name);
        found.to_lowercase().replace(['\'', ' '], "")
    };
    let zh = |name: &str| base(name, &["街道", "镇", "乡"]);
    let en = |name: &str| base(name, &[" Subdistrict", " Township", " Town"]);
    let mut compared = 0;
    for place in region.places.iter().filter(|it| matches!(it.kind.word(), "town" | "village")) {
        let named = region.townships.iter().filter(|it| zh(&it.name_zh) == zh(&place.name_zh));
        for township in
            named.filter(|it| it.name_en.ends_with("Town") || it.name_en.ends_with("ship"))
        {
            assert_eq!(en(&place.name_en), en(&township.name_en), "{}", place.name_zh);
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared} names stand in both lists");
    for (name, spelled) in [
        ("朝阳街道", "Chaoyang Subdistrict"),
        ("将台堡镇", "Jiangtaibu Town"),
        ("常乐镇", "Changle Town"),
        ("尾闸镇", "Weizha Town"),
    ] {
        let found = region.townships.iter().find(|it| it.name_zh == name);
        assert_eq!(found.map(|it| it.name_en.as_str()), Some(spelled));
    }
}
