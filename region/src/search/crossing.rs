//! The crossing of two roads, as callers say where they are: 解放街与凤凰街路口, 贺兰山路和G109交叉口.

use super::MAX_QUERY_CHARS;
use super::normal::normal;
use crate::areas::Areas;
use crate::basis::Basis;
use crate::roads::Road;
use dispatch_core::model::Wgs84;
use unicode_normalization::UnicodeNormalization;

/// What stands between the names of two roads.
const BETWEEN: [&str; 13] =
    ["与", "與", "和", "跟", "同", "及", "、", "/", "&", "+", " and ", "交", " "];
/// Sections of one road.
const SECTIONS: [char; 5] = ['东', '西', '南', '北', '中'];
/// Metres within which a crossing lies where a course is only roughly known.
const ROUGHLY_M: u32 = 1_000;

/// A crossing of two roads.
pub(super) struct Crossing<'r> {
    pub(super) roads: [&'r Road; 2],
    pub(super) position: Wgs84,
    pub(super) error_radius_m: Option<u32>,
}

/// The crossing that a query names: of several in the county that it names, if it does, and then the nearest.
pub(super) fn asked<'r>(
    roads: &'r [Road],
    areas: &Areas,
    query: &str,
    near: Option<Wgs84>,
) -> Option<Crossing<'r>> {
    let query = query.chars().take(MAX_QUERY_CHARS);
    let query: String = query.nfkc().flat_map(char::to_lowercase).collect();
    let between: Vec<_> = BETWEEN.iter().flat_map(|word| query.match_indices(word)).collect();
    if between.is_empty() {
        return None;
    }
    let names: Vec<(String, &Road)> = roads
        .iter()
        .flat_map(|road| [(whole(&road.name_zh), road), (normal(&road.number), road)])
        .filter(|(name, _)| name.chars().count() >= 2)
        .collect();
    between.into_iter().find_map(|(at, word)| {
        let (before, after) = (whole(&query[..at]), whole(&query[at + word.len()..]));
        let first = longest(&names, |name| before.ends_with(name));
        let second = longest(&names, |name| after.starts_with(name));
        let area = first.iter().find_map(|(name, _)| before.strip_suffix(name.as_str()));
        nearest(&first, &second, area.unwrap_or_default(), areas, near)
    })
}

/// A name of a road without its section: 解放西街 and 北京中路 are parts of 解放街 and 北京路.
fn whole(text: &str) -> String {
    let text = normal(text);
    let ends_a_section =
        |rest: &str| ["街", "路", "大街", "大道"].iter().any(|it| rest.starts_with(it));
    let kept = text
        .char_indices()
        .filter(|(at, c)| !(SECTIONS.contains(c) && ends_a_section(&text[at + c.len_utf8()..])));
    kept.map(|(_, c)| c).collect()
}

/// The roads with the longest of the names that fit.
fn longest<'n, 'r>(
    names: &'n [(String, &'r Road)],
    fits: impl Fn(&str) -> bool,
) -> Vec<&'n (String, &'r Road)> {
    let fitting: Vec<_> = names.iter().filter(|(name, _)| fits(name)).collect();
    let longest = fitting.iter().map(|(name, _)| name.chars().count()).max();
    fitting.into_iter().filter(|(name, _)| Some(name.chars().count()) == longest).collect()
}

fn nearest<'r>(
    first: &[&(String, &'r Road)],
    second: &[&(String, &'r Road)],
    area: &str,
    areas: &Areas,
    near: Option<Wgs84>,
) -> Option<Crossing<'r>> {
    let pairs = first.iter().flat_map(|(_, a)| second.iter().map(move |(_, b)| (*a, *b)));
    let apart = pairs.filter(|(a, b)| a.id != b.id && a.name_zh != b.name_zh);
    let mut found: Vec<Crossing<'r>> = apart.flat_map(|(a, b)| shared(a, b)).collect();
    let is_named = |it: &Crossing<'_>| {
        let county = areas.counties.iter().find(|county| county.contains(it.position));
        county.is_some_and(|county| {
            area.contains(&county.name_zh.chars().take(2).collect::<String>())
        })
    };
    if found.iter().any(is_named) {
        found.retain(is_named);
    }
    let metres = |it: &Crossing<'_>| near.map_or(0.0, |near| near.metres_to(it.position));
    found.into_iter().min_by(|a, b| metres(a).total_cmp(&metres(b)))
}

/// Where two roads hold the identical vertex.
fn shared<'r>(a: &'r Road, b: &'r Road) -> Vec<Crossing<'r>> {
    let of_b = || b.parts.iter().flat_map(|part| part.vertices.iter().map(move |it| (part, it)));
    let all = a.parts.iter().flat_map(|part| part.vertices.iter().map(move |it| (part, it)));
    let meeting = all.filter_map(|(part, vertex)| {
        let (other, _) = of_b().find(|(_, other)| other.position == vertex.position)?;
        let is_exact = part.basis == Basis::Fact && other.basis == Basis::Fact;
        Some(Crossing {
            roads: [a, b],
            position: vertex.position,
            error_radius_m: (!is_exact).then_some(ROUGHLY_M),
        })
    });
    meeting.collect()
}
