//! The costs of a network with the hierarchy that looks times up under them: what every question is
//! asked under. Immutable; new conditions make new weights over the same hierarchy.

use super::ends::Ends;
use super::hierarchy::{AffectedArcs, Effort, Hierarchy, UpwardSearch};
use crate::cost::conditions::Condition;
use crate::cost::costs::{CLOSED, Costs};
use crate::cost::learned::DayPart;
use crate::cost::profile::Profile;
use crate::graph::network::RoadNetwork;
use crate::graph::parts::EdgeId;
use crate::graph::snap::{Heading, NoRoadWithin, OnRoad};
use geometry::Wgs84;
use std::sync::{Arc, OnceLock};

/// What the searches run on.
#[derive(Debug)]
pub struct Weights {
    pub(crate) costs: Costs,
    /// The hierarchy of the base weights, once it is made; shared with all weights that add conditions.
    hierarchy: Arc<OnceLock<Arc<Hierarchy>>>,
    /// Its arcs that the conditions touch.
    affected: OnceLock<Arc<AffectedArcs>>,
}

impl Weights {
    pub(crate) fn base(network: &Arc<RoadNetwork>, profile: &Profile, part: DayPart) -> Weights {
        let costs = Costs::base(network, profile, part);
        Weights { costs, hierarchy: Arc::default(), affected: OnceLock::new() }
    }

    /// These weights with the conditions that hold at `now` added.
    pub(crate) fn with(&self, conditions: &[Condition], now_unix_seconds: i64) -> Weights {
        Weights {
            costs: self.costs.with(conditions, now_unix_seconds),
            hierarchy: Arc::clone(&self.hierarchy),
            affected: OnceLock::new(),
        }
    }

    /// Makes the hierarchy of base weights, unless it is made.
    pub(crate) fn prepare(&self) -> &Arc<Hierarchy> {
        self.hierarchy.get_or_init(|| Arc::new(Hierarchy::over(&self.costs)))
    }

    pub(crate) fn hierarchy_bytes(&self) -> usize {
        self.hierarchy.get().map_or(0, |it| it.bytes())
    }

    /// How long lookups are likely to take; `None` before the hierarchy is made.
    pub(crate) fn effort(&self) -> Option<Effort> {
        self.hierarchy.get().map(|it| it.effort)
    }

    /// Times to the ends of a journey, looked up; `None` before the hierarchy is made.
    pub(crate) fn upward_search(&self, ends: &Ends) -> Option<UpwardSearch> {
        let hierarchy = self.hierarchy.get()?;
        let affected = (!self.costs.slower.is_empty()).then(|| {
            let made = || Arc::new(AffectedArcs::by(hierarchy, &self.costs.slower));
            Arc::clone(self.affected.get_or_init(made))
        });
        Some(UpwardSearch::to(hierarchy, affected, &self.costs, ends))
    }

    /// The network these weights belong to.
    pub fn network(&self) -> &Arc<RoadNetwork> {
        &self.costs.network
    }

    /// How many edges conditions close and slow down.
    pub fn affected_edges(&self) -> (usize, usize) {
        self.costs.affected_edges()
    }

    /// Seconds along an edge in each direction (`None`: not driven), turns not counted.
    pub fn seconds(&self, edge: EdgeId) -> [Option<f64>; 2] {
        [edge.0 * 2, edge.0 * 2 + 1].map(|arc| self.costs.seconds(arc))
    }

    /// Nothing moves faster than this under these weights, metres a second.
    pub fn top_speed_mps(&self) -> f64 {
        self.costs.top_m_per_ms * 1000.0
    }

    /// Milliseconds for so many metres beside the roads, on foot or over a yard.
    pub fn off_road_ms(&self, metres: f64) -> u32 {
        self.costs.off_road_ms(metres)
    }

    /// The nearest place on a road that this profile may drive under these conditions.
    ///
    /// # Errors
    /// Where no such road lies within `limit_m` metres.
    pub fn snap(
        &self,
        place: Wgs84,
        limit_m: f64,
        heading: Option<Heading>,
    ) -> Result<OnRoad, NoRoadWithin> {
        let found = self.snap_several(place, limit_m, heading, 1);
        found.into_iter().next().ok_or(NoRoadWithin { limit_m })
    }

    /// Up to `count` different edges near a place, best first.
    pub fn snap_several(
        &self,
        place: Wgs84,
        limit_m: f64,
        heading: Option<Heading>,
        count: usize,
    ) -> Vec<OnRoad> {
        let usable = |arc: u32| self.costs.state_ms[arc as usize] != CLOSED;
        self.network().nearest(place, limit_m, heading, count, usable)
    }
}
