//! The desk's task: the loop that turns waiting acts into durable events.

use super::act::{ActError, Committed};
use super::batch::Decided;
use super::handle::Waiting;
use super::lending;
use super::news::News;
use super::published::{EventsByCentre, Published, States};
use super::snapshots::Snapshots;
use super::time;
use crate::clock::Clock;
use crate::health::HealthMonitor;
use crate::journal::{Append, AppendError, Head, Journal, LoadError, StoredEvent, read_on};
use crate::space::Space;
use dispatch_core::model::CentreId;
use dispatch_core::{Rules, apply};
use metrics::{counter, gauge, histogram};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{broadcast, mpsc};
use tokio_util::sync::CancellationToken;

/// Acts in one commit. More would make the first wait for the last without making the disk faster.
pub const ACTS_PER_COMMIT: usize = 256;

/// How often a batch is decided again because another server was first. Each time one of the two has
/// moved on, so losing sixteen times in a row means that something is wrong.
const MOST_ATTEMPTS: usize = 16;

/// Attempts after which the desk asks for a turn of its own: a server that must read what another wrote
/// before it decides again is always the slower one, and would lose for as long as the other is busy.
const FAIR_AFTER: usize = 2;

/// Pause between probes of a store that failed: short enough to be back within seconds of it.
const PROBE_EVERY: Duration = Duration::from_secs(2);

/// The part of the desk that runs. A panic in it is a bug: let it end the process, since everything
/// acknowledged is in the journal and a restart brings it back.
pub struct DeskTask {
    pub(super) waiting: mpsc::Receiver<Waiting>,
    /// Centres at which another server is said to have recorded something.
    pub(super) news: Arc<News>,
    /// What the next act is decided against; equal to `published` between batches.
    pub(super) working: States,
    pub(super) published: Arc<Published>,
    pub(super) heads: BTreeMap<CentreId, Head>,
    pub(super) feed: broadcast::Sender<Arc<Committed>>,
    pub(super) journal: Arc<dyn Journal>,
    pub(super) rules: Rules,
    pub(super) clock: Clock,
    pub(super) health: HealthMonitor,
    pub(super) snapshots: Snapshots,
    /// True until the hand-overs found open at start are completed.
    pub(super) hand_overs_due: bool,
}

impl DeskTask {
    /// The same, but writing nothing beside events where room is left for them alone.
    pub(crate) fn within(self, space: Space) -> Self {
        Self { snapshots: self.snapshots.within(space), ..self }
    }

