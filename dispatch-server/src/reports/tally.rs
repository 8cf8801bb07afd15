//! How the rows count patients and turns, as the core's state does.

use super::rows::{CallTold, IncidentRow, TaskRow, Told};
use dispatch_core::model::*;
use dispatch_core::state::{PatientsSaid, patients_reported};

impl IncidentRow {
    /// Somebody opened it again: a turn begins.
    pub(super) fn begin_turn(&mut self, at: Timestamp) {
        self.turn += 1;
        self.turn_began_at = Some(at);
    }

    /// A call told how many patients there are; again, where its number was amended.
    pub(super) fn call_told(&mut self, acceptance: &AcceptanceId, said: PatientsSaid) {
        let known = self.calls_told.iter_mut().find(|call| call.acceptance == acceptance.as_str());
        match known {
            Some(call) => call.said = said,
            None => {
                let acceptance = acceptance.to_string();
                self.calls_told.push(CallTold { acceptance, said });
            }
        }
        self.count();
    }

    /// A call turned out to be about something else.
    pub(super) fn without_call(&mut self, acceptance: &AcceptanceId) {
        self.calls_told.retain(|call| call.acceptance != acceptance.as_str());
        self.count();
    }

    /// The number was counted at the scene, or amended.
    pub(super) fn counted(&mut self, patients: Option<u16>, version: u64, at: Timestamp) {
        if let Some(patients) = patients {
            self.counted = Some(PatientsSaid { patients, version, at });
            self.count();
        }
    }

    /// A dispatcher told what became of patients.
    pub(super) fn accounted(&mut self, carried: Option<u16>, patients: &PatientsTold) {
        self.carried_besides = carried.unwrap_or(self.carried_besides);
        self.told.learn(patients);
    }

    /// Brings the number of patients up to what was told.
    pub(super) fn count(&mut self) {
        let standby = self.kind == "standby";
        let calls = self.calls_told.iter().map(|call| call.said);
        self.patients_reported = patients_reported(standby, calls, self.counted);
    }
}

impl TaskRow {
    /// Its order was sent again.
    pub(super) fn sent_again(&mut self, at: Timestamp) {
        self.sent_at = Some(at);
    }
}

impl Told {
    /// Takes in what was put right; a number that is taken back counts nobody.
    pub(super) fn put_right(&mut self, changes: &DetailChanges) {
        let put = |number: &mut u16, change: Change<u16>| {
            *number = change.applied_to(Some(*number)).unwrap_or(0);
        };
        put(&mut self.treated_at_scene, changes.treated_at_scene);
        put(&mut self.refused_transport, changes.refused_transport);
        put(&mut self.dead_at_scene, changes.dead_at_scene);
        put(&mut self.not_found, changes.not_found);
        put(&mut self.carried_by_others, changes.carried_by_others);
    }

    /// Takes in what was told later; what was not told again stays.
    pub(super) fn learn(&mut self, patients: &PatientsTold) {
        self.treated_at_scene = patients.treated_at_scene.unwrap_or(self.treated_at_scene);
        self.refused_transport = patients.refused_transport.unwrap_or(self.refused_transport);
        self.dead_at_scene = patients.dead_at_scene.unwrap_or(self.dead_at_scene);
        self.not_found = patients.not_found.unwrap_or(self.not_found);
        self.carried_by_others = patients.carried_by_others.unwrap_or(self.carried_by_others);
    }
}
