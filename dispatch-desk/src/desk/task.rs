//! The desk's task: the loop that turns waiting commands into durable events.

use super::batch::Decided;
use super::envelope::{CommandEnvelope, CommandError};
use super::lending;
use super::published::EventsByCentre;
use super::set_back;
use super::time;
use super::watch::{check_what_was_not_read, watch};
use super::worker::{DeskTask, HashesByCentre, Waiting};
use crate::journal::{AppendError, Hash, Head, JournalFailure, LoadError, Stretch, read_on};
use dispatch_core::apply;
use dispatch_core::model::{CentreId, Command, Recorded, SetBack, Timestamp};
use metrics::gauge;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// Commands in one commit. More would make the first wait for the last without making the disk faster.
pub const ACTS_PER_COMMIT: usize = 256;

/// How often a batch is decided again because another server was first. Each time one of the two has
/// moved on, so losing sixteen times in a row means that something is wrong.
const MOST_ATTEMPTS: usize = 16;

/// Attempts after which the desk asks for a turn of its own: a server that must read what another wrote
/// before it decides again is always the slower one, and would lose for as long as the other is busy.
const FAIR_AFTER: usize = 2;

/// Pause between probes of a store that failed: short enough to be back within seconds of it.
const PROBE_EVERY: Duration = Duration::from_secs(2);

impl DeskTask {
    /// Works until told to stop, then answers what waits, keeps a snapshot of each centre and ends.
    pub async fn run(mut self, stop: CancellationToken) {
        let (journal, published) = (self.journal.clone(), self.published.clone());
        let _watch = [
            tokio::spawn(watch(journal.clone(), published, self.news.clone())),
            tokio::spawn(check_what_was_not_read(journal, std::mem::take(&mut self.loaded_from))),
        ]
        .map(AbortOnDropHandle::new);
        if self.hand_overs_due || !self.set_backs_due.is_empty() {
            self.commit(Vec::new()).await;
        }
        let mut batch = Vec::with_capacity(ACTS_PER_COMMIT);
        loop {
            tokio::select! {
                biased;
                () = stop.cancelled(), if !self.waiting.is_closed() => self.waiting.close(),
                () = self.news.arrived() => self.hear().await,
                taken = self.waiting.recv_many(&mut batch, ACTS_PER_COMMIT) => {
                    if taken == 0 {
                        break;
                    }
                    self.commit(std::mem::take(&mut batch)).await;
                    // Those just answered may bring their next command before the next commit begins;
                    // without this a commit of many is followed by one of very few.
                    tokio::task::yield_now().await;
                }
                () = tokio::time::sleep(PROBE_EVERY), if !self.health.is_working() => self.probe().await,
            }
        }
        let key = self.witness.key();
        self.snapshots.finish(&*self.journal, &self.working, &self.heads, key).await;
    }

    /// Decides, makes durable, publishes, tells, answers: in this order. False when the store failed.
    pub(super) async fn commit(&mut self, batch: Vec<Waiting>) -> bool {
        gauge!("helan_desk_waiting_commands").set(self.waiting.len() as f64);
        let mut batch = self.refuse_damaged(batch);
        let mut why = "other servers kept writing first".to_owned();
        for attempt in 1..=MOST_ATTEMPTS {
            match self.try_commit(&batch, attempt).await {
                Ok(Some(decided)) => {
                    answer(batch, decided);
                    return true;
                }
                Ok(None) => {}
                Err(LoadError::Failed(failure)) => {
                    why = failure.to_string();
                    break;
                }
                Err(error @ (LoadError::Undecodable { .. } | LoadError::Damaged { .. })) => {
                    self.mark_damaged(&error);
                    batch = self.refuse_damaged(batch);
                }
            }
        }
        self.journal.release_write_lock().await;
        tracing::error!(why, commands = batch.len(), "commands could not be recorded");
        self.health.failed();
        for waiting in batch {
            // One who no longer listens needs no answer.
            let _ = waiting.reply.send(Err(CommandError::NotRecorded(why.clone())));
        }
        false
    }

