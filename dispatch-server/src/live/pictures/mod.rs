//! Live pictures of vehicles' cameras: who looks, what vehicles are asked for, and the way from the one to the other.
//!
//! A picture is as short-lived as it can be: nothing of it is stored, one that nobody looks at is not sent, and it has
//! sockets of its own, so that an order never waits behind it. It is fragmented MP4 that the sender made; here it is only
//! passed on, to everybody who looks. Who is too slow for it misses fragments up to the next that needs no earlier one.
//!
//! Who looks, who holds the vehicle's link and who gets the picture may be three servers. Servers tell each other over
//! Redis what is looked at and which vehicles have cameras, and pass fragments on there; without Redis a picture needs all
//! three to be one.

mod book;
mod look;
mod relay;
mod source;

pub(super) use look::run_look;
pub(super) use relay::PictureWord;
pub(super) use source::run_source;

use super::shared::Shared;
use crate::fleet::ServerRun;
use axum::body::Bytes;
use book::{Book, Looked};
use dispatch_core::model::VehicleId;
use dispatch_desk::clock::steady_now;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use wire_protocol::picture::{FragmentKind, PictureEnd, PictureNews, PictureWanted};

/// What is passed on to those who look.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// Something about the picture.
    News(PictureNews),
    /// A frame of it, its kind in front.
    Fragment(FragmentKind, Bytes),
}

/// All pictures that this server has a part in.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    book: Mutex<Book>,
    /// Somebody began or ceased to look from here.
    changed: Notify,
}

impl Pictures {
    /// Whether a vehicle whose link is here can send a picture.
    pub(super) fn camera(&self, vehicle: &VehicleId, is_there: bool) {
        self.book().camera(vehicle, is_there);
    }

    /// Whether a vehicle's terminal can send a picture, as far as it is heard here.
    pub(super) fn has_camera(&self, vehicle: &VehicleId) -> bool {
        self.book().has_camera(vehicle, steady_now())
    }

    /// What a vehicle is to send now, whoever looks.
    pub(super) fn wanted(&self, vehicle: &VehicleId) -> Option<PictureWanted> {
        self.book().wanted(vehicle, steady_now())
    }

    /// What to tell the other servers; nothing where there is nothing.
    pub(super) fn word(&self) -> Option<PictureWord> {
        self.book().word()
    }

    /// Waits until somebody begins or ceases to look from here; may be dropped and called again without loss.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// What another server told; its vehicles' links that are here are told what changes for them.
    pub(super) fn hear(&self, shared: &Shared, from: ServerRun, word: PictureWord) {
        let changed = self.book().hear(from, word, steady_now());
        changed.iter().for_each(|vehicle| tell(shared, vehicle));
    }

    /// Forgets what was looked at elsewhere and is not any more.
    pub(super) fn forget_old(&self, shared: &Shared) {
        let changed = self.book().forget_old(steady_now());
        changed.iter().for_each(|vehicle| tell(shared, vehicle));
    }

    /// A panic elsewhere while it was held leaves a book that is still whole.
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Has the vehicle's link, if it is here, ask what is wanted now.
fn tell(shared: &Shared, vehicle: &VehicleId) {
    if let Some(link) = shared.fleet.find(vehicle).and_then(|cell| cell.link()) {
        link.tell_picture();
    }
}

/// Somebody's place before a picture; by dropping it they look away.
struct Place {
    shared: Arc<Shared>,
    vehicle: VehicleId,
    looked: Looked,
}

impl Place {
    fn take(shared: Arc<Shared>, vehicle: VehicleId, channel: u8) -> Result<Self, PictureEnd> {
        let looked = shared.pictures.book().look(&vehicle, channel)?;
        if looked.is_first {
            tell(&shared, &vehicle);
            shared.pictures.changed.notify_one();
            relay::listen(&shared, &looked.picture);
        }
        Ok(Self { shared, vehicle, looked })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.shared.pictures.book().look_away(&self.vehicle) {
            tell(&self.shared, &self.vehicle);
            self.shared.pictures.changed.notify_one();
        }
    }
}
