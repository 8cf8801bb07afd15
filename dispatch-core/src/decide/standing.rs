//! Whether a crew reports something against the centre that a person has to settle first.

use crate::model::*;
use crate::state::{CentreState, CrewReport, Incident, Vehicle};

/// A vehicle whose crew reports nothing against the centre, or is done with it.
pub(super) fn nothing_stands(vehicle: &Vehicle) -> Result<(), Rejection> {
    vehicle.standing_report().map_or(Ok(()), |report| Err(open(vehicle, report)))
}

/// A vehicle about which nothing is to be settled, not even for the record.
pub(super) fn nothing_reported(vehicle: &Vehicle) -> Result<(), Rejection> {
    vehicle.report.as_ref().map_or(Ok(()), |report| Err(open(vehicle, report)))
}

/// A vehicle whose crew waits for no answer.
pub(super) fn nothing_asked(vehicle: &Vehicle) -> Result<(), Rejection> {
    let waits = vehicle.sos.is_some() || vehicle.messages.unseen(MessageFrom::Crew).any(|_| true);
    if waits { Err(Rejection::CrewWaits { vehicle: vehicle.id.clone() }) } else { Ok(()) }
}

/// No crew reports a patient of this incident against what the centre did.
pub(super) fn nobody_reported(state: &CentreState, incident: &Incident) -> Result<(), Rejection> {
    let is_of_it = |task: &TaskId| incident.tasks.iter().any(|known| known.id == *task);
    let reported = state.vehicles.values().find_map(|vehicle| {
        let report = vehicle.standing_report()?;
        is_of_it(&report.task).then(|| open(vehicle, report))
    });
    reported.map_or(Ok(()), Err)
}

fn open(vehicle: &Vehicle, report: &CrewReport) -> Rejection {
    Rejection::CrewReportOpen { vehicle: vehicle.id.clone(), task: report.task.clone() }
}
