//! Why positions were not stored or read.

use super::damage::is_certain;

/// History did not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// The file could not be written or read; nothing is known to be stored.
    #[error("the position history failed: {0}")]
    Failed(String),
    /// The same, by what SQLite says of the file itself.
    #[error("the position history is damaged: {0}")]
    Damaged(String),
    /// The disk is getting full, and what is left of it is kept for commands.
    #[error("the disk is getting full; positions are not recorded until there is room again")]
    NoRoom,
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopping,
}

/// Too many fixes wait already; send them again later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many positions are waiting to be stored; send them again in a moment")]
pub struct HistoryFull;

impl From<sqlx::Error> for HistoryError {
    fn from(error: sqlx::Error) -> Self {
        let why = error.to_string();
        if is_certain(&error) { Self::Damaged(why) } else { Self::Failed(why) }
    }
}
