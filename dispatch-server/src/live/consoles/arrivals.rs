//! The list of arrivals as the consoles of one scope are sent it: encoded once, the newest only.

use crate::live::feed::{Audience, encode, lock};
use crate::live::shared::Shared;
use axum::extract::ws::Utf8Bytes;
use wire_protocol::console::FeedMessage;

/// The newest list for an audience when it is newer than `seen`, and its number.
pub(super) fn since(shared: &Shared, audience: &Audience, seen: u64) -> Option<(u64, Utf8Bytes)> {
    let shown = shared.arrivals.shown();
    if shown.number == seen {
        return None;
    }
    let mut kept = lock(&audience.arrivals);
    if let Some((number, text)) = kept.as_ref()
        && *number == shown.number
    {
        return Some((*number, text.clone()));
    }
    let seen = shown.list.iter().filter(|(centre, _)| audience.sees(*centre));
    let arrivals = seen.map(|(_, view)| view.clone()).collect();
    let text = encode(&FeedMessage::Arrivals { made_at: shown.made_at, arrivals });
    *kept = Some((shown.number, text.clone()));
    Some((shown.number, text))
}
