//! PEM files, and what is wrong with them.

use crate::whole::cut_off;
use rustls::pki_types::pem::{Error as PemError, PemObject};
use rustls::pki_types::{CertificateDer, CertificateRevocationListDer, PrivateKeyDer};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Most bytes of a file: a bundle of all public authorities has a quarter of a megabyte.
const MOST_BYTES: u64 = 8 * 1024 * 1024;

/// A file of TLS that cannot be used: which, what is wrong, and what is expected.
#[derive(Debug, thiserror::Error)]
pub enum TlsProblem {
    /// It cannot be read.
    #[error("{0} cannot be read ({1})")]
    Read(PathBuf, std::io::Error),
    /// It is no such file.
    #[error("{0}: {1}")]
    Content(PathBuf, String),
    /// Files that do not belong together, or a certificate that TLS does not take.
    #[error("{0} cannot be used ({1}); expected {2}")]
    Unfit(PathBuf, String, &'static str),
    /// The machine has no authorities of its own.
    #[error(
        "this machine trusts no authority ({0}); install ca-certificates, or name the authority's certificate"
    )]
    NoSystemRoots(String),
}

/// The PEM files of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFiles {
    /// Its certificate, with the authorities between it and the root.
    pub certificate: PathBuf,
    /// The certificate's private key.
    pub key: PathBuf,
    /// The authority whose certificates vehicles may show; without it nobody is asked for one.
    pub vehicle_authority: Option<PathBuf>,
    /// That authority's list of certificates that count no more.
    pub revoked: Option<PathBuf>,
}

/// The bytes of a PEM file, all of it.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, TlsProblem> {
    let told = |error| TlsProblem::Read(path.to_owned(), error);
    let length = std::fs::metadata(path).map_err(told)?.len();
    if length > MOST_BYTES {
        let what = format!("has {length} bytes; expected a PEM file below {MOST_BYTES}");
        return Err(TlsProblem::Content(path.to_owned(), what));
    }
    let read = std::fs::read(path).map_err(told)?;
    // Editors of Windows put a mark in front, and a first line that begins with it is none of PEM.
    let read = read.strip_prefix(b"\xef\xbb\xbf").map(<[u8]>::to_vec).unwrap_or(read);
    match cut_off(&read) {
        Some(what) => Err(TlsProblem::Content(path.to_owned(), what)),
        None => Ok(read),
    }
}

/// Whether somebody besides its owner and group may read a key's file, or change it.
pub(crate) fn is_open_to_others(path: &Path) -> bool {
    const OTHERS: u32 = 0o006;
    std::fs::metadata(path).is_ok_and(|it| it.permissions().mode() & OTHERS != 0)
}

/// The certificates of a file, one at least.
pub(crate) fn certificates(
    path: &Path,
    pem: &[u8],
) -> Result<Vec<CertificateDer<'static>>, TlsProblem> {
    const EXPECTED: &str = "expected PEM with -----BEGIN CERTIFICATE-----";
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let read = read.map_err(|error| unreadable(path, &error, EXPECTED))?;
    if read.is_empty() {
        let what = format!("holds no certificate; {EXPECTED}");
        return Err(TlsProblem::Content(path.to_owned(), what));
    }
    Ok(read)
}

/// The private key of a file.
pub(crate) fn key(path: &Path, pem: &[u8]) -> Result<PrivateKeyDer<'static>, TlsProblem> {
    const EXPECTED: &str = "expected PEM with -----BEGIN PRIVATE KEY-----, without a pass phrase";
    PrivateKeyDer::from_pem_slice(pem).map_err(|error| {
        if matches!(error, PemError::NoItemsFound) {
            let what = format!("holds no private key; {EXPECTED}");
            return TlsProblem::Content(path.to_owned(), what);
        }
        unreadable(path, &error, EXPECTED)
    })
}

/// The revocation lists of a file, one at least.
pub(crate) fn revocation_lists(
    path: &Path,
    pem: &[u8],
) -> Result<Vec<CertificateRevocationListDer<'static>>, TlsProblem> {
    const EXPECTED: &str = "expected PEM with -----BEGIN X509 CRL-----";
    let read: Result<Vec<_>, _> = CertificateRevocationListDer::pem_slice_iter(pem).collect();
    let read = read.map_err(|error| unreadable(path, &error, EXPECTED))?;
    if read.is_empty() {
        let what = format!("holds no revocation list; {EXPECTED}");
        return Err(TlsProblem::Content(path.to_owned(), what));
    }
    Ok(read)
}

fn unreadable(path: &Path, error: &PemError, expected: &str) -> TlsProblem {
    TlsProblem::Content(path.to_owned(), format!("is no such file ({error}); {expected}"))
}
