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
    written: Vec<String>,
}

/// One reading of a query: what is looked for, and inside which area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading<'a, 'q> {
    pub(super) stem: Option<&'a str>,
    pub(super) wanted: &'q str,
}

impl AreaNames {
    pub(super) fn new(areas: &Areas) -> AreaNames {
        let level = |areas: &[Area]| areas.iter().map(AreaName::new).collect();
        AreaNames {
            levels: [level(&areas.outlines), level(&areas.prefectures), level(&areas.counties)],
        }
    }

    /// Every reading of a normal query: as it stands, and with areas taken off its front.
    pub(super) fn readings<'a, 'q>(&'a self, query: &'q str) -> Vec<Reading<'a, 'q>> {
        let mut readings = vec![Reading { stem: None, wanted: query }];
        for level in &self.levels {
            for known in 0..readings.len() {
                let Reading { stem, wanted } = readings[known];
                for area in level {
                    let inside = stem.is_none_or(|stem| area.stem.starts_with(stem));
                    for rest in area.rests(wanted).filter(|_| inside) {
                        readings.push(Reading { stem: Some(&area.stem), wanted: rest });
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
        AreaName {
            stem: stem.unwrap_or(&area.code).to_owned(),
            written: std::iter::once(whole).chain(short).collect(),
        }
    }

    /// What follows the area's name at the front of a query. 固原路 is no 路 in 固原: what goes on to
    /// the name of a road is not split.
    fn rests<'q>(&self, query: &'q str) -> impl Iterator<Item = &'q str> {
        let rests = self.written.iter().filter_map(|name| query.strip_prefix(name.as_str()));
        rests.filter(|rest| !rest.is_empty() && !names_a_road_or_area(rest))
    }
}
