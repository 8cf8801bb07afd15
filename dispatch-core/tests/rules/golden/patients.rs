//! Events of patients accounted for, of vehicles wanted and of orders that nobody received.

use dispatch_core::model::*;

/// One event of each of these kinds.
pub(crate) fn all() -> Vec<Event> {
    vec![
        Event::VehiclesWanted { incident: incident(), vehicles: 3 },
        Event::PatientsAccounted {
            incident: incident(),
            carried: Change::Set(1),
            patients: PatientChanges::from(&patients()),
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
    let set = DetailChanges {
        hospital: Change::Set("H-YC-02".into()),
        patients_carried: Change::Set(2),
        distance_km: Change::Set(12.5),
        patients: PatientChanges { refused_transport: Change::Set(1), ..PatientChanges::default() },
    };
    let cleared = DetailChanges {
        hospital: Change::Clear,
        patients_carried: Change::Clear,
        distance_km: Change::Clear,
        patients: PatientChanges { counted_at_scene: Change::Keep, ..all_cleared() },
    };
    let counted = DetailChanges {
        patients: PatientChanges { counted_at_scene: Change::Set(4), ..PatientChanges::default() },
        ..DetailChanges::default()
    };
    let put_right =
        [("", set), ("-cleared", cleared), ("-counted", counted)].map(|(name, changes)| {
            let correction =
                TaskCorrection { task: task(), changes, note: "车组说错".to_owned() };
            let event = Event::TaskDetailsCorrected(correction);
            (format!("{}{name}", event.kind()), event)
        });
    let told = (format!("{}-patients", told.kind()), told);
    let taken_back = Event::PatientsAccounted {
        incident: incident(),
        carried: Change::Clear,
        patients: all_cleared(),
        note: "记在别的事件上了".to_owned(),
    };
    let taken_back = (format!("{}-cleared", taken_back.kind()), taken_back);
    [told, taken_back].into_iter().chain(put_right).collect()
}

fn all_cleared() -> PatientChanges {
    PatientChanges {
        counted_at_scene: Change::Clear,
        treated_at_scene: Change::Clear,
        refused_transport: Change::Clear,
        dead_at_scene: Change::Clear,
        not_found: Change::Clear,
        carried_by_others: Change::Clear,
    }
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
