//! What a move is about: one of what there is.

use super::moves::Move;
use super::player::Picker;
use dispatch_core::model::*;
use dispatch_core::state::Vehicle;

impl Picker<'_> {
    pub(super) fn live_incident(&self) -> Option<IncidentId> {
        let live: Vec<_> = self.state.open_incidents().map(|i| i.id.clone()).collect();
        pick(&live, usize::from(self.one.pick))
    }

    pub(super) fn any_incident(&self) -> Option<IncidentId> {
        let all: Vec<_> = self.state.incidents.keys().cloned().collect();
        pick(&all, usize::from(self.one.pick))
    }

    pub(super) fn running_task(&self) -> Option<TaskId> {
        let incidents = self.state.incidents.values();
        let running: Vec<_> =
            incidents.flat_map(|i| i.running_tasks()).map(|task| task.id.clone()).collect();
        pick(&running, usize::from(self.one.other))
    }

    pub(super) fn any_task(&self) -> Option<TaskId> {
        let incidents = self.state.incidents.values();
        let all: Vec<_> = incidents.flat_map(|i| &i.tasks).map(|task| task.id.clone()).collect();
        pick(&all, usize::from(self.one.other))
    }

    /// What a crew had pressed before it was sent.
    pub(super) fn gone(&self) -> Option<Command> {
        let is_sent = |vehicle: &Vehicle| {
            let task = vehicle.running_task().and_then(|task| self.state.task(task));
            task.is_some_and(|(_, task)| !task.is_received())
        };
        let vehicle = self.vehicle_that(is_sent)?;
        let reason = PauseReason::Meal.into();
        Some(match self.one.other % 2 {
            0 => Command::GoOffDuty { vehicle },
            _ => Command::PauseVehicle { vehicle, reason },
        })
    }

    /// A crew that had gone so is back.
    pub(super) fn back(&self) -> Option<Command> {
        let vehicle = self.vehicle_that(|vehicle| vehicle.away.is_some())?;
        let paused = self.state.vehicles.get(&vehicle)?.state() == VehicleState::Paused;
        Some(match paused {
            true => Command::ResumeVehicle { vehicle },
            false => Command::GoOnDuty { vehicle },
        })
    }

    pub(super) fn vehicle_that(&self, suits: impl Fn(&Vehicle) -> bool) -> Option<VehicleId> {
        let all = self.state.vehicles.values().filter(|vehicle| suits(vehicle));
        let all: Vec<_> = all.map(|vehicle| vehicle.id.clone()).collect();
        pick(&all, usize::from(self.one.pick))
    }

    pub(super) fn vehicle(&self) -> Option<VehicleId> {
        let all: Vec<_> = self.state.vehicles.keys().cloned().collect();
        pick(&all, usize::from(self.one.pick))
    }

    pub(super) fn some_vehicles(&self, how_many: usize, only_free: bool) -> Vec<VehicleId> {
        let suits = |state: VehicleState| !only_free || state.is_available();
        let vehicles = self.state.vehicles.values().filter(|v| suits(v.state()));
        let mut named: Vec<_> = vehicles.map(|v| v.id.clone()).collect();
        let turn = usize::from(self.one.other) % named.len().max(1);
        named.rotate_left(turn);
        named.truncate(how_many);
        named
    }
}

pub(super) fn pick<T: Clone>(of: &[T], which: usize) -> Option<T> {
    of.get(which % of.len().max(1)).cloned()
}

/// What a crew tells with a milestone: often nothing, sometimes too little.
pub(super) fn told_with_a_milestone(one: &Move) -> MilestoneDetails {
    let some = |which: u16, most: u16| {
        let told = one.pick / which % (most + 2);
        (told <= most).then_some(told)
    };
    MilestoneDetails {
        patients_carried: some(1, 3),
        patients: PatientsTold {
            counted_at_scene: some(7, 2).filter(|_| one.other.is_multiple_of(3)),
            treated_at_scene: some(11, 1).filter(|_| one.other.is_multiple_of(2)),
            ..PatientsTold::default()
        },
        ..MilestoneDetails::default()
    }
}