    /// What was decided, once it is durable and shown; nothing when it is to be decided again.
    async fn try_commit(
        &mut self,
        batch: &[Waiting],
        attempt: usize,
    ) -> Result<Option<Decided>, LoadError> {
        let mut decided = self.decide(batch);
        match self.was_behind(batch, &decided).await {
            Ok(false) => {}
            behind => {
                self.forget(&decided.events);
                return behind.map(|_| None);
            }
        }
        match self.append(&decided.events).await {
            Ok(hashes) => {
                self.hand_overs_due = false;
                let troubles = self.troubles.borrow().clone();
                self.set_backs_due.retain(|centre, _| troubles.contains_key(centre));
                if !hashes.is_empty() {
                    self.health.worked();
                } else if attempt > FAIR_AFTER {
                    self.journal.release_write_lock().await;
                }
                self.publish(std::mem::take(&mut decided.events), hashes);
                Ok(Some(decided))
            }
            Err(AppendError::Conflict { centre, actual }) => {
                let (actual, held) = (actual.version, self.heads[&centre].version);
                tracing::info!(%centre, actual, held, "the journal has moved; deciding again");
                self.forget(&decided.events);
                self.look_again(&centre, attempt).await.map(|()| None)
            }
            Err(AppendError::Failed(failure)) => {
                self.forget(&decided.events);
                Err(failure.into())
            }
        }
    }

    fn decide(&mut self, batch: &[Waiting]) -> Decided {
        let now = self.now();
        let mut decided = Decided::default();
        let troubles = self.troubles.borrow().clone();
        let stands_still = |centre: &CentreId| troubles.contains_key(centre);
        time::correct(&mut decided, &mut self.working, &self.rules, now, stands_still);
        self.decide_set_backs(&mut decided, now);
        for waiting in batch {
            decided.answer(&mut self.working, &self.rules, (&waiting.envelope, waiting.bar), now);
        }
        let mut transfers = lending::made_by(&decided);
        if self.hand_overs_due {
            transfers = lending::open_in(&self.working);
        }
        // Completed once both can record again.
        transfers.retain(|transfer| !stands_still(&transfer.from) && !stands_still(&transfer.to));
        lending::complete(transfers, &mut decided, &mut self.working, &self.rules, now);
        decided
    }

    /// Set-backs are recorded before anything else, so that new incidents get numbers that no lost one had.
    fn decide_set_backs(&mut self, decided: &mut Decided, now: Timestamp) {
        let due: Vec<(CentreId, SetBack)> =
            self.set_backs_due.iter().map(|(centre, it)| (centre.clone(), it.clone())).collect();
        for (centre, set_back) in due {
            if self.is_damaged(&centre) {
                continue;
            }
            let command = Command::RecordSetBack { set_back };
            let envelope = CommandEnvelope::automatic(centre, command, set_back::RULE, now);
            if let Err(error) = decided.decide(&mut self.working, &self.rules, &envelope, now) {
                tracing::error!(%error, "a set-back cannot be recorded");
            }
        }
    }

    /// Whether a command was refused, or known already, by a state that others had changed, which is caught up by
    /// now. What is appended is held against the journal there; what appends nothing is held against it here: an
    /// command that was recorded before a set-back is not in the journal any more.
    async fn was_behind(
        &mut self,
        batch: &[Waiting],
        decided: &Decided,
    ) -> Result<bool, LoadError> {
        let unchecked: BTreeSet<CentreId> = batch
            .iter()
            .zip(&decided.answers)
            .filter(|(_, answer)| match answer {
                Ok(done) => done.already_recorded,
                Err(error) => matches!(error, CommandError::Rejected(_) | CommandError::Barred(_)),
            })
            .map(|(waiting, _)| waiting.envelope.centre.clone())
            .filter(|centre| !decided.events.contains_key(centre))
            .collect();
        let mut was_behind = false;
        for centre in unchecked {
            let before = self.heads[&centre];
            self.catch_up(&centre).await?;
            was_behind |= self.heads[&centre] != before;
        }
        Ok(was_behind)
    }

