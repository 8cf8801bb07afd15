//! The desk as the rest of the server sees it: cheap to clone, safe to share.

use super::at_start::{AtStart, DeskError};
use super::damage::told;
use super::envelope::{Bar, CommandEnvelope, CommandError, Committed, Done, other_centre};
use super::news::News;
use super::published::Published;
use super::set_back::recorded_in;
use super::snapshots::Snapshots;
use super::worker::{DeskTask, SetBacks, Troubles, Waiting};
use crate::clock::Clock;
use crate::health::{Health, HealthMonitor};
use crate::journal::{Heads, Journal, LoadError, Witness, read_events, read_events_of_incident};
use dispatch_core::model::{CentreId, IncidentId, Recorded, TaskId, Timestamp, VehicleId};
use dispatch_core::{CentreState, Rules};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{broadcast, mpsc, oneshot, watch};

/// Commands that may wait. A province at its worst makes some dozen a second; four full commits are far
/// more than a disaster brings, and still answered within a second.
pub const QUEUE_LENGTH: usize = 1_024;

/// Commits that a follower may be behind before it has to read from the journal: some minutes of a
/// disaster, a few megabytes.
const FEED_LENGTH: usize = 4_096;

/// The desk of this process.
#[derive(Clone)]
pub struct Desk {
    queue: mpsc::Sender<Waiting>,
    published: Arc<Published>,
    feed: broadcast::Sender<Arc<Committed>>,
    journal: Arc<dyn Journal>,
    pub(super) news: Arc<News>,
    health: watch::Receiver<Health>,
    begun_anew: watch::Receiver<u64>,
    troubles: watch::Receiver<Troubles>,
    set_backs: watch::Receiver<SetBacks>,
    /// Whether the clock agrees with the database's; unknown where no other server follows the journal.
    pub(super) clocks: Arc<watch::Sender<Option<Health>>>,
    pub(super) clock: Clock,
}

impl Desk {
    /// Loads every centre from the journal. The desk takes commands once [`DeskTask::run`] runs. It remembers
    /// nothing outside the journal and reads it from the first event: for tools and tests.
    ///
    /// # Errors
    /// When a journal cannot be read or is damaged.
    pub async fn open(
        journal: Arc<dyn Journal>,
        rules: Rules,
        centres: Vec<CentreId>,
        clock: Clock,
    ) -> Result<(Self, DeskTask), DeskError> {
        let opened = Self::open_with(journal, Witness::default(), rules, centres, clock).await?;
        match opened.1.found_damaged.first() {
            None => Ok(opened),
            Some(damage) => Err(damage.clone().into()),
        }
    }

    /// The same with a memory outside the journal: snapshots sealed with its key are used, and a journal that was
    /// set back since the last run is noticed. A centre whose journal is damaged stands still from the beginning, with
    /// what was recorded before the damage; the others go on.
    ///
    /// # Errors
    /// When a journal cannot be read, or all are damaged.
    pub async fn open_with(
        journal: Arc<dyn Journal>,
        witness: Witness,
        rules: Rules,
        centres: Vec<CentreId>,
        clock: Clock,
    ) -> Result<(Self, DeskTask), DeskError> {
        journal.check_guards().await.map_err(LoadError::from)?;
        let AtStart { states, heads, trails, loaded_from, set_backs_due, found_damaged } =
            AtStart::read(&*journal, &witness, centres).await?;
        let (queue, waiting) = mpsc::channel(QUEUE_LENGTH);
        let (feed, _) = broadcast::channel(FEED_LENGTH);
        let (monitor, health) = HealthMonitor::new();
        let working = states.clone();
        let published = Arc::new(Published::new(states, heads.clone()));
        let news = Arc::new(News::default());
        let (begun_anew, troubles) =
            (watch::Sender::new(0), watch::Sender::new(told(&found_damaged)));
        let set_backs = watch::Sender::new(recorded_in(&working));
        let desk = Self {
            queue,
            published: published.clone(),
            feed: feed.clone(),
            journal: journal.clone(),
            news: news.clone(),
            health,
            begun_anew: begun_anew.subscribe(),
            troubles: troubles.subscribe(),
            set_backs: set_backs.subscribe(),
            clocks: Arc::default(),
            clock: clock.clone(),
        };
        let task = DeskTask {
            waiting,
            news,
            working,
            published,
            snapshots: Snapshots::new(&heads),
            heads,
            trails,
            feed,
            journal,
            witness: Arc::new(witness),
            rules,
            clock,
            health: monitor,
            loaded_from,
            hand_overs_due: true,
            set_backs_due,
            begun_anew,
            troubles,
            set_backs,
            found_damaged,
        };
        Ok((desk, task))
    }

    /// Carries out a command. Returns once it is durable and visible, or refused.
    ///
    /// # Errors
    /// See [`CommandError`]. After [`CommandError::NotRecorded`] and [`CommandError::Stopping`] the command may be sent
    /// again under the same command id.
    pub async fn execute(&self, envelope: CommandEnvelope) -> Result<Done, CommandError> {
        self.execute_unless(envelope, None).await
    }

