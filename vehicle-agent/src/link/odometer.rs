//! Kilometres driven for a task, from the departure pressed on this terminal to its end.
//!
//! A number that may be wrong is worse than none: after a restart, a gap or a jump none is told.

use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::Position;
use wire_protocol::vocabulary::Milestone;

use super::Now;
use super::arrival::distance_m;
use crate::nmea::Fix;

/// Slower counts as standing, in metres a second: a standing receiver's drift is no way driven.
const MOVING_FROM_MPS: f64 = 1.0;
/// Longer without a fix, in milliseconds, and a straight line may have cut a corner.
const LONGEST_GAP_MS: u64 = 30_000;
/// A vehicle that moved no farther than this in a gap, in metres, stood: in a garage, say.
const STOOD_WITHIN_M: f64 = 100.0;
/// No ambulance is faster, in metres a second (252 km/h).
const FASTEST_MPS: f64 = 70.0;

/// Counts the way of the task that is driven now.
#[derive(Debug, Default)]
pub(super) struct Odometer {
    trip: Option<Trip>,
}

#[derive(Debug)]
struct Trip {
    task: String,
    metres: f64,
    last: Option<Fix>,
    last_at: u64,
    /// Nothing of the way was missed so far.
    whole: bool,
}

impl Odometer {
    /// The crew presses something: a departure begins a trip, and what ends one is told how long it was,
    /// unless the crew says so itself.
    pub(super) fn pressed(&mut self, command: CrewCommand, now: Now) -> CrewCommand {
        let CrewCommand::Milestone { task, milestone, mut details } = command else {
            return command;
        };
        match milestone {
            Milestone::Departed => {
                let last_at = now.steady_ms;
                let task = task.clone();
                self.trip = Some(Trip { task, metres: 0.0, last: None, last_at, whole: true });
            }
            // From here on the vehicle stands, perhaps under a roof.
            Milestone::AtHospital => {
                if let Some(trip) = &mut self.trip {
                    trip.whole &= !trip.is_gap(now);
                }
            }
            Milestone::Finished => {
                let told = self.trip.as_ref().and_then(|trip| trip.kilometres(&task));
                details.distance_km = details.distance_km.or(told);
            }
            Milestone::Created
            | Milestone::OrderReceived
            | Milestone::AtScene
            | Milestone::LeftScene
            | Milestone::BackAtStation => {}
        }
        CrewCommand::Milestone { task, milestone, details }
    }

    /// The receiver measured a position.
    pub(super) fn measured(&mut self, fix: &Fix, now: Now) {
        if let Some(trip) = &mut self.trip {
            trip.measured(fix, now);
        }
    }
}

impl Trip {
    fn measured(&mut self, fix: &Fix, now: Now) {
        let is_gap = self.is_gap(now);
        let Some(last) = self.last.replace(*fix) else {
            self.whole &= !is_gap;
            self.last_at = now.steady_ms;
            return;
        };
        let metres = distance_m(&last, Position { lon: fix.lon, lat: fix.lat });
        let seconds = now.steady_ms.saturating_sub(self.last_at) as f64 / 1000.0;
        self.last_at = now.steady_ms;
        // Fixes of one moment may come together; a second more is never too much.
        let is_jump = metres > FASTEST_MPS * (seconds + 1.0);
        let is_cut = is_gap && metres > STOOD_WITHIN_M;
        self.whole &= !(is_jump || is_cut);
        let mps = fix.speed_mps.map_or(metres / seconds.max(1.0), f64::from);
        if mps >= MOVING_FROM_MPS {
            self.metres += metres;
        }
    }

    fn is_gap(&self, now: Now) -> bool {
        now.steady_ms.saturating_sub(self.last_at) > LONGEST_GAP_MS
    }

    /// To a tenth; `None` if a part of the route is not known.
    fn kilometres(&self, task: &str) -> Option<f64> {
        let is_known = self.whole && self.task == task && self.last.is_some();
        is_known.then(|| (self.metres / 100.0).round() / 10.0)
    }
}
