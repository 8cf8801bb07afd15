//! Which of the three forms a file has, and the one door to their readers.

use super::moment::Zone;
use super::{Problems, Reading, export, own, sffd};
use std::path::{Path, PathBuf};

/// Most bytes of a file: it is held in memory once.
const MOST_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// The forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Our own CSV.
    Own,
    /// What `dispatch-server export` writes.
    Export,
    /// The calls-for-service file of the San Francisco Fire Department.
    Sffd,
}

impl Format {
    /// The form of a file by how it begins.
    pub fn of(bytes: &[u8]) -> Self {
        let begin = &bytes[..bytes.len().min(4096)];
        let begin = String::from_utf8_lossy(begin);
        let first =
            begin.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        match first {
            Some(line) if line.starts_with('{') => Self::Export,
            Some(line) if sffd::is_header(line) => Self::Sffd,
            Some(_) | None => Self::Own,
        }
    }

    /// Reads bytes of this form. Local times without an offset are of `zone`; the San Francisco file has its own.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn read(self, bytes: &[u8], zone: Zone) -> Result<Reading, Problems> {
        match self {
            Self::Own => own::read(bytes, zone),
            Self::Export => export::read(bytes),
            Self::Sffd => sffd::read(bytes, Zone::Pacific).map(|calls| calls.reading),
        }
    }
}

/// Why a file gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// It is too large.
    #[error("{0} is larger than {MOST_BYTES} bytes; split it")]
    TooLarge(PathBuf),
    /// What stands in it.
    #[error("{0} cannot be used:\n{1}")]
    Problems(PathBuf, Problems),
}

/// The bytes of a file, as long as it is not too large.
///
/// # Errors
/// When it cannot be read.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>, ReadError> {
    let told = |error| ReadError::File(path.to_owned(), error);
    if std::fs::metadata(path).map_err(told)?.len() > MOST_BYTES {
        return Err(ReadError::TooLarge(path.to_owned()));
    }
    std::fs::read(path).map_err(told)
}

/// Reads a file of past incidents, of the form given or of the form it shows.
///
/// # Errors
/// When it cannot be read, or something is wrong in it.
pub fn read_file(path: &Path, format: Option<Format>, zone: Zone) -> Result<Reading, ReadError> {
    let bytes = bytes_of(path)?;
    let format = format.unwrap_or_else(|| Format::of(&bytes));
    format.read(&bytes, zone).map_err(|problems| ReadError::Problems(path.to_owned(), problems))
}
