//! File modes: what holds patients' words, password hashes or keys is for its owner alone.

use std::fs::{OpenOptions, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Read and write for the owner.
const PRIVATE_FILE: u32 = 0o600;

/// All for the owner.
const PRIVATE_FOLDER: u32 = 0o700;

/// What SQLite lays beside a file, under the mode that the file has then.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Makes a SQLite file private, and what lies beside it; makes an empty one, which SQLite takes for a new
/// database, when there is none. Never opens a file that is there: SQLite's locks of this process would go
/// with the closing.
///
/// # Errors
/// When the file cannot be made, or another owner's is open to others.
pub fn keep_private(file: &Path) -> io::Result<()> {
    let made = OpenOptions::new().write(true).create_new(true).mode(PRIVATE_FILE).open(file);
    match made {
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    tighten(file, PRIVATE_FILE)?;
    for ending in BESIDE {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        tighten(&PathBuf::from(name), PRIVATE_FILE)?;
    }
    Ok(())
}

/// Makes a folder, when there is none, and keeps others out of it.
///
/// # Errors
/// When it cannot be made, or another owner's is open to others.
pub fn keep_private_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    tighten(folder, PRIVATE_FOLDER)
}

/// Takes from others what they may; changes nothing that is tight already, so that a disk that can only be
/// read may hold an installation. One that is not there, or has just gone, is tight.
fn tighten(path: &Path, most: u32) -> io::Result<()> {
    let told = |error: io::Error| {
        let what = format!("{} is open to others and stays so: {error}", path.display());
        io::Error::new(error.kind(), what)
    };
    match std::fs::metadata(path) {
        Ok(there) if there.permissions().mode() & 0o777 & !most == 0 => Ok(()),
        Ok(there) => {
            let mode = there.permissions().mode() & most;
            match std::fs::set_permissions(path, Permissions::from_mode(mode)) {
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                done => done.map_err(told),
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn what_is_made_and_what_is_found_is_private() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("data");
        std::fs::create_dir(&folder).unwrap();
        std::fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        keep_private_folder(&folder).unwrap();
        assert_eq!(mode(&folder), 0o700);

        let new = folder.join("new.sqlite");
        keep_private(&new).unwrap();
        assert_eq!(mode(&new), 0o600);

        let old = folder.join("old.sqlite");
        for name in ["old.sqlite", "old.sqlite-wal", "old.sqlite-shm"] {
            std::fs::write(folder.join(name), b"kept").unwrap();
            std::fs::set_permissions(folder.join(name), Permissions::from_mode(0o664)).unwrap();
        }
        keep_private(&old).unwrap();
        for name in ["old.sqlite", "old.sqlite-wal", "old.sqlite-shm"] {
            assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
            assert_eq!(std::fs::read(folder.join(name)).unwrap(), b"kept");
        }
    }
}
