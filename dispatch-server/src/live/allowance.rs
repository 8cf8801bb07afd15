//! How many frames a link may send: a bucket that fills with time. Over the allowance a link is not
//! refused but read more slowly, so that the network holds the sender back and nobody else notices.

use super::settings::FrameAllowance;
use std::time::{Duration, Instant};

/// What is left of a link's allowance.
#[derive(Debug)]
pub(super) struct Bucket {
    left: f32,
    filled_at: Instant,
    held_in_a_row: u32,
}

/// What to do with a frame that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Take the next one at once.
    Go,
    /// Take the next one after this time.
    Hold(Duration),
    /// So many in a row were over the allowance that it is a flood.
    Flood,
}

impl Bucket {
    pub(super) fn full(allowance: &FrameAllowance, now: Instant) -> Self {
        Self { left: allowance.burst as f32, filled_at: now, held_in_a_row: 0 }
    }

    /// Counts one frame.
    pub(super) fn take(&mut self, allowance: &FrameAllowance, now: Instant) -> Pace {
        let filled = now.duration_since(self.filled_at).as_secs_f64() * allowance.per_second;
        self.filled_at = now;
        self.left = (self.left + filled as f32).min(allowance.burst as f32) - 1.0;
        if self.left >= 0.0 {
            self.held_in_a_row = 0;
            return Pace::Go;
        }
        self.held_in_a_row += 1;
        if self.held_in_a_row > allowance.held_before_closing {
            return Pace::Flood;
        }
        Pace::Hold(Duration::from_secs_f64(f64::from(-self.left) / allowance.per_second))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_goes_through_then_frames_are_paced_and_a_flood_is_named() {
        let allowance = FrameAllowance { per_second: 10.0, burst: 2.0, held_before_closing: 2 };
        let start = Instant::now();
        let mut bucket = Bucket::full(&allowance, start);
        let mut take = |millis| bucket.take(&allowance, start + Duration::from_millis(millis));
        assert_eq!([take(0), take(0)], [Pace::Go, Pace::Go]);
        assert_eq!(take(0), Pace::Hold(Duration::from_millis(100)));
        assert_eq!(take(200), Pace::Go);
        assert!(matches!([take(200), take(200)], [Pace::Hold(_), Pace::Hold(_)]));
        assert_eq!(take(200), Pace::Flood);
        assert_eq!(take(60_000), Pace::Go);
    }
}
