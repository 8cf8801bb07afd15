//! One fix from a terminal, how far it is trusted, and the norms by which it is judged.

use crate::model::{Timestamp, Wgs84};

/// One position as a terminal measured it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fix {
    /// Where, in WGS-84.
    pub position: Wgs84,
    /// When it was measured, by the terminal's clock.
    pub fix_time: Timestamp,
    /// Speed over ground in metres a second, when told.
    pub speed_mps: Option<f32>,
    /// Course in degrees clockwise from true north, when told.
    pub heading_deg: Option<f32>,
}

/// Below this a receiver's heading is noise, metres a second.
const DRIVING_MPS: f32 = 2.0;

impl Fix {
    /// The direction a vehicle drives in, in degrees clockwise from true north; `None` while it stands, when its
    /// heading means nothing.
    pub fn driving_heading_deg(&self) -> Option<f32> {
        self.heading_deg.filter(|_| self.speed_mps.is_none_or(|speed| speed >= DRIVING_MPS))
    }
}

/// How far a fix is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FixQuality {
    /// Measured just now and possible.
    Fresh,
    /// Came late: kept for history; never moves the live marker back.
    Late,
    /// Cannot be right: impossible speed, a clock ahead of ours, no real position.
    Suspect,
    /// The receiver repeats an old position although the vehicle moves.
    Frozen,
}

/// What is wrong with a fix that is not fresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// Measured long before it was received.
    LongUnderWay,
    /// Not newer than the fix the marker stands at.
    OlderThanMarker,
    /// The same fix has come before; history needs it no second time.
    Repeated,
    /// Its clock is ahead of ours beyond tolerance.
    AheadOfClock,
    /// It lies off the globe or at exactly 0, 0, where receivers put what they do not know.
    NoRealPosition,
    /// The vehicle cannot have driven there in the time.
    ImpossibleSpeed,
    /// The same position to the last digit while moving.
    Unchanging,
}

/// What became of a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixAssessment {
    /// How far it is trusted.
    pub quality: FixQuality,
    /// Why it is not fresh; absent for a fresh one.
    pub doubt: Option<Doubt>,
    /// Whether the live marker now stands at this fix. A late fix may move it forward in time.
    pub moves_marker: bool,
}

/// By what a fix is judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FixNorms {
    /// A fix received this many seconds after it was measured is late.
    pub late_after_seconds: f64,
    /// How many seconds a terminal's clock may be ahead of ours.
    pub ahead_tolerance_seconds: f64,
    /// No ambulance is faster, in metres a second.
    pub top_speed_mps: f64,
    /// Metres a fix may be off before a jump counts as driving.
    pub scatter_metres: f64,
    /// So many impossible fixes in a row that agree with each other are believed.
    pub agreeing_to_believe: u8,
    /// From this speed in metres a second a receiver must show another position.
    pub moving_speed_mps: f64,
    /// So many unchanged fixes without a speed, right after driving, are frozen.
    pub unchanged_to_freeze: u8,
}

/// How many seconds a terminal's clock may be ahead of ours.
const AHEAD_TOLERANCE_SECONDS: f64 = 10.0;

/// How many seconds ago a fix was measured; 0 for one that is ahead by no more than a terminal's clock may be. Nothing for
/// one that lies later still: the time now is wrong, or was when the fix was taken, and how old it is cannot be known.
pub fn age_seconds(fix_time: Timestamp, now: Timestamp) -> Option<f64> {
    let age_seconds = now.seconds_since(fix_time);
    (age_seconds >= -AHEAD_TOLERANCE_SECONDS).then(|| age_seconds.max(0.0))
}

impl Default for FixNorms {
    /// 30 s late, 10 s ahead, 60 m/s (216 km/h), 100 m scatter, three agreeing, 3 m/s moving, five unchanged.
    fn default() -> Self {
        Self {
            late_after_seconds: 30.0,
            ahead_tolerance_seconds: AHEAD_TOLERANCE_SECONDS,
            top_speed_mps: 60.0,
            scatter_metres: 100.0,
            agreeing_to_believe: 3,
            moving_speed_mps: 3.0,
            unchanged_to_freeze: 5,
        }
    }
}

impl FixNorms {
    /// Whether a vehicle at one fix can have been at the other.
    pub(super) fn reachable(&self, from: &Fix, to: &Fix) -> bool {
        let metres = from.position.metres_to(to.position) - self.scatter_metres;
        // Terminals tell whole seconds: two fixes of one second may be almost two seconds apart.
        let seconds = to.fix_time.seconds_since(from.fix_time).abs() + 1.0;
        metres <= self.top_speed_mps * seconds
    }
}
