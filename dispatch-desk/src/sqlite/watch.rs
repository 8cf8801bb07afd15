//! Watches that a file can be written, and tells when it cannot although its disk can: then a lock is held
//! that nobody will let go, and only the end of this process frees what it holds itself; or the file was removed or
//! replaced, and only a new start reads what stands there now.

use super::SqliteFile;
use crate::clock::{machine_time, steady_now};
use std::io::Write;
use std::path::Path;
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Between two looks: a look takes the lock and lets it go, and writes nothing.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Longest wait for a disk to take a byte. One that is slower is the trouble itself, and a new process would
/// find the same disk.
const DISK_WAIT: Duration = Duration::from_secs(5);

/// Longest copying of a file that was replaced: commands are refused meanwhile, and people wait for the new start.
const COPY_WAIT: Duration = Duration::from_secs(10);

/// SQLite's codes for a lock held by another connection, and for one within a connection's own cache.
const LOCKED: [u32; 2] = [5, 6];

/// Why a file cannot be written any more before this process has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// A lock is held that nobody lets go.
    Locked,
    /// Another file stands under its name, or none.
    Replaced,
}

/// What a look found.
enum Look {
    /// The lock could be taken, or something else than a lock is in the way: a fault that is reported to
    /// whoever writes, and passes when the disk is well.
    Free,
    /// Somebody holds it.
    Held,
}

impl SqliteFile {
    /// Returns once nobody could begin to write for so long, while the disk takes what it is given, or once the file was
    /// removed or replaced; what was in it is kept beside its name then. Never returns else.
    pub async fn until_stuck(&self, stuck_after: Duration) -> Stuck {
        let (mut held_since, mut turns) = (None, self.writer.turns());
        loop {
            tokio::time::sleep(LOOK_EVERY.min(stuck_after)).await;
            if !self.is_in_place() {
                self.keep_what_was_replaced().await;
                return Stuck::Replaced;
            }
            let found = self.look().await;
            // Whoever waits longest may be we; as long as others get their turns, the disk is slow and no lock stuck.
            let goes_on = std::mem::replace(&mut turns, self.writer.turns()) != turns;
            match found {
                Look::Free => held_since = None,
                Look::Held if goes_on => held_since = None,
                Look::Held => {
                    let since = *held_since.get_or_insert_with(|| Instant::from_std(steady_now()));
                    if since.elapsed() >= stuck_after && disk_answers(self.path()).await {
                        return Stuck::Locked;
                    }
                }
            }
        }
    }

    async fn keep_what_was_replaced(&self) {
        let mut kept = self.path().as_os_str().to_owned();
        kept.push(format!(".replaced-{:015}", machine_time().0));
        let kept = Path::new(&kept);
        let copied = tokio::time::timeout(COPY_WAIT, self.writer.keep_at(kept)).await;
        match copied.map_err(|_| "it took too long".to_owned()) {
            Ok(Ok(true)) => {
                tracing::error!(kept = %kept.display(), "what was in the replaced file is kept")
            }
            Ok(Ok(false)) => {
                tracing::error!("what was in the replaced file cannot be read any more")
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "what was in the replaced file could not be kept")
            }
            Err(error) => tracing::error!(error, "what was in the replaced file could not be kept"),
        }
    }

    async fn look(&self) -> Look {
        match self.take_lock_and_let_go().await {
            Err(error) if is_of_a_lock(&error) => Look::Held,
            Ok(()) | Err(_) => Look::Free,
        }
    }

    async fn take_lock_and_let_go(&self) -> Result<(), sqlx::Error> {
        let mut turn = self.turn().await?;
        if !turn.is_begun() {
            turn.begin().await?;
            turn.roll_back().await?;
        }
        turn.done();
        Ok(())
    }
}

/// A lock of the file's, or our own writer that never comes free.
fn is_of_a_lock(error: &sqlx::Error) -> bool {
    if let sqlx::Error::Io(error) = error {
        return error.kind() == std::io::ErrorKind::TimedOut;
    }
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // The lowest byte is the kind; what is above tells more of it.
    code.and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| LOCKED.contains(&(code & 0xff)))
}

/// Whether the disk under a file takes a byte and keeps it. In a thread of its own, which a disk that hangs may
/// keep as long as it likes.
async fn disk_answers(file: &Path) -> bool {
    let (tell, told) = oneshot::channel();
    let mut trial = file.as_os_str().to_owned();
    trial.push(".disk-trial");
    let trial = std::path::PathBuf::from(trial);
    let started = std::thread::Builder::new().name("disk trial".to_owned()).spawn(move || {
        let written = std::fs::File::create(&trial)
            .and_then(|mut file| file.write_all(b"1").and_then(|()| file.sync_all()));
        let removed = std::fs::remove_file(&trial);
        // Whoever waited no longer does.
        let _ = tell.send(written.and(removed).is_ok());
    });
    started.is_ok() && matches!(tokio::time::timeout(DISK_WAIT, told).await, Ok(Ok(true)))
}
