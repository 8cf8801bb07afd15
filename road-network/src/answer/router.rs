//! The door to all answers: a network and a profile together. Holds the base weights of each
//! part of the day; reads no clock, `now` is an argument.

use crate::answer::isochrone::{Isochrone, isochrones};
use crate::answer::lookup;
use crate::answer::ranking::{self, Ranked, Start};
use crate::answer::route::{self, Route};
use crate::cost::conditions::Condition;
use crate::cost::costs::part_at;
use crate::cost::learned::DayPart;
use crate::cost::profile::Profile;
use crate::graph::network::RoadNetwork;
use crate::graph::snap::OnRoad;
use crate::search::weights::Weights;
use std::sync::{Arc, OnceLock};

/// Tables are worked out on at most so many threads, to leave room for live questions.
const MOST_TABLE_THREADS: usize = 4;

/// Answers questions about one network under one profile.
#[derive(Debug)]
pub struct Router {
    network: Arc<RoadNetwork>,
    profile: Profile,
    base: [OnceLock<Arc<Weights>>; DayPart::ALL.len()],
}

impl Router {
    /// A router over a network that is shared.
    pub fn new(network: Arc<RoadNetwork>, profile: Profile) -> Router {
        Router { network, profile, base: Default::default() }
    }

    /// The network.
    pub fn network(&self) -> &Arc<RoadNetwork> {
        &self.network
    }

    /// The profile.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The weights in force at `now` under these conditions. Without conditions in force the
    /// same shared weights come back each time; keep the answer until the conditions, an end
    /// time or the hour change.
    pub fn weights(&self, conditions: &[Condition], now_unix_seconds: i64) -> Arc<Weights> {
        let base = self.base(part_at(&self.profile, now_unix_seconds));
        if conditions.iter().any(|it| it.holds_at(now_unix_seconds)) {
            Arc::new(base.with(conditions, now_unix_seconds))
        } else {
            Arc::clone(base)
        }
    }

    fn base(&self, part: DayPart) -> &Arc<Weights> {
        let place = match part {
            DayPart::Day => 0,
            DayPart::Night => 1,
            DayPart::Rush => 2,
        };
        self.base[place].get_or_init(|| Arc::new(Weights::base(&self.network, &self.profile, part)))
    }

    /// Makes the hierarchies of all parts of the day, the one in force at `now` first. Takes seconds for
    /// a town and minutes for a province; every question is answered meanwhile, exactly as afterwards,
    /// only more slowly where many vehicles are ranked. Meant for a thread of its own.
    pub fn prepare(&self, now_unix_seconds: i64) {
        self.prepare_now(now_unix_seconds);
        for part in DayPart::ALL {
            self.base(part).prepare();
        }
    }

    /// The same for the part of the day in force at `now` alone.
    pub fn prepare_now(&self, now_unix_seconds: i64) {
        self.base(part_at(&self.profile, now_unix_seconds)).prepare();
    }

    /// Bytes held by the hierarchies made so far.
    pub fn hierarchy_bytes(&self) -> usize {
        self.base.iter().filter_map(OnceLock::get).map(|it| it.hierarchy_bytes()).sum()
    }

    /// The best `k` of many vehicles to one place, exact: by driving time plus each vehicle's
    /// own added seconds, best first. Vehicles with no route to the goal are left out.
    pub fn to_one(
        &self,
        weights: &Weights,
        starts: &[Start],
        goal: &OnRoad,
        k: usize,
    ) -> Vec<Ranked> {
        lookup::to_one(weights, starts, goal, k)
    }

    /// Driving time in milliseconds from one place to each goal; `None` where there is no route.
    pub fn from_one(
        &self,
        weights: &Weights,
        start: &OnRoad,
        goals: &[OnRoad],
    ) -> Vec<Option<u32>> {
        if goals.is_empty() { Vec::new() } else { ranking::from_one(&weights.costs, start, goals) }
    }

    /// Driving times in milliseconds from each start (rows) to each goal (columns).
    pub fn table(
        &self,
        weights: &Weights,
        starts: &[OnRoad],
        goals: &[OnRoad],
    ) -> Vec<Vec<Option<u32>>> {
        let threads = std::thread::available_parallelism()
            .map_or(1, usize::from)
            .min(MOST_TABLE_THREADS)
            .min(starts.len().max(1));
        let mut rows = vec![Vec::new(); starts.len()];
        let share = starts.len().div_ceil(threads).max(1);
        std::thread::scope(|scope| {
            for (rows, starts) in rows.chunks_mut(share).zip(starts.chunks(share)) {
                scope.spawn(move || {
                    for (row, start) in rows.iter_mut().zip(starts) {
                        *row = self.from_one(weights, start, goals);
                    }
                });
            }
        });
        rows
    }

    /// The fastest route with its course and turns; `None` where there is none.
    pub fn route(&self, weights: &Weights, start: &OnRoad, goal: &OnRoad) -> Option<Route> {
        route::route(&weights.costs, start, goal)
    }

    /// The land within each of the limits (seconds) of a place.
    pub fn isochrones(&self, weights: &Weights, start: &OnRoad, limits: &[u32]) -> Vec<Isochrone> {
        isochrones(&weights.costs, start, limits)
    }
}
