//! Which vehicles' cameras are looked through, here and at other servers, and which vehicles have any.

mod book;
mod word;

pub(super) use book::{Looked, Sending};
pub(super) use word::PictureWord;

use crate::fleet::ServerRun;
use axum::body::Bytes;
use book::Book;
use dispatch_core::model::VehicleId;
use dispatch_desk::clock::steady_now;
use std::sync::{Mutex, MutexGuard, PoisonError};
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

/// All cameras that this server hears of, and the looks through them.
#[derive(Debug, Default)]
pub(super) struct Cameras {
    book: Mutex<Book>,
    /// Somebody began or ceased to look from here.
    changed: Notify,
}

impl Cameras {
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

    /// One more looks at a vehicle's picture.
    ///
    /// # Errors
    /// When there are too many, or another of its cameras is looked through.
    pub(super) fn look(&self, vehicle: &VehicleId, channel: u8) -> Result<Looked, PictureEnd> {
        let looked = self.book().look(vehicle, channel)?;
        if looked.is_first {
            self.changed.notify_one();
        }
        Ok(looked)
    }

    /// One looks away; true if that was the last.
    pub(super) fn look_away(&self, vehicle: &VehicleId) -> bool {
        let was_last = self.book().look_away(vehicle);
        if was_last {
            self.changed.notify_one();
        }
        was_last
    }

    /// Whether a picture is looked at from here.
    pub(super) fn is_looked_at(&self, picture: &str) -> bool {
        self.book().is_looked_at(picture)
    }

    /// Whether a vehicle's picture is looked at from another server.
    pub(super) fn is_wanted_elsewhere(&self, vehicle: &VehicleId, picture: &str) -> bool {
        self.book().is_wanted_elsewhere(vehicle, picture, steady_now())
    }

    /// A picture that a vehicle sends and that is looked at from here: whoever sent it before is over.
    pub(super) fn send(&self, vehicle: &VehicleId, picture: &str) -> Option<Sending> {
        self.book().send(vehicle, picture)
    }

    /// Passes on what came; false if it is not the present sender's.
    pub(super) fn pass(&self, sending: &Sending, shown: Shown) -> bool {
        self.book().pass(sending, shown)
    }

    /// Passes on what came from another server; false when nobody looks here any more.
    pub(super) fn pass_relayed(&self, picture: &str, shown: Shown) -> bool {
        self.book().pass_relayed(picture, shown)
    }

    /// What to tell the other servers; nothing where there is nothing.
    pub(super) fn word(&self) -> Option<PictureWord> {
        self.book().word()
    }

    /// Waits until somebody begins or ceases to look from here; may be dropped and called again without loss.
    pub(super) async fn changed(&self) {
        self.changed.notified().await;
    }

    /// What another server told; gives the vehicles for which another picture is wanted now.
    pub(super) fn hear(&self, from: ServerRun, word: PictureWord) -> Vec<VehicleId> {
        self.book().hear(from, word, steady_now())
    }

    /// Forgets what was looked at elsewhere and is not any more; gives the vehicles as [`Cameras::hear`] does.
    pub(super) fn forget_old(&self) -> Vec<VehicleId> {
        self.book().forget_old(steady_now())
    }

    /// A panic elsewhere while it was held leaves a book that is still whole.
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
