//! What the server notices by itself: trouble of a terminal, and what positions show.

use super::super::moves::What;
use super::Picker;
use dispatch_core::model::*;

impl Picker<'_> {
    /// A command of the server about one vehicle.
    pub(super) fn noticing(&self) -> Option<Command> {
        let vehicle = self.vehicle()?;
        if matches!(self.one.what, What::Seen) {
            return self.seen(vehicle);
        }
        let trouble = TerminalTrouble::OutboxRenewed {
            outbox: OutboxId::new(format!("renewed-{}", self.one.pick)),
            previous: Some("built-in".into()),
            terminal_through: 7,
            centre_through: 5,
            moved: 1,
            cause: RenewalCause::CentreBehind,
        };
        Some(Command::NoteTerminalTrouble { vehicle, trouble })
    }

    /// Of the vehicle's own task half the time, of anybody's else.
    fn seen(&self, vehicle: VehicleId) -> Option<Command> {
        let own = self.state.running_task_of(&vehicle).map(|(_, task)| task.id.clone());
        let task = own.filter(|_| self.one.other.is_multiple_of(2)).or_else(|| self.running_task());
        let task = task.unwrap_or_else(|| TaskId::from("yinchuan-1.t1"));
        let movement = match self.one.pick % 6 {
            0 => Movement::AtScene { task },
            1 => Movement::AtHospital { task },
            2 => Movement::AtStation { station: "YC-01".into() },
            3 => Movement::Idling { task },
            4 => Movement::OutsideRegion,
            _ => Movement::Speeding { kmh: 150 },
        };
        let over = self.one.other.is_multiple_of(3);
        Some(Command::NoteMovement { vehicle, movement, since: self.now, over })
    }
}
