//! Address search over everything that has a name: places, townships, stations, hospitals.
//! Works on names in memory; knows no street numbers and asks no service.

mod area;
mod crossing;
mod filler;
mod letters;
mod normal;
mod numerals;
mod posts;
mod spoken;
mod tail;

use super::Region;
use area::{AreaNames, Reading};
use dispatch_core::model::Wgs84;
use normal::normal;
use serde::Serialize;
use spoken::Named;
use std::cmp::Reverse;

/// How many results one search may give. A list on a screen shows ten.
pub const MAX_RESULTS: usize = 50;

/// How much of a query is read. No address is longer.
const MAX_QUERY_CHARS: usize = 64;

/// Farther than this a place of the same name is another town's, and comes after what is nearer.
const SAME_TOWN_METRES: f64 = 30_000.0;

/// A place found by its name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FoundPlace {
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English or pinyin; may be empty.
    pub name_en: String,
    /// A word of `places.csv`, or `township`, `station`, `hospital`, `kilometre_post`, `crossing`.
    pub kind: &'static str,
    /// Code of its county.
    pub county_code: String,
    /// Name of its county in Chinese; empty where the areas have no counties.
    pub county_zh: String,
    /// Name of its county in English; may be empty.
    pub county_en: String,
    /// Id of the centre that owns it; empty when it lies in no area.
    pub centre: String,
    /// Where it is, WGS-84.
    pub position: Wgs84,
    /// Metres within which it lies, where it is only roughly known.
    pub error_radius_m: Option<u32>,
}

/// The kilometre of a road that a query speaks of, said to be approximate in its very name: the road is searched
/// along that stretch.
pub(super) fn kilometre_post(region: &Region, query: &str) -> Option<FoundPlace> {
    let (road, km) = posts::asked(&region.posts, query)?;
    let (position, error_m) = road.at(km)?;
    let (number, sign) = (&road.number, posts::sign(km));
    let off = error_m.div_ceil(1000);
    Some(FoundPlace {
        name_zh: format!("{number}{} {sign}（约，±{off}公里）", road.name_zh),
        name_en: format!("{number} {} {sign} (approximate, ±{off} km)", road.name_en),
        error_radius_m: Some(error_m),
        ..somewhere(region, "kilometre_post", position)
    })
}

/// A place without a name, in the county and of the centre in which it lies.
fn somewhere(region: &Region, kind: &'static str, position: Wgs84) -> FoundPlace {
    let county = region.areas.counties.iter().find(|area| area.contains(position));
    let centre = region.centre_of(position.lon, position.lat);
    FoundPlace {
        name_zh: String::new(),
        name_en: String::new(),
        kind,
        county_code: county.map(|area| area.code.clone()).unwrap_or_default(),
        county_zh: county.map(|area| area.name_zh.clone()).unwrap_or_default(),
        county_en: county.map(|area| area.name_en.clone()).unwrap_or_default(),
        centre: centre.map(|centre| centre.id.clone()).unwrap_or_default(),
        position,
        error_radius_m: None,
    }
}

/// The crossing of two roads that a query names.
pub(super) fn crossing(region: &Region, query: &str, near: Option<Wgs84>) -> Option<FoundPlace> {
    let found = crossing::asked(&region.roads, &region.areas, query, near)?;
    let [a, b] = found.roads;
    let latin = |road: &crate::Road| match road.name_en.as_str() {
        "" => road.name_zh.clone(),
        name => name.to_owned(),
    };
    Some(FoundPlace {
        name_zh: format!("{}与{}路口", a.name_zh, b.name_zh),
        name_en: format!("{} and {}", latin(a), latin(b)),
        error_radius_m: found.error_radius_m,
        ..somewhere(region, "crossing", found.position)
    })
}

/// A road whose kilometre somebody asked for and nobody knows.
#[derive(Clone, Debug, PartialEq)]
pub struct UnknownKilometre {
    /// The number on its signs.
    pub number: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// The outermost kilometres that are known of it, if any are.
    pub known_km: Option<(f64, f64)>,
}

/// The road of which a query asks for a kilometre that the region's data does not have.
pub(super) fn unknown_kilometre(region: &Region, query: &str) -> Option<UnknownKilometre> {
    if let Some((road, km)) = posts::asked(&region.posts, query) {
        return road.at(km).is_none().then(|| UnknownKilometre {
            number: road.number.clone(),
            name_zh: road.name_zh.clone(),
            name_en: road.name_en.clone(),
            known_km: road.range(),
        });
    }
    let (road, _) = posts::asked(&region.roads, query)?;
    Some(UnknownKilometre {
        number: road.number.clone(),
        name_zh: road.name_zh.clone(),
        name_en: road.name_en.clone(),
        known_km: None,
    })
}

/// Every name of a region, made ready once at start.
#[derive(Debug, Default)]
pub(super) struct SearchIndex {
    entries: Vec<Entry>,
    areas: AreaNames,
}

/// How well a name fits; the least is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The name itself.
    Same,
    /// The name begins so.
    Begins,
    /// The name contains it.
    Contains,
    /// The query goes on after the name, by how many characters the name and the areas before it explain.
    GoesOn(Reverse<usize>),
}

