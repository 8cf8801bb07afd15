//! The journal key: what the database's owner does not have, so that heads and snapshots sealed with it cannot
//! be forged by whoever can write to the database.

use super::stored::Hash;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The key's name in the data folder, and as a systemd credential.
pub const KEY_FILE: &str = "journal.key";

const KEY_BYTES: usize = 32;

/// A key of 32 bytes. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct JournalKey([u8; KEY_BYTES]);

impl fmt::Debug for JournalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JournalKey")
    }
}

impl JournalKey {
    /// A new key that nobody else has.
    pub fn random() -> Self {
        Self(crate::chance::random())
    }

    /// The key in a file of 64 hexadecimal digits; where there is no file, a new one is made that only its
    /// owner may read.
    ///
    /// # Errors
    /// When the file cannot be read or made, or holds something else.
    pub fn open(file: &Path) -> io::Result<Self> {
        match std::fs::read_to_string(file) {
            Ok(text) => Self::parse(text.trim()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::make(file),
            Err(error) => Err(error),
        }
    }

    /// The key in a file that must be there.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else.
    pub fn read(file: &Path) -> io::Result<Self> {
        Self::parse(std::fs::read_to_string(file)?.trim())
    }

    fn make(file: &Path) -> io::Result<Self> {
        let key = Self::random();
        // Under its name only when it is whole: half a key would lock out every later start.
        let unfinished = file.with_extension("unfinished");
        let options =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).to_owned();
        let mut out = options.open(&unfinished)?;
        writeln!(out, "{}", to_hex(&key.0))?;
        out.sync_all()?;
        // Of two that start together one makes the key, and the other reads it.
        let linked = std::fs::hard_link(&unfinished, file);
        std::fs::remove_file(&unfinished)?;
        match linked {
            Ok(()) => Ok(key),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::read(file),
            Err(error) => Err(error),
        }
    }

    fn parse(text: &str) -> io::Result<Self> {
        let wrong = || io::Error::new(io::ErrorKind::InvalidData, "not 64 hexadecimal digits");
        Ok(Self(from_hex(text).ok_or_else(wrong)?))
    }

    /// The seal of some parts: HMAC-SHA256 over each part's length and bytes.
    pub fn seal(&self, parts: &[&[u8]]) -> Hash {
        self.over(parts).finalize().into_bytes().into()
    }

    /// Whether a seal is this key's over these parts; takes as long for a wrong one as for the right one.
    pub fn fits(&self, seal: &Hash, parts: &[&[u8]]) -> bool {
        self.over(parts).verify_slice(seal).is_ok()
    }

    fn over(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac
    }
}

/// Bytes as hexadecimal digits.
pub fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// As many bytes as are wanted, from as many pairs of hexadecimal digits; nothing for any other text.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(KEY_FILE);
        let key = JournalKey::open(&file).unwrap();
        assert_eq!(JournalKey::open(&file).unwrap(), key);
        let mode = std::os::unix::fs::PermissionsExt::mode(&file.metadata().unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        std::fs::write(&file, "not a key").unwrap();
        assert!(JournalKey::open(&file).is_err(), "a damaged key is not replaced in silence");
    }

    #[test]
    fn a_seal_fits_only_its_key_and_its_parts() {
        let (key, other) = (JournalKey([7; 32]), JournalKey([8; 32]));
        let seal = key.seal(&[b"ab", b"c"]);
        assert!(key.fits(&seal, &[b"ab", b"c"]));
        assert!(!key.fits(&seal, &[b"a", b"bc"]), "where one part ends is sealed too");
        assert!(!other.fits(&seal, &[b"ab", b"c"]));
    }
}
