//! Watches that a file can be written, and tells when it cannot although its disk can: then a lock is held
//! that nobody will let go, and only the end of this process frees what it holds itself.

use super::SqliteFile;
use crate::clock::steady_now;
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

/// SQLite's codes for a lock held by another connection, and for one within a connection's own cache.
const LOCKED: [u32; 2] = [5, 6];

/// What a look found.
enum Look {
    /// The lock could be taken, or something else than a lock is in the way: a fault that is reported to
    /// whoever writes, and passes when the disk is well.
    Free,
    /// Somebody holds it.
    Held,
}

impl SqliteFile {
    /// Returns once nobody could begin to write for so long, while the disk takes what it is given. Never
    /// returns else.
    pub async fn until_stuck(&self, stuck_after: Duration) {
        let (mut held_since, mut turns) = (None, self.writer.turns());
        loop {
            tokio::time::sleep(LOOK_EVERY.min(stuck_after)).await;
            let found = self.look().await;
            // Whoever waits longest may be we; as long as others get their turns, the disk is slow and no lock stuck.
            let goes_on = std::mem::replace(&mut turns, self.writer.turns()) != turns;
            match found {
                Look::Free => held_since = None,
                Look::Held if goes_on => held_since = None,
                Look::Held => {
                    let since = *held_since.get_or_insert_with(|| Instant::from_std(steady_now()));
                    if since.elapsed() >= stuck_after && disk_answers(self.path()).await {
                        return;
                    }
                }
            }
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
