//! A console written a second time, as simply as can be: it keeps what it is told and nothing else.

use super::client::{Console, Fed};
use std::collections::BTreeMap;
use wire_protocol::console::{Changes, FeedMessage, SeenVersion, Snapshot};
use wire_protocol::views::{IncidentView, LogEntry, VehicleView};

#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) epoch: Option<String>,
    pub(crate) versions: BTreeMap<String, u64>,
    /// The journals' hashes there.
    pub(crate) hashes: BTreeMap<String, Option<String>>,
    pub(crate) incidents: BTreeMap<String, IncidentView>,
    pub(crate) vehicles: BTreeMap<String, VehicleView>,
    pub(crate) log: Vec<LogEntry>,
    pub(crate) snapshots: u32,
    pub(crate) caught_up: bool,
    /// What another server told comes in other pieces here, and some of it twice.
    pub(crate) comes_from_another_server: bool,
}

impl Picture {
    /// Subscribes with what was seen, and reads until told that this was all.
    pub(crate) async fn catch_up(&mut self, console: &mut Console) {
        console.subscribe(self.epoch.clone(), self.seen()).await;
        self.caught_up = false;
        while !self.caught_up {
            self.take_next(console).await;
        }
    }

    /// Reads until a centre's version is reached.
    pub(crate) async fn until(&mut self, console: &mut Console, centre: &str, version: u64) {
        while self.versions.get(centre).copied().unwrap_or(0) < version {
            self.take_next(console).await;
        }
    }

    pub(crate) async fn take_next(&mut self, console: &mut Console) {
        match console.next().await.expect("the link lives") {
            Fed::Message(message) => self.take(*message),
            Fed::Positions(_) => {}
        }
    }

    pub(crate) fn seen(&self) -> Vec<SeenVersion> {
        let seen = self.versions.iter();
        seen.map(|(centre, version)| {
            let hash = self.hashes.get(centre).cloned().flatten();
            SeenVersion { centre: centre.clone(), version: *version, hash }
        })
        .collect()
    }

    fn take(&mut self, message: FeedMessage) {
        match message {
            FeedMessage::Snapshot(snapshot) => self.begin(*snapshot),
            FeedMessage::Changes(changes) => self.change(*changes),
            FeedMessage::CaughtUp { epoch, versions, .. } => {
                self.caught_up = true;
                if self.comes_from_another_server {
                    self.epoch = Some(epoch);
                    return;
                }
                assert_eq!(self.epoch.as_ref(), Some(&epoch));
                assert_eq!(versions, self.seen());
            }
            FeedMessage::Link { vehicle, online, .. } => {
                if let Some(vehicle) = self.vehicles.get_mut(&vehicle) {
                    vehicle.online = online;
                }
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
    }

    fn change(&mut self, mut changes: Changes) {
        if self.comes_from_another_server {
            let seen = self.versions.get(&changes.centre).copied().unwrap_or(0);
            if changes.last_version <= seen {
                return;
            }
            changes.log.retain(|line| line.version > seen);
            changes.first_version = changes.first_version.max(seen + 1);
        }
        assert!(changes.last_hash.is_some());
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
