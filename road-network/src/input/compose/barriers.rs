//! What generated roads may not cross: rivers never, expressways only by an underpass.

use super::folder::Piece;
use crate::graph::road::RoadClass;
use geometry::{Wgs84, crossing};
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree};

/// A segment in degrees. Crossings are the same on any plane, so none is needed.
type Segment = GeomWithData<Line<[f64; 2]>, Kind>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    River,
    Expressway,
}

pub(super) struct Barriers {
    tree: RTree<Segment>,
}

impl Barriers {
    pub(super) fn new(rivers: &[Vec<Wgs84>], pieces: &[Piece]) -> Barriers {
        let expressways = pieces
            .iter()
            .filter(|piece| piece.class == RoadClass::Motorway)
            .map(|piece| (&piece.course, Kind::Expressway));
        let segments = rivers
            .iter()
            .map(|river| (river, Kind::River))
            .chain(expressways)
            .flat_map(|(line, kind)| {
                line.windows(2).map(move |it| {
                    GeomWithData::new(Line::new(degrees(it[0]), degrees(it[1])), kind)
                })
            })
            .collect();
        Barriers { tree: RTree::bulk_load(segments) }
    }

    pub(super) fn crosses_river(&self, a: Wgs84, b: Wgs84) -> bool {
        self.crosses(a, b, Kind::River)
    }

    pub(super) fn crosses_expressway(&self, a: Wgs84, b: Wgs84) -> bool {
        self.crosses(a, b, Kind::Expressway)
    }

    fn crosses(&self, a: Wgs84, b: Wgs84, kind: Kind) -> bool {
        let [a, b] = [degrees(a), degrees(b)];
        self.tree
            .locate_in_envelope_intersecting(AABB::from_points(&[a, b]))
            .any(|it| it.data == kind && crossing(a, b, it.geom().from, it.geom().to).is_some())
    }
}

pub(super) fn degrees(position: Wgs84) -> [f64; 2] {
    [position.lon, position.lat]
}
