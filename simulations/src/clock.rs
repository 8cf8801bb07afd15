//! The simulated clock: real time, or so many times faster.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Seconds of simulated time since the start, at a fixed speed against real time.
#[derive(Clone, Copy, Debug)]
pub struct SimulatedClock {
    started: Instant,
    speed: f64,
}

impl SimulatedClock {
    /// Starts now. `speed` is simulated seconds in a real second; above 0.
    #[expect(clippy::disallowed_methods, reason = "real time, told faster")]
    pub fn start(speed: f64) -> Self {
        Self { started: Instant::now(), speed }
    }

    /// Simulated seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * self.speed
    }

    /// How many simulated seconds pass in a real one.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// Waits so many simulated seconds.
    pub async fn wait(&self, seconds: f64) {
        tokio::time::sleep(Duration::from_secs_f64(seconds.max(0.0) / self.speed)).await;
    }

    /// Waits until a moment of the simulated clock.
    pub async fn wait_until(&self, seconds: f64) {
        self.wait(seconds - self.seconds()).await;
    }
}

/// The real clock in milliseconds since 1970, as commands and fixes are stamped.
#[expect(clippy::disallowed_methods, reason = "real time, as the server beside it has it")]
pub fn unix_millis() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as i64)
}
