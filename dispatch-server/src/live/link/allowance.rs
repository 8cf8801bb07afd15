//! How many frames a link may send: a bucket that fills with time. Over the allowance a link is not
//! refused but read more slowly, so that the network holds the sender back and nobody else notices. Moments
//! are times since the link began.

use crate::live::limits::FrameAllowance;
use std::time::Duration;

/// What is left of a link's allowance.
#[derive(Debug)]
pub(super) struct Bucket {
    left: f32,
    filled_at: Duration,
    /// Frames held since the bucket was last half full. One frame that goes through does not end a flood:
    /// on a busy machine a hold now and then lasts a little longer than asked for.
    held: u32,
}

/// What to do with a frame that came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// Take the next one at once.
    Go,
    /// Take the next one after this time.
    Hold(Duration),
    /// So many were over the allowance, with no quiet between them, that it is a flood.
    Flood,
}

impl Bucket {
    pub(super) fn full(allowance: &FrameAllowance, now: Duration) -> Self {
        Self { left: allowance.burst as f32, filled_at: now, held: 0 }
    }

    /// Counts one frame.
    pub(super) fn take(&mut self, allowance: &FrameAllowance, now: Duration) -> Pace {
        let filled = now.saturating_sub(self.filled_at).as_secs_f64() * allowance.per_second;
        self.filled_at = now;
        let full = allowance.burst as f32;
        let left = (self.left + filled as f32).min(full);
        if left >= full / 2.0 {
            self.held = 0;
        }
        self.left = left - 1.0;
        if self.left >= 0.0 {
            return Pace::Go;
        }
        self.held += 1;
        if self.held > allowance.held_before_closing {
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
        let start = Duration::ZERO;
        let mut bucket = Bucket::full(&allowance, start);
        let mut take = |millis| bucket.take(&allowance, start + Duration::from_millis(millis));
        assert_eq!([take(0), take(0)], [Pace::Go, Pace::Go]);
        assert_eq!(take(0), Pace::Hold(Duration::from_millis(100)));
        assert_eq!(take(200), Pace::Go);
        assert!(matches!([take(200), take(200)], [Pace::Hold(_), Pace::Hold(_)]));
        assert_eq!(take(200), Pace::Flood);
        assert_eq!(take(60_000), Pace::Go);
    }

    #[test]
    fn a_flood_is_named_although_the_machine_wakes_late_now_and_then() {
        let allowance = FrameAllowance { per_second: 500.0, burst: 100.0, held_before_closing: 50 };
        let mut now = Duration::ZERO;
        let mut bucket = Bucket::full(&allowance, now);
        let mut paces = (0..500).map(|frame| {
            let pace = bucket.take(&allowance, now);
            if let Pace::Hold(pause) = pace {
                // Every tenth hold ends three milliseconds late, which is a frame and a half.
                now += pause + Duration::from_millis(if frame % 10 == 0 { 3 } else { 0 });
            }
            pace
        });
        assert!(paces.any(|pace| pace == Pace::Flood));
    }

    #[test]
    fn a_terminal_that_goes_quiet_between_backlogs_is_no_flood() {
        let allowance = FrameAllowance { per_second: 20.0, burst: 100.0, held_before_closing: 200 };
        let mut now = Duration::ZERO;
        let mut bucket = Bucket::full(&allowance, now);
        for _backlog in 0..5 {
            for _frame in 0..250 {
                match bucket.take(&allowance, now) {
                    Pace::Go => {}
                    Pace::Hold(pause) => now += pause,
                    Pace::Flood => panic!("an honest terminal was called a flood"),
                }
            }
            now += Duration::from_secs(5);
        }
    }
}
