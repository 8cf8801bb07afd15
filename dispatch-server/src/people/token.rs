//! Secrets that are shown once and known again by their hash: session tokens and vehicle keys.
//!
//! A token is 256 bits from the operating system's generator, so a plain SHA-256 is enough to store
//! it: nobody can guess what to hash. This file never stores or prints a token.

use dispatch_desk::chance::random;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Characters of a token as text: 64 hexadecimal digits.
pub const TOKEN_CHARS: usize = 64;

/// What is stored of a token.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct TokenHash([u8; 32]);

impl TokenHash {
    /// The hash of a token as it came over the wire. Nothing when it cannot be one, so that absurd
    /// headers are not even hashed.
    pub(super) fn of(token: &str) -> Option<Self> {
        (token.len() == TOKEN_CHARS).then(|| Self(Sha256::digest(token.as_bytes()).into()))
    }

    /// The hash as read back from the store; nothing when it has another length.
    pub(super) fn from_stored(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The hash as it is stored.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A fresh token and its hash.
pub(super) fn new_token() -> (String, TokenHash) {
    let token = hex(&random::<[u8; 32]>());
    let hash = TokenHash(Sha256::digest(token.as_bytes()).into());
    (token, hash)
}

/// A fresh id for a person: short enough for logs, long enough never to meet its like.
pub(super) fn new_person_id() -> String {
    format!("p-{}", hex(&random::<[u8; 8]>()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_again_by_its_hash_and_by_no_other_text() {
        let (token, hash) = new_token();
        assert!(TokenHash::of(&token) == Some(hash));
        assert!(TokenHash::of(&new_token().0) != Some(hash));
        assert!(TokenHash::of(&format!("{token}0")).is_none());
        assert!(TokenHash::from_stored(hash.as_bytes()) == Some(hash));
    }
}
