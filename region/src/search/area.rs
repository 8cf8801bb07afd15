//! Areas at the front of an address: 宁夏银川市兴庆区解放西街 and 银川解放西街 are both looked for as
//! 解放西街 inside that area.

use super::normal::normal;
use super::tail::names_a_road_or_area;
use crate::{Area, Areas};

/// Endings that people leave out, the longest first.
const ENDINGS: [&str; 5] = ["回族自治区", "自治区", "市", "县", "区"];

/// The ways in which areas of one region are written.
#[derive(Debug, Default)]
pub(super) struct AreaNames {
    /// From the region down to counties, one list a level.
    levels: [Vec<AreaName>; 3],
}

#[derive(Debug)]
struct AreaName {
    /// The part of the code that everything inside shares.
    stem: String,
    whole: String,
    /// Without the ending that says what kind of area it is.
    short: Option<String>,
    written: Vec<String>,
}

/// One reading of a query: what is looked for, and inside which area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading<'a, 'q> {
    pub(super) stem: Option<&'a str>,
    pub(super) wanted: &'q str,
    /// What is looked for begins like the second half of another name: 镇北堡 after 银川 is a place, 路
    /// after 固原 is none. Only names that begin so are meant.
    pub(super) from_its_beginning: bool,
}

impl AreaNames {
    pub(super) fn new(areas: &Areas) -> AreaNames {
        let level = |areas: &[Area]| areas.iter().map(AreaName::new).collect();
        AreaNames {
            levels: [level(&areas.outlines), level(&areas.prefectures), level(&areas.counties)],
        }
    }

    /// A normal name of a place in a county as it is said with an area's name in full or in short: 银川市火车站 for
    /// 银川火车站, 宁夏人民医院 for 宁夏回族自治区人民医院.
    pub(super) fn otherwise(&self, county_code: &str, name: &str) -> Vec<String> {
        let areas = self.levels.iter().flatten();
        let around = areas.filter(|area| county_code.starts_with(&area.stem));
        around.filter_map(|area| area.otherwise(name)).collect()
    }

    /// Every reading of a normal query: as it stands, and with areas taken off its front.
    pub(super) fn readings<'a, 'q>(&'a self, query: &'q str) -> Vec<Reading<'a, 'q>> {
        let whole = Reading { stem: None, wanted: query, from_its_beginning: false };
        let mut readings = vec![whole];
        for level in &self.levels {
            for known in 0..readings.len() {
                let Reading { stem, wanted, from_its_beginning } = readings[known];
                if from_its_beginning {
                    continue;
                }
                for area in level {
                    let inside = stem.is_none_or(|stem| area.stem.starts_with(stem));
                    for rest in area.rests(wanted).filter(|_| inside) {
                        let from_its_beginning = names_a_road_or_area(rest);
                        let stem = Some(area.stem.as_str());
                        readings.push(Reading { stem, wanted: rest, from_its_beginning });
                    }
                }
            }
        }
        readings
    }
}

impl AreaName {
    fn new(area: &Area) -> AreaName {
        let whole = normal(&area.name_zh);
        let short = ENDINGS.iter().find_map(|ending| whole.strip_suffix(ending));
        let short = short.filter(|it| it.chars().count() >= 2).map(str::to_owned);
        let stem = area.code.strip_suffix("0000").or_else(|| area.code.strip_suffix("00"));
        let spoken = spoken(&whole, short.as_deref());
        AreaName {
            stem: stem.unwrap_or(&area.code).to_owned(),
            written: std::iter::once(whole.clone()).chain(short.clone()).chain(spoken).collect(),
            whole,
            short,
        }
    }

    /// A name that begins with this area, with the other way of writing the area.
    fn otherwise(&self, name: &str) -> Option<String> {
        let short = self.short.as_deref()?;
        if let Some(rest) = name.strip_prefix(self.whole.as_str()) {
            return (!rest.is_empty()).then(|| format!("{short}{rest}"));
        }
        let rest = name.strip_prefix(short)?;
        let is_longer = !rest.is_empty() && !names_a_road_or_area(rest);
        is_longer.then(|| format!("{}{rest}", self.whole))
    }

    /// What follows the area's name at the front of a query; more than one character, as no name is
    /// shorter.
    fn rests<'q>(&self, query: &'q str) -> impl Iterator<Item = &'q str> {
        let rests = self.written.iter().filter_map(|name| query.strip_prefix(name.as_str()));
        rests
            .filter(|rest| rest.chars().count() > 1 || !names_a_road_or_area(rest))
            .filter(|rest| !rest.is_empty())
    }
}

/// What else people say for an area: 宁夏自治区, 银川市区, 银川城区, 海原县城.
fn spoken(whole: &str, short: Option<&str>) -> Vec<String> {
    let Some(short) = short else { return Vec::new() };
    let endings: &[&str] = match whole.chars().last() {
        Some('市') => &["市区", "城区", "市城区"],
        Some('县') => &["县城", "县城区", "城区"],
        _ if whole.ends_with("自治区") => &["自治区", "省", "区"],
        _ => &[],
    };
    endings.iter().map(|ending| format!("{short}{ending}")).filter(|name| name != whole).collect()
}
