//! A desk at which calls come in without end: each is taken, a vehicle sent, something noted, and the incident
//! cancelled, so that vehicles are fought over. Keeps a book of what was acknowledged and what refused.

use super::person::{Person, named};
use super::pulse::Pulse;
use super::{SERVERS, now_ms, region};
use rand::prelude::*;
use rand::rngs::StdRng;
use region::Region;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio_util::sync::CancellationToken;
use wire_protocol::commands::{CallOutcome, Command, CommandAnswer};
use wire_protocol::vocabulary::CancelReason;

/// Pause between two commands of a desk, so that it is the servers' time that is measured and not this machine's.
const PAUSE: Duration = Duration::from_millis(60);
/// A vehicle that a desk sends is one of so many of its centre, so that desks meet.
const VEHICLES_TRIED: usize = 6;

/// A command that was acknowledged.
#[derive(Clone, Debug)]
pub(crate) struct Acknowledged {
    pub(crate) command_id: String,
    pub(crate) centre: String,
    /// The journal's version as the answer told it.
    pub(crate) version: u64,
    pub(crate) took: Duration,
    /// When the try that was answered began, and who answered.
    pub(crate) tried_at: Instant,
    pub(crate) server: usize,
    /// The incident that it opened.
    pub(crate) incident: Option<String>,
}

/// What a desk knows at the end of its day.
#[derive(Debug, Default)]
pub(crate) struct Book {
    /// In the order in which they were made.
    pub(crate) acknowledged: Vec<Acknowledged>,
    /// Commands that a server refused, with its word.
    pub(crate) refused: Vec<(String, String)>,
    /// Tries beyond the first.
    pub(crate) repeats: u64,
    pub(crate) signed_in_anew: u32,
    /// Answers "unknown incident" about an incident whose number a server had given before.
    pub(crate) stale: u64,
}

/// One desk, at a centre with its place and its vehicles.
pub(crate) struct Desk {
    name: String,
    centre: String,
    scene: (f64, f64),
    vehicles: Vec<String>,
    /// The server that it asks; one that roams asks any.
    home: Option<usize>,
    person: Person,
    pulse: Arc<Pulse>,
    rng: StdRng,
}

impl Desk {
    /// One that roams for each centre that has vehicles; and at the first of them one at home at each server, so
    /// that some always ask a server that works.
    pub(crate) fn all(person: &Person, pulse: &Arc<Pulse>, seed: u64) -> Vec<Self> {
        let region = Region::load(&region()).unwrap();
        let has_vehicles = |centre: &str| region.vehicles.iter().any(|it| it.centre == centre);
        let centres: Vec<_> =
            region.centres.iter().filter(|centre| has_vehicles(&centre.id)).collect();
        let roaming = centres.iter().map(|centre| (*centre, None));
        let at_home = (0..SERVERS).map(|server| (centres[0], Some(server)));
        roaming
            .chain(at_home)
            .zip(1..)
            .map(|((centre, home), number)| {
                let own = region.vehicles.iter().filter(|vehicle| vehicle.centre == centre.id);
                Self {
                    name: format!("desk-{number}"),
                    centre: centre.id.clone(),
                    scene: (centre.position.lon, centre.position.lat),
                    vehicles: own.map(|vehicle| vehicle.id.clone()).collect(),
                    home,
                    person: person.clone(),
                    pulse: pulse.clone(),
                    rng: StdRng::seed_from_u64(seed ^ number),
                }
            })
            .collect()
    }

    /// Works until `stop`; a command begun is brought to its end.
    pub(crate) async fn work(mut self, stop: CancellationToken) -> Book {
        let mut book = Book::default();
        let mut number = 0;
        while !stop.is_cancelled() {
            number += 1;
            self.handle_call(number, &mut book).await;
        }
        book.signed_in_anew = self.person.signed_in_anew;
        book
    }

    async fn handle_call(&mut self, number: u64, book: &mut Book) {
        let call = self.call();
        let Some(taken) = self.execute(number, "call", call, book).await else { return };
        // A repeat is answered without the incident's number; then the call is left as it is.
        let Some(incident) = taken.incident else { return };
        let some = self.vehicles.len().min(VEHICLES_TRIED);
        let vehicle = self.vehicles[self.rng.random_range(0..some)].clone();
        let send = Command::DispatchVehicles {
            incident: incident.clone(),
            vehicles: vec![vehicle],
            offer: None,
        };
        self.execute(number, "send", send, book).await;
        let note =
            Command::AddNote { incident: incident.clone(), text: format!("第 {number} 次") };
        self.execute(number, "note", note, book).await;
        let reason = CancelReason::CallerCancelled;
        let cancel =
            Command::CancelIncident { incident, reason, note: String::new(), confirmed: true };
        self.execute(number, "cancel", cancel, book).await;
    }

    async fn execute(
        &mut self,
        number: u64,
        what: &str,
        command: Command,
        book: &mut Book,
    ) -> Option<CommandAnswer> {
        tokio::time::sleep(PAUSE).await;
        let command_id = format!("{}-{number}-{what}", self.name);
        let command = named(command_id.clone(), &self.centre, command);
        let began = Instant::now();
        let first = self.home.unwrap_or_else(|| self.rng.random_range(0..SERVERS));
        let pulse = self.pulse.clone();
        let ended =
            self.person.execute(first, self.home.is_none(), &command, |it| pulse.told(it)).await;
        book.repeats += u64::from(ended.tries - 1);
        match ended.result {
            Ok(answer) => {
                self.pulse.beat();
                let (version, took) = (answer.version, began.elapsed());
                let (centre, incident) = (self.centre.clone(), answer.incident.clone());
                let (tried_at, server) = (ended.tried_at, ended.server);
                book.acknowledged.push(Acknowledged {
                    command_id,
                    centre,
                    version,
                    took,
                    tried_at,
                    server,
                    incident,
                });
                Some(answer)
            }
            Err(problem) => {
                if problem.code == "unknown_incident" {
                    book.stale += 1;
                }
                book.refused.push((command_id, problem.code));
                None
            }
        }
    }

    fn call(&self) -> Command {
        let (lon, lat) = self.scene;
        take_call(lon, lat, None)
    }
}

/// A call that needs no vehicle: a command that any server can take at any time.
pub(crate) fn consultation() -> Command {
    take_call(106.25, 38.47, Some(CallOutcome::Consultation))
}

/// A call about somebody at a place.
pub(crate) fn take_call(lon: f64, lat: f64, outcome: Option<CallOutcome>) -> Command {
    let facts = json!({
        "kind": "illness", "priority": "urgent", "source": "phone",
        "accident_level": "ordinary", "complaint": "胸痛",
        "scene": {
            "address": "东大街1号", "source": "map_click",
            "position": { "lon": lon, "lat": lat },
        },
    });
    let details = json!({ "began_at": now_ms(), "patient_count": 1 });
    Command::TakeCall {
        link_to: None,
        facts: serde_json::from_value(facts).unwrap(),
        details: serde_json::from_value(details).unwrap(),
        outcome,
        vehicles_wanted: None,
    }
}
