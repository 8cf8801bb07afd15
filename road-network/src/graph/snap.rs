//! From a place on the earth to a place on a road, or the plain statement that there is none
//! near. Never picks a road outside the asked limit and never one that may not be driven.

use crate::graph::network::RoadNetwork;
use crate::graph::parts::EdgeId;
use crate::graph::road::Passage;
use geometry::Wgs84;
use serde::Serialize;
use thiserror::Error;

/// There is no usable road near a place.
#[derive(Clone, Copy, Debug, PartialEq, Error)]
#[error("no road within {limit_m} m")]
pub struct NoRoadWithin {
    /// How far was looked, in metres.
    pub limit_m: f64,
}

/// The direction a vehicle moves in, degrees clockwise from north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heading(pub f64);

/// Which way along its road a vehicle goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Travel {
    /// It stands, or nobody knows: it may leave in either direction.
    Either,
    /// Along the course of the edge.
    Forward,
    /// Against it.
    Backward,
}

/// A place on a road.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct OnRoad {
    /// The edge.
    pub edge: EdgeId,
    /// How far along it, 0 at its first end, 1 at its second.
    pub share: f64,
    /// The way the vehicle goes.
    pub travel: Travel,
    /// The place on the road.
    pub position: Wgs84,
    /// How far from it the asked place was, in metres.
    pub distance_m: f64,
}

impl RoadNetwork {
    /// The nearest place on a road that is open to everybody; a heading prefers roads that
    /// lead that way and fixes the direction of travel.
    ///
    /// # Errors
    /// Where no such road lies within `limit_m` metres.
    pub fn snap(
        &self,
        place: Wgs84,
        limit_m: f64,
        heading: Option<Heading>,
    ) -> Result<OnRoad, NoRoadWithin> {
        let open = |arc: u32| self.passage(arc) == Passage::Open;
        self.nearest(place, limit_m, heading, 1, open)
            .into_iter()
            .next()
            .ok_or(NoRoadWithin { limit_m })
    }
}
