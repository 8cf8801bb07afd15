//! Nobody waits for ever: a database that froze or a network that swallows everything counts as failed.

use std::future::Future;
use std::time::Duration;

/// Longest wait for an answer of the database. A commit takes milliseconds; after this long the
/// connection is given up, and it is unknown whether what was asked was done.
pub(crate) const ANSWER_WAIT: Duration = Duration::from_secs(5);

/// Waits at most [`ANSWER_WAIT`].
pub(crate) async fn in_time<T>(
    work: impl Future<Output = Result<T, sqlx::Error>>,
) -> Result<T, sqlx::Error> {
    match tokio::time::timeout(ANSWER_WAIT, work).await {
        Ok(answer) => answer,
        Err(_) => Err(sqlx::Error::Io(std::io::Error::new(
            std::io::ErrorKind::TimedOut,
            "the database did not answer in time",
        ))),
    }
}
