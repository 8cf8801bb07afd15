//! A journal that no longer holds what this desk saw in it: an older copy was put in its place, a stand-by took
//! over without the last events, rows were removed. The desk forgets what it held, loads anew, and writes down that
//! it happened; whoever follows it begins anew too.

use super::published::States;
use super::trail::Trail;
use super::worker::{DeskTask, SetBacks};
use crate::journal::{
    Head, Journal, JournalFailure, LoadError, Witness, holds, load_from_snapshot,
};
use dispatch_core::CentreState;
use dispatch_core::model::*;

/// The rule named as origin of the record.
pub(super) const RULE: &str = "journal_set_back";

/// Incidents named in the record: a set-back by a day of a busy centre. More are in the file of lost events.
const MOST_INCIDENTS: usize = 200;

/// What a server remembers of a journal that does not hold it any more, to be recorded unless another server has
/// done so.
pub(super) async fn since_last_run(
    journal: &dyn Journal,
    witness: &Witness,
    state: &CentreState,
) -> Result<Option<SetBack>, JournalFailure> {
    let centre = &state.centre;
    let Some(newest) = witness.remembered(centre).next() else { return Ok(None) };
    if holds(journal, centre, &newest.head).await? {
        return Ok(None);
    }
    let to_version = remembered_and_held(journal, witness, centre).await?;
    let from_version = newest.head.version;
    tracing::error!(%centre, from_version, to_version, "the journal was set back while this server was down");
    counted(centre);
    let incarnation = newest.incarnation + 1;
    Ok(Some(SetBack { incarnation, from_version, to_version, incidents: Vec::new() }))
}

fn counted(centre: &CentreId) {
    metrics::counter!("helan_journal_set_back_total", "centre" => centre.to_string()).increment(1);
}

async fn remembered_and_held(
    journal: &dyn Journal,
    witness: &Witness,
    centre: &CentreId,
) -> Result<u64, JournalFailure> {
    // Heads that agree come before those that do not, so half of them can be passed over at each look.
    let remembered: Vec<Head> = witness.remembered(centre).map(|anchor| anchor.head).collect();
    let (mut agrees_from, mut lost_before) = (remembered.len(), 0);
    while lost_before < agrees_from {
        let middle = lost_before.midpoint(agrees_from);
        if holds(journal, centre, &remembered[middle]).await? {
            agrees_from = middle;
        } else {
            lost_before = middle + 1;
        }
    }
    Ok(remembered.get(agrees_from).map_or(0, |head| head.version))
}

impl DeskTask {
    /// Forgets a centre and loads it anew, and with it every other that was set back: what sets back one journal of a
    /// database sets back all, and those who follow begin anew once. One that cannot be looked at now is found at the
    /// next look.
    pub(super) async fn begin_anew(&mut self, centre: &CentreId) -> Result<(), LoadError> {
        // What is being put back just now is no journal yet.
        self.journal.check_guards().await?;
        self.forget_and_load(centre).await?;
        let others: Vec<CentreId> = self.heads.keys().filter(|it| *it != centre).cloned().collect();
        for other in others {
            match holds(&*self.journal, &other, &self.heads[&other]).await {
                Ok(true) => {}
                Ok(false) => {
                    if let Err(error) = self.forget_and_load(&other).await {
                        tracing::warn!(centre = %other, %error, "to be begun anew at the next look");
                    }
                }
                Err(_) => break,
            }
        }
        self.show_set_backs();
        self.begun_anew.send_modify(|count| *count = count.wrapping_add(1));
        Ok(())
    }

    /// What is lost is kept in a file and will be recorded before anything else is.
    async fn forget_and_load(&mut self, centre: &CentreId) -> Result<(), LoadError> {
        let loaded = load_from_snapshot(&*self.journal, centre, self.witness.key()).await?;
        let lost = self.heads[centre];
        let trail = &self.trails[centre];
        let agreed = match trail.agreed(&*self.journal, centre).await? {
            Some(agreed) => agreed,
            None => remembered_and_held(&*self.journal, &self.witness, centre).await?,
        };
        let events = trail.since(agreed);
        let set_back = SetBack {
            incarnation: self.working[centre].incarnation() + 1,
            from_version: lost.version,
            to_version: agreed,
            incidents: touched_since(&self.working, centre, agreed),
        };
        counted(centre);
        let head = loaded.head.version;
        tracing::error!(
            %centre, from_version = lost.version, to_version = agreed, head, lost_events = events.len(),
            "the journal was set back: this server forgets what it held and begins anew"
        );
        match self.witness.keep_lost(centre, &events) {
            Ok(Some(file)) => {
                tracing::error!(%centre, file = %file.display(), "lost events are kept")
            }
            Ok(None) => {}
            Err(error) => tracing::error!(%centre, %error, "lost events could not be kept"),
        }
        self.published.replace(&loaded.state, loaded.head);
        self.working.insert(centre.clone(), loaded.state);
        self.heads.insert(centre.clone(), loaded.head);
        self.trails.insert(centre.clone(), Trail::after(loaded.head));
        self.snapshots.begin_anew(centre, &loaded.head);
        self.note_heads([centre]);
        self.set_backs_due.insert(centre.clone(), set_back);
        Ok(())
    }

    /// Tells consoles what was recorded.
    pub(super) fn show_set_backs(&self) {
        let recorded = recorded_in(&self.working);
        self.set_backs.send_if_modified(|shown| {
            *shown != recorded && {
                *shown = recorded;
                true
            }
        });
    }

    /// Records at once what is to be recorded; what cannot be now is recorded with the next command.
    pub(super) async fn record_set_backs(&mut self) {
        if !self.set_backs_due.is_empty() {
            self.commit(Vec::new()).await;
        }
    }
}

/// Incidents that events after a version changed, in the state that is given up.
fn touched_since(states: &States, centre: &CentreId, version: u64) -> Vec<IncidentId> {
    let incidents = states[centre].incidents.values();
    let touched = incidents.filter(|incident| incident.last_version > version);
    touched.map(|incident| incident.id.clone()).take(MOST_INCIDENTS).collect()
}

pub(super) fn recorded_in(states: &States) -> SetBacks {
    let last = |state: &CentreState| Some((state.centre.clone(), state.set_back.clone()?));
    states.values().filter_map(last).collect()
}
