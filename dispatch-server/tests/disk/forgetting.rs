//! Writes that take something away or put it back: before the disk fails there has to be something to take.

use crate::stores::{HERE, PASSWORD, Stores, Trouble, Write};
use dispatch_core::model::{CentreId, VehicleId};
use dispatch_desk::database::MainDatabase;
use dispatch_desk::journal::load;
use dispatch_server::people::{Credential, Session, put_credentials, take_credentials};
use std::sync::{Arc, Mutex};

/// Longer than any session lives.
const LONGER_THAN_A_SESSION_MILLIS: i64 = 13 * 3_600_000;

/// What there is to take away.
pub(crate) struct Prepared {
    database: MainDatabase,
    session: Mutex<Option<Arc<Session>>>,
    credentials: Mutex<Vec<Credential>>,
}

impl Prepared {
    pub(crate) fn of(database: MainDatabase) -> Self {
        Self { database, session: Mutex::default(), credentials: Mutex::default() }
    }
}

impl Stores {
    /// Makes what this write takes away, on a disk that is well.
    pub(crate) async fn prepare(&self, what: Write) {
        match what {
            Write::DiscardSnapshot => self.write(Write::Snapshot).await.unwrap(),
            Write::RemoveKey => drop(self.people.make_keys(&[vehicle()]).await.unwrap()),
            Write::SignOut | Write::EndSessions | Write::EndOldSessions => {
                let signed_in = self.people.sign_in("li", PASSWORD.to_owned(), HERE).await;
                *self.prepared.session.lock().unwrap() = Some(signed_in.unwrap().0);
                if what == Write::EndOldSessions {
                    self.clock.advance_millis(LONGER_THAN_A_SESSION_MILLIS);
                }
            }
            Write::PutCredentials => {
                self.people.make_keys(&[vehicle()]).await.unwrap();
                let all = take_credentials(&self.prepared.database).await.unwrap();
                *self.prepared.credentials.lock().unwrap() = all;
            }
            Write::Append
            | Write::Snapshot
            | Write::Probe
            | Write::AddPerson
            | Write::ChangePerson
            | Write::SignIn
            | Write::MakeKey
            | Write::LastUsed
            | Write::RoadCondition
            | Write::Profile
            | Write::Journey
            | Write::Positions
            | Write::NoteRegion => {}
        }
    }

    /// Takes it away, or puts it back.
    pub(crate) async fn take_away(&self, what: Write) -> Result<(), Trouble> {
        match what {
            Write::DiscardSnapshot => {
                let (journal, centre) = (self.journal.journal(), CentreId::from("yinchuan"));
                let head = load(&*journal, &centre).await?.head;
                journal.discard_snapshot(&centre, head.version).await?;
            }
            Write::RemoveKey => drop(self.people.remove_key(&vehicle()).await?),
            Write::SignOut => {
                let session = self.prepared.session.lock().unwrap().clone();
                if let Some(session) = session {
                    self.people.sign_out(&session).await?;
                }
            }
            Write::EndSessions => {
                let li = self.people.list().await?.into_iter().find(|it| it.name == "li");
                self.people.end_sessions_of(&li.unwrap().id).await?;
            }
            Write::PutCredentials => {
                let all = self.prepared.credentials.lock().unwrap().clone();
                put_credentials(&self.prepared.database, &all, self.clock.now()).await?;
            }
            Write::Append
            | Write::Snapshot
            | Write::Probe
            | Write::AddPerson
            | Write::ChangePerson
            | Write::SignIn
            | Write::MakeKey
            | Write::LastUsed
            | Write::RoadCondition
            | Write::Profile
            | Write::Journey
            | Write::Positions
            | Write::NoteRegion
            | Write::EndOldSessions => panic!("{what:?} takes nothing away"),
        }
        Ok(())
    }
}

fn vehicle() -> VehicleId {
    "YC-99-9".into()
}
