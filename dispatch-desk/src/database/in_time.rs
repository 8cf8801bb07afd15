//! Nobody waits for ever: a database that froze or a network that swallows everything counts as failed.

use std::future::Future;
use std::time::Duration;

/// Longest wait for an answer of the database. A commit takes milliseconds; after this long the
/// connection is given up, and it is unknown whether what was asked was done.
const ANSWER_WAIT: Duration = Duration::from_secs(5);

/// Waits at most [`ANSWER_WAIT`].
pub async fn in_time<T, E: From<sqlx::Error>>(
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    match tokio::time::timeout(ANSWER_WAIT, work).await {
        Ok(answer) => answer,
        Err(_) => {
            let late = std::io::ErrorKind::TimedOut;
            let late = std::io::Error::new(late, "the database did not answer in time");
            Err(sqlx::Error::Io(late).into())
        }
    }
}
