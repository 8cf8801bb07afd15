//! One centre as the feed has it: the fold of what was committed so far, and the ring of what was told.
//!
//! The feed folds the journal itself. So a change never shows more than the versions it names, and a
//! snapshot lies exactly between two changes.

use super::ring::Ring;
use crate::live::limits::LOG_LINES;
use crate::live::shared::Shared;
use crate::views::{Subjects, log_entry};
use dispatch_core::model::{IncidentId, Recorded, VehicleId};
use dispatch_core::{CentreState, apply};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use wire_protocol::console::Changes;
use wire_protocol::views::LogEntry;

/// One centre as the feed has it.
pub(super) struct Picture {
    pub(super) state: CentreState,
    pub(super) ring: Ring,
    /// The newest log lines, oldest first.
    pub(super) log: VecDeque<LogEntry>,
}

/// The events do not follow what the feed has: some were missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Missed;

/// What a commit touched.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) incidents: BTreeSet<IncidentId>,
    pub(super) vehicles: BTreeSet<VehicleId>,
}

impl Picture {
    /// Folds committed events; gives what consoles are told and what was touched. Events the picture
    /// has already are passed over; nothing when there is nothing new.
    pub(super) fn fold(
        &mut self,
        shared: &Shared,
        events: &[Arc<Recorded>],
    ) -> Result<Option<(Changes, Touched)>, Missed> {
        let had = self.state.version;
        let new: Vec<_> = events.iter().filter(|event| event.version > had).collect();
        let Some(first) = new.first() else { return Ok(None) };
        if first.version != had + 1 {
            return Err(Missed);
        }
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
        self.remember(&log);
        Ok(Some((self.changes(shared, had + 1, &touched, log), touched)))
    }

    fn changes(
        &self,
        shared: &Shared,
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
            incidents: incidents.map(|incident| shared.incident_view(state, incident)).collect(),
            vehicles: vehicles.map(|vehicle| shared.vehicle_view(state, vehicle)).collect(),
            vehicles_gone: gone.map(|id| id.as_str().to_owned()).collect(),
            log,
        }
    }

    /// Keeps the newest lines for snapshots.
    pub(super) fn remember(&mut self, lines: &[LogEntry]) {
        self.log.extend(lines.iter().cloned());
        let surplus = self.log.len().saturating_sub(LOG_LINES);
        self.log.drain(..surplus);
    }
}

impl Touched {
    /// The vehicles whose duty may look different now: those touched, and those on a touched incident.
    pub(super) fn duties<'a>(&'a self, state: &'a CentreState) -> BTreeSet<&'a VehicleId> {
        let incidents = self.incidents.iter().filter_map(|id| state.incidents.get(id));
        let running = incidents.flat_map(|incident| incident.running_tasks());
        self.vehicles.iter().chain(running.map(|task| &task.vehicle)).collect()
    }
}
