//! Reading the journal of administration, and checking its chain from the first entry.

use super::change::{Change, genesis, link};
use super::store::PeopleStore;
use super::{People, PeopleError};
use dispatch_desk::database::MainDatabase;

/// Entries in one answer: some hundred kilobytes.
pub const ENTRIES_MOST: u32 = 500;

/// What a look at the whole chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainState {
    /// So many entries, each after the one before.
    Whole(i64),
    /// The first entry that does not fit.
    Damaged(i64),
}

impl People {
    /// Entries before a number (the newest when there is none), the newest first; at most [`ENTRIES_MOST`].
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn administration(
        &self,
        before: Option<i64>,
        most: u32,
    ) -> Result<Vec<(i64, Change)>, PeopleError> {
        let before = before.unwrap_or(i64::MAX);
        let entries =
            self.inner.store.administration_before(before, most.min(ENTRIES_MOST)).await?;
        entries
            .into_iter()
            .map(|entry| match serde_json::from_str(&entry.body) {
                Ok(change) => Ok((entry.number, change)),
                Err(error) => Err(PeopleError::Store(sqlx::Error::Decode(error.into()))),
            })
            .collect()
    }

    /// Checks the chain from its first entry.
    ///
    /// # Errors
    /// [`PeopleError::Store`].
    pub async fn verify_administration(&self) -> Result<ChainState, PeopleError> {
        Ok(verify_chain(&self.inner.store).await?)
    }
}

/// Checks the chain of a database from its first entry. One that an earlier release left has none.
///
/// # Errors
/// When it cannot be read.
pub(crate) async fn verify_administration(database: &MainDatabase) -> sqlx::Result<ChainState> {
    match verify_chain(&PeopleStore::new(database.clone())).await {
        Err(sqlx::Error::Database(why)) if has_no_table(&*why) => Ok(ChainState::Whole(0)),
        verified => verified,
    }
}

fn has_no_table(why: &dyn sqlx::error::DatabaseError) -> bool {
    why.code().as_deref() == Some("42P01") || why.message().contains("no such table")
}

async fn verify_chain(store: &PeopleStore) -> sqlx::Result<ChainState> {
    let (mut number, mut previous) = (0, genesis());
    loop {
        let entries = store.administration_after(number, ENTRIES_MOST).await?;
        if entries.is_empty() {
            return Ok(ChainState::Whole(number));
        }
        for entry in entries {
            let expected = link(&previous, number + 1, &entry.body);
            if entry.number != number + 1 || entry.hash != expected {
                return Ok(ChainState::Damaged(number + 1));
            }
            (number, previous) = (entry.number, entry.hash);
        }
    }
}
