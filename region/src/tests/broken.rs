use super::tiny_dir;
use crate::{MAX_PROBLEMS, Region};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// One change to one file of the tiny region, and the sentence it must draw.
struct Case {
    file: &'static str,
    old: &'static str,
    new: &'static str,
    sentence: &'static str,
}

const fn case(
    file: &'static str,
    old: &'static str,
    new: &'static str,
    sentence: &'static str,
) -> Case {
    Case { file, old, new, sentence }
}

const CASES: &[Case] = &[
    case(
        "region.toml",
        "format = 1",
        "format = 7",
        "region.toml line 2: this program reads format 1",
    ),
    case(
        "region.toml",
        "order_seconds = 60 ",
        "order_seconds = 0 ",
        "region.toml line 21: a norm must be above 0 seconds",
    ),
    case("region.toml", "answer_seconds = 10 ", "answer_seconds = x ", "region.toml line 20: "),
    case(
        "region.toml",
        "urban_kmh = 38.0",
        "urban = 38.0",
        "region.toml line 45: unknown field `urban`",
    ),
    case(
        "region.toml",
        "detour_factor = 1.35",
        "detour_factor = 0.5",
        "region.toml line 47: a road is never shorter than the straight line, so at least 1",
    ),
    case(
        "region.toml",
        "regional_centre = \"qinghai\"",
        "regional_centre = \"xining\"",
        "region.toml line 4: regional_centre \"xining\" is no regional centre of centres.csv",
    ),
    case(
        "centres.csv",
        "xining,XN,city",
        "xining,XN,regional",
        "centres.csv: there are 2 regional centres and there must be exactly one",
    ),
    case(
        "centres.csv",
        "qinghai,QH,regional",
        "qinghai,QH,city",
        "centres.csv: there are 0 regional centres and there must be exactly one",
    ),
    case(
        "centres.csv",
        "xining,XN,city",
        "xining,XN,town",
        "centres.csv line 3: kind: unknown variant `town`, expected `regional` or `city`",
    ),
    case(
        "centres.csv",
        "xining,XN",
        "qinghai,XN",
        "centres.csv line 3: id \"qinghai\" stands already on line 2",
    ),
    case("centres.csv", "id,code,kind", "id,code,sort", "centres.csv: the header lacks kind"),
    case("centres.csv", "id,code,kind", "id,code,id", "centres.csv: the header names id twice"),
    case(
        "stations.csv",
        "XN-02,xining",
        "XN-02,lanzhou",
        "stations.csv line 4: centre \"lanzhou\" is no centre",
    ),
    case(
        "stations.csv",
        "XN-02,xining",
        "XN-02,qinghai",
        "stations.csv line 4: centre \"qinghai\" is not a city centre",
    ),
    case(
        "stations.csv",
        "H-XN-02",
        "H-XN-99",
        "stations.csv line 4: hospital_id \"H-XN-99\" is no hospital",
    ),
    case(
        "stations.csv",
        "XN-02,xining",
        "XN-01,xining",
        "stations.csv line 4: id \"XN-01\" stands already on line 3",
    ),
    case(
        "stations.csv",
        "630106,101.57",
        "630106,102.4",
        "stations.csv line 4: XN-02 at 102.4, 36.5 lies outside the area of centre xining",
    ),
    case(
        "stations.csv",
        "630106,101.57",
        "630106,106.57",
        "stations.csv line 4: lon 106.57, lat 36.5 lies outside the bounds of the region",
    ),
    case(
        "stations.csv",
        "630106,101.57",
        "630106,201.57",
        "stations.csv line 4: lon 201.57, lat 36.5 is not on the globe",
    ),
    case(
        "stations.csv",
        "630106,101.57",
        "630106,NaN",
        "stations.csv line 4: lon \"NaN\" is not a number of degrees",
    ),
    case(
        "stations.csv",
        "630106,101.57",
        "630199,101.57",
        "stations.csv line 4: county_code \"630199\" is no county",
    ),
    case(
        "stations.csv",
        "36.50,invented",
        "36.50",
        "stations.csv line 4: the row has 8 cells where the header has 9",
    ),
    case("stations.csv", "XN-02,xining", ",xining", "stations.csv line 4: id is empty"),
    case(
        "vehicles.csv",
        "XN-02-1,xining,XN-02",
        "XN-02-1,xining,XN-77",
        "vehicles.csv line 4: station \"XN-77\" is no station",
    ),
    case(
        "vehicles.csv",
        "西宁02",
        "西宁01",
        "vehicles.csv line 3: call_sign \"西宁01\" stands already on line 2",
    ),
    case(
        "vehicles.csv",
        "西宁02,basic",
        "西宁02,bus",
        "vehicles.csv line 3: type: unknown variant `bus`",
    ),
    case(
        "vehicles.csv",
        "basic,,invented",
        "basic,,guess",
        "vehicles.csv line 4: basis: unknown variant `guess`",
    ),
    case(
        "hospitals.csv",
        "chest_pain;stroke",
        "chest_pain;magic",
        "hospitals.csv line 2: specialities: unknown variant `magic`",
    ),
    case(
        "hospitals.csv",
        "医院,Huangzhong Test Hospital,xining",
        "医院,,lanzhou",
        "hospitals.csv line 3: centre \"lanzhou\" is no centre",
    ),
    case(
        "places.csv",
        "p-3,landmark",
        "p-3,temple",
        "places.csv line 4: kind: unknown variant `temple`",
    ),
    case(
        "places.csv",
        "p-3,landmark",
        "p-2,landmark",
        "places.csv line 4: id \"p-2\" stands already on line 3",
    ),
    case(
        "townships.csv",
        "630106100,630106",
        "630106100,63",
        "townships.csv line 2: county_code \"63\" is no county",
    ),
    case(
        "areas.geojson",
        "[101.2,37.0],[101.2,36.2]]]}}\n]}",
        "[101.2,37.0]]]}}\n]}",
        "areas.geojson line 5: the polygon of 湟中区 is not closed",
    ),
    case(
        "areas.geojson",
        "\"centre\":\"xining\"",
        "\"centre\":\"xi\"",
        "areas.geojson line 3: centre \"xi\" is no centre",
    ),
    case(
        "areas.geojson",
        "\"centre\":\"xining\"",
        "\"centre\":\"xi\"",
        "centres.csv line 3: centre xining owns no area of areas.geojson",
    ),
    case(
        "areas.geojson",
        "\"kind\":\"outline\"",
        "\"kind\":\"county\"",
        "areas.geojson: there are 0 outlines, not exactly one",
    ),
    case(
        "areas.geojson",
        "[101.7,36.2],[102.2,36.2]",
        "[101.7,36.2],[162.2,36.2]",
        "areas.geojson line 4: 城中区: 162.2, 36.2 lies outside the bounds of the region",
    ),
    case("areas.geojson", "{\"kind\":\"prefecture\"", "{\"kind\":", "areas.geojson line 3: "),
    case(
        "roads.csv",
        "primary,1,3",
        "primary,2,1",
        "roads.csv line 4: part 2 of road S104 has a single vertex",
    ),
    case(
        "roads.csv",
        "primary,1,3",
        "primary,1,4",
        "roads.csv line 4: seq is 4 where part 1 of S104 needs 3",
    ),
    case(
        "roads.csv",
        "primary,1,3",
        "goat_track,1,3",
        "roads.csv line 4: class: unknown variant `goat_track`",
    ),
    case(
        "roads.csv",
        "primary,1,3",
        "trunk,1,3",
        "roads.csv line 4: road S104 changes its name, ref or class",
    ),
];

