//! The outbox's file: made with the owner's rights alone, set aside when it cannot be used, replaced
//! whole. Every step may be cut off: what is at the name is always a whole file or none.

use std::fs::{self, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};

use crate::machine::since_1970;

use super::{OutboxContent, OutboxError, rows};

const SCHEMA: &str = include_str!("schema.sql");
const SCHEMA_2: &str = include_str!("schema_2.sql");
const SCHEMA_3: &str = include_str!("schema_3.sql");
const SCHEMA_4: &str = include_str!("schema_4.sql");
const SCHEMA_5: &str = include_str!("schema_5.sql");
/// The version of the tables; an outbox of the first release says 0.
const VERSION: i64 = 5;
/// Positions and orders are nobody else's.
const OWNER_ONLY: u32 = 0o600;
/// Files set aside that are kept for whoever looks into them; the oldest makes room, so that a disk
/// that damages each file is not filled by them.
const MOST_SET_ASIDE: usize = 4;
/// How often, and how long after each other, it is looked whether the old file is closed: a second in all.
const LET_GO_LOOKS: usize = 100;
const LET_GO_EVERY: Duration = Duration::from_millis(10);
/// What SQLite keeps beside a database.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Opens the file, or makes it, with tables of this version.
pub(super) async fn open(path: &Path) -> Result<SqliteConnection, OutboxError> {
    let open_error = |source| OutboxError::Open { path: path.display().to_string(), source };
    if let Err(error) = protect(path) {
        return Err(open_error(sqlx::Error::Io(error)));
    }
    let mut connection = durable(path).connect().await.map_err(open_error)?;
    match prepare(&mut connection).await {
        Ok(()) => Ok(connection),
        Err(OutboxError::Database(source)) => Err(open_error(source)),
        Err(error) => Err(error),
    }
}

/// How files that must outlive a power cut are opened.
pub(super) fn durable(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .auto_vacuum(SqliteAutoVacuum::Incremental)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON")
}

async fn prepare(connection: &mut SqliteConnection) -> Result<(), OutboxError> {
    let version: i64 =
        sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
    let steps: &[&str] = match version {
        0 => &[SCHEMA, SCHEMA_2, SCHEMA_3, SCHEMA_4, SCHEMA_5],
        2 => &[SCHEMA_3, SCHEMA_4, SCHEMA_5],
        3 => &[SCHEMA_4, SCHEMA_5],
        4 => &[SCHEMA_5],
        VERSION => return Ok(()),
        other => return Err(OutboxError::Version(other)),
    };
    let mut tx = connection.begin().await?;
    for step in steps {
        sqlx::raw_sql(*step).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Makes the file when there is none; nobody but its owner may read it.
pub(super) fn protect(path: &Path) -> io::Result<()> {
    let made = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path);
    match made {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let is_open = fs::metadata(path)?.permissions().mode() & 0o077 != 0;
            // A file system without rights, or one that is read-only, does not keep the outbox from use.
            if is_open {
                fs::set_permissions(path, Permissions::from_mode(OWNER_ONLY)).ok();
            }
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// What tells a file from any other that is put under its name: device and inode.
pub(super) type Identity = (u64, u64);

/// What stands at the path; nothing when nothing does.
pub(super) fn identity(path: &Path) -> Option<Identity> {
    let there = fs::metadata(path).ok()?;
    Some((there.dev(), there.ino()))
}

/// Whether something stands at the path that is no file and never will be: a folder, a pipe, a socket, or a link
/// that leads round in a circle. Devices are left alone, whoever named one.
pub(super) fn is_no_file(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(found) => {
            let kind = found.file_type();
            kind.is_dir() || kind.is_fifo() || kind.is_socket()
        }
        // Too many links is told before anything is said of what they lead to.
        Err(error) => error.kind() != io::ErrorKind::NotFound && fs::read_link(path).is_ok(),
    }
}

/// Whether the file may not be read. A pipe is never opened: that would wait for whoever writes into it.
pub(super) fn is_denied(path: &Path) -> bool {
    let denied = |error: io::Error| error.kind() == io::ErrorKind::PermissionDenied;
    path.is_file() && fs::File::open(path).is_err_and(denied)
}

/// Puts a new file with this content in the place of whatever is there, which is kept under another
/// name. Gives that name, and the new file opened.
pub(super) async fn replace(
    path: &Path,
    content: &OutboxContent,
    batch: u64,
) -> Result<(SqliteConnection, Option<PathBuf>), OutboxError> {
    until_let_go(path).await?;
    let fresh = beside(path, ".new");
    remove(&fresh)?;
    let mut connection = open(&fresh).await?;
    let mut tx = connection.begin().await?;
    rows::write(&mut tx, content, batch).await?;
    tx.commit().await?;
    // Closing brings everything from the log into the file, which is then whole by itself.
    connection.close().await?;
    let aside = set_aside(path)?;
    rename_all(&fresh, path)?;
    sync_folder(path)?;
    Ok((open(path).await?, aside))
}

/// Takes up a new file that was written whole just before a power cut kept it from its place.
pub(super) fn finish_replacing(path: &Path) -> io::Result<()> {
    let fresh = beside(path, ".new");
    if !path.exists() && fresh.exists() {
        rename_all(&fresh, path)?;
    }
    Ok(())
}

/// Waits until nobody in this program holds the file. A connection that failed is closed by a thread of its own, and
/// the last one of a file takes away the log beside the name under which the file was opened: once another file
/// stands there, that one's log, with what was just stored.
pub(super) async fn until_let_go(path: &Path) -> io::Result<()> {
    for _ in 0..LET_GO_LOOKS {
        if !is_held(path) {
            return Ok(());
        }
        tokio::time::sleep(LET_GO_EVERY).await;
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "the old outbox is still being closed"))
}

fn is_held(path: &Path) -> bool {
    let Ok(path) = fs::canonicalize(path) else { return false };
    let open = fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    open.filter_map(|it| fs::read_link(it.path()).ok()).any(|it| it == path)
}

pub(super) fn set_aside(path: &Path) -> io::Result<Option<PathBuf>> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(None);
    }
    let since = since_1970();
    let aside = beside(path, &format!(".set-aside-{:015}", since.as_millis()));
    rename_all(path, &aside)?;
    prune(path)?;
    Ok(Some(aside))
}

