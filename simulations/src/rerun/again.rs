//! Decides a journal again, event by event, and holds what comes of it against what was recorded: the same events, and the
//! same state at every version.

use super::commands::command_of;
use dispatch_core::model::*;
use dispatch_core::{CentreState, Decision, Rules, apply, decide};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Versions between two hashes of the whole state; in between, what each event touched is hashed into the chain.
pub const WHOLE_STATE_EVERY: u64 = 1_000;
/// Events that one command may make at the most: a call, an order of twenty vehicles and what follows from it.
pub const MOST_OF_ONE_COMMAND: usize = 256;
/// Differences that are told one by one.
const MOST_TOLD: usize = 100;

/// What deciding again came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// The last version read.
    pub version: u64,
    /// Events that were decided again and came out the same.
    pub decided: u64,
    /// Events whose command cannot be told from the journal, by kind; taken as they were recorded.
    pub taken: BTreeMap<&'static str, u64>,
    /// Events that would be decided otherwise now, the first hundred of them.
    pub different: Vec<Difference>,
    /// How many there are.
    pub differences: u64,
    /// Versions at which the two states were not the same. Without a bug there are none.
    pub states_apart: u64,
    /// The chain over the state of every version, of the recorded events and of those decided again.
    pub hashes: [Hash; 2],
}

/// An event that would be decided otherwise now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The event.
    pub version: u64,
    /// Its kind.
    pub kind: &'static str,
    /// What comes now, as a sentence without its end.
    pub now: String,
}

/// A centre's journal being decided again.
pub struct Again {
    rules: Rules,
    recorded: Folded,
    again: Folded,
    findings: Findings,
}

/// A fold with the chain of hashes over its versions.
struct Folded {
    state: CentreState,
    chain: Hash,
}

impl Again {
    /// Before the first event.
    pub fn new(centre: &CentreId, rules: Rules) -> Self {
        let folded = || Folded { state: CentreState::new(centre.clone()), chain: [0; 32] };
        let findings = Findings {
            version: 0,
            decided: 0,
            taken: BTreeMap::new(),
            different: Vec::new(),
            differences: 0,
            states_apart: 0,
            hashes: [[0; 32]; 2],
        };
        Self { rules, recorded: folded(), again: folded(), findings }
    }

    /// The state after the events so far.
    pub fn state(&self) -> &CentreState {
        &self.recorded.state
    }

    /// Decides the first of `ahead` again, with all that came of the same command; gives how many events that was.
    /// `ahead` must reach [`MOST_OF_ONE_COMMAND`] events ahead, or to the end of the journal.
    pub fn step(&mut self, ahead: &[Recorded]) -> usize {
        let Some(first) = ahead.first() else { return 0 };
        let made = self.decided_again(first, ahead);
        let events = match made {
            Made::Same(count) => {
                self.findings.decided += count as u64;
                count
            }
            Made::Otherwise(now) => {
                self.findings.differences += 1;
                if self.findings.different.len() < MOST_TOLD {
                    let (version, kind) = (first.version, first.event.kind());
                    self.findings.different.push(Difference { version, kind, now });
                }
                1
            }
            Made::Unknown => {
                *self.findings.taken.entry(first.event.kind()).or_default() += 1;
                1
            }
        };
        for recorded in &ahead[..events] {
            self.recorded.take(recorded);
        }
        // The events decided again are equal to these; folded apart, they show that the fold repeats too.
        for recorded in &ahead[..events] {
            self.again.take(recorded);
            let same = self.recorded.state.version != self.again.state.version
                || self.recorded.chain == self.again.chain;
            self.findings.states_apart += u64::from(!same);
        }
        events
    }

    /// What it came to.
    pub fn finish(mut self) -> Findings {
        let apart = self.recorded.state != self.again.state;
        self.findings.states_apart += u64::from(apart);
        self.findings.version = self.recorded.state.version;
        self.findings.hashes = [self.recorded.sealed(), self.again.sealed()];
        self.findings
    }

