//! The desk's time: by its clock, never before what the journal holds, and never far after the clock either.

use super::batch::Decided;
use super::envelope::CommandEnvelope;
use super::handle::Desk;
use super::published::States;
use super::worker::DeskTask;
use crate::clock::{DatabaseTime, Doubt};
use crate::health::Health;
use dispatch_core::model::{CentreId, Command, Timestamp};
use dispatch_core::{CentreState, Rules};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// The rule named as origin of a journal's correction.
const RULE: &str = "clock_corrected";

/// How far the journal may be ahead of the clock and still lead: servers that share it may differ by so much for a
/// moment. Further, and the journal was written by a wrong clock: it is told so and does not lead.
const JOURNAL_LEADS_SECONDS: f64 = 300.0;

/// Between two judgements of the clock.
const JUDGE_EVERY: Duration = Duration::from_secs(1);

impl Desk {
    /// Judges the clock again and again until `stop`.
    pub async fn keep_time(self, stop: CancellationToken) {
        loop {
            self.judge_clock(false);
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                () = tokio::time::sleep(JUDGE_EVERY) => {}
            }
        }
    }

    /// Hears the database's clock, by which all servers that share it go.
    pub(super) fn hear_database(&self, told: DatabaseTime) {
        self.clock.hear_database(told);
        self.judge_clock(true);
    }

    fn judge_clock(&self, is_compared: bool) {
        let kept = self.clock.assess();
        let ahead_seconds = kept.machine_ahead_millis as f64 / 1000.0;
        metrics::gauge!("helan_clock_ahead_seconds").set(ahead_seconds);
        if self.clocks.borrow().is_some() {
            metrics::gauge!("helan_clock_ahead_of_database_seconds").set(ahead_seconds);
        }
        if kept.jumped_millis as f64 <= -JOURNAL_LEADS_SECONDS * 1000.0 {
            self.news.doubt();
        }
        self.tell_doubt(kept.doubt, ahead_seconds, is_compared);
    }

    /// Where clocks were never compared and nothing is doubted, nothing is told.
    fn tell_doubt(&self, doubt: Option<Doubt>, ahead_seconds: f64, is_compared: bool) {
        let health = if doubt.is_some() { Health::Degraded } else { Health::Working };
        let is_new = self.clocks.send_if_modified(|told| {
            let is_new =
                *told != Some(health) && (told.is_some() || doubt.is_some() || is_compared);
            if is_new {
                *told = Some(health);
            }
            is_new
        });
        match doubt.filter(|_| is_new) {
            Some(doubt) => {
                tracing::warn!(ahead_seconds, "{doubt}; what is recorded goes by the others")
            }
            None if is_new => tracing::info!("the clocks agree"),
            None => {}
        }
    }
}

impl DeskTask {
    /// The clock's time, but never before what was recorded last: a clock that differs a little must not make the
    /// journal run backwards. A journal that is far ahead was written by a wrong clock and leads nobody.
    pub(super) fn now(&self) -> Timestamp {
        let (clock, newest) = (self.clock.now(), self.newest());
        if newest.seconds_since(clock) > JOURNAL_LEADS_SECONDS { clock } else { newest.max(clock) }
    }

    /// Whether the journal is further ahead of the clock than it may be.
    pub(super) fn is_ahead_of_time(&self) -> bool {
        self.newest() > self.now()
    }

    fn newest(&self) -> Timestamp {
        self.working.values().map(|state| state.recorded_at).max().unwrap_or_default()
    }
}

/// Tells every journal that has run ahead of time what time it is, but those that can record nothing.
pub(super) fn correct(
    decided: &mut Decided,
    states: &mut States,
    rules: &Rules,
    now: Timestamp,
    stands_still: impl Fn(&CentreId) -> bool,
) {
    let is_ahead = |state: &&CentreState| state.recorded_at > now && !stands_still(&state.centre);
    let ahead: Vec<_> = states.values().filter(is_ahead).collect();
    let centres: Vec<_> = ahead.iter().map(|state| state.centre.clone()).collect();
    for centre in centres {
        tracing::warn!(%centre, "the journal was written by a clock that was ahead; it goes on at the right time");
        let envelope = CommandEnvelope::automatic(centre.clone(), Command::CorrectClock, RULE, now);
        if let Err(error) = decided.decide(states, rules, &envelope, now) {
            tracing::error!(%centre, %error, "a journal's time cannot be corrected");
        }
    }
}
