//! What generated roads may not cross: rivers never, expressways only by an underpass.

use crate::graph::road::RoadClass;
use geometry::{Wgs84, crossing};
use region::{River, Road};
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
    pub(super) fn new(rivers: &[River], roads: &[Road]) -> Barriers {
        let rivers = rivers.iter().map(|river| (river.course.clone(), Kind::River));
        let expressways = roads
            .iter()
            .filter(|road| road.class == RoadClass::Motorway)
            .flat_map(|road| &road.parts)
            .map(|part| (part.vertices.iter().map(|it| it.position).collect(), Kind::Expressway));
        let segments = rivers.chain(expressways).flat_map(|(line, kind)| segments(&line, kind));
        Barriers { tree: RTree::bulk_load(segments.collect()) }
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

fn segments(line: &[Wgs84], kind: Kind) -> Vec<Segment> {
    let ends = line.windows(2).map(|it| Line::new(degrees(it[0]), degrees(it[1])));
    ends.map(|ends| GeomWithData::new(ends, kind)).collect()
}

pub(super) fn degrees(position: Wgs84) -> [f64; 2] {
    [position.lon, position.lat]
}
