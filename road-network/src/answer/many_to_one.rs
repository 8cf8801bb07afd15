//! Vehicles asked for one after the other, all bound for one place: found by one search backwards that
//! goes on only as far as each question needs, or looked up in the hierarchy. What was found is kept.

mod search;

use crate::answer::lookup::{SETTLE_NS, journey};
use crate::cost::costs::CLOSED;
use crate::graph::snap::OnRoad;
use crate::search::ends::{Ends, arrivals, off_road_ms};
use crate::search::hierarchy::UpwardSearch;
use crate::search::weights::Weights;
use search::{Found, Search};
use std::sync::Arc;

/// What is known of a journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JourneyTime {
    /// Driving time in milliseconds, access to and from the road included.
    Takes(u32),
    /// It takes longer than was asked for, or there is no route.
    TooLong,
    /// There is no route.
    NoRoute,
}

/// Journeys to one place, to be asked for any number of vehicles in any order. Each answer equals that
/// of a search made for it alone.
#[derive(Debug)]
pub struct ManyToOne {
    weights: Arc<Weights>,
    ends: Ends,
    goal_off_ms: u32,
    /// Begun when first needed.
    search: Option<Search>,
    /// States the search may still settle before a lookup would have been cheaper.
    affordable: usize,
    /// The hierarchy's answers, once a search was not cheaper.
    upward: Option<UpwardSearch>,
    /// Whether many were asked for at once, far ones and near ones: no search would be cheaper.
    all_wanted: bool,
}

impl ManyToOne {
    /// Begins; nothing is searched before the first question.
    pub fn new(weights: Arc<Weights>, goal: &OnRoad) -> ManyToOne {
        let ends = arrivals(&weights.costs, goal);
        let goal_off_ms = off_road_ms(&weights.costs, goal);
        let (search, upward, all_wanted) = (None, None, false);
        ManyToOne { goal_off_ms, search, affordable: 0, upward, all_wanted, ends, weights }
    }

    /// The driving times of many vehicles in milliseconds, in their order.
    pub fn travel_ms_of(&mut self, starts: &[OnRoad]) -> Vec<Option<u32>> {
        if let Some(upward) = self.look_up() {
            upward.expect(starts.len());
            self.all_wanted = true;
        }
        starts.iter().map(|start| self.travel_ms(start)).collect()
    }

    /// Driving time in milliseconds of one vehicle, access to and from the road included;
    /// `None` where there is no route.
    pub fn travel_ms(&mut self, start: &OnRoad) -> Option<u32> {
        match self.travel_ms_within(start, u32::MAX) {
            JourneyTime::Takes(ms) => Some(ms),
            JourneyTime::TooLong | JourneyTime::NoRoute => None,
        }
    }

    /// The same if it is no more than so many milliseconds; a search looks no further.
    pub fn travel_ms_within(&mut self, start: &OnRoad, most_ms: u32) -> JourneyTime {
        let fixed = off_road_ms(&self.weights.costs, start) + self.goal_off_ms;
        let Some(most_on_road) = most_ms.checked_sub(fixed) else { return JourneyTime::TooLong };
        match self.on_road_ms(start, most_on_road) {
            Some(CLOSED) => JourneyTime::NoRoute,
            Some(ms) if ms > most_on_road => JourneyTime::TooLong,
            Some(ms) => JourneyTime::Takes(ms.saturating_add(fixed)),
            None => JourneyTime::TooLong,
        }
    }

    /// Driving time on the road; `CLOSED` where there is no route, `None` if it takes longer.
    fn on_road_ms(&mut self, start: &OnRoad, most_ms: u32) -> Option<u32> {
        let lookup = self.weights.effort().map(|it| it.upward(1) / SETTLE_NS);
        let mut affordable = usize::MAX;
        if let Some(lookup) = lookup {
            self.affordable += lookup;
            affordable = if self.all_wanted { 0 } else { self.affordable };
        }
        let ManyToOne { weights, ends, search, .. } = self;
        if affordable > 0 {
            let search = search.get_or_insert_with(|| Search::new(&weights.costs, ends));
            let before = search.settled;
            let found = search.ms(&weights.costs, ends, start, most_ms, affordable);
            self.affordable = self.affordable.saturating_sub(search.settled - before);
            match found {
                Found::Takes(ms) => return Some(ms),
                Found::Longer => return None,
                Found::TooDear => {}
            }
        }
        let (weights, ends) = (self.weights.clone(), self.ends);
        let looked_up = self.look_up().map(|upward| journey(&weights.costs, start, &ends, upward));
        if let Some(found) = looked_up.filter(|found| found.is_exact()) {
            return Some(found.at_least_ms);
        }
        // What the hierarchy cannot answer under the conditions is searched for.
        let search = self.search.get_or_insert_with(|| Search::new(&weights.costs, &ends));
        match search.ms(&weights.costs, &ends, start, most_ms, usize::MAX) {
            Found::Takes(ms) => Some(ms),
            Found::Longer | Found::TooDear => None,
        }
    }

    /// The hierarchy's answers; `None` before it is made.
    fn look_up(&mut self) -> Option<&mut UpwardSearch> {
        if self.upward.is_none() {
            self.upward = self.weights.upward_search(&self.ends);
        }
        self.upward.as_mut()
    }
}