#[derive(Debug)]
struct Entry {
    keys: Vec<(String, Named)>,
    initials: Vec<String>,
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
        let areas = AreaNames::new(&region.areas);
        for entry in &mut entries {
            entry.name_otherwise(&areas);
        }
        Self { entries, areas }
    }

    pub(super) fn search(&self, query: &str, near: Option<Wgs84>, limit: usize) -> Vec<FoundPlace> {
        let query: String = query.chars().take(MAX_QUERY_CHARS).collect();
        let mut found = self.named(&query, near, limit);
        for address in filler::without_filler(&query) {
            if !found.is_empty() {
                break;
            }
            found = self.named(&address, near, limit);
        }
        found
    }

    fn named(&self, query: &str, near: Option<Wgs84>, limit: usize) -> Vec<FoundPlace> {
        let query = normal(query);
        if query.is_empty() {
            return Vec::new();
        }
        let readings = self.areas.readings(&query);
        let mut hits: Vec<_> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let inside = |stem: &str| entry.found.county_code.starts_with(stem);
                let read = readings.iter().filter(|reading| reading.stem.is_none_or(inside));
                let (fit, named) = read.filter_map(|reading| entry.fit(reading, &query)).min()?;
                let metres = near.map_or(0.0, |near| near.metres_to(entry.found.position));
                let is_elsewhere = metres > SAME_TOWN_METRES && entry.is_of_one_town();
                let fit = if is_elsewhere { fit.max(Fit::Begins) } else { fit };
                Some((fit, named, metres, entry))
            })
            .collect();
        hits.sort_by(|a, b| {
            let order = |&(fit, named, metres, entry): &(Fit, Named, f64, &Entry)| {
                (fit, metres > SAME_TOWN_METRES, entry.weight, named == Named::Perhaps)
            };
            order(a)
                .cmp(&order(b))
                .then(a.2.total_cmp(&b.2))
                .then(a.1.cmp(&b.1))
                .then_with(|| by_name(a.3, b.3))
        });
        hits.into_iter().take(limit.min(MAX_RESULTS)).map(|hit| hit.3.found.clone()).collect()
    }
}

impl Entry {
    fn name_otherwise(&mut self, areas: &AreaNames) {
        let county = &self.found.county_code;
        let also = self.keys.iter().flat_map(|(key, named)| {
            let named = *named.max(&Named::Said);
            areas.otherwise(county, key).into_iter().map(move |name| (name, named))
        });
        let also: Vec<_> = also.collect();
        self.keys.extend(also);
    }

    /// Whether only people of its own town mean it by its name alone: every town has its 文化街.
    fn is_of_one_town(&self) -> bool {
        matches!(self.found.kind, "street" | "neighbourhood")
    }

    fn is_settlement(&self) -> bool {
        matches!(self.found.kind, "county_seat" | "town" | "township" | "village")
    }

    fn fit(&self, reading: &Reading<'_, '_>, query: &str) -> Option<(Fit, Named)> {
        let areas = query.chars().count() - reading.wanted.chars().count();
        // By its initials it is meant only where no name is.
        let by_initials = self.initials.iter().any(|letters| letters == reading.wanted);
        let by_initials = by_initials.then_some((Fit::Begins, Named::Perhaps));
        let fits = self.keys.iter().filter_map(|(key, named)| {
            let fit = match fit(key, reading.wanted, self.is_settlement())? {
                Fit::GoesOn(Reverse(name)) => Fit::GoesOn(Reverse(areas + name)),
                whole @ (Fit::Same | Fit::Begins | Fit::Contains) => whole,
            };
            Some((fit, *named))
        });
        let fits = fits.filter(|(fit, _)| !reading.from_its_beginning || *fit != Fit::Contains);
        fits.chain(by_initials).min()
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

fn fit(key: &str, wanted: &str, is_settlement: bool) -> Option<Fit> {
    if key == wanted {
        return Some(Fit::Same);
    }
    if key.starts_with(wanted) {
        return Some(Fit::Begins);
    }
    if key.contains(wanted) {
        return Some(Fit::Contains);
    }
    let tail = wanted.strip_prefix(key)?;
    tail::belongs_to(key, tail, is_settlement).then(|| Fit::GoesOn(Reverse(key.chars().count())))
}

fn entry(
    region: &Region,
    kind: &'static str,
    weight: u8,
    names: &[&str],
    county: &str,
    position: Wgs84,
) -> Entry {
    let written = names.iter().map(|name| (normal(name), Named::Written));
    let said = names.iter().flat_map(|name| spoken::spoken(kind, name));
    let said = said.map(|(name, named)| (normal(&name), named));
    let mut keys: Vec<_> = written.chain(said).filter(|(key, _)| !key.is_empty()).collect();
    let sounds = keys
        .iter()
        .filter_map(|(key, named)| Some((letters::whole(key)?, *named.max(&Named::Said))));
    let sounds: Vec<_> = sounds.collect();
    let initials = keys.iter().filter_map(|(key, _)| letters::initials(key)).collect();
    keys.extend(sounds);
    let county_area = region.areas.counties.iter().find(|area| area.code == county);
    let centre = region.centre_of(position.lon, position.lat);
    let found = FoundPlace {
        name_zh: names.first().copied().unwrap_or_default().to_owned(),
        name_en: names.get(1).copied().unwrap_or_default().to_owned(),
        kind,
        county_code: county.to_owned(),
        county_zh: county_area.map(|area| area.name_zh.clone()).unwrap_or_default(),
        county_en: county_area.map(|area| area.name_en.clone()).unwrap_or_default(),
        centre: centre.map(|centre| centre.id.clone()).unwrap_or_default(),
        position,
        error_radius_m: None,
    };
    Entry { keys, initials, weight, found }
}
