//! What a console shows: snapshots and changes folded, and everything checked that the feed promises.

use std::collections::BTreeMap;
use thiserror::Error;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::console::{
    Changes, ConsoleMessage, FeedMessage, SeenVersion, ServiceState, Snapshot,
};
use wire_protocol::views::{IncidentView, LogEntry, TaskView, VehicleView};

/// Who may be at the other end of the console's links, one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Servers {
    /// Always the same server: nothing is told twice.
    #[default]
    One,
    /// Another one after each cut: it may tell in other pieces, and some of it again.
    Several,
}

/// Everything a console was told, by the newest view of each thing.
#[derive(Clone, Debug, Default)]
pub struct FeedState {
    /// Who tells.
    pub servers: Servers,
    /// The feed's epoch; none before the first snapshot.
    pub epoch: Option<String>,
    /// The version seen of each centre's journal.
    pub versions: BTreeMap<String, u64>,
    /// The journals' hashes there, as far as they were told.
    pub hashes: BTreeMap<String, Option<String>>,
    /// Incidents by id.
    pub incidents: BTreeMap<String, IncidentView>,
    /// Vehicles by id.
    pub vehicles: BTreeMap<String, VehicleView>,
    /// Log lines, oldest first.
    pub log: Vec<LogEntry>,
    /// Whether everything works at the server of the newest link, as it was told last.
    pub service: Option<ServiceState>,
    /// Snapshots taken; every other link went on where the one before had ended.
    pub snapshots: u32,
    /// Whether the newest subscription has been told everything it missed.
    pub caught_up: bool,
}

/// What a message did.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// What is shown changed, or the message concerns only what is not kept here.
    Taken,
    /// A vehicle's link came or went.
    Link {
        /// The vehicle.
        vehicle: String,
        /// Whether it is online now.
        online: bool,
    },
    /// The server is about to close the link.
    Closing {
        /// Stable code.
        code: String,
        /// One English sentence.
        message: String,
    },
}

/// A promise of the feed that was not kept.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FeedError {
    /// Versions in between were not told.
    #[error("{centre}: changes begin at version {first}, and {seen} was the last one seen")]
    Missed {
        /// The centre.
        centre: String,
        /// The last version seen.
        seen: u64,
        /// The first version told.
        first: u64,
    },
    /// Versions were told again although the server knows what was seen.
    #[error("{centre}: changes begin at version {first}, and {seen} was seen already")]
    Twice {
        /// The centre.
        centre: String,
        /// The last version seen.
        seen: u64,
        /// The first version told.
        first: u64,
    },
    /// There is not one log line for each version.
    #[error("{centre}: the log lines tell of versions {told:?}, not of {first} to {last}")]
    Log {
        /// The centre.
        centre: String,
        /// The versions of the lines.
        told: Vec<u64>,
        /// The first version of the changes.
        first: u64,
        /// The last one.
        last: u64,
    },
    /// The server says that it told everything, and has less than was seen.
    #[error("{centre}: the server stands at version {told}, and {seen} was seen already")]
    Behind {
        /// The centre.
        centre: String,
        /// The last version seen.
        seen: u64,
        /// The server's version.
        told: u64,
    },
    /// The server says that it told everything, and what was seen is something else.
    #[error("caught up with {told}, but what was seen is {seen}")]
    Otherwise {
        /// What the server says.
        told: String,
        /// What was seen.
        seen: String,
    },
}

impl FeedState {
    /// The first message on a new link: what was seen on the one before.
    pub fn subscribe(&mut self) -> ConsoleMessage {
        self.caught_up = false;
        let (protocol, epoch) = (PROTOCOL_VERSION, self.epoch.clone());
        ConsoleMessage::Subscribe { protocol, epoch, seen: self.seen() }
    }

    /// The versions seen, with their hashes.
    pub fn seen(&self) -> Vec<SeenVersion> {
        let seen = self.versions.iter();
        seen.map(|(centre, version)| {
            let hash = self.hashes.get(centre).cloned().flatten();
            SeenVersion { centre: centre.clone(), version: *version, hash }
        })
        .collect()
    }

    /// A task, whichever incident it belongs to.
    pub fn task(&self, id: &str) -> Option<&TaskView> {
        self.incidents.values().flat_map(|incident| &incident.tasks).find(|task| task.id == id)
    }

    /// Takes a message.
    ///
    /// # Errors
    /// When it breaks a promise of the feed; what is shown is as before then.
    pub fn take(&mut self, message: FeedMessage) -> Result<Told, FeedError> {
        match message {
            FeedMessage::Snapshot(snapshot) => self.begin(*snapshot),
            FeedMessage::Changes(changes) => self.change(*changes)?,
            FeedMessage::CaughtUp { epoch, versions, .. } => self.catch_up(epoch, &versions)?,
            FeedMessage::Link { vehicle, online, .. } => {
                if let Some(shown) = self.vehicles.get_mut(&vehicle) {
                    shown.online = online;
                }
                return Ok(Told::Link { vehicle, online });
            }
            FeedMessage::Closing { code, message } => return Ok(Told::Closing { code, message }),
            FeedMessage::Service(service) => self.service = Some(service),
            FeedMessage::Arrivals { .. } | FeedMessage::Pong { .. } => {}
        }
        Ok(Told::Taken)
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
        self.service = Some(snapshot.service);
    }

    fn change(&mut self, changes: Changes) -> Result<(), FeedError> {
        let Changes { centre, first_version: first, last_version: last, .. } = &changes;
        let told: Vec<u64> = changes.log.iter().map(|line| line.version).collect();
        if !told.iter().copied().eq(*first..=*last) {
            let (centre, first, last) = (centre.clone(), *first, *last);
            return Err(FeedError::Log { centre, told, first, last });
        }
        let seen = self.versions.get(centre).copied().unwrap_or(0);
        if *first > seen + 1 {
            return Err(FeedError::Missed { centre: centre.clone(), seen, first: *first });
        }
        if *first <= seen && self.servers == Servers::One {
            return Err(FeedError::Twice { centre: centre.clone(), seen, first: *first });
        }
        if *last <= seen {
            return Ok(());
        }
        self.versions.insert(centre.clone(), *last);
        self.hashes.insert(centre.clone(), changes.last_hash.clone());
        for gone in &changes.vehicles_gone {
            // It may have come to another centre of ours already.
            if self.vehicles.get(gone).is_some_and(|it| it.centre == *centre) {
                self.vehicles.remove(gone);
            }
        }
        self.incidents.extend(changes.incidents.into_iter().map(|it| (it.id.clone(), it)));
        self.vehicles.extend(changes.vehicles.into_iter().map(|it| (it.id.clone(), it)));
        self.log.extend(changes.log.into_iter().filter(|line| line.version > seen));
        Ok(())
    }

    fn catch_up(&mut self, epoch: String, told: &[SeenVersion]) -> Result<(), FeedError> {
        for it in told {
            let seen = self.versions.get(&it.centre).copied().unwrap_or(0);
            if it.version < seen {
                let (centre, told) = (it.centre.clone(), it.version);
                return Err(FeedError::Behind { centre, seen, told });
            }
        }
        let same_epoch = self.epoch.as_ref() == Some(&epoch);
        let seen = self.seen();
        if self.servers == Servers::One && (!same_epoch || told != seen) {
            let (told, seen) = (format!("{epoch} {told:?}"), format!("{:?} {seen:?}", self.epoch));
            return Err(FeedError::Otherwise { told, seen });
        }
        // A console that came from another server goes on from its versions under a new epoch.
        self.epoch = Some(epoch);
        self.caught_up = true;
        Ok(())
    }
}
