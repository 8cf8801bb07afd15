//! Making decided events durable, and showing what is: first in the state, then on the feed.

use super::envelope::Committed;
use super::published::EventsByCentre;
use super::worker::{DeskTask, HashesByCentre};
use crate::clock::steady_now;
use crate::journal::{Anchor, Append, AppendError, Head, StoredEvent};
use dispatch_core::model::{CentreId, Event, Recorded};
use metrics::{counter, histogram};
use std::collections::BTreeMap;
use std::sync::Arc;

impl DeskTask {
    /// Makes the events durable; gives the hash of each.
    pub(super) async fn append(
        &mut self,
        events: &EventsByCentre,
    ) -> Result<HashesByCentre, AppendError> {
        let mut hashes = HashesByCentre::new();
        if events.is_empty() {
            return Ok(hashes);
        }
        let mut stored: Vec<(&CentreId, Head, Vec<StoredEvent>)> = Vec::with_capacity(events.len());
        for (centre, events) in events {
            let after = self.heads[centre];
            let mut head = after;
            let events: Vec<StoredEvent> = events.iter().map(|e| head.extend(centre, e)).collect();
            hashes.insert(centre.clone(), events.iter().map(|event| event.hash).collect());
            stored.push((centre, after, events));
        }
        let appends: Vec<Append<'_>> = stored
            .iter()
            .map(|(centre, after, events)| Append { centre, after: *after, events })
            .collect();
        let began = steady_now();
        let appended = self.journal.append(&appends).await;
        histogram!("helan_journal_append_seconds").record(began.elapsed().as_secs_f64());
        appended?;
        let recorded = events.values().map(|events| events.len() as u64).sum();
        counter!("helan_journal_events_total").increment(recorded);
        Ok(hashes)
    }

    /// Shows durable events to all: first in the state, then on the feed. They are remembered outside the
    /// journal before anybody hears of them.
    pub(super) fn publish(&mut self, events: EventsByCentre, mut hashes: HashesByCentre) {
        let mut previous = BTreeMap::new();
        for (centre, events) in &events {
            if let (Some(last), Some(hash)) = (events.last(), hashes[centre].last()) {
                let head = Head { version: last.version, hash: *hash };
                previous.insert(centre.clone(), self.heads.insert(centre.clone(), head));
            }
        }
        self.note_heads(events.keys());
        self.published.apply(&events, &self.heads);
        let is_set_back =
            |event: &Arc<Recorded>| matches!(event.event, Event::JournalSetBack { .. });
        if events.values().flatten().any(is_set_back) {
            self.show_set_backs();
        }
        for (centre, events) in events {
            let key = self.witness.key();
            self.snapshots.consider(
                &self.journal,
                &self.working[&centre],
                &self.heads[&centre],
                key,
            );
            let hashes = hashes.remove(&centre).unwrap_or_default();
            let trail = self.trails.get_mut(&centre).expect("the desk knows its centres");
            trail.push(hashes.iter().copied().zip(events.iter().cloned()));
            let previous = previous.remove(&centre).flatten();
            let previous = previous.unwrap_or_else(|| Head::empty(&centre)).hash;
            // Nobody following is no fault.
            let _ = self.feed.send(Arc::new(Committed { centre, events, previous, hashes }));
        }
    }

    /// Remembers outside the journal how far these centres go.
    pub(super) fn note_heads<'a>(&self, centres: impl IntoIterator<Item = &'a CentreId>) {
        let at = self.clock.now();
        let anchor = |centre: &CentreId| Anchor {
            at,
            centre: centre.clone(),
            head: self.heads[centre],
            incarnation: self.working[centre].incarnation(),
        };
        let anchors: Vec<Anchor> = centres.into_iter().map(anchor).collect();
        if !anchors.is_empty() {
            self.witness.note(&anchors);
        }
    }
}
