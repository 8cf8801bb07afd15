//! The secret that terminals' codes are made of: made once, kept for the owner alone.

use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use vehicle_agent::machine::random;

/// Fewer bytes are a file that was cut off.
const LEAST_BYTES: usize = 32;

/// Reads the secret of a folder, or makes it.
///
/// # Errors
/// When the file cannot be read or made, or is too short to be a secret.
pub(super) fn secret(folder: &Path) -> std::io::Result<Vec<u8>> {
    let path = folder.join("secret");
    match std::fs::read(&path) {
        Ok(secret) if secret.len() >= LEAST_BYTES => Ok(secret),
        Ok(_) => {
            let why = "it is shorter than 32 bytes; delete it and have all terminals register anew";
            Err(std::io::Error::new(ErrorKind::InvalidData, why))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => make(&path),
        Err(error) => Err(error),
    }
}

fn make(path: &Path) -> std::io::Result<Vec<u8>> {
    let secret = random::<[u8; LEAST_BYTES]>().to_vec();
    let beside = path.with_extension("new");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&beside)?;
    file.write_all(&secret)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    Ok(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_once_for_the_owner_alone_and_a_short_one_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let first = secret(folder.path()).expect("made");
        assert_eq!(secret(folder.path()).expect("read"), first);
        let path = folder.path().join("secret");
        let mode = std::fs::metadata(&path).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        std::fs::write(&path, b"short").expect("writable");
        assert!(secret(folder.path()).is_err());
    }
}
