//! The check of the journal in a data folder, as the command line runs it.

use super::sqlite::SqliteJournal;
use super::verify::{Against, Report, verify_against};
use crate::database::{MAIN_FILE, OpenError};
use std::path::Path;

/// Checks the journal in a data folder; what `dispatch-server verify --data DIR` runs.
///
/// # Errors
/// When the file is not there, cannot be opened or read.
pub async fn verify_data(folder: &Path) -> Result<Report, OpenError> {
    verify_data_against(folder, Against::default()).await
}

/// The same, held against more.
///
/// # Errors
/// As [`verify_data`].
pub async fn verify_data_against(folder: &Path, against: Against<'_>) -> Result<Report, OpenError> {
    let file = folder.join(MAIN_FILE);
    std::fs::metadata(&file).map_err(sqlx::Error::Io)?;
    let journal = SqliteJournal::open(&file).await?;
    let report = verify_against(&journal, against).await.map_err(|e| sqlx::Error::Protocol(e.0));
    journal.close().await;
    Ok(report?)
}
