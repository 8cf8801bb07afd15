//! Following the other servers: when one has appended, this desk catches up without a command of its own.

use super::handle::Desk;
use crate::wakeups::Wakeups;
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

    /// Catches up whenever a journal is told to hold events that this desk does not have, and tries whether
    /// the journal works when the database could not be asked: dispatchers are told before a command of theirs
    /// fails. Runs until `stop`. What could not be read is told again at the next look.
    pub async fn follow(self, wakeups: Wakeups, stop: CancellationToken) {
        let (mut heads, mut doubts) = (wakeups.heads(), wakeups.doubts());
        let mut database_time = wakeups.database_time();
        while !stop.is_cancelled() {
            tokio::select! {
                biased;
                () = stop.cancelled() => return,
                told = heads.changed() => if told.is_err() { return },
                doubted = doubts.changed() => {
                    if doubted.is_err() {
                        return;
                    }
                    self.news.doubt();
                    continue;
                }
            }
            // Told before the heads of the same look.
            if database_time.has_changed().is_ok_and(|told| told)
                && let Some(time) = *database_time.borrow_and_update()
            {
                self.hear_database(time);
            }
            let heads = heads.borrow_and_update().clone();
            for (centre, version) in heads {
                if self.read(&centre, |state| state.version < version) == Some(true) {
                    self.catch_up(&centre);
                }
            }
        }
    }
}
