//! What this server has to tell: gathered from the vehicles' cells, the newest only.

use super::messages::{FixMessage, LinkMessage, PeerNews};
use crate::fleet::VehicleCell;
use crate::live::shared::Shared;
use dispatch_core::model::Timestamp;

/// What is new since this was last asked; nothing when all is as it was.
pub(super) fn changed(shared: &Shared) -> Option<PeerNews> {
    let now = shared.clock.now();
    let (mut fixes, mut came, mut went) = (Vec::new(), Vec::new(), Vec::new());
    shared.fleet.for_each(|cell| {
        if cell.take_moved_here() {
            fixes.extend(fix(cell, now));
        }
        if cell.take_link_changed() {
            match link(cell, now) {
                Some(link) => came.push(link),
                None => went.push(cell.id.clone()),
            }
        }
    });
    let is_nothing = fixes.is_empty() && came.is_empty() && went.is_empty();
    (!is_nothing).then_some(PeerNews::Changed { fixes, came, went })
}

/// Every link held here, and where their vehicles are if that is asked.
pub(super) fn held(shared: &Shared, with_fixes: bool) -> PeerNews {
    let now = shared.clock.now();
    let (mut links, mut fixes) = (Vec::new(), Vec::new());
    shared.fleet.for_each(|cell| {
        if let Some(link) = link(cell, now) {
            links.push(link);
            if with_fixes {
                fixes.extend(fix(cell, now));
            }
        }
    });
    PeerNews::Holds { links, fixes, clock_doubtful: !shared.is_clock_believed() }
}

fn fix(cell: &VehicleCell, now: Timestamp) -> Option<FixMessage> {
    cell.live_fix().map(|live| FixMessage::new(&cell.id, &live, now))
}

fn link(cell: &VehicleCell, now: Timestamp) -> Option<LinkMessage> {
    let begun = cell.link_begun()?;
    let heard = cell.heard_at();
    Some(LinkMessage {
        vehicle: cell.id.clone(),
        begun: begun.terminal.0,
        linked_at: begun.server.map(|at| at.0),
        heard_millis_ago: heard.map(|at| now.millis_since(at).max(0)),
    })
}
