use super::{load, ningxia, tiny_dir};
use crate::Region;
use std::fs;
use tempfile::TempDir;

const HEAD: &str = "id,name_zh,name_en,county_code,lon,lat,weight,hours,weekdays,basis\n";

fn tiny_with(rows: &str) -> TempDir {
    let dir = TempDir::new().unwrap();
    for entry in fs::read_dir(tiny_dir()).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, dir.path().join(path.file_name().unwrap())).unwrap();
    }
    fs::write(dir.path().join("demand.csv"), format!("{HEAD}{rows}")).unwrap();
    dir
}

fn problems(rows: &str) -> Vec<String> {
    let dir = tiny_with(rows);
    let problems = Region::load(dir.path()).map(|_| ()).unwrap_err();
    problems.iter().map(ToString::to_string).collect()
}

fn even(count: usize) -> String {
    vec!["1"; count].join(";")
}

#[test]
fn a_region_without_the_file_says_nothing_of_demand() {
    assert!(load(&tiny_dir()).demand.is_empty());
}

#[test]
fn weights_follow_the_hour_and_the_day() {
    let hours = format!("0;2;{}", even(22));
    let dir = tiny_with(&format!(
        "d1,鲁沙尔镇,Lushar,630106,101.57,36.50,10,{hours},1;1;1;1;1;1;0.5,approximate\n\
         d2,西宁,,630103,101.79,36.61,30,,,invented\n"
    ));
    let region = load(dir.path());
    let [first, second] = region.demand.as_slice() else { panic!("two cells") };
    assert_eq!(first.weight_at(0, 0), 0.0);
    assert_eq!(first.weight_at(1, 5), 20.0);
    assert_eq!(first.weight_at(1, 6), 10.0);
    assert_eq!(second.weight_at(23, 6), 30.0);
}

#[test]
fn what_is_wrong_is_named_with_its_line_and_column() {
    let row = |weight: &str, hours: &str, days: &str| {
        format!("d1,镇,,630106,101.57,36.50,{weight},{hours},{days},approximate\n")
    };
    let one = |rows: &str| {
        let all = problems(rows);
        assert_eq!(all.len(), 1, "{all:?}");
        all.into_iter().next().unwrap()
    };
    for weight in ["", "-1", "many", "NaN", "inf", "1e300"] {
        assert_eq!(
            one(&row(weight, "", "")),
            format!("demand.csv line 2: weight \"{weight}\" is not a number from 0 to 1000000000")
        );
    }
    assert_eq!(
        one(&row("1", "1;2;3", "")),
        "demand.csv line 2: hours has 3 numbers where 24 are wanted, or none"
    );
    assert_eq!(
        one(&row("1", "", &even(8))),
        "demand.csv line 2: weekdays has 8 numbers where 7 are wanted, or none"
    );
    assert_eq!(
        one(&row("1", "", "1;1;1;x;1;1;1")),
        "demand.csv line 2: weekdays \"x\" is not a number from 0 to 1000000000"
    );
    assert_eq!(
        one(&row("1", "", "0;0;0;0;0;0;0")),
        "demand.csv line 2: weekdays are all 0; give the row weight 0 instead"
    );
    assert_eq!(one(&row("0", "", "")), "demand.csv: every weight is 0; leave the file out instead");
    let twice = row("1", "", "").repeat(2);
    assert_eq!(one(&twice), "demand.csv line 3: id \"d1\" stands already on line 2");
    assert_eq!(
        one(&row("1", "", "").replace("630106", "999999")),
        "demand.csv line 2: county_code \"999999\" is no county"
    );
    assert!(one(&row("1", "", "").replace("101.57", "10.57")).contains("outside the bounds"));
}

#[test]
fn the_shipped_region_says_where_its_people_live_and_how_sure_that_is() {
    let region = ningxia();
    assert_eq!(region.demand.len(), region.townships.len());
    let people: f64 = region.demand.iter().map(|cell| cell.weight).sum();
    assert!((7000.0..7500.0).contains(&people), "{people} thousand inhabitants");
    assert!(region.demand.iter().all(|cell| cell.basis == crate::Basis::Approximate));
    let owned = |cell: &&crate::DemandCell| {
        region.centre_of(cell.position.lon, cell.position.lat).is_some()
    };
    assert_eq!(region.demand.iter().filter(owned).count(), region.demand.len());
}
