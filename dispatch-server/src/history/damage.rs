//! A file of positions that cannot be used is set aside, at a start or while it is in use, and a new one begun:
//! positions may be lost without losing a command, and a damaged history must keep no centre from its journal.

use super::file::open_file;
use dispatch_core::model::Timestamp;
use dispatch_desk::database::OpenError;
use dispatch_desk::sqlite::SqliteFile;
use sqlx::error::DatabaseError;
use sqlx::sqlite::SqliteError;
use std::error::Error;
use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// SQLite's primary result codes that no waiting mends: an error in the tables, a corrupt file, none of SQLite's.
const DAMAGED: [i32; 3] = [1, 11, 26];

/// Those of them that only a file can cause.
const CORRUPT: [i32; 2] = [11, 26];

/// What SQLite keeps beside a file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Files set aside that are kept for whoever looks into them. They are as large as what they hold.
const MOST_SET_ASIDE: usize = 2;

/// How often, and how long after each other, it is looked whether the file is closed: two seconds in all.
const LET_GO_LOOKS: usize = 200;
const LET_GO_EVERY: Duration = Duration::from_millis(10);

/// Between the file's name and the moment it was set aside at.
const ASIDE: &str = ".set-aside-";

/// Every place that the next position of a terminal is written to, and the oldest day kept.
const LOOK: &str = "SELECT (SELECT max(fix_time) FROM fix WHERE outbox = outbox.id), (SELECT first_kept FROM retention) FROM outbox";

/// Opens the file, or a new one in place of a damaged one.
pub(super) async fn open_or_begin(file: &Path, now: Timestamp) -> Result<SqliteFile, OpenError> {
    match open_and_look(file).await {
        Err(error) if is_damaged(&error, file) => replace(file, error, now).await,
        opened => opened,
    }
}

/// Sets the file aside, which nobody holds any more, and begins a new one.
pub(super) async fn replace(
    file: &Path,
    error: impl Display,
    now: Timestamp,
) -> Result<SqliteFile, OpenError> {
    until_let_go(file).await.map_err(sqlx::Error::Io)?;
    let aside = set_aside(file, now).map_err(sqlx::Error::Io)?;
    tracing::error!(%error, file = %file.display(), aside = %aside.display(),
        "the position history cannot be used; it is set aside and a new one begun, so older positions are missing");
    open_file(file).await
}

/// When a file was last set aside, as the name of the newest one that is kept says.
pub(super) fn last_set_aside(file: &Path) -> Option<Timestamp> {
    let name = all_set_aside(file).ok()?.pop()?;
    let moment = name.to_string_lossy().rsplit_once(ASIDE)?.1.parse().ok()?;
    Some(Timestamp(moment))
}

async fn open_and_look(path: &Path) -> Result<SqliteFile, OpenError> {
    let file = open_file(path).await?;
    match look(&file).await {
        // What is only slow or locked will do.
        Err(error) if is_of_the_file(&error) => {
            file.close().await;
            Err(error.into())
        }
        Ok(()) | Err(_) => Ok(file),
    }
}

async fn look(file: &SqliteFile) -> Result<(), sqlx::Error> {
    let mut reading = file.reading().await?;
    let looked = sqlx::query(LOOK).fetch_all(reading.connection()).await;
    reading.end(looked.map(drop))
}

/// Whether looking at a file in use shows that it cannot be used.
pub(super) async fn shows_damage(file: &SqliteFile) -> bool {
    look(file).await.is_err_and(|error| is_of_the_file(&error))
}

fn is_damaged(error: &OpenError, file: &Path) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    let of_the_file = std::iter::from_fn(|| {
        let found = cause?;
        cause = found.source();
        Some(found)
    })
    .any(|it| it.downcast_ref::<sqlx::Error>().is_some_and(is_of_the_file));
    of_the_file || file.is_dir()
}

fn is_of_the_file(error: &sqlx::Error) -> bool {
    code_of(error).is_some_and(|code| DAMAGED.contains(&code))
}

/// Whether SQLite says of the file itself that it is corrupt, or none of its own: no error of ours reads so.
pub(super) fn is_certain(error: &sqlx::Error) -> bool {
    code_of(error).is_some_and(|code| CORRUPT.contains(&code))
}

/// SQLite's primary result code; nothing of another database.
fn code_of(error: &sqlx::Error) -> Option<i32> {
    let error = error.as_database_error()?.try_downcast_ref::<SqliteError>()?;
    Some(error.code()?.parse::<i32>().ok()? & 0xff)
}

/// Waits until nobody in this program holds the file. A connection that failed is closed by a thread of its own, and
/// the last one of a file takes away the log beside the name under which the file was opened: once another file
/// stands there, that one's log.
async fn until_let_go(file: &Path) -> io::Result<()> {
    for _ in 0..LET_GO_LOOKS {
        if !is_held(file) {
            return Ok(());
        }
        tokio::time::sleep(LET_GO_EVERY).await;
    }
    Err(io::Error::new(io::ErrorKind::ResourceBusy, "the damaged position history is still held"))
}

fn is_held(file: &Path) -> bool {
    let Ok(file) = std::fs::canonicalize(file) else { return false };
    let open = std::fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    open.filter_map(|it| std::fs::read_link(it.path()).ok()).any(|it| it == file)
}

/// Moves the file away with what lies beside it: a log left there would be played into the new one.
fn set_aside(file: &Path, now: Timestamp) -> io::Result<PathBuf> {
    let aside = with(file, &format!("{ASIDE}{:015}", now.0));
    for ending in BESIDE {
        match std::fs::rename(with(file, ending), with(&aside, ending)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    std::fs::rename(file, &aside)?;
    prune(file)?;
    Ok(aside)
}

/// Files that were set aside and are still there, the oldest first.
fn all_set_aside(file: &Path) -> io::Result<Vec<PathBuf>> {
    let start = with(file, ASIDE);
    let (Some(folder), Some(start)) = (file.parent(), start.file_name()) else {
        return Ok(Vec::new());
    };
    let start = start.to_string_lossy();
    let is_aside = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // A folder that stood in the file's place may hold anything and stays.
        name.starts_with(&*start) && !BESIDE.iter().any(|it| name.ends_with(it)) && path.is_file()
    };
    let mut kept: Vec<PathBuf> = std::fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_aside)
        .collect();
    kept.sort();
    Ok(kept)
}

fn prune(file: &Path) -> io::Result<()> {
    let mut kept = all_set_aside(file)?;
    let surplus = kept.len().saturating_sub(MOST_SET_ASIDE);
    for old in kept.drain(..surplus) {
        for ending in BESIDE {
            std::fs::remove_file(with(&old, ending)).ok();
        }
        std::fs::remove_file(old)?;
    }
    Ok(())
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
