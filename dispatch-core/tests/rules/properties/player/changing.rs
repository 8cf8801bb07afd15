//! What a player changes of an incident: its fields, and which calls belong to it.

use super::super::picks::pick;
use super::Picker;
use crate::region;
use dispatch_core::model::*;
use dispatch_core::state::Incident;

impl Picker<'_> {
    /// Any call but a first one, of an incident that may be over.
    pub(super) fn linked_call(&self) -> Option<(IncidentId, CallId)> {
        let linked = |incident: &Incident| {
            let calls = incident.calls.iter().skip(1);
            calls.map(|call| (incident.id.clone(), call.id.clone())).collect::<Vec<_>>()
        };
        let calls: Vec<_> = self.state.incidents.values().flat_map(linked).collect();
        pick(&calls, usize::from(self.one.pick))
    }

    /// What a crew told of any task is put right, or taken back.
    pub(super) fn correct_details(&self) -> Option<Command> {
        let changes = DetailChanges {
            patients_carried: told_or_taken_back(self.one.other),
            patients: PatientChanges {
                refused_transport: told_or_taken_back(self.one.other / 4),
                counted_at_scene: told_or_taken_back(self.one.pick),
                ..PatientChanges::default()
            },
            hospital: Change::Clear,
            ..DetailChanges::default()
        };
        let (task, note) = (self.any_task()?, String::new());
        Some(Command::CorrectDetails { task, changes: Box::new(changes), note })
    }

    pub(super) fn changes(&self) -> IncidentChanges {
        let unchanged = IncidentChanges::default();
        match self.one.other % 7 {
            0 => IncidentChanges { complaint: Some("昏迷".to_owned()), ..unchanged },
            1 => IncidentChanges {
                waiting: Change::Set(region::place("小区东门")),
                appointment_at: Change::Set(self.now.plus_seconds(3600)),
                ..unchanged
            },
            2 => IncidentChanges {
                waiting: Change::Clear,
                appointment_at: Change::Clear,
                destination: Change::Clear,
                ..unchanged
            },
            3 => IncidentChanges { patient_count: Some(self.one.pick % 4 + 1), ..unchanged },
            4 => IncidentChanges {
                call: Some(CallChanges {
                    patient_count: Some(self.one.pick % 4 + 1),
                    contact_phone: Change::Clear,
                    ..CallChanges::default()
                }),
                ..unchanged
            },
            5 => IncidentChanges {
                vehicles_wanted: Some(self.one.pick % 3 + 1),
                test: Some(self.one.pick.is_multiple_of(2)),
                ..unchanged
            },
            _ => IncidentChanges {
                scene_point: Change::Clear,
                waiting_address: Change::Set("北门".to_owned()),
                ..unchanged
            },
        }
    }
}

/// A number of patients that is kept, taken back or told.
pub(super) fn told_or_taken_back(nth: u16) -> Change<u16> {
    match nth % 6 {
        0 => Change::Keep,
        1 => Change::Clear,
        set => Change::Set(set - 2),
    }
}
