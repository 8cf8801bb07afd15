//! By what a movement is judged.

/// Distances in metres, speeds in metres a second, times in seconds.
#[derive(Clone, Debug, PartialEq)]
pub struct MovementNorms {
    /// An older fix shows nothing of now.
    pub live_seconds: f64,
    /// After a gap of this length nothing is known of what lay between, and every count begins anew.
    pub gap_seconds: f64,
    /// This near the middle of a place a vehicle is there; a vaguely known place adds its error.
    pub near_m: f64,
    /// Even a vaguely known place is not "near" farther than this.
    pub near_at_most_m: f64,
    /// So many times as far away a vehicle that was there has left: receivers scatter at the edge.
    pub left_times: f64,
    /// Slower counts as standing: walking pace.
    pub slow_mps: f64,
    /// Standing so long at a place is an arrival, not a red light beside it.
    pub arrival_seconds: f64,
    /// Standing so long under way is asked about. A level crossing closes for four minutes.
    pub idling_seconds: f64,
    /// Within this distance a vehicle stands: a receiver among houses wanders that far.
    pub idling_m: f64,
    /// Outside the region, or back in it, for so long.
    pub outside_seconds: f64,
    /// Faster is too fast: a fifth above what an expressway allows.
    pub fast_mps: f64,
    /// For so long.
    pub fast_seconds: f64,
    /// No vehicle drives faster: what claims it is no measurement.
    pub fastest_mps: f64,
}

/// Of a fleet whose clock is the real one, metres a second: 216 km/h.
const TOP_SPEED_MPS: f64 = 60.0;

impl MovementNorms {
    /// The norms where vehicles may be so fast, in metres a second: a simulation that runs faster than the clock.
    pub fn for_top_speed(top_speed_mps: f64) -> Self {
        let (norms, times) = (Self::default(), (top_speed_mps / TOP_SPEED_MPS).max(1.0));
        Self {
            slow_mps: norms.slow_mps * times,
            fast_mps: norms.fast_mps * times,
            fastest_mps: norms.fastest_mps * times,
            ..norms
        }
    }
}

impl Default for MovementNorms {
    /// 15 s live, 60 s gap, 150 m near, 500 m at most, 1.5 times, 2 m/s, 10 s there, 5 min within 80 m, 60 s outside,
    /// 40 m/s (144 km/h) for 10 s, 70 m/s at most.
    fn default() -> Self {
        Self {
            live_seconds: 15.0,
            gap_seconds: 60.0,
            near_m: 150.0,
            near_at_most_m: 500.0,
            left_times: 1.5,
            slow_mps: 2.0,
            arrival_seconds: 10.0,
            idling_seconds: 300.0,
            idling_m: 80.0,
            outside_seconds: 60.0,
            fast_mps: 40.0,
            fast_seconds: 10.0,
            fastest_mps: 70.0,
        }
    }
}
