//! What the journals in the database say, read without a server.

use dispatch_core::model::{CentreId, CommandId, Event, Origin, Recorded, TerminalTrouble};
use dispatch_core::{CentreState, apply};
use dispatch_desk::database::postgres_options;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::{Journal, read_events};
use sqlx::{ConnectOptions, Row};
use std::collections::{BTreeMap, BTreeSet};

/// Events read at once.
const EVENTS_AT_ONCE: u32 = 1_000;

/// Every centre's events.
#[derive(Debug)]
pub(crate) struct Journals(pub(crate) BTreeMap<CentreId, Vec<Recorded>>);

impl Journals {
    /// Everything there is.
    pub(crate) async fn read(database: &str) -> Self {
        let journal = PostgresJournal::open(postgres_options(database).unwrap()).await.unwrap();
        let mut journals = BTreeMap::new();
        for centre in journal.heads().await.unwrap().into_keys() {
            let mut events: Vec<Recorded> = Vec::new();
            loop {
                let after = events.len() as u64;
                let more = read_events(&journal, &centre, after, EVENTS_AT_ONCE).await.unwrap();
                if more.is_empty() {
                    break;
                }
                events.extend(more);
            }
            journals.insert(centre, events);
        }
        journal.close().await;
        Self(journals)
    }

    /// The version at which each centre stands.
    pub(crate) fn heads(&self) -> BTreeMap<String, u64> {
        let heads = self.0.iter();
        heads.map(|(centre, events)| (centre.to_string(), events.len() as u64)).collect()
    }

    /// The state that follows from a centre's events up to a version alone.
    pub(crate) fn folded_to(&self, centre: &CentreId, version: u64) -> CentreState {
        let mut state = CentreState::new(centre.clone());
        let events = self.0[centre].iter().take_while(|event| event.version <= version);
        events.for_each(|event| apply(&mut state, event));
        state
    }

    /// The versions of each command that a person made under a name, by centre and name.
    pub(crate) fn commands(&self) -> BTreeMap<(&str, &str), Vec<u64>> {
        let mut commands: BTreeMap<(&str, &str), Vec<u64>> = BTreeMap::new();
        for (centre, events) in &self.0 {
            for event in events {
                if let Some(command) = &event.provenance.command_id {
                    commands
                        .entry((centre.as_str(), command.as_str()))
                        .or_default()
                        .push(event.version);
                }
            }
        }
        commands
    }

    /// The numbers of a terminal's commands in the order in which they were recorded; a command of several events
    /// counts once.
    pub(crate) fn crew_numbers(&self) -> BTreeMap<String, Vec<u64>> {
        let mut numbers: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for event in self.0.values().flatten() {
            if let Origin::CrewTerminal { outbox, number, .. } = &event.provenance.origin {
                numbers.entry(outbox.to_string()).or_default().push(*number);
            }
        }
        numbers.values_mut().for_each(Vec::dedup);
        numbers
    }
}

impl Journals {
    /// How often each press of a terminal was recorded, by its name; what one press caused is recorded at one time.
    /// That it came again under another number is noted, and is no recording.
    pub(crate) fn presses(&self) -> BTreeMap<&CommandId, usize> {
        let mut recorded: BTreeMap<&CommandId, BTreeSet<_>> = BTreeMap::new();
        for (centre, events) in &self.0 {
            let presses = events.iter().filter(|event| !is_note_of_a_repeat(&event.event));
            for provenance in presses.map(|event| &event.provenance) {
                if let (Origin::CrewTerminal { .. }, Some(name)) =
                    (&provenance.origin, &provenance.command_id)
                {
                    recorded.entry(name).or_default().insert((centre, provenance.recorded_at));
                }
            }
        }
        recorded.into_iter().map(|(name, times)| (name, times.len())).collect()
    }
}

fn is_note_of_a_repeat(event: &Event) -> bool {
    matches!(event, Event::TerminalTroubleNoted { trouble: TerminalTrouble::PressRepeated, .. })
}

/// What the position history holds of one outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fixes {
    pub(crate) rows: u64,
    pub(crate) numbers: u64,
    pub(crate) highest: u64,
}

/// The position history, by outbox.
pub(crate) async fn fixes(database: &str) -> BTreeMap<String, Fixes> {
    let mut hand = postgres_options(database).unwrap().connect().await.unwrap();
    let rows = sqlx::query(
        "SELECT name, count(*), count(DISTINCT number), max(number)
         FROM fix JOIN outbox ON outbox.id = fix.outbox GROUP BY name",
    )
    .fetch_all(&mut hand)
    .await
    .unwrap();
    let number = |row: &sqlx::postgres::PgRow, at: usize| row.get::<i64, _>(at).cast_unsigned();
    rows.iter()
        .map(|row| {
            let (rows, numbers, highest) = (number(row, 1), number(row, 2), number(row, 3));
            (row.get(0), Fixes { rows, numbers, highest })
        })
        .collect()
}

/// Positions that are in the history more than once, as vehicle and time: the same place at the same time of one vehicle,
/// under whatever number.
pub(crate) async fn positions_twice(database: &str) -> Vec<(String, i64)> {
    let mut hand = postgres_options(database).unwrap().connect().await.unwrap();
    let rows = sqlx::query(
        "SELECT vehicle, fix_time FROM fix JOIN outbox ON outbox.id = fix.outbox
         GROUP BY vehicle, fix_time, ST_AsBinary(position) HAVING count(*) > 1",
    )
    .fetch_all(&mut hand)
    .await
    .unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

/// The times of an outbox's positions, in whole seconds.
pub(crate) async fn times_of(database: &str, outbox: &str) -> BTreeSet<i64> {
    let mut hand = postgres_options(database).unwrap().connect().await.unwrap();
    let sql = "SELECT fix_time FROM fix JOIN outbox ON outbox.id = fix.outbox WHERE name = $1";
    let rows = sqlx::query(sql).bind(outbox).fetch_all(&mut hand).await.unwrap();
    rows.iter().map(|row| row.get::<i64, _>(0).div_euclid(1_000)).collect()
}
