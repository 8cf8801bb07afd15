//! What is committed in a journal in memory: events, snapshots, region folders.

use super::super::chain::Head;
use super::super::contract::{Append, AppendError, Heads, ROWS_PER_READ};
use super::super::region_versions::TakenRegion;
use super::super::snapshot::KEPT_SNAPSHOTS;
use super::super::stored::{StoredEvent, StoredSnapshot};
use dispatch_core::model::{CentreId, IncidentId, TaskId};
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Tables {
    /// Of each centre, the event with version n at n - 1.
    events: BTreeMap<CentreId, Vec<StoredEvent>>,
    snapshots: BTreeMap<CentreId, BTreeMap<u64, StoredSnapshot>>,
    /// Oldest first.
    pub(super) regions: Vec<TakenRegion>,
    /// How often events came or went.
    pub(super) changes: u64,
}

impl Tables {
    /// All of the events or none.
    ///
    /// # Errors
    /// When a journal does not stand where its events begin.
    pub(super) fn append(&mut self, appends: &[Append<'_>]) -> Result<(), AppendError> {
        let mut ends: BTreeMap<&CentreId, Head> = BTreeMap::new();
        for append in appends {
            let end = ends.entry(append.centre).or_insert_with(|| self.head(append.centre));
            for (event, after) in append.events.iter().zip(befores(append)) {
                if after != *end || event.version != end.version + 1 {
                    let (centre, actual) = (append.centre.clone(), self.head(append.centre));
                    return Err(AppendError::Conflict { centre, actual });
                }
                *end = Head { version: event.version, hash: event.hash };
            }
        }
        for append in appends.iter().filter(|append| !append.events.is_empty()) {
            self.changes += 1;
            let events = self.events.entry(append.centre.clone()).or_default();
            events.extend(append.events.iter().cloned());
        }
        Ok(())
    }

    pub(super) fn head(&self, centre: &CentreId) -> Head {
        let last = self.events.get(centre).and_then(|events| events.last());
        let head = |event: &StoredEvent| Head { version: event.version, hash: event.hash };
        last.map_or_else(|| Head::empty(centre), head)
    }

    fn after(&self, centre: &CentreId, after: u64) -> &[StoredEvent] {
        let from = usize::try_from(after).unwrap_or(usize::MAX);
        self.events.get(centre).and_then(|events| events.get(from..)).unwrap_or_default()
    }

    pub(super) fn read(&self, centre: &CentreId, after: u64, limit: u32) -> Vec<StoredEvent> {
        self.after(centre, after).iter().take(most(limit)).cloned().collect()
    }

    pub(super) fn read_incident(
        &self,
        centre: &CentreId,
        incident: &IncidentId,
        after: u64,
        limit: u32,
    ) -> Vec<StoredEvent> {
        let events = self.after(centre, after).iter();
        let own = events.filter(|event| incident_of(event).as_deref() == Some(incident.as_str()));
        own.take(most(limit)).cloned().collect()
    }

    pub(super) fn heads(&self) -> Heads {
        let with_events = self.events.iter().filter(|(_, events)| !events.is_empty());
        with_events.map(|(centre, _)| (centre.clone(), self.head(centre))).collect()
    }

    pub(super) fn save(&mut self, centre: &CentreId, snapshot: &StoredSnapshot) {
        let kept = self.snapshots.entry(centre.clone()).or_default();
        kept.insert(snapshot.version, snapshot.clone());
        while kept.len() > KEPT_SNAPSHOTS as usize {
            kept.pop_first();
        }
    }

    /// Newest first.
    pub(super) fn snapshots(&self, centre: &CentreId) -> Vec<StoredSnapshot> {
        let kept = self.snapshots.get(centre).into_iter().flat_map(|kept| kept.values().rev());
        kept.cloned().collect()
    }

    pub(super) fn discard(&mut self, centre: &CentreId, version: u64) {
        if let Some(kept) = self.snapshots.get_mut(centre) {
            kept.remove(&version);
        }
    }

    pub(super) fn cut(&mut self, centre: &CentreId, after: u64) {
        self.changes += 1;
        if let Some(events) = self.events.get_mut(centre) {
            events.truncate(usize::try_from(after).unwrap_or(usize::MAX));
        }
        self.snapshots.remove(centre);
    }

    pub(super) fn note_region(&mut self, taken: &TakenRegion) {
        if !self.regions.iter().any(|known| known.region.digest == taken.region.digest) {
            self.regions.push(taken.clone());
        }
    }
}

/// What each event of an append follows, by what its writer says.
fn befores<'a>(append: &'a Append<'a>) -> impl Iterator<Item = Head> + 'a {
    let heads = append.events.iter().map(|it| Head { version: it.version, hash: it.hash });
    std::iter::once(append.after).chain(heads)
}

fn most(limit: u32) -> usize {
    limit.min(ROWS_PER_READ) as usize
}

/// The incident that an event names, itself or by its task; found in the bytes, as the databases' indexes find it,
/// so that an event of a later release is found too.
fn incident_of(event: &StoredEvent) -> Option<String> {
    let body: Value = serde_json::from_str(&event.body).ok()?;
    if let Some(incident) = body["event"]["incident"].as_str() {
        return Some(incident.to_owned());
    }
    TaskId::from(body["event"]["task"].as_str()?).incident().map(str::to_owned)
}
