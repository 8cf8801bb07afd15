//! The R-tree over the segments of all roads: which pieces lie near a place or touch a box.

use crate::graph::parts::{EdgeId, Parts, course};
use crate::graph::plane_point::PlanePoint;
use geometry::{Plane, Wgs84};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

/// One box of the tree covers at most so many segments: small enough that few are measured in
/// vain, large enough that the tree stays small on winding roads.
pub(crate) const SEGMENTS_PER_BOX: usize = 16;
/// Boxes are drawn wider by this, for what single precision loses over a province.
const BOX_MARGIN_M: f64 = 1.0;

/// The tree over the segments of all roads.
#[derive(Debug)]
pub(crate) struct SegmentIndex {
    plane: Plane,
    /// By how much the plane may lengthen or shorten a distance.
    distortion: f64,
    tree: RTree<SegmentBox>,
}

#[derive(Clone, Copy, Debug)]
struct SegmentBox {
    /// Kept as the tree asks for it, thousands of times for each box while it is built.
    bounds: AABB<PlanePoint>,
    edge: u32,
    first: u32,
}

/// Up to [`SEGMENTS_PER_BOX`] segments of the course of an edge.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub(crate) edge: u32,
    pub(crate) first: usize,
}

impl RTreeObject for SegmentBox {
    type Envelope = AABB<PlanePoint>;

    #[inline]
    fn envelope(&self) -> Self::Envelope {
        self.bounds
    }
}

impl PointDistance for SegmentBox {
    fn distance_2(&self, point: &PlanePoint) -> f32 {
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
        let plane = Plane::at(Wgs84 { lon, lat: middle });
        // A degree of margin: courses may swing out beyond the nodes.
        let [low, high] =
            [south - 1.0, north + 1.0].map(|it| it.clamp(-89.0, 89.0).to_radians().cos());
        let centre = middle.to_radians().cos();
        let distortion = (low / centre).max(high / centre).max(centre / low).max(centre / high);
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
        SegmentIndex { plane, distortion, tree: RTree::bulk_load(boxes) }
    }

    /// Pieces of roads, the nearest first, each with a distance in metres that it does not lie nearer than.
    pub(crate) fn outwards(&self, place: Wgs84) -> impl Iterator<Item = (Piece, f64)> + '_ {
        let asked = PlanePoint::of(self.plane.metres(place));
        self.tree.nearest_neighbor_iter_with_distance_2(asked).map(|(found, squared)| {
            let at_least_m = f64::from(squared).sqrt() / self.distortion - BOX_MARGIN_M;
            (Piece { edge: found.edge, first: found.first as usize }, at_least_m)
        })
    }

    /// Every piece of road that may lie within so many metres, and some that lie further away.
    pub(crate) fn within(&self, place: Wgs84, metres: f64) -> impl Iterator<Item = Piece> + '_ {
        let [east, north] = self.plane.metres(place);
        let half_side = (metres + BOX_MARGIN_M) * self.distortion;
        let corners =
            [[east - half_side, north - half_side], [east + half_side, north + half_side]]
                .map(PlanePoint::of);
        let boxes = AABB::from_corners(corners[0], corners[1]);
        let found = self.tree.locate_in_envelope_intersecting(boxes);
        found.map(|it| Piece { edge: it.edge, first: it.first as usize })
    }

    /// Bytes of the boxes; the tree's own nodes add about a sixth, counted in.
    pub(crate) fn bytes(&self) -> usize {
        self.tree.size() * size_of::<SegmentBox>() * 7 / 6
    }

    /// Edges whose boxes touch the given corners.
    pub(crate) fn touching(&self, south_west: Wgs84, north_east: Wgs84) -> Vec<EdgeId> {
        let [low, high] = [south_west, north_east].map(|it| PlanePoint::of(self.plane.metres(it)));
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
        let bounds = AABB::from_corners(PlanePoint::of(low), PlanePoint::of(high));
        SegmentBox { bounds, edge, first }
    }
}
