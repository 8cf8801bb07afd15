//! Events of patients accounted for, of vehicles wanted and of orders that nobody received.

use dispatch_core::model::*;

/// One event of each of these kinds.
pub(crate) fn all() -> Vec<Event> {
    vec![
        Event::VehiclesWanted { incident: incident(), vehicles: 3 },
        Event::PatientsAccounted {
            incident: incident(),
            carried: Some(1),
            patients: patients(),
            note: "车组电台报告".to_owned(),
        },
        Event::OrderResent {
            task: task(),
            order_expires_at: Timestamp(1_777_630_800_000).plus_seconds(400),
        },
        Event::OrderLapsed { task: task() },
    ]
}

/// What a crew tells of its patients as it finishes.
pub(crate) fn also() -> Vec<(String, Event)> {
    let told = Event::MilestoneReached {
        task: task(),
        milestone: Milestone::Finished,
        details: MilestoneDetails { patients: patients(), ..MilestoneDetails::default() },
    };
    vec![(format!("{}-patients", told.kind()), told)]
}

/// An order that a person gave knowing what stood against it.
pub(crate) fn confirmed() -> (String, Event) {
    let reason = CancelReason::WentByThemselves.into();
    let cancelled = Event::IncidentCancelled { incident: incident(), reason };
    (format!("{}-confirmed", cancelled.kind()), cancelled)
}

fn patients() -> PatientsTold {
    PatientsTold {
        counted_at_scene: Some(7),
        treated_at_scene: Some(1),
        refused_transport: Some(2),
        dead_at_scene: Some(1),
        not_found: Some(1),
        carried_by_others: Some(1),
    }
}

fn incident() -> IncidentId {
    "yinchuan-7".into()
}

fn task() -> TaskId {
    "yinchuan-7.t1".into()
}
