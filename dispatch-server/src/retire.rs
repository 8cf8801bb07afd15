//! The command that takes vehicles out of service for good.

use crate::settings::{BadSetting, RetireVehicles, load_region};
use crate::stores::{AnyJournal, StoresError};
use dispatch_core::Rules;
use dispatch_core::model::VehicleId;
use dispatch_desk::clock::{Clock, ClockRefused, check_start};
use dispatch_desk::desk::{CommandError, Desk, DeskError};
use dispatch_desk::journal::{JournalFailure, LoadError};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

/// Why it was not done.
#[derive(Debug, Error)]
pub enum RetireError {
    /// A setting cannot be worked with.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A store could not be opened.
    #[error(transparent)]
    Open(#[from] StoresError),
    /// The database does not answer.
    #[error(transparent)]
    Journal(#[from] JournalFailure),
    /// A journal could not be loaded.
    #[error(transparent)]
    Load(#[from] DeskError),
    /// The machine's clock is not one to record by.
    #[error(transparent)]
    Clock(#[from] ClockRefused),
    /// It could not be recorded.
    #[error(transparent)]
    CommandEnvelope(#[from] CommandError),
    /// The rules refuse it.
    #[error("{0} out of service, the others not: {1}")]
    Refused(u32, String),
}

impl From<LoadError> for RetireError {
    fn from(error: LoadError) -> Self {
        Self::Load(error.into())
    }
}

/// Retires vehicles in their centre's journal, beside servers that run; gives the line to print.
///
/// # Errors
/// See [`RetireError`]; a vehicle on a task, or with another centre, is refused.
pub async fn retire_vehicles(asked: &RetireVehicles) -> Result<String, RetireError> {
    let region = load_region(&asked.region)?;
    let journal = AnyJournal::open(&asked.store.storage()?).await?;
    let clock = Clock::system();
    let database = journal.database_time().await?;
    if let Some(database) = database {
        clock.hear_database(database);
    }
    clock.assess();
    let centres = region.centres.iter().map(|centre| centre.id.as_str().into()).collect();
    let (desk, task) =
        Desk::open(journal.journal(), Rules::default(), centres, clock.clone()).await?;
    // What is recorded by a wrong clock cannot be taken back, and no server would start beside it.
    check_start(clock.now(), desk.newest(), database.map(|it| it.time))?;
    let stop = CancellationToken::new();
    let running = tokio::spawn(task.run(stop.clone()));
    let vehicles: Vec<VehicleId> = asked.vehicle.iter().map(|id| id.as_str().into()).collect();
    let done = desk.retire(&vehicles, &asked.by.as_str().into()).await;
    stop.cancel();
    // A desk that died of a bug has said so itself.
    let _ = running.await;
    journal.close().await;
    let done = done?;
    if !done.refused.is_empty() {
        let why: Vec<String> = done.refused.iter().map(ToString::to_string).collect();
        return Err(RetireError::Refused(done.retired, why.join("; ")));
    }
    let listed = region.vehicles.iter().any(|it| asked.vehicle.contains(&it.id));
    let rest = if listed {
        "; take the rows out of the region folder too, or the next newer folder enrols them again"
    } else {
        ""
    };
    Ok(format!("{} out of service{rest}", done.retired))
}
