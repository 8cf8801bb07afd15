//! What the consoles are shown: numbered changes in rings, positions, presence, the state of the service.
//!
//! Everything is computed and encoded once and kept in rings of bounded size; a console is a position
//! in them. Nothing is ever queued for one console.

mod audience;
mod epoch;
mod picture;
mod ring;

use audience::Audiences;
pub(super) use audience::{Audience, MadeSnapshot, Shown, lock};
pub(super) use epoch::{Epoch, Known};
pub(super) use picture::{Missed, Picture, Touched};
pub(super) use ring::{At, Ring, Told};

use crate::fleet::VehicleCell;
use axum::extract::ws::Utf8Bytes;
use dispatch_core::model::{CentreId, Timestamp};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError, RwLock};
use tokio::sync::watch;
use wire_protocol::console::{FeedMessage, ServiceState};

/// The feed of this process.
pub(crate) struct Feed {
    epoch: RwLock<Epoch>,
    centres: Box<[CentreId]>,
    /// One picture for each centre, in their order; empty until the desk was read.
    pictures: Mutex<Vec<Picture>>,
    pub(super) audiences: Audiences,
    /// Counts the messages of all centres.
    sequence: AtomicU64,
    /// Something may be new for consoles; the number means nothing.
    pub(super) wake: watch::Sender<u64>,
    /// Whether there is a picture to show.
    pub(super) ready: watch::Sender<bool>,
    service: watch::Sender<ServiceState>,
}

impl Feed {
    /// A feed of these centres, empty until its tasks run.
    pub(super) fn new(centres: Vec<CentreId>, epoch: Epoch, service: ServiceState) -> Self {
        Self {
            epoch: RwLock::new(epoch),
            centres: centres.into(),
            pictures: Mutex::default(),
            audiences: Audiences::default(),
            sequence: AtomicU64::new(0),
            wake: watch::Sender::new(0),
            ready: watch::Sender::new(false),
            service: watch::Sender::new(service),
        }
    }

    /// The centres, each at its number.
    pub(super) fn centres(&self) -> &[CentreId] {
        &self.centres
    }

    pub(super) fn number_of(&self, centre: &CentreId) -> Option<u16> {
        self.centres.iter().position(|known| known == centre).map(|number| number as u16)
    }

    pub(super) fn epoch(&self) -> String {
        self.epoch.read().unwrap_or_else(PoisonError::into_inner).text().to_owned()
    }

    /// What an epoch that a console was told earlier is to the present one.
    pub(super) fn knows(&self, told: &str) -> Known {
        self.epoch.read().unwrap_or_else(PoisonError::into_inner).knows(told)
    }

    /// Begins another epoch, of the journals as these pictures show them.
    pub(super) fn renew_epoch(&self, pictures: &[Picture], now: Timestamp) {
        let set_backs =
            pictures.iter().map(|picture| (&picture.state.centre, picture.state.incarnation()));
        self.epoch.write().unwrap_or_else(PoisonError::into_inner).renew(now, set_backs);
    }

    /// The state of the service, as consoles are told it.
    pub(super) fn service(&self) -> ServiceState {
        self.service.borrow().clone()
    }

    /// Tells consoles of the service's state where it is another than before.
    pub(super) fn show_service(&self, now: ServiceState) {
        let is_new = self.service.send_if_modified(|shown| {
            let is_new = *shown != now;
            *shown = now;
            is_new
        });
        if is_new {
            self.wake_consoles();
        }
    }

    pub(super) fn wake_consoles(&self) {
        self.wake.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// The place of the next message among those of all centres. Taken under the pictures' lock, so that
    /// within a ring it only rises.
    pub(super) fn next_sequence(&self) -> u64 {
        self.sequence.fetch_add(1, Ordering::Relaxed)
    }

    pub(super) fn with_pictures<R>(&self, f: impl FnOnce(&mut Vec<Picture>) -> R) -> R {
        f(&mut self.pictures.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts up pictures read from the desk. Positions in the old rings are gone after it, and a new epoch begins.
    pub(super) fn begin(&self, mut new: Vec<Picture>, now: Timestamp) {
        self.with_pictures(|pictures| {
            self.renew_epoch(&new, now);
            for (picture, old) in new.iter_mut().zip(pictures.drain(..)) {
                let mut ring = old.ring;
                ring.reset();
                picture.ring = ring;
            }
            *pictures = new;
        });
        self.ready.send_replace(true);
        self.wake_consoles();
    }

    /// Whether every position is still in its ring.
    pub(super) fn are_held(&self, centres: &[u16], positions: &[u64]) -> bool {
        self.with_pictures(|pictures| {
            centres.iter().zip(positions).all(|(centre, position)| {
                pictures[usize::from(*centre)].ring.at(*position) != At::Gone
            })
        })
    }

    /// Tells consoles that a vehicle's link came or went.
    pub(super) fn tell_presence(&self, cell: &VehicleCell) {
        let Some(centre) = cell.centre() else { return };
        self.with_pictures(|pictures| {
            let Some(picture) = pictures.get_mut(usize::from(centre)) else { return };
            // Read under the feed's lock: the last message of a ring is what is true now.
            if let Some(since) = cell.presence_since() {
                picture.ring.push(self.next_sequence(), None, presence(cell, since));
            }
        });
        self.wake_consoles();
    }
}

/// Whether a vehicle's terminal has a link, as consoles are told it.
pub(super) fn presence(cell: &VehicleCell, since: Timestamp) -> Utf8Bytes {
    let vehicle = cell.id.as_str().to_owned();
    encode(&FeedMessage::Link { vehicle, online: cell.is_online(), since: since.0 })
}

/// A message as consoles get it.
pub(super) fn encode(message: &FeedMessage) -> Utf8Bytes {
    encode_text(message).into()
}

pub(super) fn encode_text(message: &FeedMessage) -> String {
    match serde_json::to_string(message) {
        Ok(text) => text,
        // Views hold text, whole numbers and finite positions, so this cannot happen; if it does,
        // consoles see a message they do not know and nothing else suffers.
        Err(error) => {
            tracing::error!(%error, "a feed message could not be encoded");
            "{}".to_owned()
        }
    }
}
