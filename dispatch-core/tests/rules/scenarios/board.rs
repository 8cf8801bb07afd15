//! A centre as text: incidents with calls and tasks, then vehicles, then hand-overs under way.

use super::script::clock;
use super::tell::{outcome, shorten, word};
use dispatch_core::CentreState;
use dispatch_core::model::*;
use dispatch_core::state::{
    Call, ClosingDoubt, Duty, HelpStanding, Incident, IncidentStage, Standby, Task, TaskEnd,
    Vehicle,
};
use std::fmt::Write;

pub(crate) fn draw(state: &CentreState, story: &mut String) {
    let mut lines = Vec::new();
    for incident in state.incidents.values() {
        lines.push(format!("{} {}", incident.id, stage(incident)));
        lines.extend(incident.calls.iter().map(|c| {
            let now = c.separated_to.as_ref().map(|to| format!(", incident {to} now"));
            let now = now.unwrap_or_default();
            format!("  {} {}{now}{}", c.id, outcome(&c.outcome), lower(incident, c))
        }));
        lines.extend(incident.tasks.iter().map(task));
        lines.extend(incident.promised.iter().map(|it| format!("  promised {}", it.vehicle)));
    }
    lines.extend(state.vehicles.values().map(vehicle));
    let under_way =
        |h: &VehicleTransfer| format!("{} on its way to {} (number {})", h.vehicle, h.to, h.number);
    lines.extend(state.transfers_out.values().map(under_way));
    for line in lines {
        writeln!(story, "    | {}", shorten(&line)).unwrap();
    }
}

fn stage(incident: &Incident) -> String {
    let by_hand = if incident.reopened { ", closes only by hand" } else { "" };
    match &incident.stage {
        IncidentStage::Open => format!("open{}{by_hand}", open(incident)),
        IncidentStage::Suspended { reason, .. } => format!("suspended ({})", word(&reason.reason)),
        IncidentStage::Refused { reason, .. } => format!("refused ({})", word(&reason.reason)),
        IncidentStage::Cancelled { reason, .. } => format!("cancelled ({})", word(&reason.reason)),
        IncidentStage::Closed { by_itself: true, .. } => "closed by itself".to_owned(),
        IncidentStage::Closed { by_itself: false, .. } => "closed by hand".to_owned(),
    }
}

fn open(incident: &Incident) -> String {
    let missing = match incident.vehicles_missing() {
        0 | 1 => String::new(),
        more => format!(" FOR {more}"),
    };
    match incident.standing() {
        Some(HelpStanding::Waiting) => format!(", WAITS{missing}"),
        Some(HelpStanding::NotReceived) => ", order not received".to_owned(),
        Some(HelpStanding::ToDecide) => format!(", CLOSE OR SEND? {}", doubts(incident)),
        Some(HelpStanding::UnderWay) | None => String::new(),
    }
}

fn doubts(incident: &Incident) -> String {
    let doubts = incident.closing_doubts();
    let told = doubts.iter().map(|doubt| match doubt {
        ClosingDoubt::PatientsUnaccounted { reported, accounted } => {
            format!("{accounted} of {reported} patients accounted for")
        }
        ClosingDoubt::NotReplaced { task } => format!("{task} not replaced"),
        ClosingDoubt::CallAfterDeparture { call_id } => format!("{call_id} came later"),
        ClosingDoubt::FewerThanWanted { wanted, came } => {
            format!("{came} of {wanted} vehicles came")
        }
        ClosingDoubt::Reopened => "reopened".to_owned(),
    });
    told.collect::<Vec<_>>().join("; ")
}

/// To what the incident may be lowered since a call no longer counts.
fn lower(incident: &Incident, call: &Call) -> String {
    let offer = incident.lowered_without(call);
    let priority = offer.priority.map(|to| format!(", MAY BE LOWERED to {}", word(&to)));
    let fewer = offer.vehicles_wanted.map(|to| format!(", MAY WANT {to} vehicle(s)"));
    [priority, fewer].into_iter().flatten().collect()
}

