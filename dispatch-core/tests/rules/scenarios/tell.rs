//! Events in one line each, as a log on a wall would have them.

use super::script::{HOME, clock};
use dispatch_core::model::*;
use serde::Serialize;

pub(crate) fn event(recorded: &Recorded) -> String {
    let by = match &recorded.provenance.origin {
        Origin::Automatic { rule } if rule != "region_data" => format!("({rule}) "),
        Origin::Automatic { .. } | Origin::Person { .. } | Origin::CrewTerminal { .. } => {
            String::new()
        }
    };
    let doubt = if recorded.provenance.clock_doubtful { " [clock doubtful]" } else { "" };
    shorten(&format!("{by}{}{doubt}", what(&recorded.event)))
}

/// Numbers without the name of the centre that all scripts play at.
pub(crate) fn shorten(text: &str) -> String {
    text.replace(&format!("{HOME}-"), "")
}

/// The stored name of a row of a table.
pub(crate) fn word<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

pub(crate) fn outcome(outcome: &CallOutcome) -> String {
    match outcome {
        CallOutcome::Open => "open".to_owned(),
        CallOutcome::Dispatched => "dispatched".to_owned(),
        CallOutcome::Suspended(why) => format!("suspended ({})", word(&why.reason)),
        CallOutcome::Refused(why) => format!("refused ({})", word(&why.reason)),
        CallOutcome::Cancelled(why) => format!("cancelled ({})", word(&why.reason)),
        CallOutcome::Reassigned(why) => format!("reassigned ({})", word(&why.reason)),
        CallOutcome::Consultation => "consultation".to_owned(),
        CallOutcome::Nuisance => "nuisance".to_owned(),
        CallOutcome::Repeat => "repeat".to_owned(),
    }
}

