//! What a console shows, and the tracks of its markers: none goes back in time.

use console_client::{FeedState, Told};
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};
use wire_protocol::console::FeedMessage;
use wire_protocol::positions::PositionRecord;
use wire_protocol::views::MilestoneView;
use wire_protocol::vocabulary::Milestone;

/// A frame gives the age of a fix in tenths of a second.
const AGE_STEP_MS: i64 = 100;

#[derive(Debug, Default)]
pub(crate) struct Picture {
    feed: FeedState,
    /// Every place at which a slot's marker stood since the last snapshot, with the time of its fix.
    markers: BTreeMap<u32, Vec<(i64, PositionRecord)>>,
    /// Every coming and going of a link.
    pub(crate) links: Vec<(String, bool)>,
}

impl Deref for Picture {
    type Target = FeedState;

    fn deref(&self) -> &FeedState {
        &self.feed
    }
}

impl DerefMut for Picture {
    fn deref_mut(&mut self) -> &mut FeedState {
        &mut self.feed
    }
}

impl Picture {
    /// A milestone of a task, once it is shown.
    pub(crate) fn milestone(&self, task: &str, milestone: Milestone) -> Option<&MilestoneView> {
        self.task(task)?.milestones.iter().find(|it| it.milestone == milestone)
    }

    /// Every place at which a vehicle's marker stood since the last snapshot.
    pub(crate) fn track(&self, vehicle: &str) -> Vec<PositionRecord> {
        let slot = self.vehicles.get(vehicle).map(|it| it.slot);
        let track = slot.and_then(|slot| self.markers.get(&slot));
        track.map(|track| track.iter().map(|(_, record)| *record).collect()).unwrap_or_default()
    }

    /// Where a vehicle's marker stands, in degrees east.
    pub(crate) fn lon(&self, vehicle: &str) -> Option<f64> {
        self.track(vehicle).last().map(|record| record.lon)
    }

    /// Whether a vehicle is shown as online.
    pub(crate) fn is_online(&self, vehicle: &str) -> bool {
        self.vehicles.get(vehicle).is_some_and(|vehicle| vehicle.online)
    }

    pub(super) fn place(&mut self, tick: i64, records: &[PositionRecord]) {
        for record in records {
            let track = self.markers.entry(record.slot).or_default();
            let fix_time = tick - i64::from(record.age_millis);
            if let Some((before, _)) = track.last() {
                assert!(fix_time > before - AGE_STEP_MS, "a marker went back in time: {record:?}");
            }
            track.push((fix_time, *record));
        }
    }

    pub(super) fn take(&mut self, message: FeedMessage) {
        if matches!(message, FeedMessage::Snapshot(_)) {
            // Slots are only comparable within an epoch.
            self.markers.clear();
        }
        match self.feed.take(message).expect("the feed keeps its promises") {
            Told::Taken => {}
            Told::Link { vehicle, online } => self.links.push((vehicle, online)),
            Told::Closing { code, message } => panic!("closed: {code}, {message}"),
        }
    }
}
