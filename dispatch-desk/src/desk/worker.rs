//! What the running part of a desk holds. The loop over it is in `task`, the rest of what it does in modules of their own.

use super::envelope::{Bar, CommandEnvelope, CommandError, Committed, Done};
use super::news::News;
use super::published::{Published, States};
use super::snapshots::Snapshots;
use super::trail::Trail;
use crate::clock::Clock;
use crate::health::HealthMonitor;
use crate::journal::{Hash, Head, Heads, Journal, LoadError, Witness};
use crate::space::Space;
use dispatch_core::Rules;
use dispatch_core::model::{CentreId, SetBack};
use dispatch_core::state::LastSetBack;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{broadcast, mpsc, oneshot, watch};

/// A command and where its answer goes.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) envelope: CommandEnvelope,
    pub(super) bar: Option<Bar>,
    pub(super) reply: oneshot::Sender<Result<Done, CommandError>>,
}

/// Why each centre that stands still does so.
pub type Troubles = BTreeMap<CentreId, String>;

/// The hash of each new event.
pub(super) type HashesByCentre = BTreeMap<CentreId, Vec<Hash>>;

/// The newest recorded set-back of each centre that was ever set back.
pub type SetBacks = BTreeMap<CentreId, LastSetBack>;

/// The set-backs to be recorded, by centre.
pub(super) type Due = BTreeMap<CentreId, SetBack>;

/// The part of the desk that runs. A panic in it is a bug: let it end the process, since everything
/// acknowledged is in the journal and a restart brings it back.
pub struct DeskTask {
    pub(super) waiting: mpsc::Receiver<Waiting>,
    /// Centres at which another server is said to have recorded something.
    pub(super) news: Arc<News>,
    /// What the next command is decided against; equal to `published` between batches.
    pub(super) working: States,
    pub(super) published: Arc<Published>,
    pub(super) heads: Heads,
    pub(super) trails: BTreeMap<CentreId, Trail>,
    pub(super) feed: broadcast::Sender<Arc<Committed>>,
    pub(super) journal: Arc<dyn Journal>,
    pub(super) witness: Arc<Witness>,
    pub(super) rules: Rules,
    pub(super) clock: Clock,
    pub(super) health: HealthMonitor,
    pub(super) snapshots: Snapshots,
    /// Heads of the snapshots from which the state was loaded.
    pub(super) loaded_from: Vec<(CentreId, Head)>,
    /// True until the hand-overs found open at start are completed.
    pub(super) hand_overs_due: bool,
    /// Set-backs that are not recorded yet.
    pub(super) set_backs_due: Due,
    /// Counts the times a centre was loaded anew.
    pub(super) begun_anew: watch::Sender<u64>,
    pub(super) troubles: watch::Sender<Troubles>,
    pub(super) set_backs: watch::Sender<SetBacks>,
    /// What kept journals from being read to their ends at the start.
    pub(super) found_damaged: Vec<LoadError>,
}

impl DeskTask {
    /// The same, but writing nothing beside events where room is left for them alone.
    pub fn within(self, space: Space) -> Self {
        Self { snapshots: self.snapshots.within(space), ..self }
    }
}
