//! From a place on the earth to a place on a road, or the plain statement that there is none
//! near. Never picks a road outside the asked limit and never one that may not be driven.

use crate::geo::{Plane, Position, nearest_on_segment};
use crate::network::{EdgeId, Parts, RoadNetwork, course};
use crate::road::Passage;
use rstar::{AABB, PointDistance, RTree, RTreeObject};
use serde::Serialize;
use thiserror::Error;

/// One box of the tree covers at most so many segments: small enough that few are measured in
/// vain, large enough that the tree stays small on winding roads.
const SEGMENTS_PER_BOX: usize = 16;
/// Boxes are drawn wider by this, for what single precision loses over a province.
const BOX_MARGIN_M: f64 = 1.0;
/// A heading may be off by this much before it speaks against a road.
const HEADING_SLACK_DEGREES: f64 = 30.0;
/// Each further degree counts like so many metres of distance.
const METRES_PER_DEGREE_OFF: f64 = 0.5;

/// There is no usable road near a place.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error("no road within {limit_m} m")]
pub struct NoRoadWithin {
    /// How far was looked, in metres.
    pub limit_m: f64,
}

/// The direction a vehicle moves in, degrees clockwise from north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heading(pub f64);

/// Which way along its road a vehicle goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Travel {
    /// It stands, or nobody knows: it may leave in either direction.
    Either,
    /// Along the course of the stretch.
    Forward,
    /// Against it.
    Backward,
}

/// A place on a road.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OnRoad {
    /// The stretch.
    pub edge: EdgeId,
    /// How far along it, 0 at its first end, 1 at its second.
    pub share: f64,
    /// The way the vehicle goes.
    pub travel: Travel,
    /// The place on the road.
    pub position: Position,
    /// How far from it the asked place was, in metres.
    pub distance_m: f64,
}

/// The tree over the segments of all roads.
#[derive(Debug)]
pub(crate) struct SegmentIndex {
    plane: Plane,
    /// By how much the plane may stretch or shrink a distance.
    stretch: f64,
    tree: RTree<SegmentBox>,
}

#[derive(Clone, Copy, Debug)]
struct SegmentBox {
    low: [f32; 2],
    high: [f32; 2],
    edge: u32,
    first: u32,
}

impl RTreeObject for SegmentBox {
    type Envelope = AABB<[f32; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.low, self.high)
    }
}

impl PointDistance for SegmentBox {
    fn distance_2(&self, point: &[f32; 2]) -> f32 {
        self.envelope().distance_2(point)
    }
}

impl SegmentIndex {
    pub(crate) fn over(parts: &Parts) -> SegmentIndex {
        let (mut south, mut north, mut lon) = (90.0_f64, -90.0_f64, 0.0_f64);
        for node in &parts.nodes {
            let position = node.position();
            south = south.min(position.lat);
            north = north.max(position.lat);
            lon += position.lon / parts.nodes.len() as f64;
        }
        let middle = if parts.nodes.is_empty() { 0.0 } else { (south + north) / 2.0 };
        let plane = Plane::at(Position { lon, lat: middle });
        // A degree of margin: courses may swing out beyond the nodes.
        let [low, high] =
            [south - 1.0, north + 1.0].map(|it| it.clamp(-89.0, 89.0).to_radians().cos());
        let centre = middle.to_radians().cos();
        let stretch = (low / centre).max(high / centre).max(centre / low).max(centre / high);
        let mut boxes = Vec::new();
        for edge in 0..parts.edge_from.len() as u32 {
            let points: Vec<[f64; 2]> =
                course(parts, edge).into_iter().map(|it| plane.metres(it)).collect();
            let segments = points.len() - 1;
            for first in (0..segments).step_by(SEGMENTS_PER_BOX) {
                let last = (first + SEGMENTS_PER_BOX).min(segments);
                boxes.push(SegmentBox::around(&points[first..=last], edge, first as u32));
            }
        }
        SegmentIndex { plane, stretch, tree: RTree::bulk_load(boxes) }
    }

    /// Bytes of the boxes; the tree's own nodes add about a sixth, counted in.
    pub(crate) fn bytes(&self) -> usize {
        self.tree.size() * size_of::<SegmentBox>() * 7 / 6
    }

    /// Stretches whose boxes touch the given corners.
    pub(crate) fn touching(&self, south_west: Position, north_east: Position) -> Vec<EdgeId> {
        let [low, high] = [south_west, north_east].map(|it| single(self.plane.metres(it)));
        let mut found: Vec<EdgeId> = self
            .tree
            .locate_in_envelope_intersecting(AABB::from_corners(low, high))
            .map(|it| EdgeId(it.edge))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl SegmentBox {
    fn around(points: &[[f64; 2]], edge: u32, first: u32) -> SegmentBox {
        let (mut low, mut high) = ([f64::MAX; 2], [f64::MIN; 2]);
        for point in points {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis] - BOX_MARGIN_M);
                high[axis] = high[axis].max(point[axis] + BOX_MARGIN_M);
            }
        }
        SegmentBox { low: single(low), high: single(high), edge, first }
    }
}

