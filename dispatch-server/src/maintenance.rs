//! What is done from the command line to keep an installation: move it, back it up, restore it, export its
//! journals, rebuild its report tables. Each gives the line to print.

use crate::archive::{self, ArchiveError, copy_journal};
use crate::history::{CarryError, HISTORY_FILE, KEEP_DAYS, carry_fixes};
use crate::mending::{self, MendingError};
use crate::people::{put_credentials, take_credentials};
use crate::reports::{Reports, ReportsError};
use crate::roads::{put_road_records, road_records};
use crate::settings::{
    BackUp, BadSetting, Export, MarkRestored, MoveToPostgres, RebuildReports, Restore, load_region,
    prepare_data,
};
use crate::stores::{AnyJournal, Storage, StoresError};
use dispatch_core::model::CentreId;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::MAIN_FILE;
use thiserror::Error;

/// Why it was not done.
#[derive(Debug, Error)]
pub enum KeepingError {
    /// A setting cannot be worked with.
    #[error(transparent)]
    Setting(#[from] BadSetting),
    /// A store could not be opened.
    #[error(transparent)]
    Open(#[from] StoresError),
    /// Journals, people or keys did not arrive.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// Positions did not arrive.
    #[error(transparent)]
    Positions(#[from] CarryError),
    /// The report tables.
    #[error(transparent)]
    Reports(#[from] ReportsError),
    /// It could not be written down that a copy was restored.
    #[error(transparent)]
    Mending(#[from] MendingError),
    /// There is no installation in the folder.
    #[error("--data: {0} holds no installation")]
    Nothing(String),
}

/// Copies everything of an embedded installation and checks the hash chain on both sides. May be done
/// again: what arrived is not copied twice. Nothing is changed in the data folder.
///
/// # Errors
/// See [`KeepingError`].
pub async fn move_to_postgres(asked: &MoveToPostgres) -> Result<String, KeepingError> {
    if !asked.data.join(MAIN_FILE).is_file() {
        return Err(KeepingError::Nothing(asked.data.display().to_string()));
    }
    let from = Storage::Embedded(asked.data.clone());
    let to = Storage::Shared(asked.database.clone());
    let (source, target) = (AnyJournal::open(&from).await?, AnyJournal::open(&to).await?);
    let arrived = copy_journal(&*source.journal(), &*target.journal()).await?;
    let people_here = source.open_people(&from).await?;
    let people_there = target.open_people(&to).await?;
    let credentials = take_credentials(&people_here).await.map_err(ArchiveError::from)?;
    put_credentials(&people_there, &credentials, Clock::system().now())
        .await
        .map_err(ArchiveError::from)?;
    let roads = road_records(&people_here).await.map_err(ArchiveError::from)?;
    put_road_records(&people_there, &roads).await.map_err(ArchiveError::from)?;
    let file = asked.data.join(HISTORY_FILE);
    let mut fixes = 0;
    if file.is_file() {
        let told = |carried: u64| eprint!("\rpositions carried: {carried}");
        fixes = carry_fixes(&file, asked.database.options(), KEEP_DAYS, told).await?;
        eprintln!();
    }
    source.close().await;
    target.close().await;
    let events: u64 = arrived.values().sum();
    Ok(format!(
        "moved {events} events of {} centres, {} people and keys, {} records of roads, \
         {fixes} positions; \
         both journals are whole and equal",
        arrived.len(),
        credentials.len(),
        roads.len()
    ))
}

/// Writes a backup.
///
/// # Errors
/// See [`KeepingError`].
pub async fn back_up(asked: &BackUp) -> Result<String, KeepingError> {
    let storage = asked.store.storage()?;
    if let Storage::Embedded(folder) = &storage
        && !folder.join(MAIN_FILE).is_file()
    {
        return Err(KeepingError::Nothing(folder.display().to_string()));
    }
    let journal = AnyJournal::open(&storage).await?;
    let people = journal.open_people(&storage).await?;
    let now = Clock::system().now();
    let events = archive::back_up(&*journal.journal(), &people, &asked.out, now).await?;
    journal.close().await;
    Ok(format!("{events} events written to {}", asked.out.display()))
}

/// Puts a backup back.
///
/// # Errors
/// See [`KeepingError`].
pub async fn restore(asked: &Restore) -> Result<String, KeepingError> {
    let storage = asked.store.storage()?;
    if let Storage::Embedded(folder) = &storage {
        prepare_data(folder)?;
    }
    let journal = AnyJournal::open(&storage).await?;
    let people = journal.open_people(&storage).await?;
    let now = Clock::system().now();
    let arrived = archive::restore(&asked.from, &*journal.journal(), &people, now).await?;
    let counts = mending::restored(&*journal.journal(), asked.count).await?;
    journal.close().await;
    let events: u64 = arrived.values().sum();
    let centres = arrived.len();
    Ok(format!(
        "restored {events} events of {centres} centres; the journal is whole; new incidents are numbered {counts}"
    ))
}

/// Writes down that an older copy stands in the database's place.
///
/// # Errors
/// See [`KeepingError`].
pub async fn mark_restored(asked: &MarkRestored) -> Result<String, KeepingError> {
    let journal = AnyJournal::open(&asked.store.storage()?).await?;
    let counts = mending::restored(&*journal.journal(), asked.count).await?;
    journal.close().await;
    Ok(format!("written down at each centre; new incidents are numbered {counts}"))
}

/// Prints events to standard output.
///
/// # Errors
/// See [`KeepingError`].
pub async fn export(asked: &Export) -> Result<(), KeepingError> {
    let journal = AnyJournal::open(&asked.store.storage()?).await?;
    let only = asked.centre.as_deref().map(CentreId::from);
    let mut out = std::io::BufWriter::new(std::io::stdout());
    archive::export(&*journal.journal(), only.as_ref(), &mut out).await?;
    journal.close().await;
    Ok(())
}

/// Makes the report tables again.
///
/// # Errors
/// See [`KeepingError`].
pub async fn rebuild_reports(asked: &RebuildReports) -> Result<String, KeepingError> {
    let region = load_region(&asked.region)?;
    let journal = AnyJournal::open(&Storage::Shared(asked.database.clone())).await?;
    let reports = Reports::open(asked.database.options()).await?;
    reports.take_over_region(&region).await?;
    let events = reports.rebuild(&*journal.journal()).await?;
    journal.close().await;
    Ok(format!("the report tables are made again from {events} events"))
}
