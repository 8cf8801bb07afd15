//! The key file: one `vehicle key` a line.

use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why the keys cannot be used.
#[derive(Debug, Error)]
pub enum KeysError {
    /// The file cannot be read.
    #[error("the key file {0} cannot be read: {1}")]
    Read(PathBuf, io::Error),
    /// A line is not two words.
    #[error("{0} line {1}: expected `vehicle key`")]
    Line(PathBuf, usize),
}

/// Reads vehicles with their keys, in the order of the file.
pub fn read_keys(path: &Path) -> Result<Vec<(String, String)>, KeysError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| KeysError::Read(path.to_owned(), error))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| match line.split_whitespace().collect::<Vec<_>>()[..] {
            [vehicle, key] => Ok((vehicle.to_owned(), key.to_owned())),
            _ => Err(KeysError::Line(path.to_owned(), index + 1)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("keys.txt");
        std::fs::write(&path, "YC-01-1 abc\n\nYC-01-2 def\n").expect("writable");
        assert_eq!(read_keys(&path).expect("good keys").len(), 2);
        std::fs::write(&path, "YC-01-1 abc\nYC-01-2\n").expect("writable");
        let error = read_keys(&path).expect_err("a bad line").to_string();
        assert!(error.ends_with("line 2: expected `vehicle key`"), "{error}");
    }
}