    /// Works until told to stop, then answers what waits, keeps a snapshot of each centre and ends.
    pub async fn run(mut self, stop: CancellationToken) {
        if self.hand_overs_due {
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
                    // Those just answered may bring their next act before the next commit begins;
                    // without this a commit of many is followed by one of very few.
                    tokio::task::yield_now().await;
                }
                () = tokio::time::sleep(PROBE_EVERY), if !self.health.is_working() => self.probe().await,
            }
        }
        self.snapshots.finish(&*self.journal, &self.working, &self.heads).await;
    }

    /// Decides, makes durable, publishes, tells, answers: in this order.
    async fn commit(&mut self, batch: Vec<Waiting>) {
        gauge!("helan_desk_waiting_acts").set(self.waiting.len() as f64);
        let mut why = "other servers kept writing first".to_owned();
        for attempt in 1..=MOST_ATTEMPTS {
            let mut decided = self.decide(&batch);
            match self.was_behind(&batch, &decided).await {
                Ok(false) => {}
                Ok(true) => {
                    self.forget(&decided.events);
                    continue;
                }
                Err(error) => {
                    self.forget(&decided.events);
                    why = error.to_string();
                    break;
                }
            }
            match self.append(&decided.events).await {
                Ok(heads) => {
                    self.hand_overs_due = false;
                    if !heads.is_empty() {
                        self.health.worked();
                    } else if attempt > FAIR_AFTER {
                        self.journal.give_turn_back().await;
                    }
                    self.heads.extend(heads);
                    self.publish(std::mem::take(&mut decided.events));
                    answer(batch, decided);
                    return;
                }
                Err(AppendError::Conflict { centre, actual }) => {
                    tracing::info!(%centre, actual, "another writer was first; deciding again");
                    self.forget(&decided.events);
                    if let Err(error) = self.look_again(&centre, attempt).await {
                        why = error.to_string();
                        break;
                    }
                }
                Err(AppendError::Failed(failure)) => {
                    self.forget(&decided.events);
                    why = failure.to_string();
                    break;
                }
            }
        }
        self.journal.give_turn_back().await;
        tracing::error!(why, acts = batch.len(), "acts could not be recorded");
        self.health.failed();
        for waiting in batch {
            // One who no longer listens needs no answer.
            let _ = waiting.reply.send(Err(ActError::NotRecorded(why.clone())));
        }
    }

    fn decide(&mut self, batch: &[Waiting]) -> Decided {
        let now = self.now();
        let mut decided = Decided::default();
        time::correct(&mut decided, &mut self.working, &self.rules, now);
        for waiting in batch {
            decided.answer(&mut self.working, &self.rules, (&waiting.act, waiting.bar), now);
        }
        let mut hand_overs = lending::made_by(&decided);
        if self.hand_overs_due {
            hand_overs = lending::open_in(&self.working);
        }
        lending::complete(hand_overs, &mut decided, &mut self.working, &self.rules, now);
        decided
    }

    /// Whether an act was refused against a state that others had changed already, which is caught up by now.
    /// What is appended is held against the journal there; a refusal appends nothing and is held against it here.
    async fn was_behind(
        &mut self,
        batch: &[Waiting],
        decided: &Decided,
    ) -> Result<bool, LoadError> {
        let unchecked: BTreeSet<CentreId> = batch
            .iter()
            .zip(&decided.answers)
            .filter(|(_, answer)| {
                matches!(answer, Err(ActError::Rejected(_) | ActError::Barred(_)))
            })
            .map(|(waiting, _)| waiting.act.centre.clone())
            .filter(|centre| !decided.events.contains_key(centre))
            .collect();
        let mut was_behind = false;
        for centre in unchecked {
            let before = self.heads[&centre].version;
            self.catch_up(&centre).await?;
            was_behind |= self.heads[&centre].version > before;
        }
        Ok(was_behind)
    }

    /// Makes the events durable; gives the new heads.
    async fn append(&self, events: &EventsByCentre) -> Result<Vec<(CentreId, Head)>, AppendError> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let mut heads = Vec::with_capacity(events.len());
        let mut stored: Vec<(u64, Vec<StoredEvent>)> = Vec::with_capacity(events.len());
        for (centre, events) in events {
            let mut head = self.heads[centre];
            let after = head.version;
            stored.push((after, events.iter().map(|e| head.extend(centre, e)).collect()));
            heads.push((centre.clone(), head));
        }
        let appends: Vec<Append<'_>> = heads
            .iter()
            .zip(&stored)
            .map(|((centre, _), (after, events))| Append { centre, after: *after, events })
            .collect();
        let began = Instant::now();
        let appended = self.journal.append(&appends).await;
        histogram!("helan_journal_append_seconds").record(began.elapsed().as_secs_f64());
        appended?;
        let recorded = events.values().map(|events| events.len() as u64).sum();
        counter!("helan_journal_events_total").increment(recorded);
        Ok(heads)
    }

    /// Shows durable events to all: first in the state, then on the feed.
    fn publish(&mut self, events: EventsByCentre) {
        self.published.apply(&events);
        for (centre, events) in events {
            self.snapshots.consider(&self.journal, &self.working[&centre], &self.heads[&centre]);
            // Nobody following is no fault.
            let _ = self.feed.send(Arc::new(Committed { centre, events }));
        }
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

    /// Reads what other writers recorded and publishes it.
    async fn catch_up(&mut self, centre: &CentreId) -> Result<(), LoadError> {
        let mut head = self.heads[centre];
        loop {
            let read = read_on(&*self.journal, centre, &mut head).await?;
            if read.is_empty() {
                return Ok(());
            }
            let events =
                EventsByCentre::from([(centre.clone(), read.into_iter().map(Arc::new).collect())]);
            self.heads.insert(centre.clone(), head);
            self.published.apply(&events);
            for (centre, events) in events {
                // Nothing undecided is in the working state here, so it follows without being copied anew.
                let working = self.working.get_mut(&centre).expect("the desk knows its centres");
                events.iter().for_each(|event| apply(working, event));
                let _ = self.feed.send(Arc::new(Committed { centre, events }));
            }
        }
    }

    /// Reads on where something is said to have been recorded. What cannot be read now is told again,
    /// or found by the next act that meets it.
    async fn hear(&mut self) {
        if self.news.take_doubt() {
            self.probe().await;
        }
        for centre in self.news.take() {
            match self.catch_up(&centre).await {
                Ok(()) => {}
                // The other centres' would not be read either, and acts wait behind it meanwhile.
                Err(LoadError::Failed(_)) => return,
                Err(error @ (LoadError::Undecodable { .. } | LoadError::Damaged { .. })) => {
                    tracing::error!(%error, "what another server recorded cannot be taken over");
                    self.health.failed();
                }
            }
        }
    }

    async fn probe(&mut self) {
        match self.journal.probe().await {
            Ok(()) if self.hand_overs_due || self.is_ahead_of_time() => {
                self.commit(Vec::new()).await
            }
            Ok(()) => {
                if !self.health.is_working() {
                    tracing::info!("the journal works again");
                }
                self.health.worked();
            }
            Err(_) => self.health.failed(),
        }
    }
}

fn answer(batch: Vec<Waiting>, decided: Decided) {
    for (waiting, answer) in batch.into_iter().zip(decided.answers) {
        // One who no longer listens needs no answer; the act is in the journal.
        let _ = waiting.reply.send(answer);
    }
}
