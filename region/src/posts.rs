//! `kilometre_posts.csv`: kilometres of roads at named places. Callers on an expressway know no other address. A
//! region may have no such file.

use super::Basis;
use super::csv_rows::{Located, Row, read};
use super::problems::Problems;
use super::roads::{Road, RoadPart};
use dispatch_core::model::Wgs84;
use std::path::Path;

pub(super) const FILE: &str = "kilometre_posts.csv";

const COLUMNS: [&str; 6] = ["road", "km", "place", "error_m", "basis", "source"];

/// No road has more kilometres; the longest of the country has some 5 500.
const MOST_KM: f64 = 9_999.0;
/// Nobody is looked for along a longer stretch.
const MOST_ERROR_M: u32 = 50_000;
/// A reckoned post may be off by so much of its way to the next known one: courses are drawn by hand.
const SHARE_OFF: f64 = 0.05;

/// A road whose kilometres are known.
#[derive(Clone, Debug, PartialEq)]
pub struct PostedRoad {
    /// The number on its signs, for example `G6`.
    pub number: String,
    /// Name in Chinese.
    pub name_zh: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// Kilometre and place of each vertex between the outermost known posts, kilometres ascending.
    course: Vec<(f64, Wgs84)>,
    /// Kilometre of each known post and how far off it may stand, in metres.
    known: Vec<(f64, u32)>,
}

impl PostedRoad {
    /// The outermost kilometres that are known.
    pub fn range(&self) -> Option<(f64, f64)> {
        Some((self.course.first()?.0, self.course.last()?.0))
    }

    /// Where a kilometre is, and how far from there it may really be, in metres; `None` beyond the known posts.
    pub fn at(&self, km: f64) -> Option<(Wgs84, u32)> {
        let pair = self.course.windows(2).find(|pair| (pair[0].0..=pair[1].0).contains(&km))?;
        let ((from, a), (to, b)) = (pair[0], pair[1]);
        let share = if to > from { (km - from) / (to - from) } else { 0.0 };
        let between = |a: f64, b: f64| a + (b - a) * share;
        let position = Wgs84 { lon: between(a.lon, b.lon), lat: between(a.lat, b.lat) };
        let off =
            |&(post, error): &(f64, u32)| f64::from(error) + (km - post).abs() * 1000.0 * SHARE_OFF;
        let error = self.known.iter().map(off).fold(f64::INFINITY, f64::min);
        Some((position, error.round() as u32))
    }
}

struct Post {
    road: String,
    km: f64,
    place: String,
    error_m: u32,
}

pub(super) fn load(dir: &Path, roads: &[Road], problems: &mut Problems) -> Vec<PostedRoad> {
    if !dir.join(FILE).exists() {
        return Vec::new();
    }
    let posts = read(dir, FILE, &COLUMNS, problems, post);
    let mut posted: Vec<PostedRoad> = Vec::new();
    for of_road in posts.chunk_by(|a, b| a.value.road == b.value.road) {
        let Some(first) = of_road.first() else { continue };
        let name = &first.value.road;
        let read = match roads.iter().find(|road| road.number == *name) {
            Some(_) if posted.iter().any(|it| it.number == *name) => {
                Err((first.line, format!("the posts of {name} are not in one block")))
            }
            Some(road) => along(road, of_road),
            None => Err((first.line, format!("no road of roads.csv has the number {name}"))),
        };
        match read {
            Ok(road) => posted.push(road),
            Err((line, what)) => problems.at(FILE, line, what),
        }
    }
    posted
}

fn post(row: &Row<'_>, problems: &mut Problems) -> Option<Post> {
    let km = row.text("km").parse::<f64>().ok().filter(|km| (0.0..=MOST_KM).contains(km));
    let error_m = row.count("error_m", problems)?;
    let _: Basis = row.word("basis", problems)?;
    row.filled("source", problems)?;
    let post = Post {
        road: row.filled("road", problems)?,
        km: km.unwrap_or_default(),
        place: row.filled("place", problems)?,
        error_m,
    };
    if km.is_none() {
        row.problem(
            problems,
            format!("km \"{}\" is no kilometre from 0 to {MOST_KM}", row.text("km")),
        );
        return None;
    }
    if error_m > MOST_ERROR_M {
        row.problem(problems, format!("error_m is more than {MOST_ERROR_M}"));
        return None;
    }
    Some(post)
}

/// The kilometre of every vertex between the outermost posts of a road.
fn along(road: &Road, posts: &[Located<Post>]) -> Result<PostedRoad, (u64, String)> {
    let holds = |part: &&RoadPart| posts.iter().all(|post| vertex(part, &post.value).is_some());
    let number = &road.number;
    let line = posts.first().map_or(1, |post| post.line);
    let part = road.parts.iter().find(holds).ok_or_else(|| {
        let what = format!("no part of {number} in roads.csv has all the places named for it");
        (line, what)
    })?;
    let mut known: Vec<(usize, f64, u32)> = posts
        .iter()
        .filter_map(|post| Some((vertex(part, &post.value)?, post.value.km, post.value.error_m)))
        .collect();
    known.sort_by_key(|post| post.0);
    let ascending = known.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1);
    let descending = known.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 > pair[1].1);
    if known.len() < 2 || !(ascending || descending) {
        let what = format!(
            "{number} needs two posts or more, whose kilometres rise or fall all along the road"
        );
        return Err((line, what));
    }
    let mut course: Vec<(f64, Wgs84)> = Vec::new();
    for pair in known.windows(2) {
        course.extend(stretch(part, (pair[0].0, pair[0].1), (pair[1].0, pair[1].1)));
    }
    course.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(PostedRoad {
        number: number.clone(),
        name_zh: road.name_zh.clone(),
        name_en: road.name_en.clone(),
        course,
        known: known.into_iter().map(|(_, km, error)| (km, error)).collect(),
    })
}

fn vertex(part: &RoadPart, post: &Post) -> Option<usize> {
    part.vertices.iter().position(|vertex| vertex.place == post.place)
}

/// The vertices from one post to the next, each with its kilometre by its share of the length.
fn stretch(part: &RoadPart, from: (usize, f64), to: (usize, f64)) -> Vec<(f64, Wgs84)> {
    let places: Vec<Wgs84> =
        part.vertices[from.0..=to.0].iter().map(|vertex| vertex.position).collect();
    let length: f64 = places.windows(2).map(|pair| pair[0].metres_to(pair[1])).sum();
    let mut run = 0.0;
    let mut before = places.first().copied();
    let mut all = Vec::with_capacity(places.len());
    for place in places {
        run += before.map_or(0.0, |before| before.metres_to(place));
        before = Some(place);
        let share = if length > 0.0 { run / length } else { 0.0 };
        all.push((from.1 + (to.1 - from.1) * share, place));
    }
    all
}
