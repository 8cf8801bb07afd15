//! Files of the authority: private where they hold a key, whole or not there at all.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use transport_tls::cut_off;

/// Why the authority could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum AuthorityError {
    /// A file or folder.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// A file that does not hold what it should.
    #[error("{0}: {1}")]
    Content(PathBuf, String),
    /// There is one already.
    #[error(
        "{0} holds an authority already; whoever makes another cuts off all that this one signed"
    )]
    There(PathBuf),
    /// What was asked.
    #[error("{0}")]
    Asked(String),
    /// Cryptography.
    #[error("the certificate cannot be made: {0}")]
    Make(#[from] rcgen::Error),
}

pub(crate) fn failed(path: &Path) -> impl Fn(std::io::Error) -> AuthorityError + '_ {
    move |error| AuthorityError::File(path.to_owned(), error)
}

/// Writes a file that is afterwards either as before or whole: beside it, on the disk, then in its place.
pub(crate) fn write(path: &Path, content: &[u8], mode: u32) -> Result<(), AuthorityError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let _ = std::fs::remove_file(&beside);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(mode);
    let mut file = options.open(&beside).map_err(failed(&beside))?;
    file.write_all(content).map_err(failed(&beside))?;
    file.sync_all().map_err(failed(&beside))?;
    std::fs::rename(&beside, path).map_err(failed(path))?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    File::open(folder).and_then(|it| it.sync_all()).map_err(failed(folder))
}

/// The lock of the folder, held until it is dropped: two people at the same authority wait for each other.
pub(crate) fn lock(folder: &Path) -> Result<File, AuthorityError> {
    let path = folder.join("lock");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).mode(0o600);
    let file = options.open(&path).map_err(failed(&path))?;
    file.lock().map_err(failed(&path))?;
    Ok(file)
}

pub(crate) fn read(path: &Path) -> Result<String, AuthorityError> {
    std::fs::read_to_string(path).map_err(failed(path))
}

/// A PEM file, all of it.
pub(crate) fn read_pem(path: &Path) -> Result<String, AuthorityError> {
    let pem = read(path)?;
    match cut_off(pem.as_bytes()) {
        Some(what) => Err(AuthorityError::Content(path.to_owned(), what)),
        None => Ok(pem),
    }
}
