//! Following the other servers: when one has appended, this desk catches up without an act of its own.

use super::handle::Desk;
use crate::journal::postgres::JournalNews;
use dispatch_core::model::CentreId;
use tokio_util::sync::CancellationToken;

impl Desk {
    /// Asks the desk to read what other servers have recorded at a centre. Returns at once; what is read
    /// appears in the state and on the feed. An unknown centre is passed over.
    pub fn catch_up(&self, centre: &CentreId) {
        if self.knows(centre) {
            self.news.tell(centre.clone());
        }
    }

    /// Catches up whenever the news tell of events that this desk does not have; runs until `stop`.
    pub async fn follow(self, mut news: JournalNews, stop: CancellationToken) {
        let mut reached = true;
        loop {
            let told = tokio::select! {
                () = stop.cancelled() => return,
                told = news.next() => told,
            };
            match told {
                Ok(heads) => {
                    reached = true;
                    for (centre, version) in heads {
                        if self.read(&centre, |state| state.version < version) == Some(true) {
                            self.catch_up(&centre);
                        }
                    }
                }
                // Once for each time the database goes away; the desk tells consoles by itself.
                Err(error) if reached => {
                    reached = false;
                    tracing::warn!(%error, "the news of other servers are cut off; trying again");
                }
                Err(_) => {}
            }
        }
    }
}
