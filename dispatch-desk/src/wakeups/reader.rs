//! One who keeps a copy of some tables in memory and reads them anew when they may have changed.

use super::Topic;
use std::fmt::Display;
use std::future::Future;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// Pause before tables that could not be read are tried again.
const READ_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Reads one topic's tables.
#[derive(Debug)]
pub struct Reader {
    topic: Topic,
    posts: watch::Receiver<u64>,
}

impl Reader {
    pub(super) fn new(topic: Topic, posts: watch::Receiver<u64>) -> Self {
        Self { topic, posts }
    }

    /// Calls `read` whenever the tables may have changed, and again while it fails, until `stop`. What is
    /// in memory stays in force meanwhile. Changes during a reading cause one more.
    pub async fn follow<Reading, E: Display>(
        mut self,
        stop: CancellationToken,
        mut read: impl FnMut() -> Reading,
    ) where
        Reading: Future<Output = Result<(), E>>,
    {
        while !stop.is_cancelled() {
            tokio::select! {
                () = stop.cancelled() => return,
                posted = self.posts.changed() => if posted.is_err() { return },
            }
            let mut told = false;
            loop {
                let done = tokio::select! {
                    () = stop.cancelled() => return,
                    done = read() => done,
                };
                let Err(error) = done else { break };
                if !std::mem::replace(&mut told, true) {
                    let topic = self.topic;
                    tracing::warn!(?topic, %error, "another server's change cannot be read yet");
                }
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(READ_AGAIN_AFTER) => {}
                }
            }
        }
    }
}
