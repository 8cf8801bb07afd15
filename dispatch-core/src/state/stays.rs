//! When which vehicle belonged to this centre: its past there stays the centre's, and what came before or after is
//! another's.

use crate::model::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// Stays remembered of one vehicle: lent and back once a week for as long as positions are kept, and some.
const REMEMBERED_STAYS: usize = 256;

/// A stretch of time that a vehicle belonged to a centre, by the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment that no longer belongs to it; absent while the vehicle is here.
    pub to: Option<Timestamp>,
}

impl Stay {
    /// The part of it that lies within a stretch of time; nothing where they do not meet.
    pub fn within(&self, from: Timestamp, to: Timestamp) -> Option<(Timestamp, Timestamp)> {
        let (from, to) = (self.from.max(from), self.to.map_or(to, |end| end.min(to)));
        (from < to).then_some((from, to))
    }
}

/// The stays of every vehicle that ever belonged to the centre, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Stays(BTreeMap<VehicleId, VecDeque<Stay>>);

impl Stays {
    pub(crate) fn of(&self, vehicle: &VehicleId) -> impl Iterator<Item = Stay> + '_ {
        self.0.get(vehicle).into_iter().flatten().copied()
    }

    pub(crate) fn begin(&mut self, vehicle: &VehicleId, from: Timestamp) {
        let stays = self.0.entry(vehicle.clone()).or_default();
        stays.push_back(Stay { from, to: None });
        if stays.len() > REMEMBERED_STAYS {
            stays.pop_front();
        }
    }

    pub(crate) fn end(&mut self, vehicle: &VehicleId, to: Timestamp) {
        let last = self.0.get_mut(vehicle).and_then(VecDeque::back_mut);
        if let Some(stay) = last {
            stay.to = Some(to.max(stay.from));
        }
    }

    /// Takes times that have not come yet back to `now`.
    pub(crate) fn not_after(&mut self, now: Timestamp) {
        for stay in self.0.values_mut().flatten() {
            stay.from = stay.from.min(now);
            stay.to = stay.to.map(|to| to.min(now));
        }
    }
}
