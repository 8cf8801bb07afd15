//! What servers tell each other of pictures.

use dispatch_core::model::VehicleId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use wire_protocol::picture::PictureWanted;

/// What one server tells all others of pictures.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::live) struct PictureWord {
    /// Vehicles with cameras whose links it holds.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) cameras: BTreeSet<VehicleId>,
    /// What is looked at there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) looks: Vec<SharedLook>,
}

/// A picture that is looked at from a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::live) struct SharedLook {
    pub(super) vehicle: VehicleId,
    pub(super) picture: String,
    pub(super) channel: u8,
}

impl PictureWord {
    pub(super) fn is_empty(&self) -> bool {
        self.cameras.is_empty() && self.looks.is_empty()
    }
}

impl SharedLook {
    pub(super) fn wanted(&self) -> PictureWanted {
        PictureWanted { picture: self.picture.clone(), channel: self.channel }
    }
}
