//! A crew: presses what comes next, sometimes twice, late, wrongly or not at all.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use vehicle_agent::link::{NextStep, ScreenState};
use vehicle_agent::outbox::StoredCommand;
use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::{MilestoneDetails, PatientsTold};
use wire_protocol::vocabulary::{AbortReason, Milestone, PauseReason};

/// Presses of the last program that are not known to be stored; more are forgotten, oldest first, and those were told
/// as stored to nobody.
const MOST_UNSTORED: usize = 256;

/// How many times sooner a brisk crew looks at its screen again.
const BRISK: u64 = 5;

/// A crew and what it was told of its presses.
#[derive(Debug)]
pub(crate) struct Crew {
    rng: StdRng,
    /// How many times sooner it looks at its screen again than others do.
    pace: u64,
    /// Presses that are not told as stored yet, each with its key.
    unstored: Vec<(u64, StoredCommand)>,
}

impl Crew {
    /// A crew with habits of its own.
    pub(crate) fn new(seed: u64) -> Self {
        Self { rng: StdRng::seed_from_u64(seed), pace: 1, unstored: Vec::new() }
    }

    /// The same, so brisk that whole tasks run within a few minutes.
    pub(crate) fn brisk(self) -> Self {
        Self { pace: BRISK, ..self }
    }

    /// Milliseconds until it looks at its screen again.
    pub(crate) fn pause_ms(&mut self) -> u64 {
        let pause_ms = match self.rng.random_range(0..10) {
            0 => self.rng.random_range(200..1_500),
            1..8 => self.rng.random_range(4_000..45_000),
            _ => self.rng.random_range(45_000..240_000),
        };
        pause_ms / self.pace
    }

    /// What it presses, looking at its screen.
    pub(crate) fn presses(&mut self, screen: &ScreenState) -> Vec<CrewCommand> {
        let roll = self.rng.random_range(0..1_000);
        let running = screen.order.as_ref().map(|order| order.task.clone());
        if roll < 6 {
            return vec![CrewCommand::Sos];
        }
        if let (6..16, Some(undo)) = (roll, &screen.undo) {
            let (task, milestone) = (undo.task.clone(), undo.milestone);
            return vec![CrewCommand::Undo { task, milestone }];
        }
        if let (16..26, Some(task)) = (roll, running.clone()) {
            let (reason, note) = (AbortReason::VehicleBreakdown, String::new());
            return vec![CrewCommand::Abort { task, reason, note }];
        }
        if let (26..40, None) = (roll, &running) {
            return vec![CrewCommand::Pause { reason: PauseReason::Meal, note: String::new() }];
        }
        if let Some(change) = screen.order.as_ref().and_then(|order| order.changes.last()) {
            let task = running.clone().unwrap_or_default();
            return vec![CrewCommand::AcknowledgeChange { task, through: change.version }];
        }
        if let Some(next) = screen.following.as_ref().filter(|next| !next.acknowledged) {
            return vec![CrewCommand::AcknowledgeNext { incident: next.incident.clone() }];
        }
        let Some(next) = &screen.next else { return Vec::new() };
        if roll < 100 {
            return Vec::new();
        }
        let command = self.with_details(next, screen);
        // A tired hand presses twice.
        if roll < 160 { vec![command.clone(), command] } else { vec![command] }
    }

    fn with_details(&mut self, next: &NextStep, screen: &ScreenState) -> CrewCommand {
        let NextStep::Milestone { task, milestone } = next else { return next.command() };
        let patients = screen.order.as_ref().map_or(1, |order| order.patient_count);
        let mut details = MilestoneDetails::default();
        if *milestone == Milestone::Finished {
            details.patients_carried = match self.rng.random_range(0..10) {
                0..6 => Some(patients.min(2)),
                6..8 => Some(0),
                _ => None,
            };
            if self.rng.random_bool(0.2) {
                details.patients =
                    PatientsTold { refused_transport: Some(1), ..PatientsTold::default() };
            }
        }
        CrewCommand::Milestone { task: task.clone(), milestone: *milestone, details }
    }

    /// Waits to be told that a press is stored.
    pub(crate) fn waits_for(&mut self, key: u64, command: StoredCommand) {
        self.unstored.push((key, command));
        self.unstored.drain(..self.unstored.len().saturating_sub(MOST_UNSTORED));
    }

    /// The presses that are told as stored now.
    pub(crate) fn told_stored(&mut self, is_safe: impl Fn(u64) -> bool) -> Vec<StoredCommand> {
        self.unstored.extract_if(.., |(key, _)| is_safe(*key)).map(|(_, command)| command).collect()
    }

    /// The program ended: nobody is told any more what became of those.
    pub(crate) fn program_ended(&mut self) {
        self.unstored.clear();
    }

    /// How far it drives in a second, in degrees east and north.
    pub(crate) fn drive(&mut self) -> (f64, f64) {
        (self.rng.random_range(-1.0..1.0) * 1e-4, self.rng.random_range(-1.0..1.0) * 1e-4)
    }
}
