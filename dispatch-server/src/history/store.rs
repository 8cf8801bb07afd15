//! The history's SQLite file: one connection that writes, a few that read. One that turns out damaged, or is taken
//! away, while it is in use gives way to a new one.

use super::damage;
use super::error::HistoryError;
use dispatch_core::model::Timestamp;
use dispatch_desk::database::OpenError;
use dispatch_desk::sqlite::SqliteFile;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

#[derive(Debug)]
pub(super) struct Store {
    path: PathBuf,
    /// Nothing while no new file can be begun in the place of one that cannot be used.
    file: Mutex<Option<SqliteFile>>,
    /// When a file was last set aside, for those who miss the positions in it.
    lost_at: watch::Sender<Option<Timestamp>>,
}

impl Store {
    /// Opens the file; one that is damaged is set aside and a new one begun.
    pub(super) async fn open_or_begin(path: &Path, now: Timestamp) -> Result<Self, OpenError> {
        let file = damage::open_or_begin(path, now).await?;
        let (lost_at, _) = watch::channel(damage::last_set_aside(path));
        Ok(Self { path: path.to_owned(), file: Mutex::new(Some(file)), lost_at })
    }

    /// The file as it is now.
    pub(super) fn file(&self) -> Result<SqliteFile, HistoryError> {
        let missing = || HistoryError::Failed("no new file of positions can be begun".to_owned());
        self.slot().clone().ok_or_else(missing)
    }

    /// When a file was last set aside, as long as it is still kept.
    pub(super) fn lost_at(&self) -> watch::Receiver<Option<Timestamp>> {
        self.lost_at.subscribe()
    }

    /// Closes the file, on which something failed, and opens what is at its place; sets that aside when it is damaged,
    /// as looking shows or `is_damaged` says already.
    pub(super) async fn begin_anew(
        &self,
        is_damaged: bool,
        now: Timestamp,
    ) -> Result<(), HistoryError> {
        let old = self.slot().take();
        let was_in_place = old.as_ref().is_none_or(SqliteFile::is_in_place);
        if let Some(old) = old {
            old.close().await;
        }
        let kept = damage::last_set_aside(&self.path);
        let opened = match is_damaged && was_in_place {
            true => damage::replace(&self.path, "it turned out damaged while in use", now).await,
            false => damage::open_or_begin(&self.path, now).await,
        };
        let file = opened.map_err(|error| HistoryError::Failed(error.to_string()))?;
        *self.slot() = Some(file);
        let aside = damage::last_set_aside(&self.path);
        if !was_in_place {
            tracing::error!(file = %self.path.display(),
                "the file of positions was taken away or replaced; positions in it are missing");
        }
        if aside != kept || !was_in_place {
            metrics::counter!("helan_history_begun_anew_total").increment(1);
            self.lost_at.send_replace(Some(now));
        }
        Ok(())
    }

    /// Whether looking shows what a failed statement alone does not: tables that are gone or another program's.
    pub(super) async fn lacks_tables(&self) -> bool {
        match self.file() {
            Ok(file) => damage::shows_damage(&file).await,
            Err(_) => true,
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<SqliteFile>> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
