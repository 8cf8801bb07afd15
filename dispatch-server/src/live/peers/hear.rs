//! What another server's word does here: markers move, links count as held elsewhere, and a link that the
//! terminal has left for another server ends.

use super::messages::{FixMessage, LinkMessage, PeerNews, ago};
use crate::fleet::{CameElsewhere, ServerRun, VehicleCell};
use crate::live::pictures;
use crate::live::shared::Shared;
use dispatch_core::model::VehicleId;
use std::collections::HashSet;
use std::sync::Arc;

/// Takes what another server told. A vehicle that is not known here is passed over: its centre's journal
/// will tell of it first.
pub(super) fn take(shared: &Shared, from: ServerRun, news: PeerNews) {
    match news {
        PeerNews::Changed { fixes, came, went } => {
            adopt(shared, &fixes);
            came.iter().for_each(|link| come(shared, from, link));
            went.iter().for_each(|vehicle| go(shared, from, vehicle));
        }
        PeerNews::Holds { links, fixes, clock_doubtful: _ } => {
            adopt(shared, &fixes);
            hold(shared, from, &links);
        }
        PeerNews::Pictures(word) => pictures::hear(shared, from, word),
        PeerNews::Asks => {}
        PeerNews::Leaves => release(shared, from, |_| true),
    }
}

/// Counts none of the links of a server that match as held by it any longer.
pub(super) fn release(shared: &Shared, from: ServerRun, matches: impl Fn(&VehicleId) -> bool) {
    let mut gone: Vec<Arc<VehicleCell>> = Vec::new();
    shared.fleet.for_each(|cell| {
        if cell.is_held_by(from) && matches(&cell.id) {
            gone.push(cell.clone());
        }
    });
    gone.iter().for_each(|cell| let_go(shared, from, cell));
}

fn adopt(shared: &Shared, fixes: &[FixMessage]) {
    let now = shared.clock.now();
    for word in fixes {
        if let Some(cell) = shared.fleet.find(&word.vehicle)
            && let Some(live) = word.live(now)
        {
            shared.fleet.adopt(&cell, live);
        }
    }
}

fn come(shared: &Shared, from: ServerRun, link: &LinkMessage) {
    let Some(cell) = shared.fleet.find(&link.vehicle) else { return };
    hear_of(shared, &cell, link);
    follow(shared, &cell, cell.come_elsewhere(from, link.begun(), shared.clock.now()));
}

/// Ends the link here that the terminal has left, and tells consoles.
fn follow(shared: &Shared, cell: &VehicleCell, came: CameElsewhere) {
    if let Some(superseded) = came.superseded {
        superseded.tell_replaced();
    }
    if came.is_online_by_that {
        shared.feed.tell_presence(cell);
    }
}

fn go(shared: &Shared, from: ServerRun, vehicle: &VehicleId) {
    if let Some(cell) = shared.fleet.find(vehicle) {
        let_go(shared, from, &cell);
    }
}

fn let_go(shared: &Shared, from: ServerRun, cell: &VehicleCell) {
    if cell.go_elsewhere(from, shared.clock.now()) {
        shared.feed.tell_presence(cell);
    }
}

/// Everything a server holds: what is missing, it holds no longer.
fn hold(shared: &Shared, from: ServerRun, links: &[LinkMessage]) {
    for link in links {
        let Some(cell) = shared.fleet.find(&link.vehicle) else { continue };
        hear_of(shared, &cell, link);
        follow(shared, &cell, cell.hold_elsewhere(from, link.begun(), shared.clock.now()));
    }
    let held: HashSet<&VehicleId> = links.iter().map(|link| &link.vehicle).collect();
    release(shared, from, |vehicle| !held.contains(vehicle));
}

fn hear_of(shared: &Shared, cell: &VehicleCell, link: &LinkMessage) {
    if let Some(millis) = link.heard_millis_ago {
        cell.heard(ago(shared.clock.now(), millis));
    }
}