#[test]
fn every_fault_is_named_with_file_and_line() {
    for case in CASES {
        let dir = copy_of_tiny();
        replace(dir.path(), case);
        let sentences = sentences(dir.path());
        let told = sentences.iter().any(|sentence| sentence.contains(case.sentence));
        assert!(
            told,
            "{} -> {}: wanted {:?}, got {sentences:#?}",
            case.old, case.new, case.sentence
        );
    }
}

#[test]
fn one_bad_row_is_one_problem() {
    for case in [
        case("stations.csv", "630106,101.57", "630106,\"101,57\"", ""),
        case("hospitals.csv", "H-XN-02,", "H-XN-02,\u{202e}", ""),
    ] {
        let dir = copy_of_tiny();
        replace(dir.path(), &case);
        let sentences = sentences(dir.path());
        assert_eq!(sentences.len(), 1, "{sentences:#?}");
    }
}

#[test]
fn a_missing_file_is_named() {
    let dir = copy_of_tiny();
    for name in ["region.toml", "stations.csv", "areas.geojson", "roads.csv"] {
        fs::remove_file(dir.path().join(name)).unwrap();
        let wanted = format!("{name}: the file cannot be read");
        let sentences = sentences(dir.path());
        assert!(sentences.iter().any(|it| it.starts_with(&wanted)), "{sentences:#?}");
    }
}

#[test]
fn a_file_in_another_encoding_is_refused() {
    let dir = copy_of_tiny();
    let path = dir.path().join("places.csv");
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend(b"p-9,landmark,\xb9\xc4\xc2\xa5,,,630103,101.7,36.6,invented\n");
    fs::write(&path, bytes).unwrap();
    assert_eq!(
        sentences(dir.path()),
        ["places.csv line 5: the row is not UTF-8; save the file as CSV in UTF-8"]
    );
}

#[test]
fn the_list_of_problems_is_bounded() {
    let dir = copy_of_tiny();
    let mut text = fs::read_to_string(dir.path().join("places.csv")).unwrap();
    for number in 0..1000 {
        text.push_str(&format!("q-{number},nowhere,某地,,,630103,101.7,36.6,invented\n"));
    }
    fs::write(dir.path().join("places.csv"), text).unwrap();
    assert_eq!(sentences(dir.path()).len(), MAX_PROBLEMS);
}

pub(super) fn copy_of_tiny() -> TempDir {
    let dir = TempDir::new().unwrap();
    for entry in fs::read_dir(tiny_dir()).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), dir.path().join(entry.file_name())).unwrap();
    }
    dir
}

fn replace(dir: &Path, case: &Case) {
    let path = dir.join(case.file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(case.old), "{} no longer holds {:?}", case.file, case.old);
    fs::write(path, text.replacen(case.old, case.new, 1)).unwrap();
}

pub(super) fn sentences(dir: &Path) -> Vec<String> {
    match Region::load(dir) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}