fn single(point: [f64; 2]) -> [f32; 2] {
    [point[0] as f32, point[1] as f32]
}

impl RoadNetwork {
    /// The nearest place on a road that is open to everybody; a heading prefers roads that
    /// lead that way and fixes the direction of travel.
    ///
    /// # Errors
    /// Where no such road lies within `limit_m` metres.
    pub fn snap(
        &self,
        place: Position,
        limit_m: f64,
        heading: Option<Heading>,
    ) -> Result<OnRoad, NoRoadWithin> {
        let open = |arc: u32| self.passage(arc) == Passage::Open;
        self.nearest(place, limit_m, heading, 1, open)
            .into_iter()
            .next()
            .ok_or(NoRoadWithin { limit_m })
    }

    /// Up to `count` stretches near a place, best first, among the directions that `usable` allows.
    pub(crate) fn nearest(
        &self,
        place: Position,
        limit_m: f64,
        heading: Option<Heading>,
        count: usize,
        usable: impl Fn(u32) -> bool,
    ) -> Vec<OnRoad> {
        let asked = single(self.index.plane.metres(place));
        let local = Plane::at(place);
        let mut best: Vec<(f64, OnRoad)> = Vec::new();
        for (found, squared) in self.index.tree.nearest_neighbor_iter_with_distance_2(asked) {
            let at_least = f64::from(squared).sqrt() / self.index.stretch - BOX_MARGIN_M;
            let enough = best.len() >= count && best.last().is_some_and(|last| last.0 < at_least);
            if at_least > limit_m || enough {
                break;
            }
            let Some((score, hit)) = self.measure(found, place, &local, heading, &usable) else {
                continue;
            };
            if hit.distance_m > limit_m {
                continue;
            }
            match best.iter_mut().find(|(_, other)| other.edge == hit.edge) {
                Some(other) if other.0 <= score => continue,
                Some(other) => *other = (score, hit),
                None => best.push((score, hit)),
            }
            best.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.edge.cmp(&b.1.edge)));
            best.truncate(count);
        }
        best.into_iter().map(|(_, hit)| hit).collect()
    }

    fn measure(
        &self,
        found: &SegmentBox,
        place: Position,
        local: &Plane,
        heading: Option<Heading>,
        usable: impl Fn(u32) -> bool,
    ) -> Option<(f64, OnRoad)> {
        let [forward, backward] = [found.edge * 2, found.edge * 2 + 1].map(usable);
        if !forward && !backward {
            return None;
        }
        let course = self.course(EdgeId(found.edge));
        let from = found.first as usize;
        let to = (from + SEGMENTS_PER_BOX).min(course.len() - 1);
        let mut best: Option<(f64, f64, usize, f64, Travel)> = None;
        for segment in from..to {
            let [a, b] = [course[segment], course[segment + 1]].map(|it| local.metres(it));
            let (share, distance) = nearest_on_segment(local.metres(place), a, b);
            let bearing = course[segment].bearing_degrees(course[segment + 1]);
            let (penalty, travel) = direction(bearing, heading, forward, backward);
            if best.is_none_or(|best| distance + penalty < best.0) {
                best = Some((distance + penalty, distance, segment, share, travel));
            }
        }
        let (score, distance_m, segment, share, travel) = best?;
        let lengths: Vec<f64> = course.windows(2).map(|pair| pair[0].distance_m(pair[1])).collect();
        let before: f64 = lengths[..segment].iter().sum::<f64>() + lengths[segment] * share;
        let whole: f64 = lengths.iter().sum();
        let on_road = OnRoad {
            edge: EdgeId(found.edge),
            share: if whole > 0.0 { (before / whole).clamp(0.0, 1.0) } else { 0.0 },
            travel,
            position: course[segment].between(course[segment + 1], share),
            distance_m,
        };
        Some((score, on_road))
    }
}

/// What a heading adds to the distance, and which way it says the vehicle goes.
fn direction(
    bearing: f64,
    heading: Option<Heading>,
    forward: bool,
    backward: bool,
) -> (f64, Travel) {
    let Some(Heading(heading)) = heading else { return (0.0, Travel::Either) };
    let off = |bearing: f64| ((heading - bearing + 180.0).rem_euclid(360.0) - 180.0).abs();
    let penalty = |off: f64| (off - HEADING_SLACK_DEGREES).max(0.0) * METRES_PER_DEGREE_OFF;
    let along = penalty(off(bearing));
    let against = penalty(off(bearing + 180.0));
    if forward && (!backward || off(bearing) <= off(bearing + 180.0)) {
        (along, Travel::Forward)
    } else {
        (against, Travel::Backward)
    }
}
