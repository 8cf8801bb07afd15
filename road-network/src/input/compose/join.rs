//! Generated streets join the main roads: at every crossing with one that is no expressway,
//! and by an access road where a settlement or a single place has none near.

use super::ComposeReport;
use super::barriers::{Barriers, degrees};
use super::draw::Draft;
use super::settlements::Spot;
use crate::graph::road::{Basis, RoadClass};
use geometry::{Plane, Wgs84, crossing, nearest_on_segment};
use petgraph::unionfind::UnionFind;
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};
use std::collections::BTreeMap;

/// A place farther than this from every road gets one.
const NEAR_ROAD_M: f64 = 120.0;
/// So many nearest segments are tried before a place is given up: enough to see past a bend
/// of the river to a road on the same bank.
const MOST_TRIES: usize = 2_000;

type Segment = GeomWithData<Line<[f64; 2]>, (usize, usize)>;

/// Corners where generated streets cross main roads at grade.
pub(super) fn cross(draft: &mut Draft) {
    let main = tree(draft, |line| !is_generated_street(draft, line));
    let streets: Vec<usize> =
        (0..draft.lines.len()).filter(|&line| is_generated_street(draft, line)).collect();
    for street in streets {
        let [a, b] = draft.segment(street, 0).map(degrees);
        let hits: Vec<_> = main
            .locate_in_envelope_intersecting(AABB::from_points(&[a, b]))
            .filter_map(|it| {
                let (share, along) = crossing(a, b, it.geom().from, it.geom().to)?;
                Some((it.data, share, along))
            })
            .collect();
        for ((line, segment), share, along) in hits {
            let corner = draft.corner(line, segment, along);
            draft.set_corner(street, 0, share, corner);
        }
    }
}

/// A line of two points that the street generator drew; main roads made up by hand also join
/// only where they say so.
fn is_generated_street(draft: &Draft, line: usize) -> bool {
    let line = &draft.lines[line];
    line.road.basis == Basis::Generated && line.road.name == 0 && line.points.len() == 2
}

/// The segments of all lines that may be joined: never expressways.
fn tree(draft: &Draft, wanted: impl Fn(usize) -> bool) -> RTree<Segment> {
    let mut segments = Vec::new();
    for (number, line) in draft.lines.iter().enumerate() {
        if line.road.class == RoadClass::Motorway || !wanted(number) {
            continue;
        }
        for segment in 0..line.points.len() - 1 {
            let [a, b] = draft.segment(number, segment).map(degrees);
            segments.push(GeomWithData::new(Line::new(a, b), (number, segment)));
        }
    }
    RTree::bulk_load(segments)
}

/// Access roads, so that every settlement and every place hangs together with the main roads.
pub(super) fn reach(
    draft: &mut Draft,
    barriers: &Barriers,
    spots: &[Spot<'_>],
    report: &mut ComposeReport,
) {
    let mut parts = Parts::of(draft);
    let main = parts.largest();
    let all = tree(draft, |_| true);
    // Islands first, so that places may be joined to them afterwards.
    for (island, points) in parts.islands(main) {
        let joined = closest_to_main(draft, barriers, &all, &parts, main, &points);
        match joined {
            Some((from, line, segment, share)) => {
                let to = draft.corner(line, segment, share);
                draft.generated(from, to, RoadClass::Unclassified);
                report.access_roads += 1;
                parts.merge(island, main);
            }
            None => {
                let at = draft.points[points[0] as usize];
                report.unreachable.push(format!("{:.4},{:.4}", at.lon, at.lat));
            }
        }
    }
    for spot in spots {
        let found = nearest(draft, barriers, &all, &parts, main, spot.position);
        match found {
            Some((distance, ..)) if distance <= NEAR_ROAD_M => {}
            Some((_, line, segment, share)) => {
                let from = draft.own_point(spot.position);
                let to = draft.corner(line, segment, share);
                draft.generated(from, to, RoadClass::Unclassified);
                report.access_roads += 1;
            }
            None => report.unreachable.push(spot.name.to_owned()),
        }
    }
}

/// The shortest join between an island's points and the main part.
fn closest_to_main(
    draft: &Draft,
    barriers: &Barriers,
    all: &RTree<Segment>,
    parts: &Parts,
    main: u32,
    points: &[u32],
) -> Option<(u32, usize, usize, f64)> {
    points
        .iter()
        .filter_map(|&point| {
            let at = draft.points[point as usize];
            let (distance, line, segment, share) = nearest(draft, barriers, all, parts, main, at)?;
            Some((distance, (point, line, segment, share)))
        })
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, join)| join)
}

/// The nearest segment of the main part that can be reached without crossing a river.
fn nearest(
    draft: &Draft,
    barriers: &Barriers,
    all: &RTree<Segment>,
    parts: &Parts,
    main: u32,
    from: Wgs84,
) -> Option<(f64, usize, usize, f64)> {
    let plane = Plane::at(from);
    let mut best: Option<(f64, usize, usize, f64)> = None;
    for found in all.nearest_neighbor_iter(degrees(from)).take(MOST_TRIES) {
        let (line, segment) = found.data;
        let [a, b] = draft.segment(line, segment);
        let (share, distance) = nearest_on_segment([0.0, 0.0], plane.metres(a), plane.metres(b));
        // The tree measures in degrees, which may be wrong by a third: look a little further.
        if best.is_some_and(|best| distance > best.0 * 1.5) {
            break;
        }
        let in_main = parts.part(draft.lines[line].points[segment]) == main;
        let nearer = best.is_none_or(|best| distance < best.0);
        if in_main && nearer && !barriers.crosses_river(from, a.towards(b, share)) {
            best = Some((distance, line, segment, share));
        }
    }
    best
}

/// What hangs together.
struct Parts {
    sets: UnionFind<u32>,
    points: u32,
}

impl Parts {
    fn of(draft: &Draft) -> Parts {
        let mut sets = UnionFind::new(draft.points.len());
        for [a, b] in draft.joined() {
            sets.union(a, b);
        }
        Parts { sets, points: draft.points.len() as u32 }
    }

    fn part(&self, point: u32) -> u32 {
        self.sets.find(point)
    }

    fn merge(&mut self, island: u32, main: u32) {
        self.sets.union(island, main);
        debug_assert_eq!(self.sets.find(island), self.sets.find(main));
    }

    fn sizes(&self) -> BTreeMap<u32, Vec<u32>> {
        let mut sizes: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for point in 0..self.points {
            sizes.entry(self.part(point)).or_default().push(point);
        }
        sizes
    }

    fn largest(&self) -> u32 {
        let sizes = self.sizes();
        sizes.iter().max_by_key(|(part, points)| (points.len(), *part)).map_or(0, |(&part, _)| part)
    }

    fn islands(&self, main: u32) -> Vec<(u32, Vec<u32>)> {
        self.sizes().into_iter().filter(|&(part, _)| part != main).collect()
    }
}
