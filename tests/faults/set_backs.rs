//! The journal goes back under servers at work: its newest rows are removed, an older copy of the database takes its
//! place, or a stand-by that lacks the tail. What was acknowledged meanwhile is lost; what must hold is that it is
//! named, kept aside where a server lived on, and that nothing acknowledged afterwards is.

use crate::faults::{Fault, Killed, Way};
use crate::gear::{
    Acknowledged, Air, Book, Door, Journals, Person, Postgres, SERVERS, Site, in_time,
};
use dispatch_core::model::{CentreId, Event, Recorded, SetBack};
use dispatch_desk::database::postgres_options;
use sqlx::{ConnectOptions, Connection, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use tokio::task::block_in_place;
use tokio::time::sleep;

/// How long the stand-by is cut off before the database dies: the tail.
const TAIL: Duration = Duration::from_millis(400);
/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Every journal's head.
pub(crate) type Versions = BTreeMap<String, u64>;

/// A journal that went back.
#[derive(Debug)]
pub(crate) struct Happened {
    /// From this moment on nothing is recorded on the branch that is given up.
    at: Instant,
    /// Heads a moment before, and those that were left.
    before: Versions,
    kept: Versions,
    /// Servers that died with it.
    killed: Vec<usize>,
}

/// Has the journal go back when its time has come.
pub(crate) async fn happen(site: &Site, way: Way, fault: Fault, person: &Person) -> Happened {
    let copies = site.folder().join(format!("copy-{:08x}", rand::random::<u32>()));
    std::fs::create_dir(&copies).unwrap();
    match way {
        Way::OlderCopy => {
            let copy = block_in_place(|| site.postgres().copy(&copies));
            sleep(fault.lasts).await;
            let before = versions(&site.database()).await;
            kill_servers(site, fault);
            block_in_place(|| site.postgres().kill());
            let at = Instant::now();
            until_nobody_is_ready(person, fault).await;
            block_in_place(|| copy.start_again());
            take_its_place(site, fault, copy, at, before).await
        }
        Way::TailLost => {
            let primary = site.postgres().address;
            let replication = Door::to(primary).await;
            let standby = block_in_place(|| site.postgres().standby(&copies, replication.address));
            until_followed(&site.database()).await;
            sleep(fault.lasts).await;
            replication.set(Air::Cut);
            sleep(TAIL).await;
            let before = versions(&site.database()).await;
            kill_servers(site, fault);
            block_in_place(|| site.postgres().kill());
            let at = Instant::now();
            until_nobody_is_ready(person, fault).await;
            block_in_place(|| standby.promote());
            take_its_place(site, fault, standby, at, before).await
        }
        Way::RowsRemoved => remove_rows(site, fault).await,
    }
}

async fn take_its_place(
    site: &Site,
    fault: Fault,
    other: Postgres,
    at: Instant,
    before: Versions,
) -> Happened {
    let kept = versions(&Postgres::url(other.address)).await;
    site.replace_database(other);
    start_servers(site, fault);
    Happened { at, before, kept, killed: killed(fault) }
}

async fn remove_rows(site: &Site, fault: Fault) -> Happened {
    let kept = versions(&site.database()).await;
    sleep(fault.lasts).await;
    kill_servers(site, fault);
    let mut hand = postgres_options(&site.database()).unwrap().connect().await.unwrap();
    let mut tx = hand.begin().await.unwrap();
    for sql in
        ["LOCK TABLE event IN EXCLUSIVE MODE", "SET LOCAL session_replication_role = replica"]
    {
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
    }
    let before = heads(&mut tx).await;
    for (centre, version) in &kept {
        sqlx::query("DELETE FROM event WHERE centre = $1 AND version > $2")
            .bind(centre)
            .bind(version.cast_signed())
            .execute(&mut *tx)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    let at = Instant::now();
    hand.close().await.unwrap();
    start_servers(site, fault);
    Happened { at, before, kept, killed: killed(fault) }
}

pub(crate) async fn versions(database: &str) -> Versions {
    let mut hand = postgres_options(database).unwrap().connect().await.unwrap();
    let versions = heads(&mut hand).await;
    hand.close().await.unwrap();
    versions
}

async fn heads(hand: &mut sqlx::PgConnection) -> Versions {
    let sql = "SELECT centre, max(version) FROM event GROUP BY centre";
    let rows = sqlx::query(sql).fetch_all(hand).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get::<i64, _>(1).cast_unsigned())).collect()
}

pub(crate) async fn until_followed(database: &str) {
    let mut hand = postgres_options(database).unwrap().connect().await.unwrap();
    let followed = async {
        let state = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'";
        while sqlx::query_scalar::<_, i64>(state).fetch_one(&mut hand).await.unwrap() == 0 {
            sleep(LOOK_EVERY).await;
        }
    };
    in_time("the standby to follow", followed).await;
    hand.close().await.unwrap();
}

fn killed(fault: Fault) -> Vec<usize> {
    match fault.killed {
        Killed::Nobody => Vec::new(),
        Killed::One => vec![fault.server],
        Killed::All => (0..SERVERS).collect(),
    }
}

fn kill_servers(site: &Site, fault: Fault) {
    killed(fault).into_iter().for_each(|server| site.server(server, |program| program.kill()));
}

fn start_servers(site: &Site, fault: Fault) {
    for server in killed(fault) {
        site.server(server, |program| program.start_again());
    }
}

