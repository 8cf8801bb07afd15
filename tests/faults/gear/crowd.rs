//! All desks at work, without the province around them: for the tests of one fault.

use super::desk::{Book, Desk};
use super::in_time;
use super::person::Person;
use super::pulse::Pulse;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use wire_protocol::problem::Problem;

/// Desks at work.
pub(crate) struct Crowd {
    pulse: Arc<Pulse>,
    desks: JoinSet<Book>,
    stop: CancellationToken,
}

impl Crowd {
    /// Sets them to work.
    pub(crate) fn begin(officer: &Person, seed: u64) -> Self {
        let (pulse, stop) = (Arc::new(Pulse::new()), CancellationToken::new());
        let mut desks = JoinSet::new();
        for desk in Desk::all(officer, &pulse, seed) {
            desks.spawn(desk.work(stop.clone()));
        }
        Self { pulse, desks, stop }
    }

    /// Commands acknowledged so far.
    pub(crate) fn acknowledged(&self) -> u64 {
        self.pulse.seen().borrow().beats
    }

    /// The longest time without an acknowledgement since this was last asked.
    pub(crate) fn take_longest_silence(&self) -> Duration {
        self.pulse.take_longest()
    }

    /// Waits until so many commands were acknowledged in all.
    pub(crate) async fn until_acknowledged(&self, commands: u64) {
        let mut seen = self.pulse.seen();
        let enough = seen.wait_for(|seen| seen.beats >= commands);
        in_time("commands to be acknowledged", enough).await.unwrap();
    }

    /// Waits until a desk was told this by a server that asks it to try again later.
    pub(crate) async fn until_told(&self, code: &str) -> Problem {
        let mut seen = self.pulse.seen();
        let is_told = |told: &Option<Problem>| told.as_ref().is_some_and(|it| it.code == code);
        let told = in_time("a desk to be told", seen.wait_for(|seen| is_told(&seen.told))).await;
        told.unwrap().told.clone().unwrap()
    }

    /// Lets each bring its command to an end.
    pub(crate) async fn finish(self) -> Vec<Book> {
        self.stop.cancel();
        in_time("the desks to finish", self.desks.join_all()).await
    }
}
