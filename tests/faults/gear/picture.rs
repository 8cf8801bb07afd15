//! What a console before several servers shows, held against the journals at the end.

use console_client::{FeedState, Servers, Told};
use dispatch_core::CentreState;
use dispatch_server::views::{self, Due};
use std::collections::BTreeMap;
use wire_protocol::console::FeedMessage;
use wire_protocol::views::IncidentView;

#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) feed: FeedState,
    /// Links that ended with a word of the server, by its code.
    pub(crate) farewells: BTreeMap<String, u32>,
}

impl Default for Picture {
    fn default() -> Self {
        let feed = FeedState { servers: Servers::Several, ..FeedState::default() };
        Self { feed, farewells: BTreeMap::new() }
    }
}

impl Picture {
    /// Takes a message; false when the link is about to end.
    pub(super) fn take(&mut self, message: FeedMessage) -> bool {
        match self.feed.take(message).expect("the feed keeps its promises") {
            Told::Taken | Told::Link { .. } => true,
            Told::Closing { code, .. } => {
                *self.farewells.entry(code).or_default() += 1;
                false
            }
        }
    }

    /// Holds the picture against the state that follows from a centre's journal alone.
    pub(crate) fn assert_shows(&self, state: &CentreState) {
        let centre = state.centre.as_str();
        assert_eq!(self.feed.versions.get(centre), Some(&state.version), "{centre}");
        let due = Due::default();
        for (id, incident) in &state.incidents {
            let expected = timeless(views::incident(&state.centre, incident, &due));
            let shown = self.feed.incidents.get(id.as_str()).cloned().map(timeless);
            assert_eq!(shown, Some(expected), "incident {id} of {centre}");
        }
        for (id, vehicle) in &state.vehicles {
            let shown =
                self.feed.vehicles.get(id.as_str()).map(|it| (it.centre.as_str(), it.state_since));
            assert_eq!(shown, Some((centre, vehicle.since.0)), "vehicle {id}");
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
