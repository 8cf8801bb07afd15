//! One centre as the feed has it: the fold of what was committed so far, and the ring of what was told.
//!
//! The feed folds the journal itself. So a change never shows more than the versions it names, and a
//! snapshot lies exactly between two changes.

use super::ring::Ring;
use crate::live::console_views::ConsoleViews;
use crate::live::limits::LOG_LINES;
use crate::views::{Subjects, log_entry};
use dispatch_core::model::{IncidentId, Recorded, VehicleId};
use dispatch_core::{CentreState, apply};
use dispatch_desk::desk::Committed;
use dispatch_desk::journal::{Hash, Mark, mark_of, to_hex};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use wire_protocol::console::Changes;
use wire_protocol::views::LogEntry;

/// One centre as the feed has it.
pub(in crate::live) struct Picture {
    pub(in crate::live) state: CentreState,
    /// The journal's hash at that state.
    pub(in crate::live) hash: Hash,
    pub(in crate::live) ring: Ring,
    /// The newest log lines, oldest first.
    pub(in crate::live) log: VecDeque<LogEntry>,
}

/// The events do not follow what the feed has: some were missed, or the journal was set back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::live) struct Missed;

/// What a commit touched.
#[derive(Default)]
pub(in crate::live) struct Touched {
    pub(in crate::live) incidents: BTreeSet<IncidentId>,
    pub(in crate::live) vehicles: BTreeSet<VehicleId>,
    /// The mark of each event.
    pub(in crate::live) marks: Box<[Mark]>,
}

impl Picture {
    /// Folds committed events; gives what consoles are told and what was touched. Events the picture
    /// has already are passed over; nothing when there is nothing new.
    pub(in crate::live) fn fold(
        &mut self,
        views: &ConsoleViews,
        committed: &Committed,
    ) -> Result<Option<(Changes, Touched)>, Missed> {
        let had = self.state.version;
        let known = committed.events.iter().take_while(|event| event.version <= had).count();
        let Some(first) = committed.events.get(known) else { return Ok(None) };
        let hashes = committed.hashes.iter();
        let followed = std::iter::once(&committed.previous).chain(hashes.clone()).nth(known);
        if first.version != had + 1 || followed != Some(&self.hash) {
            return Err(Missed);
        }
        let new: Vec<&Arc<Recorded>> = committed.events[known..].iter().collect();
        let marks: Box<[Mark]> = hashes.clone().skip(known).map(mark_of).collect();
        self.hash = hashes.last().copied().unwrap_or(self.hash);
        let mut touched = Touched::default();
        let mut log = Vec::with_capacity(new.len());
        for recorded in &new {
            // Before as well as after: an event may remove what it speaks of.
            let before = Subjects::of(&recorded.event, &self.state);
            apply(&mut self.state, recorded);
            let after = Subjects::of(&recorded.event, &self.state);
            touched.incidents.extend(before.incident.into_iter().chain(after.incident));
            touched.vehicles.extend(before.vehicle.into_iter().chain(after.vehicle));
            log.push(log_entry(&self.state, recorded));
        }
        touched.marks = marks;
        self.remember(&log);
        Ok(Some((self.changes(views, had + 1, &touched, log), touched)))
    }

    fn changes(
        &self,
        views: &ConsoleViews,
        first_version: u64,
        touched: &Touched,
        log: Vec<LogEntry>,
    ) -> Changes {
        let state = &self.state;
        let incidents = touched.incidents.iter().filter_map(|id| state.incidents.get(id));
        let vehicles = touched.vehicles.iter().filter_map(|id| state.vehicles.get(id));
        let gone = touched.vehicles.iter().filter(|id| !state.vehicles.contains_key(*id));
        Changes {
            centre: state.centre.as_str().to_owned(),
            first_version,
            last_version: state.version,
            last_hash: Some(to_hex(&mark_of(&self.hash))),
            incidents: incidents.map(|incident| views.incident(state, incident)).collect(),
            vehicles: vehicles.map(|vehicle| views.vehicle(state, vehicle)).collect(),
            vehicles_gone: gone.map(|id| id.as_str().to_owned()).collect(),
            log,
        }
    }

    /// The mark of a version, if it is still known.
    pub(in crate::live) fn mark_at(&self, version: u64) -> Option<Mark> {
        let is_newest = version == self.state.version;
        is_newest.then(|| mark_of(&self.hash)).or_else(|| self.ring.mark_at(version))
    }

    /// Keeps the newest lines for snapshots.
    pub(in crate::live) fn remember(&mut self, lines: &[LogEntry]) {
        self.log.extend(lines.iter().cloned());
        let surplus = self.log.len().saturating_sub(LOG_LINES);
        self.log.drain(..surplus);
    }
}

impl Touched {
    /// The vehicles whose duty may look different now: those touched, and those on a touched incident.
    pub(in crate::live) fn duties<'a>(&'a self, state: &'a CentreState) -> BTreeSet<&'a VehicleId> {
        let incidents = self.incidents.iter().filter_map(|id| state.incidents.get(id));
        let running = incidents.flat_map(|incident| incident.running_tasks());
        self.vehicles.iter().chain(running.map(|task| &task.vehicle)).collect()
    }
}