    /// As [`Self::execute`], unless `bar` names a reason against it.
    ///
    /// # Errors
    /// As [`Self::execute`], and [`CommandError::Barred`].
    pub async fn execute_unless(
        &self,
        envelope: CommandEnvelope,
        bar: Option<Bar>,
    ) -> Result<Done, CommandError> {
        if let Some(centre) = other_centre(&envelope.command)
            && !self.knows(centre)
        {
            return Err(CommandError::UnknownCentre(centre.clone()));
        }
        let (reply, answer) = oneshot::channel();
        self.queue.try_send(Waiting { envelope, bar, reply }).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => CommandError::Busy,
            mpsc::error::TrySendError::Closed(_) => CommandError::Stopping,
        })?;
        answer.await.unwrap_or(Err(CommandError::Stopping))
    }

    /// Reads one centre's durable state; nothing when there is no such centre. The desk goes on meanwhile.
    pub fn read<R>(&self, centre: &CentreId, f: impl FnOnce(&CentreState) -> R) -> Option<R> {
        self.published.read().get(centre).map(f)
    }

    /// Reads all centres' durable states, of one moment. The desk goes on meanwhile.
    pub fn read_all<R>(&self, f: impl FnOnce(&BTreeMap<CentreId, CentreState>) -> R) -> R {
        f(&self.published.read())
    }

    /// Everything committed from now on. Subscribe first, read the state second, and pass over what the
    /// state has already: then nothing is missed. One who lags reads from the journal.
    pub fn committed(&self) -> broadcast::Receiver<Arc<Committed>> {
        self.feed.subscribe()
    }

    /// Events of a centre after a version, in order, at most `limit` and
    /// [`crate::journal::ROWS_PER_READ`].
    ///
    /// # Errors
    /// When the store fails or an event cannot be read.
    pub async fn events(
        &self,
        centre: &CentreId,
        after_version: u64,
        limit: u32,
    ) -> Result<Vec<Recorded>, LoadError> {
        read_events(&*self.journal, centre, after_version, limit).await
    }

    /// The same of one incident.
    ///
    /// # Errors
    /// As [`Self::events`].
    pub async fn events_of_incident(
        &self,
        centre: &CentreId,
        incident: &IncidentId,
        after_version: u64,
        limit: u32,
    ) -> Result<Vec<Recorded>, LoadError> {
        read_events_of_incident(&*self.journal, centre, incident, after_version, limit).await
    }

    /// The centre a vehicle belongs to now.
    pub fn centre_of_vehicle(&self, vehicle: &VehicleId) -> Option<CentreId> {
        let states = self.published.read();
        let with = states.values().find(|state| state.vehicles.contains_key(vehicle));
        with.map(|state| state.centre.clone())
    }

    /// Whether a vehicle may be in service: it belongs to a centre or is on its way between two, or a centre stands
    /// still whose journal may know of it and none is known to have retired it.
    pub fn may_be_in_service(&self, vehicle: &VehicleId) -> bool {
        let states = self.published.read();
        let knows = |state: &CentreState| {
            state.vehicles.contains_key(vehicle) || state.transfers_out.contains_key(vehicle)
        };
        let has_retired = || states.values().any(|state| state.has_retired(vehicle));
        states.values().any(knows) || !self.troubles.borrow().is_empty() && !has_retired()
    }

    /// The centre of a running task.
    pub fn centre_of_task(&self, task: &TaskId) -> Option<CentreId> {
        let runs = |state: &CentreState| state.task(task).is_some_and(|(_, it)| it.is_running());
        let states = self.published.read();
        let with = states.values().find(|state| runs(state));
        with.map(|state| state.centre.clone())
    }

    /// The centre that answers what is pressed on a vehicle's terminal: the one that it belongs to now, or the
    /// one where it left service. Nothing for the moment in which it is between two centres.
    pub fn centre_answering(&self, vehicle: &VehicleId) -> Option<CentreId> {
        let states = self.published.read();
        let with = states.values().find(|state| state.vehicles.contains_key(vehicle));
        let left = || states.values().find(|state| state.has_retired(vehicle));
        with.or_else(left).map(|state| state.centre.clone())
    }

    /// Changes each time a centre was loaded anew because its journal was set back. What was read or followed
    /// of any centre until then is to be read again.
    pub fn begun_anew(&self) -> watch::Receiver<u64> {
        self.begun_anew.clone()
    }

    /// Every centre's durable state and its journal's head, of one moment.
    pub fn states_and_heads(&self) -> (Arc<BTreeMap<CentreId, CentreState>>, Heads) {
        self.published.with_heads()
    }

    /// Centres that cannot record anything because of what their journal holds, each with the reason.
    pub fn troubles(&self) -> watch::Receiver<Troubles> {
        self.troubles.clone()
    }

    /// The newest recorded set-back of each centre that was ever set back.
    pub fn set_backs(&self) -> watch::Receiver<SetBacks> {
        self.set_backs.clone()
    }

    /// Whether commands are being recorded.
    pub fn health(&self) -> watch::Receiver<Health> {
        self.health.clone()
    }

    /// Whether this server's clock agrees with the time that commands are stamped with; nothing where no other clock was
    /// ever heard and none is doubted.
    pub fn clocks(&self) -> watch::Receiver<Option<Health>> {
        self.clocks.subscribe()
    }

    /// The time that the journals have reached; 0 when they are empty.
    pub fn newest(&self) -> Timestamp {
        let states = self.published.read();
        states.values().map(|state| state.recorded_at).max().unwrap_or_default()
    }

    /// Returns when the desk's task has ended: told to stop, or dead of a bug. In the second case the
    /// process should end too; a restart brings back everything acknowledged.
    pub async fn ended(&self) {
        self.queue.closed().await;
    }

    pub(super) fn knows(&self, centre: &CentreId) -> bool {
        self.published.read().contains_key(centre)
    }
}
