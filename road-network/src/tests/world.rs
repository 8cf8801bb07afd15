//! Random small worlds with one-way streets, signs and roads of every class, and small worlds
//! drawn by hand.

use crate::cost::conditions::{Condition, Effect, Extent};
use crate::graph::parts::EdgeId;
use crate::graph::road::{Basis, Passage, Road, RoadClass};
use crate::graph::snap::{OnRoad, Travel};
use crate::input::plan::{NamedTurn, PlannedLine, PlannedRestriction, RestrictionVia, RoadPlan};
use crate::{RoadNetwork, build};
use geometry::Wgs84;
use proptest::prelude::*;

/// A place as three random numbers: which edge, how far along, which way.
pub(super) type Place = (u32, u8, u8);
type Line = (Vec<u32>, usize, u8);
type Sign = (bool, usize, usize, usize, bool);

/// A plan over a few points near Yinchuan.
pub(super) fn plans() -> impl Strategy<Value = RoadPlan> {
    (4_usize..14).prop_flat_map(|points| {
        let place = (0_i32..40, 0_i32..40);
        let line = (prop::collection::vec(0..points as u32, 2..4), 0_usize..10, 0_u8..6);
        let sign = (any::<bool>(), 0_usize..64, 0_usize..64, 0_usize..64, any::<bool>());
        (
            prop::collection::vec(place, points),
            prop::collection::vec(line, points..points * 3),
            prop::collection::vec(sign, 0..12),
        )
            .prop_map(|(places, lines, signs)| plan(&places, &lines, &signs))
    })
}

fn plan(places: &[(i32, i32)], lines: &[Line], signs: &[Sign]) -> RoadPlan {
    let mut plan = RoadPlan::default();
    for &(east, north) in places {
        plan.point(at(f64::from(east), f64::from(north)));
    }
    // A ring through all points keeps the world in one piece.
    for point in 0..places.len() as u32 {
        let next = (point + 1) % places.len() as u32;
        plan.two_way(vec![point, next], Road::plain(RoadClass::Tertiary, Basis::Fact));
    }
    for (points, class, kind) in lines {
        let mut points = points.clone();
        points.dedup();
        if points.len() < 2 {
            continue;
        }
        let (forward, backward) = match kind {
            0 => (Passage::Open, Passage::AgainstOneWay),
            1 => (Passage::AgainstOneWay, Passage::Open),
            2 => (Passage::Open, Passage::Never),
            _ => (Passage::Open, Passage::Open),
        };
        let road = Road::plain(RoadClass::ALL[*class], Basis::Fact);
        plan.line(PlannedLine { points, road, forward, backward });
    }
    for &(only, from, via, to, over_line) in signs {
        let line = |number: usize| (number % plan.lines.len()) as u32;
        let [from, to] = [line(from), line(to)];
        let points = &plan.lines[from as usize].points;
        let via = if over_line {
            RestrictionVia::Lines(vec![line(via)])
        } else {
            RestrictionVia::Point(points[points.len() - 1])
        };
        plan.restrictions.push(PlannedRestriction { only, named: None, from, via, to });
    }
    plan
}

/// About 200 m to a step.
pub(super) fn at(east: f64, north: f64) -> Wgs84 {
    Wgs84 { lon: 106.2 + east * 0.002_294, lat: 38.4 + north * 0.001_8 }
}

pub(super) fn network(plan: RoadPlan) -> RoadNetwork {
    build(plan).0.expect("the world has a road")
}

/// Where a random place lies in a network.
pub(super) fn on_road(network: &RoadNetwork, (edge, share, travel): Place) -> OnRoad {
    let edge = EdgeId(edge % network.edges() as u32);
    let course = network.course(edge);
    OnRoad {
        edge,
        share: f64::from(share) / 255.0,
        travel: [Travel::Either, Travel::Forward, Travel::Backward][usize::from(travel % 3)],
        position: geometry::along(&course, f64::from(share) / 255.0).expect("it has points"),
        distance_m: f64::from(share % 40),
    }
}

pub(super) fn conditions() -> impl Strategy<Value = Vec<Condition>> {
    let one =
        (prop::collection::vec(0_u32..30, 1..3), any::<bool>()).prop_map(|(edges, closed)| {
            let effect = if closed { Effect::Closed } else { Effect::Slower(3.0) };
            Condition { extent: Extent::Edges(edges), effect, until_unix_seconds: None }
        });
    prop::collection::vec(one, 0..3)
}

/// Streets drawn by hand: points by name with their place in steps of 200 m.
pub(super) struct Sketch {
    pub(super) plan: RoadPlan,
    names: Vec<&'static str>,
}

impl Sketch {
    /// A map of letters; each letter is a point, a column or row is 200 m.
    pub(super) fn new(map: &'static str) -> Sketch {
        let mut sketch = Sketch { plan: RoadPlan::default(), names: Vec::new() };
        for (row, text) in map.trim_matches('\n').lines().enumerate() {
            for (column, _) in text.char_indices().filter(|(_, it)| it.is_alphabetic()) {
                sketch.names.push(&text[column..=column]);
                sketch.plan.point(at(column as f64, -(row as f64)));
            }
        }
        sketch
    }

    pub(super) fn point(&self, name: &str) -> u32 {
        self.names.iter().position(|it| *it == name).expect("a point on the map") as u32
    }

    pub(super) fn place(&self, name: &str) -> Wgs84 {
        self.plan.points[self.point(name) as usize]
    }

    /// A road through the letters.
    pub(super) fn road(&mut self, through: &str, class: RoadClass) -> u32 {
        let points = self.points(through);
        let road =
            Road { name: self.plan.texts.number(through), ..Road::plain(class, Basis::Fact) };
        self.plan.two_way(points, road)
    }

    /// A sign on the turn from one line into another at a letter.
    pub(super) fn sign(
        &mut self,
        only: bool,
        named: Option<NamedTurn>,
        from: u32,
        at: &str,
        to: u32,
    ) {
        let via = RestrictionVia::Point(self.point(at));
        self.plan.restrictions.push(PlannedRestriction { only, named, from, via, to });
    }

    pub(super) fn one_way(&mut self, through: &str, road: Road, backward: Passage) -> u32 {
        let points = self.points(through);
        let road = Road { name: self.plan.texts.number(through), ..road };
        self.plan.line(PlannedLine { points, road, forward: Passage::Open, backward })
    }

    fn points(&self, through: &str) -> Vec<u32> {
        (0..through.len()).map(|it| self.point(&through[it..=it])).collect()
    }
}
