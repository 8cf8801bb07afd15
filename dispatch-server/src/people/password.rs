//! Passwords: hashed with argon2id, off the async threads, only a few at once.
//!
//! Parameters: 19 MiB, 2 passes, 1 lane, the first choice of the OWASP Password Storage Cheat Sheet.
//! This file never logs a password and never stores one.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use dispatch_desk::chance::random;
use std::sync::Arc;
use thiserror::Error;
use tokio::sync::Semaphore;

/// Memory of one hash in KiB (OWASP: 19 MiB).
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over that memory (OWASP: 2).
const PASSES: u32 = 2;
/// Lanes (OWASP: 1).
const LANES: u32 = 1;
/// Hashes computed at once: with two, sign-in never takes more than 40 MiB nor all cores of a small server.
const AT_ONCE: usize = 2;
/// Sign-ins that may wait for their turn; at some 30 ms a hash the last of them waits half a second.
const WAITING_MOST: usize = 32;

/// Why a password could not be hashed or compared.
#[derive(Debug, Error)]
pub(super) enum PasswordError {
    /// Too many sign-ins wait already.
    #[error("too many sign-ins at once")]
    Busy,
    /// The hash could not be computed; a bug or a lack of memory.
    #[error("password hash: {0}")]
    Hash(String),
}

/// Hashes and compares passwords.
#[derive(Clone)]
pub(super) struct Passwords {
    queue: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    /// The hash of a password nobody has, compared when a name is unknown so that the answer takes as long.
    nobody: Arc<str>,
}

impl Passwords {
    /// Makes the hasher; computes one hash.
    ///
    /// # Errors
    /// [`PasswordError::Hash`] when the machine cannot compute one.
    pub(super) fn new() -> Result<Self, PasswordError> {
        Ok(Self {
            queue: Arc::new(Semaphore::new(AT_ONCE + WAITING_MOST)),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            nobody: hash(&super::token::new_token().0)?.into(),
        })
    }

    /// The hash of a password, as a PHC string.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] when too many wait.
    pub(super) async fn hash(&self, password: String) -> Result<String, PasswordError> {
        self.in_turn(move || hash(&password)).await?
    }

    /// Whether the password is the one behind `stored`. With no `stored` the answer is no, after as
    /// much work as a comparison takes.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] when too many wait.
    pub(super) async fn matches(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, PasswordError> {
        let nobody = self.nobody.clone();
        self.in_turn(move || {
            let same = verify(&password, stored.as_deref().unwrap_or(&nobody));
            same && stored.is_some()
        })
        .await
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let _place = self.queue.try_acquire().map_err(|_| PasswordError::Busy)?;
        let turn = self.turns.clone().acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        // The turn goes along: a caller that hangs up does not let a third hash start.
        tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        })
        .await
        .map_err(|stopped| PasswordError::Hash(stopped.to_string()))
    }
}

fn argon2id() -> Result<Argon2<'static>, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)
        .map_err(|wrong| PasswordError::Hash(wrong.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str) -> Result<String, PasswordError> {
    let salt = random::<[u8; 16]>();
    argon2id()?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map(|hash| hash.to_string())
        .map_err(|wrong| PasswordError::Hash(wrong.to_string()))
}

fn verify(password: &str, stored: &str) -> bool {
    argon2id().is_ok_and(|argon2| argon2.verify_password(password.as_bytes(), stored).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches_and_an_unknown_name_never_does() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash("correct horse".into()).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.matches("correct horse".into(), Some(stored.clone())).await.unwrap());
        assert!(!passwords.matches("correct house".into(), Some(stored)).await.unwrap());
        assert!(!passwords.matches("correct horse".into(), None).await.unwrap());
    }
}
