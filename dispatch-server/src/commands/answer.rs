//! The desk's answer on its way back to the console.

use super::confirm;
use crate::api_error::{ApiError, Code};
use crate::views::ToWire;
use axum::http::StatusCode;
use dispatch_core::model::{Event, Rejection, VehicleId};
use dispatch_desk::desk::{CommandError, Done};
use wire_protocol::commands::CommandAnswer;
use wire_protocol::problem::Danger;

/// What was done, in short.
pub fn answer_to(done: &Done) -> CommandAnswer {
    let mut answer = CommandAnswer {
        already_recorded: done.already_recorded,
        centre: done.centre.to_string(),
        version: done.version,
        incident: None,
        call: None,
        tasks: Vec::new(),
    };
    for recorded in &done.events {
        if let Event::IncidentOpened { incident, .. } = &recorded.event {
            answer.incident = Some(incident.to_string());
        } else if let Event::CallTaken { call_id, .. } = &recorded.event {
            answer.call = Some(call_id.to_string());
        } else if let Event::TaskCreated { task, .. } = &recorded.event {
            answer.tasks.push(task.to_string());
        }
    }
    answer
}

/// Why it was not done.
pub fn api_error_of(error: CommandError) -> ApiError {
    match error {
        CommandError::Rejected(rejection) => rejection_refusal(&rejection),
        CommandError::UnknownCentre(centre) => {
            ApiError::from(Code::UnknownCentre).with("centre", centre)
        }
        CommandError::Barred(why) => ApiError::from(Code::NotAllowed).saying(why),
        CommandError::NotTheirs(centre) => ApiError::from(Code::WrongCentre)
            .saying("the vehicle is with another centre, which alone may give it away")
            .with("centre", centre),
        CommandError::Busy => Code::Busy.into(),
        CommandError::NotRecorded(_) => Code::NotRecorded.into(),
        CommandError::Stopping => Code::Stopping.into(),
    }
}

/// A refusal of the rules: a conflict with how things stand, or a field that is wrong.
pub fn rejection_refusal(rejection: &Rejection) -> ApiError {
    let status = if matches!(rejection, Rejection::BadField { .. }) {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::CONFLICT
    };
    let refusal = ApiError::new(status, rejection.code(), rejection.to_string(), false);
    with_details(refusal, rejection).asking(rejection.dangers().iter().filter_map(danger).collect())
}

/// One danger, told as a refusal of its own would be.
fn danger(warning: &Rejection) -> Option<Danger> {
    let refusal = ApiError::new(StatusCode::CONFLICT, warning.code(), warning.to_string(), false);
    let confirm = confirm::to_wire(warning.confirmation()?);
    Some(with_details(refusal, warning).into_danger(confirm))
}

fn with_details(refusal: ApiError, rejection: &Rejection) -> ApiError {
    use Rejection as R;
    match rejection {
        R::NoVehicleNamed
        | R::CreationNotPressed
        | R::NotForCrews
        | R::SeveralDangers { dangers: _ } => refusal,
        R::UnknownIncident { incident }
        | R::IncidentOver { incident }
        | R::IncidentStillOpen { incident }
        | R::AlreadySuspended { incident }
        | R::NotSuspended { incident }
        | R::NeverServed { incident }
        | R::ExerciseApart { incident } => refusal.with("incident", incident),
        R::PatientsUnaccounted { incident, reported, unaccounted } => refusal
            .with("incident", incident)
            .with("reported", reported)
            .with("unaccounted", unaccounted),
        R::TasksStillRunning { incident, running } => {
            refusal.with("incident", incident).with("running", running)
        }
        R::UnknownCall { incident, call } | R::CallOpenedIncident { incident, call } => {
            refusal.with("incident", incident).with("call", call)
        }
        R::CallAlreadySeparated { call, to } => refusal.with("call", call).with("to", to),
        R::UnknownTask { task }
        | R::TaskOver { task }
        | R::OrderExpired { task }
        | R::NoOrderChange { task }
        | R::OrderReceived { task } => refusal.with("task", task),
        R::UnknownVehicle { vehicle }
        | R::VehicleNotOnTask { vehicle }
        | R::PatientOnBoard { vehicle }
        | R::AbortWithPatient { vehicle }
        | R::VehicleNamedTwice { vehicle }
        | R::AlreadyHere { vehicle }
        | R::NoSos { vehicle }
        | R::NothingToAnswer { vehicle }
        | R::CrewWaits { vehicle }
        | R::NothingToSettle { vehicle }
        | R::VehicleRetired { vehicle }
        | R::NoFollowOn { vehicle }
        | R::NoSuggestion { vehicle }
        | R::NoMove { vehicle }
        | R::NotYourVehicle { vehicle } => refusal.with("vehicle", vehicle),
        R::VehicleOnTask { vehicle, task } => refusal.with("vehicle", vehicle).with("task", task),
        R::VehicleNotAvailable { vehicle, state } | R::AlreadyInState { vehicle, state } => {
            refusal.with("vehicle", vehicle).with("state", word(state))
        }
        R::CrewAtScene { vehicles } => {
            let names: Vec<&str> = vehicles.iter().map(VehicleId::as_str).collect();
            refusal.with("vehicles", names.join(", "))
        }
        R::AlreadyOnIncident { vehicle, incident }
        | R::PatientBeforeExercise { vehicle, incident } => {
            refusal.with("vehicle", vehicle).with("incident", incident)
        }
        R::TooManyVehicles { most } => refusal.with("most", most),
        R::MilestoneOutOfOrder { task, reached, asked } => {
            refusal.with("task", task).with("reached", word(reached)).with("asked", word(asked))
        }
        R::TimeOutOfOrder { task, milestone } | R::NotLatestMilestone { task, milestone } => {
            refusal.with("task", task).with("milestone", word(milestone))
        }
        R::UnknownHandOver { vehicle, number } => {
            refusal.with("vehicle", vehicle).with("number", number)
        }
        R::HandOverNotForUs { vehicle, to } | R::VehicleLent { vehicle, to } => {
            refusal.with("vehicle", vehicle).with("to", to)
        }
        R::BadField { field, problem } => refusal.with("field", field).with("problem", problem),
        R::IncidentFull { incident, most, what } => {
            refusal.with("incident", incident).with("most", most).with("what", what)
        }
        R::NoneSent { refused } => {
            let each = refused.iter().map(|(vehicle, code)| format!("{vehicle} ({code})"));
            refusal.with("refused", each.collect::<Vec<_>>().join(", "))
        }
        R::CrewReportOpen { vehicle, task } => refusal.with("vehicle", vehicle).with("task", task),
        R::AlreadyPromised { vehicle, incident } => {
            refusal.with("vehicle", vehicle).with("incident", incident)
        }
        R::NotAtHospital { vehicle, state } => {
            refusal.with("vehicle", vehicle).with("state", word(state))
        }
        R::CrewOutOfTouch { vehicles } => {
            let names: Vec<&str> = vehicles.iter().map(|it| it.as_str()).collect();
            refusal.with("vehicles", names.join(", "))
        }
        R::CommandGap { number, expected } => {
            refusal.with("number", number).with("expected", expected)
        }
    }
}

fn word<T: ToWire<Wire: serde::Serialize>>(core: &T) -> String {
    crate::views::word(core.to_wire())
}
