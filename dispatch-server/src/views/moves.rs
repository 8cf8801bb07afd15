//! Moves of free vehicles, as consoles and terminals are shown them.

use super::{StationNames, ToWire};
use dispatch_core::model::MoveWhy;
use dispatch_core::state::{Move, SuggestedMove, Vehicle};
use wire_protocol::moves::{MoveOrder, MoveView, SuggestedMoveView};
use wire_protocol::vocabulary;

/// The journal keeps shares of the demand as ten-thousandths.
const WHOLE: f64 = 10_000.0;

impl ToWire for SuggestedMove {
    type Wire = SuggestedMoveView;

    fn to_wire(&self) -> SuggestedMoveView {
        let it = &self.suggestion;
        let (why, uncovered_seconds) = match it.reason {
            MoveWhy::StationUncovered { seconds } => {
                (vocabulary::MoveWhy::StationUncovered, Some(seconds))
            }
            MoveWhy::CoversMore => (vocabulary::MoveWhy::CoversMore, None),
        };
        SuggestedMoveView {
            number: it.number,
            station: it.station.to_wire(),
            why,
            uncovered_seconds,
            covered_before: f64::from(it.covered_before) / WHOLE,
            covered_after: f64::from(it.covered_after) / WHOLE,
            expected_seconds_before: it.expected_seconds_before,
            expected_seconds_after: it.expected_seconds_after,
            drive_seconds: it.drive_seconds,
            since: self.since.0,
            expires_at: it.expires_at.0,
        }
    }
}

impl ToWire for Move {
    type Wire = MoveView;

    fn to_wire(&self) -> MoveView {
        MoveView {
            station: self.station.to_wire(),
            given_at: self.given_at.0,
            acknowledged: self.acknowledged.is_some(),
            reached_at: self.reached.to_wire(),
        }
    }
}

/// The station at which a crew is to wait, with its name.
pub(super) fn move_order(vehicle: &Vehicle, stations: &StationNames) -> Option<MoveOrder> {
    let it = vehicle.moving.as_ref()?;
    Some(MoveOrder {
        station: it.station.to_wire(),
        name: stations.name(&it.station),
        given_at: it.given_at.0,
        acknowledged: it.acknowledged.is_some(),
        reached_at: it.reached.to_wire(),
        own: it.station == vehicle.record.station,
    })
}
