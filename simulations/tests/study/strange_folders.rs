//! Model folders as people bring them: saved by a spreadsheet of another country, with roads that lead nowhere, with places on
//! the other side of the world.

use crate::models::{imported, model};
use dispatch_core::model::Wgs84;
use simulations::study::command::load;
use simulations::study::jemss::{Options, import};
use simulations::study::system::System;
use simulations::study::travel::Nodes;
use std::fs;
use std::path::Path;

fn rewrite(folder: &Path, file: &str, with: impl FnOnce(String) -> Vec<u8>) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("reads");
    fs::write(&path, with(text)).expect("writes");
}

fn refused(folder: &Path) -> String {
    load(folder, &Options::default()).map(|_| ()).expect_err("is refused").to_string()
}

#[test]
fn cells_may_be_separated_by_semicolons_or_tabs() {
    let plain = model();
    let plain = imported(plain.path()).system;
    for separator in [";", "\t"] {
        let other = model();
        for file in ["travel/roads/nodes.csv", "travel/roads/arcs.csv", "demand/demand_1.csv"] {
            rewrite(other.path(), file, |text| text.replace(',', separator).into_bytes());
        }
        let found = imported(other.path()).system;
        let same = System { name: plain.name.clone(), sources: plain.sources.clone(), ..found };
        assert_eq!(same, plain, "{separator:?}");
    }
}

#[test]
fn another_encoding_is_named_with_its_line() {
    let folder = model();
    let file = "hospitals/hospitals_1.csv";
    rewrite(folder.path(), file, |text| {
        text.replace("General", "H\u{f4}pital").chars().map(|it| it as u8).collect()
    });
    let told = refused(folder.path());
    assert!(told.starts_with("hospitals/hospitals_1.csv, line 3: is not UTF-8"), "{told}");
    let wide = |it: u16| it.to_le_bytes();
    fs::write(
        folder.path().join(file),
        "\u{feff}hospitals".encode_utf16().flat_map(wide).collect::<Vec<u8>>(),
    )
    .expect("writes");
    assert!(refused(folder.path()).contains("is UTF-16"));
    fs::write(folder.path().join(file), "").expect("writes");
    assert!(refused(folder.path()).contains("is empty"));
}

#[test]
fn a_place_far_from_every_road_is_refused() {
    let folder = model();
    rewrite(folder.path(), "stations/stations_1.csv", |text| {
        text.replace("174.70", "17.470").into()
    });
    let told = refused(folder.path());
    assert!(
        told.starts_with("stations.csv: West, Old at longitude 17.4700, latitude -36.8000 lies"),
        "{told}"
    );
}

#[test]
fn places_meet_the_roads_where_one_gets_back_from() {
    let folder = model();
    rewrite(folder.path(), "travel/roads/nodes.csv", |text| {
        format!("{text}4,174.715,-36.80,1,\n5,174.705,-36.80,1,\n").into()
    });
    // One can drive to node 4 and never leave it; node 5 has no road at all.
    rewrite(folder.path(), "travel/roads/arcs.csv", |text| {
        format!("{text}5,3,4,0.445,0.0003,0.00045\n").into()
    });
    let system = import(folder.path(), &Options::default()).expect("is read").system;
    let nodes = Nodes::of(&system);
    for lon in [174.715, 174.705] {
        let metres = nodes.metres_to(&system, Wgs84 { lon, lat: -36.80 });
        assert!((400.0..500.0).contains(&metres), "{lon}: {metres}");
    }
}