    fn decided_again(&self, first: &Recorded, ahead: &[Recorded]) -> Made {
        let together = of_one_command(first, ahead);
        let mut otherwise = None;
        for recorded in together {
            // What follows by rule was asked by nobody; its command stands before it.
            let Some(command) = command_of(&self.again.state, &recorded.event, together) else {
                continue;
            };
            for context in contexts(&recorded.provenance) {
                let now = match decide(&self.again.state, &self.rules, &command, &context) {
                    Ok(Decision::Events(events)) if ahead.starts_with(&events) => {
                        return Made::Same(events.len());
                    }
                    Ok(Decision::Events(events)) => {
                        let kinds: Vec<_> = events.iter().map(|it| it.event.kind()).collect();
                        format!("now comes {}", kinds.join(", "))
                    }
                    Ok(Decision::AlreadyRecorded) => "now it counts as recorded before".to_owned(),
                    Err(rejection) => format!("now it is refused: {rejection}"),
                };
                otherwise.get_or_insert(now);
            }
        }
        otherwise.map_or(Made::Unknown, Made::Otherwise)
    }
}

enum Made {
    Same(usize),
    Otherwise(String),
    Unknown,
}

/// The events that were recorded together with the first, as far as the record can tell.
fn of_one_command<'a>(first: &Recorded, ahead: &'a [Recorded]) -> &'a [Recorded] {
    let together = ahead.iter().take(MOST_OF_ONE_COMMAND).take_while(|recorded| {
        recorded.provenance.recorded_at == first.provenance.recorded_at
            && recorded.provenance.vehicle_online == first.provenance.vehicle_online
    });
    &ahead[..together.count()]
}

/// What the core was told beside the command. Whether the clock of a terminal could be believed at all is not kept, so both
/// are tried where it matters.
fn contexts(provenance: &Provenance) -> Vec<CommandContext> {
    let context = |terminal| CommandContext {
        made_at: provenance.made_at,
        terminal,
        now: provenance.recorded_at,
        origin: provenance.origin.clone(),
        vehicle_online: provenance.vehicle_online,
        command_id: provenance.command_id.clone(),
        confirmed: provenance.confirmed.clone(),
    };
    let said = provenance.terminal_clock.unwrap_or(provenance.made_at);
    let clock = |is_doubtful| Some(TerminalClock { said, is_doubtful });
    let known = provenance.terminal_clock.and(clock(false));
    let mut contexts = vec![context(known)];
    if provenance.clock_doubtful {
        contexts.push(context(clock(true)));
    }
    contexts
}

impl Folded {
    fn take(&mut self, recorded: &Recorded) {
        apply(&mut self.state, recorded);
        let mut hasher = Sha256::new();
        hasher.update(self.chain);
        hasher.update(self.state.version.to_be_bytes());
        hasher.update(self.state.recorded_at.0.to_be_bytes());
        self.touched(recorded, &mut hasher);
        if self.state.version.is_multiple_of(WHOLE_STATE_EVERY) {
            hasher.update(json(&self.state));
        }
        self.chain = hasher.finalize().into();
    }

    /// The incident and the vehicle that an event speaks of, as they stand after it.
    fn touched(&self, recorded: &Recorded, hasher: &mut Sha256) {
        let subjects = recorded.event.subjects();
        let incident = subjects.incident.map(IncidentId::as_str);
        let incident = incident.or_else(|| subjects.task.and_then(|task| task.incident()));
        if let Some(incident) = incident.and_then(|id| self.state.incidents.get(id)) {
            hasher.update(json(incident));
        }
        let of_task = subjects.task.and_then(|task| self.state.task(task));
        let vehicle = subjects.vehicle.or(of_task.map(|(_, task)| &task.vehicle));
        if let Some(vehicle) = vehicle.and_then(|id| self.state.vehicles.get(id)) {
            hasher.update(json(vehicle));
        }
    }

    /// The chain with the whole last state.
    fn sealed(&self) -> Hash {
        let mut hasher = Sha256::new();
        hasher.update(self.chain);
        hasher.update(json(&self.state));
        hasher.finalize().into()
    }
}

/// # Panics
/// Never for the core's types: all their map keys are text and all numbers finite.
fn json<T: serde::Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("a state is always writable as JSON")
}
