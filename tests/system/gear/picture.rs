//! What a console shows, kept as simply as can be. Checks while it listens: no version missed or twice,
//! one log line each, no marker back in time.

use std::collections::BTreeMap;
use wire_protocol::console::{Changes, FeedMessage, SeenVersion, Snapshot};
use wire_protocol::positions::PositionRecord;
use wire_protocol::views::{IncidentView, LogEntry, MilestoneView, TaskView, VehicleView};
use wire_protocol::vocabulary::Milestone;

/// A frame gives the age of a fix in tenths of a second.
const AGE_STEP_MS: i64 = 100;

#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) epoch: Option<String>,
    pub(crate) versions: BTreeMap<String, u64>,
    /// The journals' hashes there.
    hashes: BTreeMap<String, Option<String>>,
    pub(crate) incidents: BTreeMap<String, IncidentView>,
    pub(crate) vehicles: BTreeMap<String, VehicleView>,
    pub(crate) log: Vec<LogEntry>,
    pub(crate) snapshots: u32,
    pub(crate) caught_up: bool,
    /// Every place at which a slot's marker stood, with the time of its fix.
    markers: BTreeMap<u32, Vec<(i64, PositionRecord)>>,
    /// Every coming and going of a link.
    pub(crate) links: Vec<(String, bool)>,
}

impl Picture {
    /// The task, wherever it is.
    pub(crate) fn task(&self, id: &str) -> Option<&TaskView> {
        self.incidents.values().flat_map(|incident| &incident.tasks).find(|task| task.id == id)
    }

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

    pub(super) fn seen(&self) -> Vec<SeenVersion> {
        let seen = self.versions.iter();
        seen.map(|(centre, version)| {
            let hash = self.hashes.get(centre).cloned().flatten();
            SeenVersion { centre: centre.clone(), version: *version, hash }
        })
        .collect()
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
        match message {
            FeedMessage::Snapshot(snapshot) => self.begin(*snapshot),
            FeedMessage::Changes(changes) => self.change(*changes),
            FeedMessage::CaughtUp { epoch, versions, .. } => {
                self.caught_up = true;
                assert_eq!(self.epoch.as_ref(), Some(&epoch));
                assert_eq!(versions, self.seen());
            }
            FeedMessage::Link { vehicle, online, .. } => {
                if let Some(vehicle) = self.vehicles.get_mut(&vehicle) {
                    vehicle.online = online;
                }
                self.links.push((vehicle, online));
            }
            FeedMessage::Closing { code, message } => panic!("closed: {code}, {message}"),
            FeedMessage::Service(_) | FeedMessage::Arrivals { .. } | FeedMessage::Pong { .. } => {}
        }
    }

    fn begin(&mut self, snapshot: Snapshot) {
        self.snapshots += 1;
        self.epoch = Some(snapshot.epoch);
        let hashes = snapshot.versions.iter().map(|it| (it.centre.clone(), it.hash.clone()));
        self.hashes = hashes.collect();
        self.versions = snapshot.versions.into_iter().map(|it| (it.centre, it.version)).collect();
        self.incidents = snapshot.incidents.into_iter().map(|it| (it.id.clone(), it)).collect();
        self.vehicles = snapshot.vehicles.into_iter().map(|it| (it.id.clone(), it)).collect();
        self.log = snapshot.log;
        // Slots are only comparable within an epoch.
        self.markers.clear();
    }

    fn change(&mut self, changes: Changes) {
        self.hashes.insert(changes.centre.clone(), changes.last_hash.clone());
        let had = self.versions.insert(changes.centre.clone(), changes.last_version);
        assert_eq!(changes.first_version, had.unwrap_or(0) + 1, "nothing missed, nothing twice");
        let told: Vec<u64> = changes.log.iter().map(|line| line.version).collect();
        let versions: Vec<u64> = (changes.first_version..=changes.last_version).collect();
        assert_eq!(told, versions, "one line for each version");
        for incident in changes.incidents {
            self.incidents.insert(incident.id.clone(), incident);
        }
        for gone in changes.vehicles_gone {
            // It may have come to another centre of ours already.
            if self.vehicles.get(&gone).is_some_and(|it| it.centre == changes.centre) {
                self.vehicles.remove(&gone);
            }
        }
        for vehicle in changes.vehicles {
            self.vehicles.insert(vehicle.id.clone(), vehicle);
        }
        self.log.extend(changes.log);
    }
}
