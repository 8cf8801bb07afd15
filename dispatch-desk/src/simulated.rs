//! Threads on which a simulation plays whole machines: their steady time is tokio's paused clock, their chance a
//! seeded generator, and work for a thread of its own is done at once, so that a run repeats bit for bit.
//!
//! A real server never begins one; every question here is then a look at an empty place of its thread.

use rand::SeedableRng;
use rand::distr::{Distribution, StandardUniform};
use rand::rngs::StdRng;
use std::cell::RefCell;
use std::time::Instant;
use tokio::task::JoinError;

thread_local! {
    static CHANCE: RefCell<Option<StdRng>> = const { RefCell::new(None) };
}

/// For as long as it lives, its thread is played.
#[derive(Debug)]
pub struct Simulated(());

/// Plays machines on this thread from now on, within a current-thread runtime whose time is paused. What is drawn
/// follows from the seed.
pub fn begin(seed: u64) -> Simulated {
    CHANCE.set(Some(StdRng::seed_from_u64(seed)));
    Simulated(())
}

impl Drop for Simulated {
    fn drop(&mut self) {
        CHANCE.set(None);
    }
}

fn is_simulated() -> bool {
    CHANCE.with_borrow(Option::is_some)
}

/// The next value by the seed; nothing on a thread of a real machine.
pub(crate) fn draw<T>() -> Option<T>
where
    StandardUniform: Distribution<T>,
{
    CHANCE.with_borrow_mut(|chance| chance.as_mut().map(|chance| StandardUniform.sample(chance)))
}

/// Steady time by the runtime's clock; nothing on a thread of a real machine.
#[expect(
    clippy::disallowed_methods,
    reason = "the runtime's clock is the one that a simulation moves"
)]
pub(crate) fn steady() -> Option<Instant> {
    is_simulated().then(|| tokio::time::Instant::now().into_std())
}

/// Does work that keeps a thread busy for long on a thread of its own.
///
/// # Errors
/// When the work ended in a bug.
pub async fn on_own_thread<R: Send + 'static>(
    work: impl FnOnce() -> R + Send + 'static,
) -> Result<R, JoinError> {
    if is_simulated() {
        return Ok(work());
    }
    tokio::task::spawn_blocking(work).await
}
