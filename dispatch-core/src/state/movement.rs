//! What was seen of a vehicle's movement and still concerns it.

use super::{Duty, SeenMovement, TaskStage, Vehicle};
use crate::model::{Movement, MovementKind, TaskId, Timestamp};

impl Vehicle {
    /// What was seen and concerns what the vehicle does now: a press, a new order or a return makes arrivals and
    /// idling of before a thing of the past.
    pub fn seen_movements(&self) -> impl Iterator<Item = &SeenMovement> {
        self.movements.iter().filter(|seen| self.may_show(&seen.movement, seen.since))
    }

    /// What was seen of one kind and concerns it now.
    pub fn seen_movement(&self, kind: MovementKind) -> Option<&SeenMovement> {
        self.seen_movements().find(|seen| seen.movement.kind() == kind)
    }

    /// Whether a movement seen since then would tell of what the vehicle does now.
    pub fn may_show(&self, movement: &Movement, since: Timestamp) -> bool {
        let fits = match movement {
            Movement::AtScene { task } => self.drives_for(task, TaskStage::ToScene),
            Movement::AtHospital { task } => self.drives_for(task, TaskStage::PatientOnBoard),
            Movement::AtStation { station } => self.returns() && self.covers() == station,
            Movement::Idling { task } => {
                self.drives_for(task, TaskStage::ToScene)
                    || self.drives_for(task, TaskStage::PatientOnBoard)
            }
            Movement::OutsideRegion | Movement::Speeding { .. } => return true,
        };
        // What the crew reports against the centre, or had said before its order, goes before what positions show.
        fits && since >= self.since && self.report.is_none() && self.away.is_none()
    }

    /// Whether it is free on the road, under way to a station.
    pub(crate) fn returns(&self) -> bool {
        let on_road = match &self.duty {
            Duty::AvailableOnRoad { .. } => true,
            Duty::OnTask { .. }
            | Duty::AvailableAtStation
            | Duty::OffDuty
            | Duty::Paused { .. } => false,
        };
        on_road && !self.is_standing_by()
    }

    /// Remembers what was seen, or that it is over.
    pub(crate) fn note_movement(&mut self, movement: &Movement, since: Timestamp, over: bool) {
        self.movements.retain(|seen| seen.movement.kind() != movement.kind());
        if !over {
            self.movements.push(SeenMovement { movement: movement.clone(), since });
        }
    }

    fn drives_for(&self, task: &TaskId, wanted: TaskStage) -> bool {
        matches!(&self.duty, Duty::OnTask { task: running, stage } if running == task && *stage == wanted)
    }
}
