//! Whether everything works, in the words consoles know.

use crate::live::shared::Shared;
use dispatch_core::model::{CentreId, Timestamp, VehicleId};
use dispatch_core::state::LastSetBack;
use dispatch_desk::desk::{SetBacks, Troubles};
use dispatch_desk::health::Health;
use dispatch_desk::space::Room;
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::sync::watch;
use wire_protocol::console::{PartState, ServiceState, SetBackView};

/// The parts whose health is watched.
pub(in crate::live) struct Parts {
    pub(in crate::live) journal: watch::Receiver<Health>,
    pub(in crate::live) history: watch::Receiver<Health>,
    /// When positions were lost with their file; nothing where they are in the shared database.
    pub(in crate::live) positions_lost: Option<watch::Receiver<Option<Timestamp>>>,
    /// The talk with the other servers; nothing for a server that is alone.
    pub(in crate::live) others: Option<watch::Receiver<Health>>,
    /// Set-backs of the journals.
    pub(in crate::live) set_backs: watch::Receiver<SetBacks>,
    /// Centres that cannot record anything.
    pub(in crate::live) troubles: watch::Receiver<Troubles>,
    /// Whether clocks agree; nothing while they are not compared.
    pub(in crate::live) clocks: watch::Receiver<Option<Health>>,
    /// Room on the disk; nothing where it is not ours to watch.
    pub(in crate::live) space: Option<watch::Receiver<Room>>,
    /// Vehicles that no centre has.
    pub(in crate::live) strangers: watch::Receiver<BTreeSet<VehicleId>>,
    /// Whether the region folder is an older one.
    pub(in crate::live) region_is_old: bool,
}

impl Parts {
    /// The state of the service as its parts tell it now.
    pub(in crate::live) fn state(&mut self) -> ServiceState {
        let told = |health: &mut watch::Receiver<Health>| part(*health.borrow_and_update());
        ServiceState {
            journal: told(&mut self.journal),
            history: told(&mut self.history),
            positions_lost_at: self
                .positions_lost
                .as_mut()
                .and_then(|lost| lost.borrow_and_update().map(|at| at.0)),
            others: self.others.as_mut().map(told),
            clock: (*self.clocks.borrow_and_update()).map(part),
            space: self.space.as_mut().and_then(|space| part_of_disk(*space.borrow_and_update())),
            region: self.region_is_old.then_some(PartState::Degraded),
            set_backs: self.set_backs.borrow_and_update().iter().map(set_back).collect(),
            standing_still: self
                .troubles
                .borrow_and_update()
                .keys()
                .map(ToString::to_string)
                .collect(),
            without_centre: self
                .strangers
                .borrow_and_update()
                .iter()
                .map(ToString::to_string)
                .collect(),
        }
    }

    /// Waits until a part is different; an error when it is gone.
    async fn changed(&mut self) -> Result<(), watch::error::RecvError> {
        let others = changed(&mut self.others);
        let space = changed(&mut self.space);
        let positions_lost = changed(&mut self.positions_lost);
        tokio::select! {
            biased;
            changed = space => changed,
            changed = self.journal.changed() => changed,
            changed = self.history.changed() => changed,
            changed = others => changed,
            changed = positions_lost => changed,
            changed = self.clocks.changed() => changed,
            changed = self.set_backs.changed() => changed,
            changed = self.troubles.changed() => changed,
            changed = self.strangers.changed() => changed,
        }
    }
}

/// Waits until a part that is not everywhere changes; for ever where it is not.
async fn changed<T>(part: &mut Option<watch::Receiver<T>>) -> Result<(), watch::error::RecvError> {
    match part {
        Some(part) => part.changed().await,
        None => std::future::pending().await,
    }
}

/// Watches the parts until the server stops.
pub(super) async fn run(shared: Arc<Shared>, mut parts: Parts) {
    loop {
        shared.feed.show_service(parts.state());
        tokio::select! {
            biased;
            changed = parts.changed() => if changed.is_err() { return },
            () = shared.stop.cancelled() => return,
        }
    }
}

fn set_back((centre, last): (&CentreId, &LastSetBack)) -> SetBackView {
    SetBackView {
        centre: centre.to_string(),
        at: last.at.0,
        from_version: last.found.from_version,
        to_version: last.found.to_version,
        incidents: last.found.incidents.iter().map(ToString::to_string).collect(),
    }
}

const fn part(health: Health) -> PartState {
    match health {
        Health::Working => PartState::Working,
        Health::Degraded => PartState::Degraded,
        Health::Down => PartState::Down,
    }
}

const fn part_of_disk(room: Room) -> Option<PartState> {
    match room {
        Room::Ample => None,
        Room::Short => Some(PartState::Degraded),
        Room::Scarce => Some(PartState::Down),
    }
}
