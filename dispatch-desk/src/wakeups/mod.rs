//! What servers over one PostgreSQL tell each other: that a journal has grown, and that tables have changed
//! of which each server holds a copy in memory.
//!
//! A word (LISTEN/NOTIFY) wakes at once, a look every few seconds misses nothing, and whoever is woken reads
//! the tables: what is told here is never the truth itself. One connection listens for all.

mod listener;
mod reader;

pub use reader::Reader;

use crate::clock::{DatabaseTime, steady_now};
use crate::database::in_time;
use crate::journal::postgres::{JOURNAL_CHANNEL, PostgresJournal};
use crate::journal::{Journal, JournalFailure};
use dispatch_core::model::{CentreId, Timestamp};
use listener::{Heard, WakeupListener};
use sqlx::{PgPool, Row};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How often the numbers are looked at although nothing was heard: the longest delay that a lost
/// notification costs.
pub const LOOK_EVERY: Duration = Duration::from_secs(2);

/// An answer later than this says little of what time it is.
const PROMPT: Duration = Duration::from_secs(1);

/// The channel on which the other tables are told of, as `revision topic`; the tables' triggers do it.
const TABLE_CHANNEL: &str = "helan_bulletin";

/// What may have changed in the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// People and their sessions.
    People,
    /// The keys of vehicles.
    Keys,
    /// Road conditions and the profile of travel times.
    Roads,
    /// Journeys that teach travel times.
    Journeys,
}

impl Topic {
    const ALL: [Self; 4] = [Self::People, Self::Keys, Self::Roads, Self::Journeys];

    /// The word under which the tables' triggers post it.
    const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Keys => "keys",
            Self::Roads => "roads",
            Self::Journeys => "journeys",
        }
    }
}

/// The versions at which journals stand, as far as known.
pub type Heads = BTreeMap<CentreId, u64>;

/// The bulletin as this server sees it; cheap to clone.
#[derive(Clone, Debug)]
pub struct Wakeups {
    heads: watch::Sender<Heads>,
    /// What time it was by the database's clock at the last look.
    database_time: watch::Sender<Option<DatabaseTime>>,
    /// Names the database as it runs now.
    database_run: watch::Sender<Option<String>>,
    /// Counts for each topic, in their order, how often it is to be read; the number means nothing else.
    posts: Arc<[watch::Sender<u64>; 4]>,
    /// Counts the times the database could not be asked.
    doubts: watch::Sender<u64>,
}

impl Default for Wakeups {
    fn default() -> Self {
        let posts = Topic::ALL.map(|_| watch::Sender::new(0));
        Self {
            heads: watch::Sender::default(),
            posts: Arc::new(posts),
            doubts: watch::Sender::default(),
            database_time: watch::Sender::default(),
            database_run: watch::Sender::default(),
        }
    }
}

impl Wakeups {
    /// The versions at which journals stand. Told at every word and every look, known to the reader or not.
    pub fn heads(&self) -> watch::Receiver<Heads> {
        self.heads.subscribe()
    }

    /// Changes each time the database could not be asked: the journal may not work either.
    pub fn doubts(&self) -> watch::Receiver<u64> {
        self.doubts.subscribe()
    }

    /// What time it is by the database's clock, told at every look as it is seen; a late answer is not told.
    pub fn database_time(&self) -> watch::Receiver<Option<DatabaseTime>> {
        self.database_time.subscribe()
    }

    /// A name of the database as it runs now: the same for all who share it, another for every copy of it.
    pub fn database_run(&self) -> watch::Receiver<Option<String>> {
        self.database_run.subscribe()
    }

    /// One who reads a topic's tables whenever they may have changed, and once when listening begins.
    pub fn reader(&self, topic: Topic) -> Reader {
        Reader::new(topic, self.posts[topic as usize].subscribe())
    }

    /// Listens and looks until `stop`. While the database is away it goes on trying; once it is back
    /// everything is read anew, since nobody knows what was missed.
    pub async fn run(self, journal: Arc<PostgresJournal>, stop: CancellationToken) {
        let mut listener = WakeupListener::new(journal.readers(), [JOURNAL_CHANNEL, TABLE_CHANNEL]);
        let mut revisions = Revisions::default();
        let mut reached = true;
        loop {
            let done = tokio::select! {
                () = stop.cancelled() => return,
                done = self.step(&mut listener, &journal, &mut revisions) => done,
            };
            let Err(error) = done else {
                reached = true;
                continue;
            };
            self.doubts.send_modify(|count| *count = count.wrapping_add(1));
            // Once for each time the database goes away; the desk tells consoles by itself.
            if std::mem::take(&mut reached) {
                tracing::warn!(%error, "the news of other servers are cut off; trying again");
            }
        }
    }

