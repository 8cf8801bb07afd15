//! What a console shows, folded from the feed as the browser's does. Checks while it listens that no version is
//! missed.

use dispatch_core::CentreState;
use dispatch_server::views::{self, Due};
use std::collections::BTreeMap;
use wire_protocol::console::{Changes, FeedMessage, SeenVersion, Snapshot};
use wire_protocol::views::{IncidentView, VehicleView};

#[derive(Debug, Default)]
pub(crate) struct Picture {
    pub(crate) epoch: Option<String>,
    pub(crate) versions: BTreeMap<String, u64>,
    /// The journals' hashes there.
    hashes: BTreeMap<String, Option<String>>,
    incidents: BTreeMap<String, IncidentView>,
    vehicles: BTreeMap<String, VehicleView>,
    caught_up: bool,
    /// Whole pictures that were sent; every other link went on where the one before ended.
    pub(crate) snapshots: u32,
    /// Links that ended with a word of the server, by its code.
    pub(crate) farewells: BTreeMap<String, u32>,
}

impl Picture {
    pub(super) fn is_caught_up(&self) -> bool {
        self.caught_up
    }

    pub(super) fn link_opens(&mut self) {
        self.caught_up = false;
    }

    pub(super) fn seen(&self) -> Vec<SeenVersion> {
        let seen = self.versions.iter();
        seen.map(|(centre, version)| {
            let hash = self.hashes.get(centre).cloned().flatten();
            SeenVersion { centre: centre.clone(), version: *version, hash }
        })
        .collect()
    }

    /// Takes a message; false when the link is about to end.
    pub(super) fn take(&mut self, message: FeedMessage) -> bool {
        match message {
            FeedMessage::Snapshot(snapshot) => self.begin(*snapshot),
            FeedMessage::Changes(changes) => self.change(*changes),
            FeedMessage::CaughtUp { epoch, versions, .. } => {
                for told in versions {
                    let seen = self.versions.get(&told.centre).copied().unwrap_or(0);
                    assert!(told.version >= seen, "resumed at a server that is behind: {told:?}");
                }
                // A console that came from another server goes on from its versions under a new epoch.
                self.epoch = Some(epoch);
                self.caught_up = true;
            }
            FeedMessage::Closing { code, .. } => {
                *self.farewells.entry(code).or_default() += 1;
                return false;
            }
            FeedMessage::Link { .. }
            | FeedMessage::Service(_)
            | FeedMessage::Arrivals { .. }
            | FeedMessage::Pong { .. } => {}
        }
        true
    }

    /// Holds the picture against the state that follows from a centre's journal alone.
    pub(crate) fn assert_shows(&self, state: &CentreState) {
        let centre = state.centre.as_str();
        assert_eq!(self.versions.get(centre), Some(&state.version), "{centre}");
        let due = Due::default();
        for (id, incident) in &state.incidents {
            let expected = timeless(views::incident(&state.centre, incident, &due));
            let shown = self.incidents.get(id.as_str()).cloned().map(timeless);
            assert_eq!(shown, Some(expected), "incident {id} of {centre}");
        }
        for (id, vehicle) in &state.vehicles {
            let shown =
                self.vehicles.get(id.as_str()).map(|it| (it.centre.as_str(), it.state_since));
            assert_eq!(shown, Some((centre, vehicle.since.0)), "vehicle {id}");
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
    }

    /// As the browser's console does: another server may tell in other pieces, or lag behind what was seen already.
    fn change(&mut self, changes: Changes) {
        let told: Vec<u64> = changes.log.iter().map(|line| line.version).collect();
        let versions: Vec<u64> = (changes.first_version..=changes.last_version).collect();
        assert_eq!(told, versions, "one line for each version");
        let seen = self.versions.get(&changes.centre).copied().unwrap_or(0);
        if changes.last_version <= seen {
            return;
        }
        assert!(changes.first_version <= seen + 1, "missed {seen} to {}", changes.first_version);
        self.versions.insert(changes.centre.clone(), changes.last_version);
        self.hashes.insert(changes.centre.clone(), changes.last_hash.clone());
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
    }
}

/// Without its deadlines, which depend on the region's norms and not on the journal.
fn timeless(mut incident: IncidentView) -> IncidentView {
    incident.deadlines.clear();
    incident.response = None;
    incident.norms.clear();
    incident.tasks.iter_mut().for_each(|task| task.deadlines.clear());
    incident
}
