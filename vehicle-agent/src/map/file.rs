//! The map's file. What is at its name is always a whole file or none, also after a power cut; one that is damaged is
//! put away. It never takes the room that the outbox beside it needs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::statvfs;
use tracing::warn;

use super::stored::{MOST_BYTES, MOST_HEAD_BYTES, StoredMap};
use crate::whole_file::{beside, folder_of, replace};

/// Free bytes that a map leaves: what a full outbox takes, several times over.
const LEAVES_FREE: u64 = 64 * 1024 * 1024;

/// The map at a path, if there is a whole one. Another file there is put away under `.damaged`, in place of an earlier one.
pub(super) fn load(path: &Path) -> Option<StoredMap> {
    let map = match read(path) {
        Ok(bytes) => StoredMap::from_file(&bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(_) => None,
    };
    if map.is_none() {
        let aside = beside(path, ".damaged");
        let kept = fs::rename(path, &aside).map(|()| aside);
        warn!(map = %path.display(), ?kept, "the stored map is damaged; it is put away and fetched anew");
    }
    map
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe would be waited for.
    let found = fs::metadata(path)?;
    let most = (MOST_BYTES + 2 * MOST_HEAD_BYTES) as u64;
    if !found.is_file() || found.len() > most {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "no map is like this"));
    }
    fs::read(path)
}

/// Puts the map in the place of whatever is there.
///
/// # Errors
/// When the disk does not take it, or has little room left; what was there stays.
pub(super) fn save(path: &Path, map: &StoredMap) -> io::Result<()> {
    let bytes = map.to_file();
    let disk = statvfs(folder_of(path))?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < LEAVES_FREE + bytes.len() as u64 {
        return Err(io::Error::new(io::ErrorKind::StorageFull, "little room is left on the disk"));
    }
    replace(path, &bytes)
}

/// Where the map of an outbox lies.
pub(super) fn of_outbox(outbox: &Path) -> PathBuf {
    beside(outbox, ".map")
}