    async fn step(
        &self,
        listener: &mut WakeupListener,
        journal: &PostgresJournal,
        revisions: &mut Revisions,
    ) -> Result<(), JournalFailure> {
        match listener.next().await? {
            Heard::Words(words) => {
                for (channel, word) in words {
                    self.hear(&channel, &word, revisions);
                }
                Ok(())
            }
            Heard::Look { anew } => {
                let looked = self.look(journal, anew, revisions).await;
                if looked.is_err() {
                    listener.is_doubtful();
                }
                looked
            }
        }
    }

    fn hear(&self, channel: &str, word: &str, revisions: &mut Revisions) {
        let Some((number, of)) = word.split_once(' ') else { return };
        let Ok(number) = number.parse::<u64>() else { return };
        if channel == JOURNAL_CHANNEL {
            self.heads.send_modify(|heads| {
                let head = heads.entry(of.into()).or_default();
                *head = number.max(*head);
            });
        } else if revisions.rises(of, number) {
            self.post(of);
        }
    }

    async fn look(
        &self,
        journal: &PostgresJournal,
        anew: bool,
        revisions: &mut Revisions,
    ) -> Result<(), JournalFailure> {
        let heads = journal.heads().await?;
        let asked = steady_now();
        let Looked { revisions: now, clock, run } =
            in_time(read_revisions(&journal.readers())).await?;
        let took = asked.elapsed();
        if let Some(time) = clock.filter(|_| took < PROMPT) {
            self.database_time.send_replace(Some(DatabaseTime { time, at: asked + took / 2 }));
        }
        if run.is_some() {
            self.database_run.send_if_modified(|known| {
                let is_new = *known != run;
                *known = run;
                is_new
            });
        }
        self.heads
            .send_replace(heads.into_iter().map(|(centre, head)| (centre, head.version)).collect());
        let before = std::mem::replace(&mut revisions.0, now);
        for (topic, revision) in &revisions.0 {
            if anew || before.get(topic) != Some(revision) {
                self.post(topic);
            }
        }
        Ok(())
    }

    /// Has a topic read; one that only a later release knows is passed over.
    fn post(&self, word: &str) {
        if let Some(topic) = Topic::ALL.iter().find(|topic| topic.word() == word) {
            self.posts[*topic as usize].send_modify(|count| *count = count.wrapping_add(1));
        }
    }
}

/// The revision of each topic by its word, as last heard or seen.
#[derive(Debug, Default)]
struct Revisions(BTreeMap<String, u64>);

impl Revisions {
    /// Takes a revision that was told; false when a look was there before the word.
    fn rises(&mut self, topic: &str, to: u64) -> bool {
        match self.0.get_mut(topic) {
            Some(known) if *known >= to => false,
            Some(known) => {
                *known = to;
                true
            }
            None => false,
        }
    }
}

/// What the tables say at a look.
struct Looked {
    revisions: BTreeMap<String, u64>,
    clock: Option<Timestamp>,
    run: Option<String>,
}

/// The revisions, the time by the database's clock, and since when which database runs: a copy of it that runs
/// elsewhere was started at another moment.
async fn read_revisions(pool: &PgPool) -> Result<Looked, sqlx::Error> {
    let rows = sqlx::query(
        "SELECT topic, revision, (extract(epoch FROM clock_timestamp()) * 1000)::bigint,
             extract(epoch FROM pg_postmaster_start_time())::text || '/' || current_database()
         FROM bulletin",
    )
    .fetch_all(pool)
    .await?;
    let revisions = rows
        .iter()
        .map(|row| Ok((row.try_get(0)?, row.try_get::<i64, _>(1)?.cast_unsigned())))
        .collect::<Result<_, sqlx::Error>>()?;
    let clock = rows.last().map(|row| row.try_get(2)).transpose()?;
    let run = rows.last().map(|row| row.try_get(3)).transpose()?;
    Ok(Looked { revisions, clock: clock.map(Timestamp), run })
}
