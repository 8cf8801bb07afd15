//! The events of one decision as they are being written, with the look-ups every rule needs.

use super::standing::nothing_stands;
use crate::model::*;
use crate::rules::Rules;
use crate::state::{CentreState, Incident, Stamp, Task, Vehicle};

/// A command older than this carries a clock that was never set: no terminal is cut off for a week.
const OLDEST_CREDIBLE_COMMAND_SECONDS: i64 = 7 * 24 * 3600;

pub(super) struct Draft<'a> {
    pub(super) state: &'a CentreState,
    pub(super) rules: &'a Rules,
    pub(super) context: &'a CommandContext,
    clock_doubtful: bool,
    events: Vec<Recorded>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        state: &'a CentreState,
        rules: &'a Rules,
        context: &'a CommandContext,
    ) -> Self {
        let latest = context.now.plus_seconds(rules.clock_tolerance_seconds);
        let earliest = context.now.plus_seconds(-OLDEST_CREDIBLE_COMMAND_SECONDS);
        let credible = earliest..=latest;
        let clock_doubtful = !credible.contains(&context.made_at)
            || context.terminal.is_some_and(|clock| clock.is_doubtful);
        Self { state, rules, context, clock_doubtful, events: Vec::new() }
    }

    pub(super) fn into_events(self) -> Vec<Recorded> {
        self.events
    }

    /// Writes what the command itself did.
    pub(super) fn push(&mut self, event: Event) {
        let provenance = self.provenance();
        self.write(provenance, event);
    }

    /// Writes what a rule of the system did in consequence.
    pub(super) fn push_by_rule(&mut self, rule: &str, event: Event) {
        let provenance = Provenance {
            made_at: self.context.now,
            terminal_clock: None,
            recorded_at: self.context.now,
            origin: Origin::Automatic { rule: rule.to_owned() },
            vehicle_online: self.context.vehicle_online,
            clock_doubtful: false,
            command_id: None,
            confirmed: Vec::new(),
        };
        self.write(provenance, event);
    }

    /// Doubts the sender's clock if the command would lie before the step it follows.
    pub(super) fn doubt_if_before(&mut self, step: Option<&Stamp>) {
        let latest_credible = self.context.made_at.plus_seconds(self.rules.clock_skew_seconds);
        self.clock_doubtful |= step.is_some_and(|step| latest_credible < step.at());
    }

    /// The provenance of the command as far as it is judged.
    pub(super) fn provenance(&self) -> Provenance {
        let made_at = self.context.made_at;
        let said = self.context.terminal.map(|clock| clock.said);
        Provenance {
            made_at,
            terminal_clock: said.filter(|said| said.seconds_since(made_at).abs() >= 1.0),
            recorded_at: self.context.now,
            origin: self.context.origin.clone(),
            vehicle_online: self.context.vehicle_online,
            clock_doubtful: self.clock_doubtful,
            command_id: self.context.command_id.clone(),
            confirmed: self.context.confirmed.clone(),
        }
    }

    pub(super) fn by_crew(&self) -> bool {
        matches!(self.context.origin, Origin::CrewTerminal { .. })
    }

    pub(super) fn incident(&self, incident: &IncidentId) -> Result<&'a Incident, Rejection> {
        let unknown = || Rejection::UnknownIncident { incident: incident.clone() };
        self.state.incidents.get(incident).ok_or_else(unknown)
    }

    /// An incident that is not over.
    pub(super) fn live_incident(&self, incident: &IncidentId) -> Result<&'a Incident, Rejection> {
        let found = self.incident(incident)?;
        if found.stage.is_over() {
            return Err(Rejection::IncidentOver { incident: incident.clone() });
        }
        Ok(found)
    }

    pub(super) fn vehicle(&self, vehicle: &VehicleId) -> Result<&'a Vehicle, Rejection> {
        let unknown = || Rejection::UnknownVehicle { vehicle: vehicle.clone() };
        self.state.vehicles.get(vehicle).ok_or_else(unknown)
    }

    /// A vehicle that is on no task, by its crew's word too.
    pub(super) fn idle_vehicle(&self, vehicle: &VehicleId) -> Result<&'a Vehicle, Rejection> {
        let found = self.vehicle(vehicle)?;
        match found.running_task() {
            Some(task) => Err(on_task(vehicle, task)),
            None => nothing_stands(found).map(|()| found),
        }
    }

    pub(super) fn task(&self, task: &TaskId) -> Result<(&'a Incident, &'a Task), Rejection> {
        self.state.task(task).ok_or_else(|| Rejection::UnknownTask { task: task.clone() })
    }

    /// The number that the next event will have.
    pub(super) fn next_version(&self) -> u64 {
        self.state.version + 1 + self.events.len() as u64
    }

    fn write(&mut self, provenance: Provenance, event: Event) {
        let version = self.next_version();
        self.events.push(Recorded { version, provenance, event });
    }
}

pub(super) fn on_task(vehicle: &VehicleId, task: &TaskId) -> Rejection {
    Rejection::VehicleOnTask { vehicle: vehicle.clone(), task: task.clone() }
}

pub(super) fn in_state(vehicle: &Vehicle) -> Rejection {
    Rejection::AlreadyInState { vehicle: vehicle.id.clone(), state: vehicle.state() }
}

pub(super) fn not_available(vehicle: &Vehicle) -> Rejection {
    Rejection::VehicleNotAvailable { vehicle: vehicle.id.clone(), state: vehicle.state() }
}