pub(super) fn rename_all(from: &Path, to: &Path) -> io::Result<()> {
    for companion in COMPANIONS {
        let (from, to) = (beside(from, companion), beside(to, companion));
        if from.exists() {
            fs::rename(from, to)?;
        } else if to.exists() {
            // A log that belongs to no database would be played into the wrong one.
            fs::remove_file(to)?;
        }
    }
    fs::rename(from, to)
}

pub(super) fn remove(path: &Path) -> io::Result<()> {
    for name in [""].into_iter().chain(COMPANIONS) {
        match fs::remove_file(beside(path, name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

fn prune(path: &Path) -> io::Result<()> {
    let start = beside(path, ".set-aside-");
    let (Some(folder), Some(start)) = (folder(path), start.file_name()) else { return Ok(()) };
    let start = start.to_string_lossy();
    let mut kept: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|it| {
            let name = it.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with(&*start) && !COMPANIONS.iter().any(|end| name.ends_with(end))
        })
        .collect();
    kept.sort();
    let surplus = kept.len().saturating_sub(MOST_SET_ASIDE);
    for old in kept.drain(..surplus) {
        // A folder that stood in the outbox's place may hold anything and stays.
        if old.is_file() {
            remove(&old)?;
        }
    }
    Ok(())
}

pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    folder(path).map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
}

fn folder(path: &Path) -> Option<PathBuf> {
    let parent = path.parent()?;
    Some(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_path_buf() })
}

/// The path with something added to its name.
pub(super) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_is_still_held_is_not_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("outbox.db");
        fs::write(&path, [0x5A; 9_000]).expect("writes");
        let held = fs::File::open(&path).expect("opens");
        let content = OutboxContent::empty("an-outbox".to_owned());
        let refused = replace(&path, &content, 0).await;
        assert!(matches!(refused, Err(OutboxError::File(_))), "{refused:?}");
        assert_eq!(fs::read(&path).expect("reads"), [0x5A; 9_000], "it stands where it stood");
        drop(held);
        let (connection, aside) = replace(&path, &content, 0).await.expect("is replaced");
        assert!(aside.is_some_and(|it| it.exists()));
        connection.close().await.expect("closes");
    }
}
