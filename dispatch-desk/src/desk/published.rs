//! The state that everybody may read: durable, never ahead of the journal.
//!
//! Readers take a shared pointer to a whole state and keep it for as long as they like; the desk never
//! waits for them. Of the two copies one is shown, and the other is brought up to date for the next commit.

use crate::journal::{Head, Heads};
use dispatch_core::model::{CentreId, Recorded};
use dispatch_core::{CentreState, apply};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

/// Every centre's state.
pub(super) type States = BTreeMap<CentreId, CentreState>;

/// Events by centre, each in order.
pub(super) type EventsByCentre = BTreeMap<CentreId, Vec<Arc<Recorded>>>;

/// The shared state. Written by the desk's task alone, a batch at a time.
#[derive(Debug)]
pub(super) struct Published {
    /// What readers are given. Locked only to copy or to change the pointer.
    shown: RwLock<Arc<States>>,
    /// The journals' heads at what is shown. Locked only by one who holds that lock, so that the two belong
    /// together.
    heads: Mutex<Heads>,
    spare: Mutex<Spare>,
}

/// The copy that is not shown: the state before the last commit, and what that commit added.
#[derive(Debug)]
struct Spare {
    states: Arc<States>,
    missing: EventsByCentre,
}

impl Published {
    pub(super) fn new(states: States, heads: Heads) -> Self {
        let spare = Spare { states: Arc::new(states.clone()), missing: EventsByCentre::new() };
        let (shown, heads) = (RwLock::new(Arc::new(states)), Mutex::new(heads));
        Self { shown, heads, spare: Mutex::new(spare) }
    }

    /// The states as of the last commit. They stay as they are however long they are held; one held over
    /// two commits makes the desk copy the states anew, so do not keep them.
    pub(super) fn read(&self) -> Arc<States> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The states as of the last commit, and the journals' heads there.
    pub(super) fn with_heads(&self) -> (Arc<States>, Heads) {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        (shown.clone(), self.heads.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Puts another state in the place of a centre's.
    pub(super) fn replace(&self, state: &CentreState, head: Head) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        let mut states = States::clone(&shown);
        states.insert(state.centre.clone(), state.clone());
        let mut heads = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        heads.insert(state.centre.clone(), head);
        *spare = Spare { states: Arc::new(states.clone()), missing: EventsByCentre::new() };
        *shown = Arc::new(states);
    }

    /// Applies durable events, all of a commit at once, so that readers see all of it or nothing. `heads` are
    /// the journals' after it.
    pub(super) fn apply(&self, events: &EventsByCentre, heads: &Heads) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let missing = std::mem::take(&mut spare.missing);
        match Arc::get_mut(&mut spare.states) {
            Some(states) => apply_all(states, &missing),
            // Somebody still reads it.
            None => spare.states = Arc::new(States::clone(&self.read())),
        }
        let states = Arc::get_mut(&mut spare.states).expect("nobody was given the spare copy");
        apply_all(states, events);
        let mut shown = self.shown.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::swap(&mut *shown, &mut spare.states);
        let mut known = self.heads.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(events.keys().map(|centre| (centre.clone(), heads[centre])));
        spare.missing = events.clone();
    }
}

fn apply_all(states: &mut States, events: &EventsByCentre) {
    for (centre, events) in events {
        let state = states.get_mut(centre).expect("the desk writes only for its own centres");
        events.iter().for_each(|event| apply(state, event));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dispatch_core::model::{Event, Origin, Provenance, Timestamp, VehicleKind, VehicleRecord};

    fn east() -> CentreId {
        "east".into()
    }

    fn enrolled(version: u64) -> EventsByCentre {
        let provenance = Provenance {
            terminal_clock: None,
            made_at: Timestamp(0),
            recorded_at: Timestamp(0),
            origin: Origin::Automatic { rule: "region_data".into() },
            vehicle_online: None,
            clock_doubtful: false,
            command_id: None,
            confirmed: Vec::new(),
        };
        let record = VehicleRecord {
            home_centre: east(),
            station: "S-1".into(),
            plate: String::new(),
            call_sign: String::new(),
            kind: VehicleKind::Basic,
            equipment: Vec::new(),
        };
        let vehicle = format!("E-{version}").as_str().into();
        let event = Event::VehicleEnrolled { vehicle, record };
        EventsByCentre::from([(east(), vec![Arc::new(Recorded { version, provenance, event })])])
    }

    /// Commits while nobody reads, while somebody reads the last state, and while somebody still holds the
    /// one before: each time the whole commit shows, and what was handed out stays as it was.
    #[test]
    fn a_reader_keeps_what_it_was_given_and_holds_up_no_commit() {
        let empty = States::from([(east(), CentreState::new(east()))]);
        let head = Head::empty(&east());
        let heads = Heads::from([(east(), head)]);
        let published = Published::new(empty.clone(), heads.clone());
        let mut folded = empty;
        let mut held: Vec<(Arc<States>, States)> = Vec::new();
        for version in 1..=12 {
            if version % 4 >= 2 {
                held.push((published.read(), folded.clone()));
            }
            if version % 4 == 0 {
                held.clear();
            }
            published.apply(&enrolled(version), &heads);
            apply_all(&mut folded, &enrolled(version));
            assert_eq!(*published.read(), folded);
            assert!(held.iter().all(|(given, then)| **given == *then), "at {version}");
        }
        assert_eq!(published.read()[&east()].vehicles.len(), 12);
    }
}
