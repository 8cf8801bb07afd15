//! What is kept of ways and relations, and how it becomes the plan of a network. What is missing
//! is counted.

use super::ImportReport;
use super::points::{Points, measured};
use super::signs::{self, RawRestriction, RawVia};
use super::tags::{Tags, drivable};
use crate::graph::road::{Passage, Road};
use crate::input::plan::{PlannedLine, PlannedRestriction, RestrictionVia, RoadPlan};
use geometry::Wgs84;
use osmpbf::{Relation, Way};
use std::collections::{HashMap, HashSet};

pub(super) struct RawWay {
    id: i64,
    pub(super) points: Vec<i64>,
    road: Road,
    forward: Passage,
    backward: Passage,
}

#[derive(Default)]
pub(super) struct Found {
    pub(super) ways: Vec<RawWay>,
    /// Places of points that stand on the ways themselves.
    pub(super) places: HashMap<i64, Wgs84>,
    /// An element that came twice, as in files with history.
    pub(super) twice: Option<String>,
    seen: HashSet<i64>,
    signs_seen: HashSet<i64>,
    /// Versions of one way follow each other, also those that are no roads any more.
    last_way: Option<i64>,
    restrictions: Vec<RawRestriction>,
    plan: RoadPlan,
    report: ImportReport,
}

impl Found {
    pub(super) fn way(&mut self, way: &Way<'_>) {
        self.report.ways += 1;
        if self.last_way.replace(way.id()) == Some(way.id()) {
            self.twice = Some(format!("way {} more than once", way.id()));
        }
        let tags: Tags<'_> = way.tags().collect();
        let Some(drivable) = drivable(&tags) else {
            if self.seen.contains(&way.id()) {
                self.twice = Some(format!("way {} more than once", way.id()));
            }
            return;
        };
        let points: Vec<i64> = way.refs().collect();
        if points.len() < 2 {
            return;
        }
        if !self.seen.insert(way.id()) {
            self.twice = Some(format!("way {} more than once", way.id()));
            return;
        }
        self.report.drivable_ways += 1;
        self.places_on(way, &points);
        let mut text = |key: &str| self.plan.texts.number(tags.get(key).unwrap_or(""));
        let (name, name_en, reference) = (text("name"), text("name:en"), text("ref"));
        let road = Road { name, name_en, reference, ..drivable.road };
        let (forward, backward) = (drivable.forward, drivable.backward);
        self.ways.push(RawWay { id: way.id(), points, road, forward, backward });
    }

    /// Keeps the places that a file with `LocationsOnWays` writes beside the points' ids.
    fn places_on(&mut self, way: &Way<'_>, points: &[i64]) {
        let places: Vec<_> = way.node_locations().collect();
        if places.len() != points.len() {
            return;
        }
        for (&id, place) in points.iter().zip(places) {
            if let Some(position) = measured(place.lon(), place.lat()) {
                self.places.insert(id, position);
            }
        }
    }

    pub(super) fn relation(&mut self, relation: &Relation<'_>) {
        match signs::read(relation) {
            signs::Read::NoSign => self.sign_again(relation.id()),
            signs::Read::Malformed => {
                self.sign_again(relation.id());
                self.report.restrictions += 1;
                self.report.dead_restrictions += 1;
            }
            signs::Read::Sign(restriction) => {
                self.sign_again(relation.id());
                self.signs_seen.insert(relation.id());
                self.report.restrictions += 1;
                self.restrictions.push(restriction);
            }
        }
    }

    /// A relation that was a sign before, whatever it is now, is here in two versions.
    fn sign_again(&mut self, id: i64) {
        if self.signs_seen.contains(&id) {
            self.twice = Some(format!("relation {id} more than once"));
        }
    }

    /// Ids of the points of every way that is kept; a shared point comes as often as ways hold it.
    pub(super) fn point_ids(&self) -> impl Iterator<Item = i64> + '_ {
        self.ways.iter().flat_map(|way| way.points.iter().copied())
    }

    pub(super) fn finish(mut self, points: &Points) -> (RoadPlan, ImportReport) {
        let mut number: HashMap<i64, u32> = HashMap::new();
        let mut lines: HashMap<i64, Vec<u32>> = HashMap::new();
        for way in std::mem::take(&mut self.ways) {
            self.lines(&way, points, &mut number, &mut lines);
        }
        for restriction in std::mem::take(&mut self.restrictions) {
            self.restriction(&restriction, &number, &lines);
        }
        (self.plan, self.report)
    }

    fn lines(
        &mut self,
        way: &RawWay,
        points: &Points,
        number: &mut HashMap<i64, u32>,
        lines: &mut HashMap<i64, Vec<u32>>,
    ) {
        let mut run: Vec<u32> = Vec::new();
        for id in &way.points {
            let Some(known) = points.get(*id) else {
                self.report.dead_points += 1;
                self.line(way, &mut run, lines);
                continue;
            };
            let plan = &mut self.plan;
            let point = *number.entry(*id).or_insert_with(|| {
                let point = plan.point(known.position);
                plan.signals[point as usize] = known.signals;
                point
            });
            run.push(point);
            if known.blocked {
                self.report.barriers += 1;
                self.line(way, &mut run, lines);
                // Beyond the barrier the road goes on from a point of its own.
                run.push(self.plan.point(known.position));
            }
        }
        self.line(way, &mut run, lines);
    }

    fn line(&mut self, way: &RawWay, run: &mut Vec<u32>, lines: &mut HashMap<i64, Vec<u32>>) {
        let points = std::mem::take(run);
        if points.len() >= 2 {
            let (road, forward, backward) = (way.road, way.forward, way.backward);
            let line = self.plan.line(PlannedLine { points, road, forward, backward });
            lines.entry(way.id).or_default().push(line);
        }
    }

    fn restriction(
        &mut self,
        raw: &RawRestriction,
        number: &HashMap<i64, u32>,
        lines: &HashMap<i64, Vec<u32>>,
    ) {
        let known = |ids: &[i64]| -> Option<Vec<u32>> {
            let lists: Option<Vec<_>> = ids.iter().map(|id| lines.get(id)).collect();
            Some(lists?.into_iter().flatten().copied().collect())
        };
        let via = match &raw.via {
            RawVia::Point(id) => number.get(id).map(|&point| RestrictionVia::Point(point)),
            RawVia::Ways(ids) => known(ids).map(RestrictionVia::Lines),
        };
        let (Some(from), Some(via), Some(to)) = (known(&raw.from), via, known(&raw.to)) else {
            self.report.dead_restrictions += 1;
            return;
        };
        let touches = |line: &u32| match &via {
            RestrictionVia::Point(point) => self.plan.lines[*line as usize].points.contains(point),
            RestrictionVia::Lines(_) => true,
        };
        let to: Vec<u32> = to.into_iter().filter(touches).collect();
        let from: Vec<u32> = from.into_iter().filter(touches).collect();
        for &from in &from {
            for &to in &to {
                let (only, named, via) = (raw.only, raw.named, via.clone());
                self.plan.restrictions.push(PlannedRestriction { only, named, from, via, to });
            }
        }
    }
}
