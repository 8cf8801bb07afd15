//! The search for the roads nearest to a place: outwards piece by piece, each measured on a plane around
//! the place, until nothing further away can be better.

use crate::graph::index::{Piece, SEGMENTS_PER_BOX};
use crate::graph::network::RoadNetwork;
use crate::graph::parts::{EdgeId, course_into};
use crate::graph::snap::{Heading, OnRoad, Travel};
use geometry::{Plane, Wgs84, nearest_on_segment};

/// A heading may be off by this much before it speaks against a road.
const HEADING_SLACK_DEGREES: f64 = 30.0;
/// Each further degree counts like so many metres of distance.
const METRES_PER_DEGREE_OFF: f64 = 0.5;
/// Roads this close are looked at all together before any further away.
const CLOSE_M: f64 = 30.0;

/// The best place found on one edge.
#[derive(Clone, Copy)]
struct Hit {
    /// Metres, with what the heading adds to the distance.
    score: f64,
    edge: u32,
    /// Which segment of the course, and how far along it, 0 to 1.
    segment: usize,
    share: f64,
    distance_m: f64,
    travel: Travel,
}

impl RoadNetwork {
    /// Up to `count` edges near a place, best first, among the directions that `usable` allows.
    pub(crate) fn nearest(
        &self,
        place: Wgs84,
        limit_m: f64,
        heading: Option<Heading>,
        count: usize,
        usable: impl Fn(u32) -> bool,
    ) -> Vec<OnRoad> {
        let mut look = Look {
            network: self,
            local: Plane::at(place),
            limit_m,
            heading,
            count,
            usable,
            course: Vec::new(),
            best: Vec::new(),
        };
        // Most vehicles are on a road: a look at what is close by spares the ordering of what is not.
        for piece in self.index.within(place, CLOSE_M) {
            look.at(piece);
        }
        if !look.is_done(CLOSE_M) {
            look.best.clear();
            for (piece, at_least_m) in self.index.outwards(place) {
                if at_least_m > limit_m || look.is_done(at_least_m) {
                    break;
                }
                look.at(piece);
            }
        }
        look.best.into_iter().map(|hit| self.on_road(hit)).collect()
    }

    fn on_road(&self, hit: Hit) -> OnRoad {
        let course = self.course(EdgeId(hit.edge));
        let lengths: Vec<f64> = course.windows(2).map(|pair| pair[0].metres_to(pair[1])).collect();
        let before = lengths[..hit.segment].iter().sum::<f64>() + lengths[hit.segment] * hit.share;
        let whole: f64 = lengths.iter().sum();
        OnRoad {
            edge: EdgeId(hit.edge),
            share: if whole > 0.0 { (before / whole).clamp(0.0, 1.0) } else { 0.0 },
            travel: hit.travel,
            position: course[hit.segment].towards(course[hit.segment + 1], hit.share),
            distance_m: hit.distance_m,
        }
    }
}

/// One search.
struct Look<'a, Usable> {
    network: &'a RoadNetwork,
    local: Plane,
    limit_m: f64,
    heading: Option<Heading>,
    count: usize,
    usable: Usable,
    /// The course measured last.
    course: Vec<Wgs84>,
    /// The best so far, one an edge, best first.
    best: Vec<Hit>,
}

impl<Usable: Fn(u32) -> bool> Look<'_, Usable> {
    /// Whether nothing that lies this far away or further can change the answer.
    fn is_done(&self, at_least_m: f64) -> bool {
        self.best.len() >= self.count && self.best.last().is_some_and(|it| it.score < at_least_m)
    }

    fn at(&mut self, piece: Piece) {
        let [forward, backward] = [piece.edge * 2, piece.edge * 2 + 1].map(&self.usable);
        if !forward && !backward {
            return;
        }
        let most = piece.first + SEGMENTS_PER_BOX + 1;
        course_into(&self.network.parts, piece.edge, most, &mut self.course);
        let wish = Wish { heading: self.heading, forward, backward };
        let hit = measure(piece, &self.course, &self.local, wish);
        if let Some(hit) = hit.filter(|it| it.distance_m <= self.limit_m) {
            self.keep(hit);
        }
    }

    fn keep(&mut self, hit: Hit) {
        match self.best.iter_mut().find(|other| other.edge == hit.edge) {
            Some(other) if other.score <= hit.score => return,
            Some(other) => *other = hit,
            None => self.best.push(hit),
        }
        self.best.sort_by(|a, b| a.score.total_cmp(&b.score).then(a.edge.cmp(&b.edge)));
        self.best.truncate(self.count);
    }
}

/// The way a vehicle heads, and the ways its road may be driven.
#[derive(Clone, Copy)]
struct Wish {
    heading: Option<Heading>,
    forward: bool,
    backward: bool,
}

impl Wish {
    /// What the heading adds to the distance of a segment in metres, never negative, and which way it says
    /// the vehicle goes.
    fn on(self, from: Wgs84, to: Wgs84) -> (f64, Travel) {
        let Some(Heading(heading)) = self.heading else { return (0.0, Travel::Either) };
        let bearing = from.bearing_to(to);
        let off = |bearing: f64| ((heading - bearing + 180.0).rem_euclid(360.0) - 180.0).abs();
        let penalty = |off: f64| (off - HEADING_SLACK_DEGREES).max(0.0) * METRES_PER_DEGREE_OFF;
        let (along, against) = (off(bearing), off(bearing + 180.0));
        if self.forward && (!self.backward || along <= against) {
            (penalty(along), Travel::Forward)
        } else {
            (penalty(against), Travel::Backward)
        }
    }
}

/// The best place on a piece of a course for somebody at the origin of the plane.
fn measure(piece: Piece, course: &[Wgs84], local: &Plane, wish: Wish) -> Option<Hit> {
    let last = (piece.first + SEGMENTS_PER_BOX).min(course.len() - 1);
    let mut best: Option<Hit> = None;
    let mut to = local.metres(course[piece.first]);
    for segment in piece.first..last {
        let from = std::mem::replace(&mut to, local.metres(course[segment + 1]));
        let (share, distance_m) = nearest_on_segment([0.0, 0.0], from, to);
        if best.is_some_and(|best| distance_m >= best.score) {
            continue;
        }
        let (penalty, travel) = wish.on(course[segment], course[segment + 1]);
        let score = distance_m + penalty;
        if best.is_none_or(|best| score < best.score) {
            best = Some(Hit { score, edge: piece.edge, segment, share, distance_m, travel });
        }
    }
    best
}
