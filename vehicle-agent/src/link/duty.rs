//! The centre's latest picture of the vehicle: newer replaces older, older never comes back.

use std::collections::BTreeMap;

use wire_protocol::agent::VehicleAssignment;

/// Centres remembered; a vehicle is lent between the few of one province.
const MAX_CENTRES: usize = 32;

/// For how long an older picture on a new link is doubted, in milliseconds. A server that lags has
/// the newer one by then; one whose journal was set back never will, and the crew must not be left
/// with a picture that no longer exists anywhere.
const DOUBT_MS: u64 = 10_000;

#[derive(Debug, Default)]
pub(super) struct Duty {
    latest: Option<VehicleAssignment>,
    versions: BTreeMap<String, u64>,
    link_is_new: bool,
    /// On the heap: mostly there is none, and a gateway keeps room for it with each of thousands of vehicles.
    doubted: Option<(Box<VehicleAssignment>, u64)>,
}

impl Duty {
    pub(super) fn remembered(latest: Option<VehicleAssignment>) -> Self {
        let versions = latest.iter().map(|duty| (duty.centre.clone(), duty.version)).collect();
        Self { latest, versions, link_is_new: false, doubted: None }
    }

    pub(super) fn latest(&self) -> Option<&VehicleAssignment> {
        self.latest.as_ref()
    }

    /// A link opened: its first picture may be older only if the journal was set back.
    pub(super) fn link_opened(&mut self) {
        self.link_is_new = true;
        self.doubted = None;
    }

    /// Takes a picture if it is newer than what is known of its centre. Says whether it was taken.
    pub(super) fn take(&mut self, picture: VehicleAssignment, steady_ms: u64) -> bool {
        let link_is_new = std::mem::replace(&mut self.link_is_new, false);
        let known = self.versions.get(&picture.centre).copied();
        match known {
            Some(version) if picture.version == version => self.doubted = None,
            Some(version) if picture.version < version => {
                if link_is_new || self.doubted.is_some() {
                    self.doubted = Some((Box::new(picture), steady_ms.saturating_add(DOUBT_MS)));
                }
            }
            Some(_) | None => {
                self.replace(picture);
                return true;
            }
        }
        false
    }

    /// Takes the doubted picture when nothing newer came. Says whether it was taken.
    pub(super) fn settle(&mut self, steady_ms: u64) -> bool {
        if self.doubt_ends_at().is_none_or(|at| steady_ms < at) {
            return false;
        }
        let Some((picture, _)) = self.doubted.take() else { return false };
        self.replace(*picture);
        true
    }

    /// When `settle` has something to do.
    pub(super) fn doubt_ends_at(&self) -> Option<u64> {
        self.doubted.as_ref().map(|(_, at)| *at)
    }

    fn replace(&mut self, picture: VehicleAssignment) {
        if self.versions.len() >= MAX_CENTRES {
            self.versions.clear();
        }
        self.versions.insert(picture.centre.clone(), picture.version);
        self.latest = Some(picture);
        self.doubted = None;
    }
}
