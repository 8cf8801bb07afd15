//! A clock that stands until it is moved: its wall and its steady side, and those who wait for it.

use dispatch_core::model::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;

#[derive(Debug)]
pub(super) struct ByHand {
    began: Instant,
    shown: watch::Sender<Shown>,
    /// How far it was ahead of the database's clock when that was last heard.
    ahead_millis: AtomicI64,
}

#[derive(Clone, Copy, Debug)]
struct Shown {
    wall: Timestamp,
    /// Since the clock was made; never goes back.
    steady: Duration,
}

impl ByHand {
    pub(super) fn at(wall: Timestamp, began: Instant) -> Self {
        let (shown, _) = watch::channel(Shown { wall, steady: Duration::ZERO });
        Self { began, shown, ahead_millis: AtomicI64::new(0) }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.shown.borrow().wall
    }

    pub(super) fn steady(&self) -> Instant {
        self.began + self.shown.borrow().steady
    }

    /// A wall that is set back takes no steady time with it.
    pub(super) fn advance(&self, millis: i64) {
        self.shown.send_modify(|shown| {
            shown.wall = Timestamp(shown.wall.0.saturating_add(millis));
            shown.steady += Duration::from_millis(u64::try_from(millis).unwrap_or(0));
        });
    }

    /// Only the wall is set, forward or back.
    pub(super) fn step(&self, millis: i64) {
        self.shown.send_modify(|shown| shown.wall = Timestamp(shown.wall.0.saturating_add(millis)));
    }

    /// Only the steady side goes on.
    pub(super) fn pass(&self, span: Duration) {
        self.shown.send_modify(|shown| shown.steady += span);
    }

    pub(super) async fn sleep_until(&self, at: Instant) {
        let due = at.saturating_duration_since(self.began);
        // Its own sender is there as long as it is.
        let _ = self.shown.subscribe().wait_for(|shown| shown.steady >= due).await;
    }

    pub(super) fn moves(&self) -> Moves {
        Moves(Some(self.shown.subscribe()))
    }

    pub(super) fn hear_database(&self, time: Timestamp) {
        self.ahead_millis.store(self.now().millis_since(time), Ordering::SeqCst);
    }

    pub(super) fn ahead_millis(&self) -> i64 {
        self.ahead_millis.load(Ordering::SeqCst)
    }
}

/// Tells when a clock was moved by hand.
#[derive(Debug)]
pub struct Moves(Option<watch::Receiver<Shown>>);

impl Moves {
    /// Of a clock that nobody moves.
    pub(super) fn never() -> Self {
        Self(None)
    }

    /// Whether the clock goes by hand, so that no timer of the machine follows it.
    pub fn are_by_hand(&self) -> bool {
        self.0.is_some()
    }

    /// Waits for the next move; for ever where nobody moves the clock. None is missed between two waits.
    pub async fn next(&mut self) {
        let is_alive = match &mut self.0 {
            Some(shown) => shown.changed().await.is_ok(),
            None => false,
        };
        if !is_alive {
            std::future::pending().await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Clock;
    use super::*;

    #[tokio::test]
    async fn both_sides_go_by_the_hand_and_only_the_wall_goes_back() {
        let clock = Clock::by_hand(Timestamp(1_780_000_000_000));
        let (began, mut moves) = (clock.steady(), clock.moves());
        clock.advance_millis(1_500);
        moves.next().await;
        clock.advance_millis(-60_000);
        moves.next().await;
        assert_eq!(clock.now(), Timestamp(1_779_999_941_500));
        assert_eq!(clock.steady() - began, Duration::from_millis(1_500));
        clock.pass(Duration::from_millis(500));
        clock.step_millis(1_000);
        assert_eq!(clock.now(), Timestamp(1_779_999_942_500));
        assert_eq!(clock.steady() - began, Duration::from_millis(2_000));
        assert!(moves.are_by_hand() && !Clock::system().moves().are_by_hand());
    }

    #[tokio::test]
    async fn who_waits_for_the_hand_wakes_when_it_was_moved_far_enough() {
        let clock = Clock::by_hand(Timestamp(1_780_000_000_000));
        let at = clock.steady() + Duration::from_secs(10);
        let (waits, told) = (clock.clone(), clock.clone());
        let waiting = tokio::spawn(async move {
            waits.sleep_until(at).await;
            waits.now()
        });
        for _ in 0..10 {
            told.advance_millis(1_000);
            tokio::task::yield_now().await;
        }
        assert_eq!(waiting.await.ok(), Some(Timestamp(1_780_000_010_000)));
        clock.sleep_until(at).await;
    }
}
