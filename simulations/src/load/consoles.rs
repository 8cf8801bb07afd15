//! Consoles of a load run: real links. One folds what it is told, as a person's does, and notes when each press, command and
//! fix appears; the others are there to be told.

use super::shared::Load;
use crate::clock::unix_millis;
use console_client::{ConsoleLink, FeedState, Frame, Unread};
use std::collections::HashMap;
use std::sync::Arc;
use wire_protocol::console::FeedMessage;

/// Waits between two tries to open a link, in seconds.
const OPEN_AGAIN_SECONDS: f64 = 1.0;

/// Ages of fixes are told in steps of so many milliseconds.
const AGE_STEP_MILLIS: i64 = 100;

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
            if measures {
                while let Ok(Some(frame)) = link.next().await {
                    take(load, frame, &mut feed, &mut slots);
                }
            } else {
                while let Ok(Some(frame)) = link.next_unread().await {
                    if let Unread::Positions(records) = frame {
                        Load::count(&load.position_records, records as u64);
                    }
                }
            }
        }
        Load::count(&load.links_lost, 1);
        load.clock.wait(OPEN_AGAIN_SECONDS).await;
    }
}

fn take(load: &Load, frame: Frame, feed: &mut FeedState, slots: &mut HashMap<u32, i64>) {
    match frame {
        Frame::Positions { tick, records } => {
            Load::count(&load.position_records, records.len() as u64);
            if !load.is_measured(load.clock.seconds()) {
                return;
            }
            for record in records {
                let fix = tick - i64::from(record.age_millis);
                // The same fix may be told again, with its age cut to another tenth.
                if slots.get(&record.slot).is_none_or(|last| last + AGE_STEP_MILLIS < fix) {
                    slots.insert(record.slot, fix);
                    load.fixes_shown.meant();
                    load.fixes_shown.done((unix_millis() - fix) as f64 / 1000.0);
                }
            }
        }
        Frame::Message(message) => {
            if let FeedMessage::Changes(changes) = &*message {
                shown(load, changes);
            }
            // The log is not read.
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