    /// Takes back what was decided but not made durable.
    fn forget(&mut self, events: &EventsByCentre) {
        let published = self.published.read();
        for centre in events.keys() {
            self.working.insert(centre.clone(), published[centre].clone());
        }
    }

    /// Reads what the winner recorded; after some lost attempts in a turn of one's own, so that the next
    /// one wins.
    async fn look_again(&mut self, centre: &CentreId, attempt: usize) -> Result<(), LoadError> {
        if attempt >= FAIR_AFTER {
            self.journal.take_turn().await?;
        }
        self.catch_up(centre).await
    }

    /// Reads what other writers recorded and publishes it; begins anew where the journal was set back.
    pub(super) async fn catch_up(&mut self, centre: &CentreId) -> Result<(), LoadError> {
        loop {
            let read = match read_on(&*self.journal, centre, self.heads[centre]).await? {
                Stretch::Events(read) => read,
                Stretch::SetBack => self.begin_anew(centre).await.map(|()| Vec::new())?,
            };
            if read.is_empty() {
                self.mark_whole(centre);
                return Ok(());
            }
            let (hashes, events): (Vec<Hash>, Vec<Arc<Recorded>>) =
                read.into_iter().map(|(hash, event)| (hash, Arc::new(event))).unzip();
            // Nothing undecided is in the working state here, so it follows without being copied anew.
            let working = self.working.get_mut(centre).expect("the desk knows its centres");
            events.iter().for_each(|event| apply(working, event));
            let hashes = HashesByCentre::from([(centre.clone(), hashes)]);
            self.publish(EventsByCentre::from([(centre.clone(), events)]), hashes);
        }
    }

    /// Reads on where something is said to have been recorded. What cannot be read now is told again,
    /// or found by the next command that meets it.
    async fn hear(&mut self) {
        if self.news.take_doubt() {
            self.probe().await;
        }
        for centre in self.news.take() {
            match self.catch_up(&centre).await {
                Ok(()) => {}
                // The other centres' would not be read either, and commands wait behind it meanwhile.
                Err(LoadError::Failed(_)) => return self.health.failed(),
                Err(error @ (LoadError::Undecodable { .. } | LoadError::Damaged { .. })) => {
                    self.mark_damaged(&error);
                }
            }
        }
        self.record_set_backs().await;
    }

    /// Tries what an append needs: that something can be written, and that the journals are those that this
    /// desk holds.
    async fn probe(&mut self) {
        if self.try_store().await.is_err() {
            return self.health.failed();
        }
        let is_due =
            self.hand_overs_due || !self.set_backs_due.is_empty() || self.is_ahead_of_time();
        // What is due at a centre that stands still is not recorded now, and nothing against the store.
        if is_due && !self.commit(Vec::new()).await {
            return;
        }
        if !self.health.is_working() {
            tracing::info!("the journal works again");
        }
        self.health.worked();
    }

    async fn try_store(&mut self) -> Result<(), JournalFailure> {
        self.journal.probe().await?;
        self.journal.check_guards().await?;
        let there = self.journal.heads().await?;
        let moved: Vec<CentreId> = self
            .heads
            .iter()
            .filter(|(centre, own)| {
                there.get(*centre).copied().unwrap_or(Head::empty(centre)) != **own
            })
            .map(|(centre, _)| centre.clone())
            .collect();
        for centre in moved {
            match self.catch_up(&centre).await {
                Ok(()) => {}
                Err(LoadError::Failed(failure)) => return Err(failure),
                Err(error @ (LoadError::Undecodable { .. } | LoadError::Damaged { .. })) => {
                    self.mark_damaged(&error);
                }
            }
        }
        Ok(())
    }
}

fn answer(batch: Vec<Waiting>, decided: Decided) {
    for (waiting, answer) in batch.into_iter().zip(decided.answers) {
        // One who no longer listens needs no answer; the command is in the journal.
        let _ = waiting.reply.send(answer);
    }
}
