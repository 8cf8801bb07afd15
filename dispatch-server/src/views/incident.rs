//! An incident with its calls and tasks, as consoles hold it.

use super::due::Due;
use super::task::{some_words, task};
use super::{ToWire, words::word};
use dispatch_core::model::CentreId;
use dispatch_core::state::{
    Call, ClosingDoubt, HelpStanding, Incident, IncidentStage, Note, Promised,
};
use wire_protocol::closing::PatientAccount;
use wire_protocol::details::LowerTo;
use wire_protocol::{crew_word, views};

/// An incident of a centre with what is due on it.
pub fn incident(centre: &CentreId, incident: &Incident, due: &Due) -> views::IncidentView {
    let (stage, reason, reason_note) = standing(incident);
    views::IncidentView {
        id: incident.id.to_wire(),
        centre: centre.to_wire(),
        version: incident.last_version,
        stage,
        reason,
        reason_note,
        facts: incident.facts.to_wire(),
        opened_at: incident.opened_at.0,
        first_dispatch_at: incident.first_dispatch_at.to_wire(),
        ended_at: incident.stage.over_since().to_wire(),
        vehicles_wanted: Some(incident.vehicles_wanted).filter(|wanted| *wanted > 1),
        vehicles_missing: Some(incident.vehicles_missing())
            .filter(|missing| *missing > 0 && incident.stage == IncidentStage::Open),
        patients: Some(patients(incident)),
        closing_doubts: if incident.asks_to_close() {
            incident.closing_doubts().into_iter().map(doubt).collect()
        } else {
            Vec::new()
        },
        calls: incident.calls.iter().map(|call| call_id(incident, call)).collect(),
        tasks: incident.tasks.iter().map(|t| task(t, due.of_task(incident, t))).collect(),
        notes: incident.notes.to_wire(),
        promised: incident.promised.to_wire(),
        deadlines: due.of_incident(incident),
        response: due.response_view(incident),
        norms: due.norms_view(incident),
    }
}

/// Where it stands. An appointment stays one until a vehicle is sent, also past its time: the view
/// speaks of the journal alone, and the deadline beside it turns red by the console's clock.
pub(crate) fn standing(
    incident: &Incident,
) -> (views::IncidentStage, Option<String>, Option<String>) {
    type Wire = views::IncidentStage;
    let why = |reason: String, note: &str| (Some(reason), some_words(note));
    let (stage, (reason, note)) = match &incident.stage {
        IncidentStage::Open => (open(incident), (None, None)),
        IncidentStage::Suspended { reason, since: _ } => {
            (Wire::Suspended, why(word(reason.reason.to_wire()), &reason.note))
        }
        IncidentStage::Refused { reason, at: _ } => {
            (Wire::Refused, why(word(reason.reason.to_wire()), &reason.note))
        }
        IncidentStage::Cancelled { reason, at: _ } => {
            (Wire::Cancelled, why(word(reason.reason.to_wire()), &reason.note))
        }
        IncidentStage::Closed { at: _, by_itself: _ } => (Wire::Closed, (None, None)),
    };
    (stage, reason, note)
}

fn open(incident: &Incident) -> views::IncidentStage {
    match incident.standing() {
        Some(HelpStanding::ToDecide) => views::IncidentStage::ToDecide,
        Some(HelpStanding::NotReceived) => views::IncidentStage::NotReceived,
        Some(HelpStanding::UnderWay) | None => views::IncidentStage::Running,
        Some(HelpStanding::Waiting)
            if incident.facts.appointment_at.is_some() && incident.first_dispatch_at.is_none() =>
        {
            views::IncidentStage::Appointment
        }
        Some(HelpStanding::Waiting) => views::IncidentStage::Waiting,
    }
}

fn patients(incident: &Incident) -> views::PatientsView {
    let count = incident.scene_count();
    views::PatientsView {
        reported: incident.patients_reported(),
        accounted: incident.patients_accounted(),
        counted_at_scene: count.map(|count| count.patients),
        counted_by: count.map(|count| count.by.to_wire()),
        account: PatientAccount {
            carried: incident.account.carried,
            patients: incident.account.patients.to_wire(),
        },
    }
}

fn doubt(doubt: ClosingDoubt) -> views::ClosingDoubt {
    type Wire = views::ClosingDoubt;
    match doubt {
        ClosingDoubt::PatientsUnaccounted { reported, accounted } => {
            Wire::PatientsUnaccounted { reported, accounted }
        }
        ClosingDoubt::NotReplaced { task } => Wire::NotReplaced { task: task.to_wire() },
        ClosingDoubt::CallAfterDeparture { call_id } => {
            Wire::CallAfterDeparture { call_id: call_id.to_wire() }
        }
        ClosingDoubt::FewerThanWanted { wanted, came } => Wire::FewerThanWanted { wanted, came },
        ClosingDoubt::Reopened => Wire::Reopened,
    }
}

fn call_id(incident: &Incident, call: &Call) -> views::CallView {
    let lower = incident.lowered_without(call);
    views::CallView {
        id: call.id.to_wire(),
        details: call.details.to_wire(),
        outcome: call.outcome.to_wire(),
        concluded_at: call.concluded_at.to_wire(),
        order_sent_at: call.order_sent_at.to_wire(),
        taken_by: call.taken_by.to_wire(),
        said: call.said.as_ref().map(|said| Box::new(said.facts.to_wire())),
        separated_to: call.separated_to.to_wire(),
        lower_to: (!lower.is_nothing()).then(|| LowerTo {
            priority: lower.priority.map(|priority| priority.to_wire()),
            vehicles_wanted: lower.vehicles_wanted,
        }),
    }
}

impl ToWire for Promised {
    type Wire = crew_word::PromiseView;

    fn to_wire(&self) -> crew_word::PromiseView {
        crew_word::PromiseView {
            vehicle: self.vehicle.to_wire(),
            given_at: self.given_at.0,
            expires_at: self.expires_at.0,
        }
    }
}

impl ToWire for Note {
    type Wire = views::NoteView;

    fn to_wire(&self) -> views::NoteView {
        views::NoteView {
            at: self.written_at.0,
            origin: self.by.to_wire(),
            text: self.text.clone(),
        }
    }
}
