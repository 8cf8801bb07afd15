//! How the rows count patients and turns, as the core's state does.

use super::rows::{CallTold, CountTold, Counted, IncidentRow, TaskRow, Told};
use dispatch_core::model::*;
use dispatch_core::state::{PatientsSaid, patients_reported};

/// Dispatchers, telling of patients besides the crews.
pub(super) const BY_ACCOUNT: &str = "account";
/// Dispatchers, amending the number of the incident.
pub(super) const BY_AMENDMENT: &str = "amended";

/// How a count came to be told.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) version: u64,
    pub(super) at: Timestamp,
    /// One that is put right stays as old as it was.
    pub(super) keeps_its_age: bool,
    /// It goes when the crew's report is found wrong.
    pub(super) struck_with_report: bool,
}

impl Moment {
    pub(super) const fn of(version: u64, at: Timestamp) -> Self {
        Self { version, at, keeps_its_age: false, struck_with_report: false }
    }
}

impl IncidentRow {
    /// Somebody opened it again: a turn begins.
    pub(super) fn begin_turn(&mut self, at: Timestamp) {
        self.turn += 1;
        self.turn_began_at = Some(at);
    }

    /// A call told how many patients there are; again, where its number was amended.
    pub(super) fn call_told(&mut self, call_id: &CallId, said: PatientsSaid) {
        let known = self.calls_told.iter_mut().find(|call| call.call_id == call_id.as_str());
        match known {
            Some(call) => call.said = said,
            None => {
                let call_id = call_id.to_string();
                self.calls_told.push(CallTold { call_id, said });
            }
        }
        self.count();
    }

    /// A call turned out to be about something else.
    pub(super) fn without_call(&mut self, call_id: &CallId) {
        self.calls_told.retain(|call| call.call_id != call_id.as_str());
        self.count();
    }

    /// The number was counted at the scene or amended, or put right or taken back where it was told.
    pub(super) fn counted(&mut self, source: &str, change: Change<u16>, told: Moment) {
        if change.is_keep() {
            return;
        }
        let mut sources = self.counted.take().map(|counted| counted.sources).unwrap_or_default();
        let before =
            sources.iter().position(|one| one.source == source).map(|at| sources.remove(at));
        if let Change::Set(patients) = change {
            let Moment { version, at, keeps_its_age, struck_with_report } = told;
            let moment =
                before.filter(|_| keeps_its_age).map(|one| (one.said.version, one.said.at));
            let (version, at) = moment.unwrap_or((version, at));
            sources.push(CountTold {
                source: source.to_owned(),
                said: PatientsSaid { patients, version, at },
                struck_with_report,
            });
        }
        self.stand(sources);
    }

    /// A crew's report was wrong, and what it counted is struck with it.
    pub(super) fn strike(&mut self, source: &str) {
        let mut sources = self.counted.take().map(|counted| counted.sources).unwrap_or_default();
        sources.retain(|one| one.source != source || !one.struck_with_report);
        self.stand(sources);
    }

    /// The count that was told last overrules those before it.
    fn stand(&mut self, sources: Vec<CountTold>) {
        let latest = sources.iter().map(|one| one.said).max_by_key(|said| said.version);
        self.counted = latest.map(|said| Counted { said, sources });
        self.count();
    }

    /// A dispatcher told what became of patients, or took it back.
    pub(super) fn accounted(&mut self, carried: Change<u16>, patients: &PatientChanges) {
        put(&mut self.carried_besides, carried);
        self.told.put_right(patients);
    }

    /// Brings the number of patients up to what was told.
    pub(super) fn count(&mut self) {
        let standby = self.kind == "standby";
        let calls = self.calls_told.iter().map(|call| call.said);
        self.patients_reported =
            patients_reported(standby, calls, self.counted.as_ref().map(|counted| counted.said));
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
    pub(super) fn put_right(&mut self, changes: &PatientChanges) {
        put(&mut self.treated_at_scene, changes.treated_at_scene);
        put(&mut self.refused_transport, changes.refused_transport);
        put(&mut self.dead_at_scene, changes.dead_at_scene);
        put(&mut self.not_found, changes.not_found);
        put(&mut self.carried_by_others, changes.carried_by_others);
    }

    /// Takes in what was told later; what was not told again stays.
    pub(super) fn learn(&mut self, patients: &PatientsTold) {
        self.put_right(&PatientChanges::from(patients));
    }
}

fn put(number: &mut u16, change: Change<u16>) {
    *number = change.applied_to(Some(*number)).unwrap_or(0);
}
