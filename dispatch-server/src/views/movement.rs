//! What positions show of a vehicle's movement, as consoles and terminals are shown it.

use super::ToWire;
use super::log_entry::Details;
use super::words::word;
use dispatch_core::model;
use dispatch_core::state::Vehicle;
use wire_protocol::movement::{Movement, MovementView};

/// What concerns the vehicle now. That it drove too fast is told by the log alone.
pub(super) fn movements(vehicle: &Vehicle) -> Vec<MovementView> {
    let view = |seen: &dispatch_core::state::SeenMovement| MovementView {
        movement: seen.movement.to_wire(),
        since: seen.since.0,
    };
    let all = vehicle.seen_movements().map(view);
    all.filter(|seen| seen.movement != Movement::Speeding).collect()
}

impl ToWire for model::Movement {
    type Wire = Movement;

    fn to_wire(&self) -> Movement {
        match self {
            Self::AtScene { .. } => Movement::AtScene,
            Self::AtHospital { .. } => Movement::AtHospital,
            Self::AtStation { .. } => Movement::AtStation,
            Self::Idling { .. } => Movement::Idling,
            Self::OutsideRegion => Movement::OutsideRegion,
            Self::Speeding { .. } => Movement::Speeding,
        }
    }
}

impl Details {
    pub(super) fn tell_movement(&mut self, movement: &model::Movement, since: i64, over: bool) {
        self.put("movement", word(movement.to_wire()));
        self.put("since", since);
        if over {
            self.put("over", true);
        }
        match movement {
            model::Movement::AtStation { station } => self.put("station", station),
            model::Movement::Speeding { kmh } => self.put("kmh", kmh),
            model::Movement::AtScene { .. }
            | model::Movement::AtHospital { .. }
            | model::Movement::Idling { .. }
            | model::Movement::OutsideRegion => {}
        }
    }
}
