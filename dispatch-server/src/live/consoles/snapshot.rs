//! The whole picture of a scope as one message, and from where in the rings to go on after it.

use crate::live::feed::{Audience, MadeSnapshot, Picture, encode};
use crate::live::limits::{RECENT_MILLIS, SNAPSHOT_REUSE};
use crate::live::shared::Shared;
use dispatch_core::state::Incident;
use dispatch_desk::journal::{mark_of, to_hex};
use std::sync::Arc;
use wire_protocol::console::{FeedMessage, SeenVersion, Snapshot};

/// A snapshot for an audience: a new one, or one made a moment ago. Made by one console at a time, and
/// encoded outside the feed's lock.
pub(super) async fn snapshot(shared: &Shared, audience: &Audience) -> Arc<MadeSnapshot> {
    let mut kept = audience.snapshot.lock().await;
    if let Some(made) = kept.as_ref()
        && shared.clock.steady().duration_since(made.made_at) < SNAPSHOT_REUSE
        && shared.feed.are_held(&audience.centres, &made.positions)
        && made.service == shared.feed.service()
    {
        return made.clone();
    }
    let made_at = shared.clock.steady();
    let (snapshot, positions) = shared.feed.with_pictures(|pictures| {
        let pictures: Vec<&Picture> =
            audience.centres.iter().map(|number| &pictures[usize::from(*number)]).collect();
        let positions = pictures.iter().map(|picture| picture.ring.end()).collect();
        (whole(shared, &pictures), positions)
    });
    let service = snapshot.service.clone();
    let text = encode(&FeedMessage::Snapshot(Box::new(snapshot)));
    let made = Arc::new(MadeSnapshot { text, positions, made_at, service });
    *kept = Some(made.clone());
    made
}

fn whole(shared: &Shared, pictures: &[&Picture]) -> Snapshot {
    let now = shared.clock.now();
    let is_recent = |incident: &&Incident| {
        let over_since = incident.stage.over_since();
        over_since.is_none_or(|since| now.millis_since(since) <= RECENT_MILLIS)
    };
    let mut log: Vec<_> = pictures.iter().flat_map(|picture| picture.log.iter().cloned()).collect();
    log.sort_by_key(|line| line.stamp.recorded_at);
    Snapshot {
        epoch: shared.feed.epoch(),
        server_time: now.0,
        versions: versions(pictures.iter().copied()),
        incidents: pictures
            .iter()
            .flat_map(|picture| picture.state.incidents.values().map(move |it| (picture, it)))
            .filter(|(_, incident)| is_recent(incident))
            .map(|(picture, incident)| shared.views.incident(&picture.state, incident))
            .collect(),
        vehicles: pictures
            .iter()
            .flat_map(|picture| picture.state.vehicles.values().map(move |it| (picture, it)))
            .map(|(picture, vehicle)| shared.views.vehicle(&picture.state, vehicle))
            .collect(),
        log,
        service: shared.feed.service(),
    }
}

/// How far these centres are told.
pub(super) fn versions<'a>(pictures: impl Iterator<Item = &'a Picture>) -> Vec<SeenVersion> {
    pictures
        .map(|picture| SeenVersion {
            centre: picture.state.centre.as_str().to_owned(),
            version: picture.state.version,
            hash: Some(to_hex(&mark_of(&picture.hash))),
        })
        .collect()
}
