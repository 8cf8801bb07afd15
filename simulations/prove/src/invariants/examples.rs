//! Events and folds of them that the tests of the invariants begin with: a centre `a`, a vehicle, an incident `a-1`.

use dispatch_core::model::{
    CallDetails, Event, IncidentFacts, Milestone, MilestoneDetails, Origin, Provenance, Recorded,
    SetOutFrom, Timestamp, VehicleKind, VehicleRecord,
};
use dispatch_core::{CentreState, apply};

const NOW: Timestamp = Timestamp(1_780_000_000_000);

/// An event recorded by a person.
pub(super) fn recorded(version: u64, event: Event) -> Recorded {
    let provenance = Provenance {
        made_at: NOW,
        terminal_clock: None,
        recorded_at: NOW,
        origin: Origin::Person { person: "li".into() },
        vehicle_online: None,
        clock_doubtful: false,
        command_id: None,
        confirmed: Vec::new(),
    };
    Recorded { version, provenance, event }
}

/// An event recorded by a rule.
pub(super) fn by_rule(version: u64, event: Event) -> Recorded {
    let mut recorded = recorded(version, event);
    recorded.provenance.origin = Origin::Automatic { rule: "test".to_owned() };
    recorded
}

/// The state of centre `a` after these events.
pub(super) fn fold(events: impl IntoIterator<Item = Event>) -> CentreState {
    let mut state = CentreState::new("a".into());
    for (version, event) in (1..).zip(events) {
        apply(&mut state, &recorded(version, event));
    }
    state
}

/// A vehicle enrolled.
pub(super) fn enrolled(vehicle: &str) -> Event {
    let record = VehicleRecord {
        home_centre: "a".into(),
        station: "s".into(),
        plate: String::new(),
        call_sign: String::new(),
        kind: VehicleKind::Basic,
        equipment: Vec::new(),
    };
    Event::VehicleEnrolled { vehicle: vehicle.into(), record }
}

/// An incident opened.
pub(super) fn opened(incident: &str) -> Event {
    let facts = serde_json::json!({
        "kind": "illness", "priority": "severe", "source": "phone", "accident_level": "ordinary",
        "scene": { "address": "a", "position": null, "source": "caller_words" }, "waiting": null,
        "destination": null, "complaint": "", "appointment_at": null, "test": false,
        "needs": { "kind": null, "equipment": [] },
    });
    let facts: IncidentFacts = serde_json::from_value(facts).unwrap();
    Event::IncidentOpened { incident: incident.into(), facts: Box::new(facts) }
}

/// A call about `a-1` that tells of so many patients.
pub(super) fn called(patient_count: u16) -> Event {
    let details = CallDetails { patient_count, ..CallDetails::plain(NOW) };
    let details = Box::new(details);
    Event::CallTaken { incident: "a-1".into(), call_id: "a-1.c1".into(), details, said: None }
}

/// A vehicle sent to `a-1`.
pub(super) fn sent(task: &str, vehicle: &str) -> Event {
    Event::TaskCreated {
        task: task.into(),
        incident: "a-1".into(),
        vehicle: vehicle.into(),
        from: SetOutFrom::Station,
        crew: Vec::new(),
        order_expires_at: NOW.plus_seconds(120),
        previous_task: None,
        offer: None,
    }
}

/// A milestone of a task.
pub(super) fn reached(task: &str, milestone: Milestone) -> Event {
    let details = MilestoneDetails::default();
    Event::MilestoneReached { task: task.into(), milestone, details }
}