/// A database that is dead shows at every server that lives.
async fn until_nobody_is_ready(person: &Person, fault: Fault) {
    let dead = killed(fault);
    for server in (0..SERVERS).filter(|server| !dead.contains(server)) {
        let told = async {
            while person.readiness(server).await.0 {
                sleep(LOOK_EVERY).await;
            }
        };
        in_time(&format!("server {server} to say that it records nothing"), told).await;
    }
}

/// Every server says that it is ready.
pub(crate) async fn until_all_are_ready(person: &Person) {
    for server in 0..SERVERS {
        let told = async {
            while !person.readiness(server).await.0 {
                sleep(LOOK_EVERY).await;
            }
        };
        in_time(&format!("server {server} to be ready"), told).await;
    }
}

/// What is known of all that went back, beside the journals as they are in the end.
pub(crate) struct SetBacks<'a> {
    happened: &'a [Happened],
    /// The recorded set-backs of each centre, with the version of the record.
    recorded: BTreeMap<&'a str, Vec<(u64, &'a SetBack)>>,
    kept_aside: String,
    /// Acknowledged commands that were lost, each of them named.
    pub(crate) lost: u64,
}

impl<'a> SetBacks<'a> {
    pub(crate) fn seen(
        journals: &'a Journals,
        happened: &'a [Happened],
        kept_aside: String,
    ) -> Self {
        let set_back = |event: &'a Recorded| {
            let Event::JournalSetBack { set_back } = &event.event else { return None };
            Some((event.version, set_back))
        };
        let of_centre = |(centre, events): (&'a CentreId, &'a Vec<Recorded>)| {
            (centre.as_str(), events.iter().filter_map(set_back).collect())
        };
        let recorded = journals.0.iter().map(of_centre).collect();
        Self { happened, recorded, kept_aside, lost: 0 }
    }

    /// An acknowledged command is not in the journal: it was made before the journal went back, its version is named as
    /// lost there, and a server that lived on has kept it, unless the one that acknowledged it died before any other had
    /// read it.
    pub(crate) fn account_for(&mut self, command: &Acknowledged) {
        let Acknowledged { command_id, centre, version, server, .. } = command;
        let after = self.happened.iter().find(|happened| happened.at > command.tried_at);
        let after =
            after.unwrap_or_else(|| panic!("{command_id}, acknowledged afterwards, was lost"));
        let recorded = self.of(centre, after);
        let is_lost = |version: &u64| {
            recorded.iter().any(|it| (it.to_version + 1..=it.from_version).contains(version))
        };
        assert!(
            is_lost(version),
            "{command_id} ({centre} {version}) was lost and is not named: {recorded:?} {after:?}"
        );
        let is_kept = self.kept_aside.contains(&format!("\\\"{command_id}\\\""));
        let died_with_it = || {
            let read = self.kept_versions(centre).filter(is_lost).max();
            after.killed.contains(server) && read.is_none_or(|read| *version > read)
        };
        assert!(
            is_kept || after.killed.len() == SERVERS || died_with_it(),
            "{command_id} ({centre} {version}, by {server}) is kept by nobody: {after:?}"
        );
        self.lost += 1;
    }

    /// Versions of a centre's lost events that servers keep.
    fn kept_versions(&self, centre: &str) -> impl Iterator<Item = u64> {
        let events = self.kept_aside.lines().map(|line| serde_json::from_str(line).unwrap());
        let of_centre = move |event: &serde_json::Value| event["centre"] == *centre;
        events.filter(of_centre).map(|event| event["version"].as_u64().unwrap())
    }

    /// Each time the journal went back it is written down at each centre that lost something, and a second server
    /// adds to it only what it knows beyond the first.
    pub(crate) fn are_written_down(&self) {
        for happened in self.happened {
            for (centre, before) in &happened.before {
                let kept = happened.kept.get(centre).copied().unwrap_or(0);
                let recorded = self.of(centre, happened);
                if *before > kept {
                    assert!(!recorded.is_empty(), "{centre} lost events: {happened:?}");
                }
                let once = recorded.iter().all(|it| it.incarnation == recorded[0].incarnation);
                assert!(once, "{centre} counts one set-back as several: {recorded:?}");
                let from = recorded.iter().map(|set_back| set_back.from_version);
                assert!(from.is_sorted_by(|one, next| one < next), "{centre}: {recorded:?}");
                let holds = |set_back: &&SetBack| set_back.to_version <= kept;
                assert!(recorded.iter().all(holds), "{centre}: {recorded:?} {happened:?}");
            }
        }
    }

    /// What is recorded of one time at a centre: after what was left then, and before what was left the next time.
    fn of(&self, centre: &str, happened: &Happened) -> Vec<&'a SetBack> {
        let kept = |it: &Happened| it.kept.get(centre).copied().unwrap_or(0);
        let next = self.happened.iter().find(|other| other.at > happened.at).map(kept);
        let is_of_it =
            |version: u64| version > kept(happened) && next.is_none_or(|next| version <= next);
        let recorded = self.recorded.get(centre).into_iter().flatten();
        recorded.filter(|(version, _)| is_of_it(*version)).map(|(_, it)| *it).collect()
    }
}

/// No incident's number was ever given twice, on whichever branch.
pub(crate) fn numbers_are_given_once(books: &[Book]) {
    let mut given: BTreeSet<&str> = BTreeSet::new();
    for command in books.iter().flat_map(|book| &book.acknowledged) {
        if let Some(incident) = &command.incident {
            assert!(
                given.insert(incident),
                "{incident} was given twice, the second time by {}",
                command.command_id
            );
        }
    }
}
