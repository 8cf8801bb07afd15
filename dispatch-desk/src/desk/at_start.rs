//! What the journals hold when a desk opens: the state of each centre, as far as its journal is whole.

use super::published::States;
use super::set_back::since_last_run;
use super::trail::Trail;
use super::worker::Due;
use crate::journal::{
    Head, Heads, Journal, JournalFailure, LoadError, Witness, load_as_far_as_whole,
};
use dispatch_core::model::CentreId;
use std::collections::BTreeMap;

/// Why the desk could not open.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// A journal could not be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Of no centre the journal is whole.
    #[error("no centre can record anything: {0}")]
    NoneIsWhole(LoadError),
}

/// What the journals hold when a desk opens.
#[derive(Default)]
pub(super) struct AtStart {
    pub(super) states: States,
    pub(super) heads: Heads,
    pub(super) trails: BTreeMap<CentreId, Trail>,
    pub(super) loaded_from: Vec<(CentreId, Head)>,
    pub(super) set_backs_due: Due,
    pub(super) found_damaged: Vec<LoadError>,
}

impl AtStart {
    /// Reads every centre's journal, a damaged one as far as it is whole.
    pub(super) async fn read(
        journal: &dyn Journal,
        witness: &Witness,
        centres: Vec<CentreId>,
    ) -> Result<Self, DeskError> {
        let mut read = Self::default();
        for centre in centres {
            read.add(journal, witness, centre).await.map_err(LoadError::from)?;
        }
        match read.found_damaged.first() {
            Some(damage) if read.found_damaged.len() == read.states.len() => {
                Err(DeskError::NoneIsWhole(damage.clone()))
            }
            Some(_) | None => Ok(read),
        }
    }

    async fn add(
        &mut self,
        journal: &dyn Journal,
        witness: &Witness,
        centre: CentreId,
    ) -> Result<(), JournalFailure> {
        let (loaded, damage) = load_as_far_as_whole(journal, &centre, witness.key()).await?;
        if damage.is_none() {
            let due = since_last_run(journal, witness, &loaded.state).await?;
            self.set_backs_due.extend(due.map(|due| (centre.clone(), due)));
        }
        self.found_damaged.extend(damage);
        self.loaded_from.extend(loaded.snapshot.map(|head| (centre.clone(), head)));
        self.trails.insert(centre.clone(), Trail::after(loaded.head));
        tracing::info!(%centre, version = loaded.head.version, "the journal is loaded");
        self.heads.insert(centre.clone(), loaded.head);
        self.states.insert(centre, loaded.state);
        Ok(())
    }
}
