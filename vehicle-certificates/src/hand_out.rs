//! A certificate with its key, written for whoever is given it.

use crate::authority::Issued;
use crate::book::Kind;
use crate::files::{AuthorityError, failed, write};
use std::path::{Path, PathBuf};
use transport_tls::vehicle_file_name;

/// Writes a certificate and its key into a folder, the key for its owner alone; gives the certificate's file. The names
/// are the vehicle's, as far as a file name may hold it, or `server`.
///
/// # Errors
/// When they cannot be written.
pub fn save_issued(issued: &Issued, folder: &Path) -> Result<PathBuf, AuthorityError> {
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let name = match issued.entry.kind {
        Kind::Server => "server".to_owned(),
        Kind::Vehicle => vehicle_file_name(&issued.entry.name),
    };
    write(&folder.join(format!("{name}.key")), issued.key.as_bytes(), 0o600)?;
    let certificate = folder.join(format!("{name}.pem"));
    write(&certificate, issued.certificate.as_bytes(), 0o644)?;
    Ok(certificate)
}
