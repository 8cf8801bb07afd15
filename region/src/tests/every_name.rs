//! Names of the shipped region are found as people type them: after the names of their areas, in every form that is
//! said, and before what stands at the place.

use super::ningxia;
use crate::{Area, Region};
use dispatch_core::model::Wgs84;

/// One name of so many is tried, which ones the file's order decides; all would take a minute.
const EVERY: usize = 5;

/// Two names so near each other are of one place.
const THERE_METRES: f64 = 5_000.0;

/// Name, county and place.
type Named<'a> = (&'a str, &'a str, Wgs84);

fn names(region: &Region) -> impl Iterator<Item = Named<'_>> {
    let places =
        region.places.iter().map(|it| (it.name_zh.as_str(), it.county_code.as_str(), it.position));
    let townships = region
        .townships
        .iter()
        .map(|it| (it.name_zh.as_str(), it.county_code.as_str(), it.position));
    let hospitals = region
        .hospitals
        .iter()
        .map(|it| (it.name_zh.as_str(), it.county_code.as_str(), it.position));
    places.chain(townships).chain(hospitals).step_by(EVERY)
}

fn short(area: &str) -> &str {
    ["市", "县", "区"].iter().find_map(|ending| area.strip_suffix(ending)).unwrap_or(area)
}

fn queries(region: &Region, name: &str, county_code: &str) -> Vec<String> {
    let of = |areas: &[Area], digits: usize| {
        let found = areas.iter().find(|area| area.code[..digits] == county_code[..digits]);
        found.map(|area| area.name_zh.clone()).expect("an area")
    };
    let (county, prefecture) = (of(&region.areas.counties, 6), of(&region.areas.prefectures, 4));
    let (county_short, prefecture_short) = (short(&county), short(&prefecture));
    let fronts = [
        String::new(),
        county.clone(),
        county_short.to_owned(),
        prefecture_short.to_owned(),
        format!("{prefecture_short}{county_short}"),
        format!("宁夏{prefecture}{county}"),
        format!("宁夏自治区{prefecture_short}{county}"),
        format!("{prefecture}区"),
    ];
    let tails = ["门口", "附近", "2号楼", "东门", "北侧100米"];
    let with_front = fronts.iter().map(|front| format!("{front}{name}"));
    with_front.chain(tails.map(|tail| format!("{county}{name}{tail}"))).collect()
}

#[test]
fn every_name_is_found_behind_its_areas_and_before_what_stands_there() {
    let region = ningxia();
    let mut tried = 0;
    for (name, county_code, place) in names(&region) {
        for query in queries(&region, name, county_code) {
            let found = region.search_places(&query, Some((106.27, 38.47)), 1);
            let Some(first) = found.first() else { panic!("{query}: nothing") };
            // A town and the township around it carry one name, and some places have several.
            let named_so = first.name_zh.contains(name) || name.contains(&first.name_zh);
            let there = first.position.metres_to(place) < THERE_METRES;
            assert!(named_so || there, "{query}: {}", first.name_zh);
            tried += 1;
        }
    }
    assert!(tried > 1_000, "{tried} queries");
}
