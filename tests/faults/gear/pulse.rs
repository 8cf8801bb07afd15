//! When commands were acknowledged, and the longest silence of all servers together.

use std::time::{Duration, Instant};
use tokio::sync::watch;
use wire_protocol::problem::Problem;

/// The pulse of the province.
#[derive(Debug)]
pub(crate) struct Pulse(watch::Sender<Seen>);

/// What has been seen so far.
#[derive(Debug)]
pub(crate) struct Seen {
    last: Instant,
    longest: Duration,
    /// Commands acknowledged.
    pub(crate) beats: u64,
    /// The newest word of a server that asks to be tried again later.
    pub(crate) told: Option<Problem>,
}

impl Pulse {
    pub(crate) fn new() -> Self {
        let (last, longest) = (Instant::now(), Duration::ZERO);
        Self(watch::Sender::new(Seen { last, longest, beats: 0, told: None }))
    }

    /// A command was acknowledged now.
    pub(crate) fn beat(&self) {
        self.0.send_modify(|seen| {
            let now = Instant::now();
            seen.longest = seen.longest.max(now - seen.last);
            seen.last = now;
            seen.beats += 1;
        });
    }

    /// A server asked to be tried again later.
    pub(crate) fn told(&self, problem: Problem) {
        self.0.send_modify(|seen| seen.told = Some(problem));
    }

    /// What has been seen, and whatever comes.
    pub(crate) fn seen(&self) -> watch::Receiver<Seen> {
        self.0.subscribe()
    }

    /// The longest silence since this was last asked, the one that lasts now included.
    pub(crate) fn take_longest(&self) -> Duration {
        let mut longest = Duration::ZERO;
        self.0.send_modify(|seen| {
            longest = seen.longest.max(seen.last.elapsed());
            seen.longest = Duration::ZERO;
        });
        longest
    }
}
