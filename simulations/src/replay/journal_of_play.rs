//! What a replay has done so far, incident by incident; kept so that Ctrl-C leaves what there is.

use crate::incidents::PastIncident;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use wire_protocol::views::IncidentView;
use wire_protocol::vocabulary::Milestone;

/// One incident of the record as it was played.
#[derive(Clone, Debug, PartialEq)]
pub struct Played {
    /// The incident of the record.
    pub past: PastIncident,
    /// Its id at the server; none while the call is not taken.
    pub incident: Option<String>,
    /// When the call came in by the server's clock, milliseconds since 1970.
    pub rang_at: i64,
    /// The vehicles that were sent, with when.
    pub sent: Vec<Sent>,
    /// Whether it was seen to its end.
    pub ended: bool,
    /// What went otherwise than the record has it, as sentences.
    pub notes: Vec<String>,
    /// When the first vehicle reached the scene by the server's clock; filled in as it ends, or as the replay does.
    pub first_at_scene: Option<(String, i64)>,
}

impl Played {
    /// Takes from the server's picture when the first vehicle was there, and whom people sent.
    pub(super) fn fill_in(&mut self, view: &IncidentView) {
        self.first_at_scene = first_at_scene(view);
        for task in &view.tasks {
            if !self.sent.iter().any(|sent| sent.vehicle == task.vehicle) {
                let (vehicle, instead_of) = (task.vehicle.clone(), String::new());
                self.sent.push(Sent { vehicle, instead_of });
            }
        }
    }
}

fn first_at_scene(view: &IncidentView) -> Option<(String, i64)> {
    let arrived = view.tasks.iter().flat_map(|task| {
        let at_scene = task.milestones.iter().filter(|it| it.milestone == Milestone::AtScene);
        at_scene.map(|it| (task.vehicle.clone(), it.stamp.at.unwrap_or(it.stamp.made_at)))
    });
    arrived.min_by_key(|(_, at)| *at)
}

/// A vehicle that was sent in a replay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The vehicle.
    pub vehicle: String,
    /// The vehicle of the record in whose place it went; empty when people sent it.
    pub instead_of: String,
}

/// All of them, by their place in the record.
#[derive(Default)]
pub(super) struct Book(Mutex<BTreeMap<usize, Played>>);

impl Book {
    pub(super) fn begin(&self, index: usize, past: PastIncident, rang_at: i64) {
        let played = Played {
            past,
            incident: None,
            rang_at,
            sent: Vec::new(),
            ended: false,
            notes: Vec::new(),
            first_at_scene: None,
        };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(index, played);
    }

    pub(super) fn change(&self, index: usize, change: impl FnOnce(&mut Played)) {
        if let Some(played) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&index)
        {
            change(played);
        }
    }

    pub(super) fn note(&self, index: usize, note: String) {
        self.change(index, |played| played.notes.push(note));
    }

    /// How many are begun, and how many have ended.
    pub(super) fn counts(&self) -> (usize, usize) {
        let book = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (book.len(), book.values().filter(|played| played.ended).count())
    }

    pub(super) fn all(&self) -> Vec<Played> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }
}
