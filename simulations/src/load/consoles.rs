//! Consoles of a load run: real links that fold what they are told, and note when each press, command and fix appears.

use super::shared::Load;
use crate::clock::unix_millis;
use console_client::{ConsoleLink, FeedState, Frame};
use std::collections::HashMap;
use std::sync::Arc;
use wire_protocol::console::FeedMessage;

/// Waits between two tries to open a link, in seconds.
const OPEN_AGAIN_SECONDS: f64 = 1.0;

/// Follows the feed until the run ends; `measures` is true for the one whose times count.
pub(super) async fn follow(load: Arc<Load>, address: String, cookie: String, measures: bool) {
    let stop = load.stop.clone();
    tokio::select! {
        () = stop.cancelled() => {}
        () = follow_on(&load, &address, &cookie, measures) => {}
    }
}

async fn follow_on(load: &Load, address: &str, cookie: &str, measures: bool) {
    let mut feed = FeedState::default();
    let mut slots: HashMap<u32, i64> = HashMap::new();
    loop {
        if let Ok(mut link) = ConsoleLink::open(address, cookie).await
            && link.say(&feed.subscribe()).await.is_ok()
        {
            while let Ok(Some(frame)) = link.next().await {
                take(load, frame, &mut feed, &mut slots, measures);
            }
        }
        Load::count(&load.links_lost, 1);
        load.clock.wait(OPEN_AGAIN_SECONDS).await;
    }
}

fn take(
    load: &Load,
    frame: Frame,
    feed: &mut FeedState,
    slots: &mut HashMap<u32, i64>,
    measures: bool,
) {
    match frame {
        Frame::Positions { tick, records } => {
            Load::count(&load.position_records, records.len() as u64);
            if !measures || !load.is_measured(load.clock.seconds()) {
                return;
            }
            for record in records {
                let fix = tick - i64::from(record.age_millis);
                // The same fix may be told again, in the frame of a new link.
                if slots.insert(record.slot, fix).is_none_or(|last| last < fix) {
                    load.fixes_shown.meant();
                    load.fixes_shown.done((unix_millis() - fix) as f64 / 1000.0);
                }
            }
        }
        Frame::Message(message) => {
            if measures && let FeedMessage::Changes(changes) = &*message {
                shown(load, changes);
            }
            // The measuring console keeps the picture, as a person's does; the log is not read.
            let _ = feed.take(*message);
            feed.log.clear();
        }
    }
}

fn shown(load: &Load, changes: &wire_protocol::console::Changes) {
    let now = load.clock.seconds();
    for line in &changes.log {
        if line.kind == "note_added" && load.is_measured(now) {
            load.command_shown(format!("{} {}", changes.centre, line.version), now);
        }
        let Some(vehicle) = &line.vehicle else { continue };
        if let Some(meant_at) = load.seen(&format!("{} {vehicle}", line.kind)) {
            load.presses.done(now - meant_at);
        }
    }
}
