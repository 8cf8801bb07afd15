//! Live pictures of vehicles' cameras: who looks, what vehicles are asked for, and the way from the one to the other.
//!
//! A picture is as short-lived as it can be: nothing of it is stored, one that nobody looks at is not sent, and it has
//! sockets of its own, so that an order never waits behind it. It is fragmented MP4 that the sender made; here it is only
//! passed on, to everybody who looks. Who is too slow for it misses fragments up to the next that needs no earlier one.
//!
//! Who looks, who holds the vehicle's link and who gets the picture may be three servers. Servers tell each other over
//! Redis what is looked at and which vehicles have cameras, and pass fragments on there; without Redis a picture needs all
//! three to be one.

mod look;
mod relay;
mod source;

pub(super) use look::run_look;
pub(super) use source::run_source;

use super::cameras::{Looked, PictureWord};
use super::shared::Shared;
use crate::fleet::ServerRun;
use dispatch_core::model::VehicleId;
use std::sync::Arc;
use wire_protocol::picture::PictureEnd;

/// What another server told; its vehicles' links that are here are told what changes for them.
pub(super) fn hear(shared: &Shared, from: ServerRun, word: PictureWord) {
    shared.cameras.hear(from, word).iter().for_each(|vehicle| tell(shared, vehicle));
}

/// Forgets what was looked at elsewhere and is not any more.
pub(super) fn forget_old(shared: &Shared) {
    shared.cameras.forget_old().iter().for_each(|vehicle| tell(shared, vehicle));
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
        let looked = shared.cameras.look(&vehicle, channel)?;
        if looked.is_first {
            tell(&shared, &vehicle);
            relay::listen(&shared, &looked.picture);
        }
        Ok(Self { shared, vehicle, looked })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.shared.cameras.look_away(&self.vehicle) {
            tell(&self.shared, &self.vehicle);
        }
    }
}