fn task(task: &Task) -> String {
    let end = match &task.end {
        TaskEnd::Running if task.lapsed_at.is_some() => "running, NOT ANSWERED".to_owned(),
        TaskEnd::Running => "running".to_owned(),
        TaskEnd::Finished => "finished".to_owned(),
        TaskEnd::Aborted { reason, .. } => format!("aborted ({})", word(&reason.reason)),
        TaskEnd::Diverted { to, .. } => format!("diverted to {to}"),
    };
    let times: Vec<String> = task
        .milestones
        .iter()
        .map(|(milestone, stamp)| {
            let doubt = if stamp.doubtful { "?" } else { "" };
            let corrected = if stamp.corrected { "*" } else { "" };
            format!("{} {}{doubt}{corrected}", milestone.name(), clock(stamp.at()))
        })
        .collect();
    let changes = task.changes.iter().filter(|_| task.is_running());
    let changes: Vec<String> =
        changes.map(|it| format!("{} ({})", word(&it.part), it.version)).collect();
    let unseen = match changes.as_slice() {
        [] => String::new(),
        changes => format!(", NOT SEEN: {}", changes.join(", ")),
    };
    format!("  {} {} {end}: {}{unseen}", task.id, task.vehicle, times.join(", "))
}

fn vehicle(vehicle: &Vehicle) -> String {
    let duty = match &vehicle.duty {
        Duty::OnTask { task, stage } => format!("{} on {task}", word(stage)),
        Duty::AvailableOnRoad { last_task: Some(task) } => format!("on the road home from {task}"),
        Duty::AvailableOnRoad { last_task: None } => "available on the road".to_owned(),
        Duty::AvailableAtStation => "at station".to_owned(),
        Duty::OffDuty => "off duty".to_owned(),
        Duty::Paused { reason, standby } => {
            let place = match standby {
                Standby::OnRoad { .. } => "on the road",
                Standby::AtStation => "at station",
            };
            format!("paused {place} ({})", word(&reason.reason))
        }
    };
    let sos = vehicle.sos.map(|at| format!(", SOS since {}", clock(at))).unwrap_or_default();
    let report = vehicle
        .report
        .as_ref()
        .map(|report| format!(", CREW REPORTS {} of {}", report.reached.name(), report.task));
    let refused = vehicle.refused.as_ref().map(|it| format!(", {} refused to see", it.count));
    let next = vehicle.follow_on.as_ref().map(|next| format!(", next {}", next.incident));
    let unseen = vehicle.messages.unseen(MessageFrom::Crew).count();
    let unread = vehicle.messages.unseen(MessageFrom::Centre).count();
    let messages = (unseen + unread > 0)
        .then(|| format!(", {unseen} from the crew to answer, {unread} for it to read"));
    let suggested = vehicle
        .suggested
        .as_ref()
        .map(|it| format!(", suggested to {} ({})", it.suggestion.station, it.suggestion.number));
    let moving = vehicle.moving.as_ref().map(|it| match (&it.acknowledged, it.reached) {
        (_, Some(at)) => format!(", waits at {} since {}", it.station, clock(at)),
        (Some(_), None) => format!(", under way to {}", it.station),
        (None, None) => format!(", to wait at {}, NOT SEEN", it.station),
    });
    let seen: Vec<&str> = vehicle.seen_movements().map(|seen| seen.movement.name()).collect();
    let seen = (!seen.is_empty()).then(|| format!(", SEEN {}", seen.join(" ")));
    let marks: String =
        [report, refused, messages, next, suggested, moving, seen].into_iter().flatten().collect();
    format!(
        "{} [{}] {duty} since {}{sos}{marks}",
        vehicle.id,
        vehicle.state().number(),
        clock(vehicle.since)
    )
}
