//! The camera of a vehicle's terminal: what the server would like to see of it, what the terminal is asked for, and where
//! the terminal's connection for media brings its frames. Knows no listener and no line; those know the camera.

mod act;
mod place;

pub(super) use act::CameraLink;
pub(super) use place::{Media, Taken};

use super::video_address::VideoAddress;
use crate::session::CameraAsked;
use place::Place;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Semaphore, watch};

/// Pictures at one time: a gateway of a province has a few looked at, and each takes up to 8 Mbit/s twice.
const MOST_PICTURES: usize = 32;

/// What the cameras of all vehicles share.
#[derive(Debug)]
pub(super) struct Cameras {
    address: VideoAddress,
    room: Semaphore,
}

impl Cameras {
    /// Terminals reach the listener for media at this address.
    pub(super) fn at(address: VideoAddress) -> Cameras {
        Cameras { address, room: Semaphore::new(MOST_PICTURES) }
    }
}

/// One vehicle's.
#[derive(Debug)]
pub(super) struct Camera {
    all: Arc<Cameras>,
    /// What its terminal is asked for now; a line that begins asks anew.
    asked: watch::Sender<Option<Arc<CameraAsked>>>,
    /// Where its frames go, while a picture is wanted.
    place: Mutex<Option<Place>>,
}

impl Camera {
    pub(super) fn of(all: Arc<Cameras>) -> Camera {
        Camera { all, asked: watch::channel(None).0, place: Mutex::default() }
    }

    /// What the terminal is to be asked for, now and from now on.
    pub(super) fn asked(&self) -> watch::Receiver<Option<Arc<CameraAsked>>> {
        self.asked.subscribe()
    }

    /// The terminal said that it will not send.
    pub(super) fn refused(&self, channel: u8) {
        if let Some(place) = self.place().as_ref() {
            place.refused(channel);
        }
    }

    /// A connection of the terminal brings this channel; an earlier one gives way. Nothing when nobody wants it now.
    pub(super) fn take(&self, channel: u8) -> Option<Taken> {
        self.place().as_mut()?.take(channel)
    }

    fn place(&self) -> MutexGuard<'_, Option<Place>> {
        // A panic elsewhere leaves a whole place behind.
        self.place.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
