//! Whether an open file still is what stands under its name. SQLite goes on writing into a file that was removed or
//! replaced under it and reports success, and what it wrote is gone with the process.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// A file by its name, and by what stood there as it was opened.
#[derive(Debug)]
pub struct Place {
    path: PathBuf,
    device: u64,
    inode: u64,
}

impl Place {
    /// What stands at the path now.
    ///
    /// # Errors
    /// When nothing stands there, or the disk cannot be asked.
    pub fn of(path: &Path) -> io::Result<Self> {
        let there = fs::metadata(path)?;
        Ok(Self { path: path.to_owned(), device: there.dev(), inode: there.ino() })
    }

    /// Whether the same file stands there. A disk that cannot be asked says nothing against it.
    pub fn is_held(&self) -> bool {
        match fs::metadata(&self.path) {
            Ok(there) => (there.dev(), there.ino()) == (self.device, self.inode),
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_file_under_the_name_is_not_the_one_that_was_opened() {
        let folder = tempfile::tempdir().unwrap();
        let (file, other) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, b"one").unwrap();
        fs::write(&other, b"one").unwrap();
        let place = Place::of(&file).unwrap();
        assert!(place.is_held());
        fs::rename(&other, &file).unwrap();
        assert!(!place.is_held());
        fs::remove_file(&file).unwrap();
        assert!(!place.is_held());
    }
}
