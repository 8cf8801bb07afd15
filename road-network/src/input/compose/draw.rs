//! The drawing board: lines over shared points, with corners still to be set into them.

use crate::graph::fixed::Fixed;
use crate::graph::road::{Basis, Road, RoadClass};
use crate::input::plan::{RoadPlan, Texts};
use geometry::Wgs84;
use region::RoadPart;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A corner this close to an end of a segment is the end: no edge of centimetres.
const SAME_CORNER_SHARE: f64 = 1e-4;

pub(super) struct Line {
    pub(super) points: Vec<u32>,
    pub(super) road: Road,
}

/// Where a road ends at an expressway's junction, others join it this far (share) before.
const BEFORE_JUNCTION_SHARE: f64 = 0.05;

/// Everything drawn so far.
pub(super) struct Draft {
    pub(super) points: Vec<Wgs84>,
    pub(super) lines: Vec<Line>,
    texts: Texts,
    known: HashMap<Fixed, u32>,
    /// Points of expressways, which only roads drawn by hand may join.
    expressway: HashSet<u32>,
    /// Corners to be set into segments: by line and segment, the shares and points.
    corners: BTreeMap<(usize, usize), Vec<(f64, u32)>>,
}

impl Draft {
    /// Main roads meet where they hold the identical vertex, and nowhere else.
    pub(super) fn new(roads: &[region::Road]) -> Draft {
        let mut draft = Draft {
            points: Vec::new(),
            lines: Vec::new(),
            texts: Texts::new(),
            known: HashMap::new(),
            expressway: HashSet::new(),
            corners: BTreeMap::new(),
        };
        for road in roads {
            for part in &road.parts {
                draft.main_road(road, part);
            }
        }
        draft
    }

    fn main_road(&mut self, road: &region::Road, part: &RoadPart) {
        let points: Vec<u32> = part.vertices.iter().map(|it| self.point(it.position)).collect();
        if road.class == RoadClass::Motorway {
            self.expressway.extend(&points);
        }
        let road = Road {
            name: self.texts.number(&road.name_zh),
            name_en: self.texts.number(&road.name_en),
            reference: self.texts.number(&road.number),
            ..Road::plain(road.class, trust(part.basis))
        };
        self.lines.push(Line { points, road });
    }

    /// The point at a position; the same one for the same position.
    pub(super) fn point(&mut self, position: Wgs84) -> u32 {
        let points = &mut self.points;
        *self.known.entry(Fixed::of(position)).or_insert_with(|| {
            points.push(position);
            points.len() as u32 - 1
        })
    }

    /// A point of its own, even where another lies at the same position.
    pub(super) fn own_point(&mut self, position: Wgs84) -> u32 {
        self.points.push(position);
        self.points.len() as u32 - 1
    }

    pub(super) fn generated(&mut self, from: u32, to: u32, class: RoadClass) -> usize {
        self.lines
            .push(Line { points: vec![from, to], road: Road::plain(class, Basis::Generated) });
        self.lines.len() - 1
    }

    /// The two ends of a segment.
    pub(super) fn segment(&self, line: usize, segment: usize) -> [Wgs84; 2] {
        let points = &self.lines[line].points;
        [points[segment], points[segment + 1]].map(|point| self.points[point as usize])
    }

    /// A point on a segment: one of its ends where it is as near, else a new corner.
    pub(super) fn corner(&mut self, line: usize, segment: usize, share: f64) -> u32 {
        let points = &self.lines[line].points;
        let [first, second] = [points[segment], points[segment + 1]];
        let mut share = share;
        if self.expressway.contains(&first) {
            share = share.max(BEFORE_JUNCTION_SHARE);
        } else if share < SAME_CORNER_SHARE {
            return first;
        }
        if self.expressway.contains(&second) {
            share = share.min(1.0 - BEFORE_JUNCTION_SHARE);
        } else if share > 1.0 - SAME_CORNER_SHARE {
            return second;
        }
        let [a, b] = self.segment(line, segment);
        let point = self.point(a.towards(b, share));
        self.set_corner(line, segment, share, point);
        point
    }

    /// Sets an existing point into a segment.
    pub(super) fn set_corner(&mut self, line: usize, segment: usize, share: f64, point: u32) {
        self.corners.entry((line, segment)).or_default().push((share, point));
    }

    /// Pairs of points that hang together, corners included.
    pub(super) fn joined(&self) -> impl Iterator<Item = [u32; 2]> + '_ {
        let along = self.lines.iter().flat_map(|line| line.points.windows(2));
        let corners = self.corners.iter().flat_map(|(&(line, segment), corners)| {
            let point = self.lines[line].points[segment];
            corners.iter().map(move |&(_, corner)| [point, corner])
        });
        along.map(|pair| [pair[0], pair[1]]).chain(corners)
    }

    /// The finished plan.
    pub(super) fn plan(mut self) -> RoadPlan {
        let mut plan = RoadPlan { texts: std::mem::take(&mut self.texts), ..RoadPlan::default() };
        for position in &self.points {
            plan.point(*position);
        }
        for (number, line) in self.lines.iter().enumerate() {
            let mut points = Vec::with_capacity(line.points.len());
            for (segment, &point) in line.points.iter().enumerate() {
                points.push(point);
                if let Some(corners) = self.corners.get_mut(&(number, segment)) {
                    corners.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                    points.extend(corners.iter().map(|&(_, point)| point));
                }
            }
            points.dedup();
            plan.two_way(points, line.road);
        }
        plan
    }
}

/// What a region's word of trust means for a course.
fn trust(basis: region::Basis) -> Basis {
    match basis {
        region::Basis::Fact => Basis::Fact,
        region::Basis::Approximate => Basis::Approximate,
        region::Basis::Invented => Basis::Generated,
    }
}
