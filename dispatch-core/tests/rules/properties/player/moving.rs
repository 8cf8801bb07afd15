//! Moves of free vehicles, suggested, answered and made.

use super::super::moves::What;
use super::Picker;
use crate::region;
use dispatch_core::model::*;

/// Stations of the test; all vehicles are at home at the first.
const STATIONS: [&str; 3] = ["YC-01", "YC-02", "YC-03"];

impl Picker<'_> {
    /// A command about moves; nothing when there is nothing it could be about.
    pub(super) fn moving(&self) -> Option<Command> {
        let station = || StationId::from(STATIONS[usize::from(self.one.other) % STATIONS.len()]);
        if let What::Advice(advice) = self.one.what {
            return Some(Command::SetMoveAdvice { advice });
        }
        if matches!(self.one.what, What::SuggestMove) {
            let vehicle = self.vehicle()?;
            let suggestion = region::suggestion(vehicle.as_str(), station().as_str());
            return Some(Command::SuggestMove { suggestion: Box::new(suggestion) });
        }
        if matches!(self.one.what, What::GiveMove) {
            return Some(Command::GiveMove { vehicle: self.vehicle()?, station: station() });
        }
        if matches!(self.one.what, What::SeenMove | What::WithdrawMove) {
            let vehicle = self.vehicle_that(|vehicle| vehicle.moving.is_some())?;
            let station = self.state.vehicles.get(&vehicle)?.moving.as_ref()?.station.clone();
            let is_seen = matches!(self.one.what, What::SeenMove);
            return Some(if is_seen {
                Command::AcknowledgeMove { vehicle, station }
            } else {
                Command::WithdrawMove { vehicle }
            });
        }
        let vehicle = self.vehicle_that(|vehicle| vehicle.suggested.is_some())?;
        let number = self.state.vehicles.get(&vehicle)?.suggested.as_ref()?.suggestion.number;
        Some(if let What::EndSuggestion(end) = &self.one.what {
            Command::EndSuggestion { vehicle, number, end: end.clone() }
        } else if matches!(self.one.what, What::AcceptMove) {
            Command::AcceptMove { vehicle, number }
        } else {
            Command::IgnoreMove { vehicle, number, reason: MoveIgnoreReason::Other.into() }
        })
    }
}
