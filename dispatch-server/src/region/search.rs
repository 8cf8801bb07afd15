//! Address search over everything that has a name: places, townships, stations, hospitals.
//! Works on names in memory; knows no street numbers and asks no service.

use super::geometry::metres_between;
use super::{Area, Areas, Region};
use dispatch_core::model::Wgs84;
use serde::Serialize;

/// How many results one search may give. A list on a screen shows ten.
pub const MAX_RESULTS: usize = 50;

/// How much of a query is read. No address is longer.
const MAX_QUERY_CHARS: usize = 64;

/// A place found by its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundPlace {
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English or pinyin; may be empty.
    pub name_en: String,
    /// A word of `places.csv`, or `township`, `station`, `hospital`.
    pub kind: &'static str,
    /// Code of its county.
    pub county_code: String,
    /// Name of its county in Chinese; empty where the areas have no counties.
    pub county_zh: String,
    /// Id of the centre that owns it; empty when it lies in no area.
    pub centre: String,
    /// Where it is, WGS-84.
    pub position: Wgs84,
}

/// Every name of a region, made ready once at start.
#[derive(Debug, Default)]
pub(super) struct SearchIndex {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    keys: Vec<String>,
    weight: u8,
    found: FoundPlace,
}

impl SearchIndex {
    pub(super) fn new(region: &Region) -> Self {
        let mut entries = Vec::new();
        let mut add = |kind, weight, names: &[&str], county: &str, position| {
            entries.push(entry(region, kind, weight, names, county, position));
        };
        for place in &region.places {
            let mut names = vec![place.name_zh.as_str(), place.name_en.as_str()];
            names.extend(place.other_names.iter().map(String::as_str));
            let weight = place.kind as u8;
            add(place.kind.word(), weight, &names, &place.county_code, place.position);
        }
        for place in &region.townships {
            add(
                "township",
                1,
                &[&place.name_zh, &place.name_en],
                &place.county_code,
                place.position,
            );
        }
        for place in &region.hospitals {
            add(
                "hospital",
                2,
                &[&place.name_zh, &place.name_en],
                &place.county_code,
                place.position,
            );
        }
        for place in &region.stations {
            let names = [place.name_zh.as_str(), place.name_en.as_str(), place.id.as_str()];
            add("station", 7, &names, &place.county_code, place.position);
        }
        Self { entries }
    }

    pub(super) fn search(
        &self,
        areas: &Areas,
        query: &str,
        near: Option<Wgs84>,
        limit: usize,
    ) -> Vec<FoundPlace> {
        let query: String = query.chars().take(MAX_QUERY_CHARS).collect();
        let (within, rest) = without_area(areas, query.trim());
        let wanted = normal(rest);
        if wanted.is_empty() {
            return Vec::new();
        }
        let fits = |entry: &&Entry| {
            within.is_none_or(|area| entry.found.county_code.starts_with(stem(&area.code)))
        };
        let mut hits: Vec<(u8, u8, f64, &Entry)> = self
            .entries
            .iter()
            .filter(fits)
            .filter_map(|entry| {
                let grade = entry.keys.iter().filter_map(|key| grade(key, &wanted)).min()?;
                let metres = near.map_or(0.0, |near| metres_between(near, entry.found.position));
                Some((grade, entry.weight, metres, entry))
            })
            .collect();
        hits.sort_by(|a, b| {
            (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then_with(|| by_name(a.3, b.3))
        });
        hits.into_iter().take(limit.min(MAX_RESULTS)).map(|hit| hit.3.found.clone()).collect()
    }
}

fn by_name(a: &Entry, b: &Entry) -> std::cmp::Ordering {
    a.found
        .name_zh
        .chars()
        .count()
        .cmp(&b.found.name_zh.chars().count())
        .then_with(|| a.found.name_zh.cmp(&b.found.name_zh))
}

// How well a name fits, best first: the same, begins so, contains it, or is itself the beginning of
// a longer address such as a street with its number.
fn grade(key: &str, wanted: &str) -> Option<u8> {
    if key == wanted {
        Some(0)
    } else if key.starts_with(wanted) {
        Some(1)
    } else if key.contains(wanted) {
        Some(2)
    } else if key.chars().count() >= 2 && wanted.starts_with(key) {
        Some(3)
    } else {
        None
    }
}

// Takes "金凤区" off "金凤区北京中路", so that the rest is looked for in that area only.
fn without_area<'a, 'q>(areas: &'a Areas, query: &'q str) -> (Option<&'a Area>, &'q str) {
    let mut within = None;
    let mut rest = query;
    for area in areas.outlines.iter().chain(&areas.prefectures).chain(&areas.counties) {
        if let Some(shorter) = rest.strip_prefix(area.name_zh.as_str())
            && !shorter.trim().is_empty()
        {
            within = Some(area);
            rest = shorter.trim_start();
        }
    }
    (within, rest)
}

// 640000 -> 64, 640100 -> 6401, 640104 -> 640104: the part that codes inside the area share.
fn stem(code: &str) -> &str {
    code.strip_suffix("0000").or_else(|| code.strip_suffix("00")).unwrap_or(code)
}

fn normal(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn entry(
    region: &Region,
    kind: &'static str,
    weight: u8,
    names: &[&str],
    county: &str,
    position: Wgs84,
) -> Entry {
    let keys = names.iter().map(|name| normal(name)).filter(|key| !key.is_empty()).collect();
    let county_area = region.areas.counties.iter().find(|area| area.code == county);
    let centre = region.centre_of(position.lon, position.lat);
    let found = FoundPlace {
        name_zh: names.first().copied().unwrap_or_default().to_owned(),
        name_en: names.get(1).copied().unwrap_or_default().to_owned(),
        kind,
        county_code: county.to_owned(),
        county_zh: county_area.map(|area| area.name_zh.clone()).unwrap_or_default(),
        centre: centre.map(|centre| centre.id.clone()).unwrap_or_default(),
        position,
    };
    Entry { keys, weight, found }
}