fn what(event: &Event) -> String {
    match event {
        Event::IncidentOpened { incident, facts } => {
            format!("incident {incident} opened: {}", facts.scene.address)
        }
        Event::CallTaken { call_id, .. } => format!("call {call_id} taken"),
        Event::CallSeparated { call_id, to, .. } => {
            format!("call {call_id} is incident {to} now")
        }
        Event::CallConcluded { call_id, outcome: o, .. } => {
            format!("call {call_id}: {}", outcome(o))
        }
        Event::IncidentAmended { incident, changes } => {
            format!("incident {incident} amended: {}", serde_json::to_string(changes).unwrap())
        }
        Event::IncidentSuspended { incident, reason } => {
            format!("incident {incident} suspended: {}", word(&reason.reason))
        }
        Event::IncidentResumed { incident } => format!("incident {incident} resumed"),
        Event::IncidentRefused { incident, reason } => {
            format!("incident {incident} refused: {}", word(&reason.reason))
        }
        Event::IncidentCancelled { incident, reason } => {
            format!("incident {incident} cancelled: {}", word(&reason.reason))
        }
        Event::IncidentClosed { incident } => format!("incident {incident} closed"),
        Event::IncidentReopened { incident, .. } => format!("incident {incident} reopened"),
        Event::VehiclesWanted { incident, vehicles } => {
            format!("incident {incident} wants {vehicles} vehicle(s)")
        }
        Event::PatientsAccounted { incident, carried, patients, .. } => {
            let carried = match carried {
                Change::Keep => String::new(),
                Change::Set(carried) => format!("carried {carried}, "),
                Change::Clear => "carried taken back, ".to_owned(),
            };
            let told = serde_json::to_string(patients).unwrap();
            format!("incident {incident} patients: {carried}{told}")
        }
        Event::NoteAdded { incident, text } => format!("note on {incident}: {text}"),
        Event::TaskCreated { task, vehicle, from, order_expires_at, previous_task, .. } => {
            let after = previous_task.as_ref().map(|t| format!(", after {t}")).unwrap_or_default();
            let until = clock(*order_expires_at);
            format!("task {task}: {vehicle} from {}, order stands until {until}{after}", word(from))
        }
        Event::DeviceReceiptRecorded { task } => format!("{task} order on the screen"),
        Event::OrderResent { task, order_expires_at } => {
            format!("{task} sent again, order stands until {}", clock(*order_expires_at))
        }
        Event::OrderLapsed { task } => format!("{task} NOBODY RECEIVED THE ORDER"),
        Event::OrderChangeAcknowledged { task, through } => {
            format!("{task} changes up to {through} seen")
        }
        Event::MilestoneReached { task, milestone, details } => {
            let told = if *details == MilestoneDetails::default() {
                String::new()
            } else {
                format!(" {}", serde_json::to_string(details).unwrap())
            };
            format!("{task} {}{told}", milestone.name())
        }
        Event::MilestoneCorrected { task, milestone, was_at, truly_at, .. } => {
            let was = was_at.map_or("blank".to_owned(), clock);
            format!("{task} {} corrected: {was} -> {}", milestone.name(), clock(*truly_at))
        }
        Event::TaskDetailsCorrected(TaskCorrection { task, changes, .. }) => {
            format!("{task} told otherwise: {}", serde_json::to_string(changes).unwrap())
        }
        Event::MilestoneUndone { task, milestone } => format!("{task} not {}", milestone.name()),
        Event::TaskAborted { task, reason } => format!("{task} aborted: {}", word(&reason.reason)),
        Event::TaskRedirected { task, to_incident, reason } => {
            format!("{task} diverted to {to_incident}: {}", word(&reason.reason))
        }
        Event::VehiclePaused { vehicle, reason } => {
            format!("{vehicle} paused: {}", word(&reason.reason))
        }
        Event::VehicleResumed { vehicle } => format!("{vehicle} resumed"),
        Event::VehicleWentOffDuty { vehicle } => format!("{vehicle} off duty"),
        Event::VehicleCameOnDuty { vehicle } => format!("{vehicle} on duty"),
        Event::VehicleReturnedToStation { vehicle } => format!("{vehicle} back at station"),
        Event::CrewAssigned { vehicle, crew } => {
            let names: Vec<&str> = crew.iter().map(|m| m.name.as_str()).collect();
            format!("{vehicle} crew: {}", names.join(", "))
        }
        Event::VehicleHandedOver { transfer: h } => {
            format!("{} handed over to {} (number {})", h.vehicle, h.to, h.number)
        }
        Event::VehicleTakenOver { transfer: h } => {
            format!("{} taken over from {} (number {})", h.vehicle, h.from, h.number)
        }
        Event::HandOverConfirmed { vehicle, number } => {
            format!("{vehicle} hand-over {number} confirmed")
        }
        Event::SosRaised { vehicle } => format!("{vehicle} CALLS FOR HELP"),
        Event::SosCleared { vehicle, .. } => format!("{vehicle} help call dealt with"),
        Event::VehicleLogged { vehicle, entry } => {
            format!("{vehicle} log: {}", serde_json::to_string(entry).unwrap_or_default())
        }
        Event::CameraWatched { vehicle, task, channel } => {
            let task = task.as_ref().map(|task| format!(" on {task}")).unwrap_or_default();
            format!("{vehicle} camera {channel} looked through{task}")
        }
        Event::MessageSent { vehicle, text, .. } => format!("{vehicle} written to: {text}"),
        Event::MessagesRead { vehicle, through } => format!("{vehicle} has read through {through}"),
        Event::CrewWrote { vehicle, need, text, .. } => {
            let need = need.map(|need| format!(", needs {}", word(&need))).unwrap_or_default();
            format!("{vehicle} wrote{need}: {text}")
        }
        Event::CrewAnswered { vehicle, through, text, .. } => {
            format!("{vehicle} answered through {through}: {text}")
        }
        Event::CrewActRefused { vehicle, command, task, code, to_see } => {
            let task = task.as_ref().map(|t| format!(" {t}")).unwrap_or_default();
            let see = if *to_see { ", TO SEE" } else { "" };
            format!("kept: {vehicle} pressed {command}{task}, refused as {code}{see}")
        }
        Event::MilestoneReported { task, milestone, contradicts, before_end, .. } => {
            let against = if *contradicts { ", AGAINST THE CENTRE" } else { "" };
            let when = match before_end {
                Some(true) => ", pressed before the end",
                Some(false) => ", pressed after the end",
                None => "",
            };
            format!("{task} {} reported{against}{when}", milestone.name())
        }
        Event::CrewReportSettled { vehicle, task, kept, .. } => {
            let how = if *kept { "kept" } else { "struck" };
            format!("{vehicle} report of {task} {how}")
        }
        Event::CrewAwayReported { vehicle, task, away } => {
            format!("{vehicle} was {} before {task}, which waits", word(&away.state()))
        }
        Event::CrewBackReported { vehicle, task } => format!("{vehicle} is back for {task}"),
        Event::RefusedPressesSeen { vehicle } => format!("{vehicle} refused presses seen"),
        Event::FollowOnGiven { vehicle, incident, expires_at } => {
            format!("{vehicle} promised to {incident} until {}", clock(*expires_at))
        }
        Event::FollowOnAcknowledged { vehicle, incident } => {
            format!("{vehicle} has seen that {incident} is next")
        }
        Event::FollowOnEnded { vehicle, incident, why } => {
            format!("{vehicle} no longer promised to {incident}: {}", word(why))
        }
        Event::TerminalTroubleNoted { vehicle, trouble } => {
            format!("{vehicle} terminal: {}", trouble.kind())
        }
        Event::MovementNoted { vehicle, movement, since, over } => {
            let over = if *over { ", over" } else { "" };
            format!("{vehicle} seen {} since {}{over}", movement.name(), clock(*since))
        }
        Event::VehicleEnrolled { vehicle, .. } => format!("{vehicle} enrolled"),
        Event::VehicleAmended { vehicle, record } => format!("{vehicle} is now {}", record.plate),
        Event::VehicleRetired { vehicle } => format!("{vehicle} retired"),
        Event::ClockCorrected { newest: _ } => "clock set right".to_owned(),
        Event::MoveAdviceSet { advice } => format!("advice on moves: {}", word(advice)),
        Event::MoveSuggested { suggestion: it } => {
            let why = match it.reason {
                MoveWhy::StationUncovered { seconds } => format!("uncovered for {seconds} s"),
                MoveWhy::CoversMore => "covers more".to_owned(),
            };
            let (before, after) = (it.covered_before, it.covered_after);
            format!(
                "suggestion {}: {} to {} ({why}), {before} to {after}, stands until {}",
                it.number,
                it.vehicle,
                it.station,
                clock(it.expires_at)
            )
        }
        Event::MoveSuggestionEnded { vehicle, number, end, silent_until } => {
            let how = match end {
                SuggestionEnd::Accepted => "accepted".to_owned(),
                SuggestionEnd::Ignored { reason } => format!("ignored ({})", word(&reason.reason)),
                SuggestionEnd::Expired => "expired".to_owned(),
                SuggestionEnd::VehicleNotFree => "vehicle not free".to_owned(),
                SuggestionEnd::NoLongerPays => "no longer pays".to_owned(),
                SuggestionEnd::SwitchedOff => "switched off".to_owned(),
            };
            let until = clock(*silent_until);
            format!("suggestion {number} for {vehicle} {how}, silent until {until}")
        }
        Event::MoveGiven { vehicle, station, suggestion } => {
            let of = suggestion.map(|n| format!(", as suggested in {n}")).unwrap_or_default();
            format!("{vehicle} is to wait at {station}{of}")
        }
        Event::MoveAcknowledged { vehicle, station } => {
            format!("{vehicle} sets out for {station}")
        }
        Event::StandbyReached { vehicle, station } => format!("{vehicle} waits at {station}"),
        Event::MoveWithdrawn { vehicle, station } => {
            format!("{vehicle} is not to wait at {station}")
        }
        Event::JournalSetBack { set_back } => {
            format!("set back from {} to {}", set_back.from_version, set_back.to_version)
        }
    }
}
