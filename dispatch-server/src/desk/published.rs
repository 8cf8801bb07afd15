//! The state that everybody may read: durable, never ahead of the journal.

use dispatch_core::model::{CentreId, Recorded};
use dispatch_core::{CentreState, apply};
use std::collections::BTreeMap;
use std::sync::{Arc, RwLock, RwLockReadGuard};

/// Every centre's state.
pub(super) type States = BTreeMap<CentreId, CentreState>;

/// Events by centre, each in order.
pub(super) type EventsByCentre = BTreeMap<CentreId, Vec<Arc<Recorded>>>;

const HALF_APPLIED: &str = "the desk died while it changed the state; the process is ending";

/// The shared state. Written by the desk's task alone, a batch at a time.
#[derive(Debug)]
pub(super) struct Published(RwLock<States>);

impl Published {
    pub(super) fn new(states: States) -> Self {
        Self(RwLock::new(states))
    }

    /// The states, for as long as the guard is held; the desk waits meanwhile.
    pub(super) fn read(&self) -> RwLockReadGuard<'_, States> {
        self.0.read().expect(HALF_APPLIED)
    }

    /// Applies durable events, all of a commit at once, so that readers see all of it or nothing.
    pub(super) fn apply(&self, events: &EventsByCentre) {
        let mut states = self.0.write().expect(HALF_APPLIED);
        for (centre, events) in events {
            let state = states.get_mut(centre).expect("the desk writes only for its own centres");
            events.iter().for_each(|event| apply(state, event));
        }
    }
}
