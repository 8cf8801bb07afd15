//! The journal to be read: a data folder or file of the embedded store, or a PostgreSQL database. Never written.

use dispatch_desk::database::{MAIN_FILE, OpenError, PostgresError};
use dispatch_desk::journal::Journal;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use std::path::Path;

/// Why a journal could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The embedded store.
    #[error(
        "--journal {0}: {1}; expected a data folder with {MAIN_FILE}, or a postgres:// address"
    )]
    File(String, OpenError),
    /// The address of a database.
    #[error("--journal: the address cannot be read: {0}")]
    Address(sqlx::Error),
    /// The database.
    #[error("--journal: {0}")]
    Database(#[from] PostgresError),
}

/// Opens a journal to be read: while servers run on it, or after.
///
/// # Errors
/// When there is none, or it cannot be reached.
pub async fn open(journal: &str) -> Result<Box<dyn Journal>, SourceError> {
    if journal.starts_with("postgres://") || journal.starts_with("postgresql://") {
        let options = journal.parse().map_err(SourceError::Address)?;
        return Ok(Box::new(PostgresJournal::open_to_read(options).await?));
    }
    let named = Path::new(journal);
    let file = if named.is_dir() { named.join(MAIN_FILE) } else { named.to_owned() };
    let opened = SqliteJournal::open_to_read(&file).await;
    let opened = opened.map_err(|error| SourceError::File(journal.to_owned(), error))?;
    Ok(Box::new(opened))
}
