//! Moves of free vehicles as they stand: which may be moved, and where a moved one counts from.

use super::{CentreState, Duty, Move, Standby, SuggestedMove, Vehicle};
use crate::Rules;
use crate::model::{StationId, Timestamp, VehicleKind};

impl CentreState {
    /// The moves that are suggested now, by vehicle.
    pub fn suggestions(&self) -> impl Iterator<Item = &SuggestedMove> {
        self.vehicles.values().filter_map(|vehicle| vehicle.suggested.as_ref())
    }
}

impl Vehicle {
    /// Whether it may be moved: free, with nothing standing about it.
    pub fn may_move(&self) -> bool {
        let is_free = match &self.duty {
            Duty::AvailableAtStation | Duty::AvailableOnRoad { .. } => true,
            Duty::OnTask { .. } | Duty::OffDuty | Duty::Paused { .. } => false,
        };
        let nothing_stands = self.report.is_none() && self.away.is_none() && self.sos.is_none();
        is_free && nothing_stands && self.record.kind != VehicleKind::Command
    }

    /// The station at which it waits, or from which it counts: another one once it has been moved there.
    pub fn station(&self) -> &StationId {
        match &self.moving {
            Some(it) if it.reached.is_some() => &it.station,
            Some(_) | None => &self.record.station,
        }
    }

    /// Whether it waits at a station that is not its own.
    pub fn is_standing_by(&self) -> bool {
        self.moving.as_ref().is_some_and(|it| it.reached.is_some())
    }

    /// Since when a move stands that the crew has not said to have seen.
    pub fn unseen_move_since(&self) -> Option<Timestamp> {
        let unseen = |it: &&Move| it.acknowledged.is_none() && it.reached.is_none();
        self.moving.as_ref().filter(unseen).map(|it| it.given_at)
    }

    /// Whether its move has stood unseen for so many seconds that it no longer holds.
    pub fn move_has_lapsed(&self, rules: &Rules, now: Timestamp) -> bool {
        let lapses = |since: Timestamp| since.plus_seconds(rules.move_expiry_seconds);
        self.unseen_move_since().is_some_and(|since| now > lapses(since))
    }

    /// The station that it is to cover: where it goes, waits, or came from.
    pub fn covers(&self) -> &StationId {
        self.moving.as_ref().map_or(&self.record.station, |it| &it.station)
    }

    /// It is not free any more: nothing suggested or given as a move holds.
    pub(crate) fn forget_moves(&mut self) {
        self.suggested = None;
        self.moving = None;
    }

    /// It sets out for the station it was given, from wherever it was, and returns from no task any more.
    pub(crate) fn set_out(&mut self, at: Timestamp) {
        let standby = Standby::OnRoad { last_task: None };
        let was_at_station = matches!(self.standby(), Some(Standby::AtStation));
        self.wait_at(standby, was_at_station.then_some(at));
    }
}
