//! The shared journal goes back under several servers: an older copy in the database's place, a stand-by promoted
//! without its last events, rows removed. With no server restarted, one, all, or all killed: nobody is refused for
//! ever, all show the same afterwards, and it is written down once.

#![expect(clippy::wildcard_enum_match_arm, reason = "one kind of event is looked for among all")]

use crate::journal_support::{NOON, call, centre, fleet, incident_of, open_incident, stored};
use crate::postgres_support::cluster::Cluster;
use crate::postgres_support::{Database, execute, reach};
use dispatch_core::model::*;
use dispatch_core::{CentreState, Rules};
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::{CommandError, Desk};
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::{Head, Journal, JournalKey, Witness, verify};
use dispatch_desk::wakeups::Wakeups;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// Which servers end before the journal is seen again, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Restarted {
    None,
    One,
    All,
    AllKilled,
}

struct Server {
    desk: Desk,
    journal: Arc<PostgresJournal>,
    stop: CancellationToken,
    task: AbortOnDropHandle<()>,
    _following: [AbortOnDropHandle<()>; 2],
}

impl Server {
    async fn start(options: &PgConnectOptions, data: &Path) -> Self {
        std::fs::create_dir_all(data).unwrap();
        let journal = Arc::new(PostgresJournal::open(options.clone()).await.unwrap());
        let key = JournalKey::open(&data.with_file_name("journal.key")).unwrap();
        let witness = Witness::open(data, key).unwrap();
        let centres = vec![centre("east"), centre("west")];
        let clock = Clock::by_hand(NOON);
        let (desk, task) =
            Desk::open_with(journal.clone(), witness, Rules::default(), centres, clock)
                .await
                .unwrap();
        let stop = CancellationToken::new();
        let task = AbortOnDropHandle::new(tokio::spawn(task.run(stop.clone())));
        let wakeups = Wakeups::default();
        let following = tokio::spawn(desk.clone().follow(wakeups.clone(), stop.clone()));
        let listening = tokio::spawn(wakeups.run(journal.clone(), stop.clone()));
        let _following = [following, listening].map(AbortOnDropHandle::new);
        Self { desk, journal, stop, task, _following }
    }

    fn version(&self) -> u64 {
        self.desk.read(&centre("east"), |state| state.version).unwrap()
    }

    /// What it shows of every centre, also of those at which nobody gives commands: their events are read on their own.
    fn versions(&self) -> BTreeMap<CentreId, u64> {
        let version = |(centre, state): (&CentreId, &CentreState)| (centre.clone(), state.version);
        self.desk.read_all(|states| states.iter().map(version).collect())
    }

    /// Waits until it shows of every centre at least this much.
    async fn until_it_shows(&self, versions: &BTreeMap<CentreId, u64>) {
        let mut feed = self.desk.committed();
        while self.versions().iter().any(|(centre, shown)| *shown < versions[centre]) {
            feed.recv().await.unwrap();
        }
    }

    async fn until_set_back(&self) {
        self.desk.set_backs().wait_for(|told| told.contains_key(&centre("east"))).await.unwrap();
    }

    /// As a load balancer and a patient person do: again until it is recorded.
    async fn execute_until_recorded(&self, command_id: &str) -> IncidentId {
        loop {
            if let Ok(done) = self.desk.execute(call("east", command_id)).await {
                assert!(!done.already_recorded);
                return incident_of(&done);
            }
        }
    }
}

/// Three servers, each with a data folder of its own.
struct Province {
    options: PgConnectOptions,
    folder: tempfile::TempDir,
    servers: Vec<Server>,
}

impl Province {
    async fn found(options: PgConnectOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut province = Self { options, folder, servers: Vec::new() };
        for n in 0..3 {
            province.servers.push(Server::start(&province.options, &province.data(n)).await);
        }
        province.servers[0].desk.enrol(fleet()).await.unwrap();
        for _ in 0..3 {
            open_incident(&province.servers[0].desk, "east").await;
        }
        province.until_all_show_the_same().await;
        province
    }

    fn data(&self, n: usize) -> PathBuf {
        self.folder.path().join(format!("server-{n}"))
    }

    /// Waits until every server shows what any of them shows now.
    async fn until_all_show_the_same(&self) {
        let mut newest = BTreeMap::new();
        for (centre, version) in self.servers.iter().flat_map(Server::versions) {
            let known = newest.entry(centre).or_insert(version);
            *known = version.max(*known);
        }
        for server in &self.servers {
            server.until_it_shows(&newest).await;
        }
    }

    /// Commands that will be lost, at different servers; gives the incidents and the version.
    async fn lose(&self) -> (BTreeSet<IncidentId>, u64) {
        let mut lost = BTreeSet::new();
        for (n, server) in self.servers.iter().enumerate() {
            lost.insert(server.execute_until_recorded(&format!("lost-{n}")).await);
        }
        self.until_all_show_the_same().await;
        (lost, self.servers[2].version())
    }

    async fn end(&mut self, restarted: Restarted) -> usize {
        let ending = match restarted {
            Restarted::None => 0,
            Restarted::One => 1,
            Restarted::All | Restarted::AllKilled => 3,
        };
        for server in self.servers.drain(..ending) {
            if restarted == Restarted::AllKilled {
                server.task.abort();
            } else {
                server.stop.cancel();
                server.task.await.unwrap();
            }
            server.journal.close().await;
        }
        ending
    }

    async fn begin_again(&mut self, ended: usize) {
        for n in 0..ended {
            let server = Server::start(&self.options, &self.data(n)).await;
            self.servers.push(server);
        }
    }

    /// What must hold whatever happened to the journal.
    async fn assert_recovers(&self, lost: &BTreeSet<IncidentId>, from: u64, to: u64) {
        let mut opened = BTreeSet::new();
        for (n, server) in self.servers.iter().enumerate() {
            opened.insert(server.execute_until_recorded(&format!("new-{n}")).await);
        }
        assert_eq!(opened.len(), 3);
        assert!(opened.is_disjoint(lost), "{opened:?}");
        for server in &self.servers {
            server.until_set_back().await;
        }
        self.until_all_show_the_same().await;
        let shown: Vec<_> = self.servers.iter().map(|it| it.desk.read_all(Clone::clone)).collect();
        assert!(shown.iter().all(|other| *other == shown[0]), "all show the same");
        let east = &shown[0][&centre("east")];
        assert!(opened.iter().all(|new| east.incidents.contains_key(new)));
        assert!(lost.iter().all(|gone| !east.incidents.contains_key(gone)));
        let report = verify(&*self.servers[0].journal).await.unwrap();
        assert!(report.is_clean(), "{report}");
        let events = self.servers[0].desk.events(&centre("east"), 0, 1_000).await.unwrap();
        let set_backs: Vec<SetBack> = events
            .into_iter()
            .filter_map(|it| match it.event {
                Event::JournalSetBack { set_back } => Some(set_back),
                _ => None,
            })
            .collect();
        assert_eq!(set_backs.len(), 1, "once, whoever noticed: {set_backs:?}");
        assert_eq!((set_backs[0].from_version, set_backs[0].to_version), (from, to));
    }
}

async fn remove_after(options: &PgConnectOptions, version: u64) {
    let mut hand = sqlx::postgres::PgConnection::connect_with(options).await.unwrap();
    let sql = format!(
        "BEGIN; SET LOCAL session_replication_role = replica;
         DELETE FROM event WHERE centre = 'east' AND version > {version}; COMMIT"
    );
    execute(&mut hand, &sql).await;
}

async fn rows_are_removed(restarted: Restarted) {
    let database = Database::fresh().await;
    let mut province = Province::found(database.options.clone()).await;
    let kept = province.servers[0].version();
    let (lost, from) = province.lose().await;
    let ended = province.end(restarted).await;
    remove_after(&database.options, kept).await;
    province.begin_again(ended).await;
    province.assert_recovers(&lost, from, kept).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_rows_with_no_server_restarted() {
    rows_are_removed(Restarted::None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_rows_with_one_server_restarted() {
    rows_are_removed(Restarted::One).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_rows_with_all_servers_restarted() {
    rows_are_removed(Restarted::All).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_rows_with_all_servers_killed() {
    rows_are_removed(Restarted::AllKilled).await;
}

/// A PostgreSQL of the test's own, in a folder that its user can reach.
/// The guards of the table of events, which a dump brings back last.
const GUARDS: &str =
    "CREATE TRIGGER event_follows AFTER INSERT ON event REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION event_follows();
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION event_is_never_changed()";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dump_put_back_under_running_servers() {
    let database = Database::fresh().await;
    let province = Province::found(database.options.clone()).await;
    let kept = province.servers[0].version();
    let mut hand = database.hand().await;
    execute(&mut hand, "CREATE TABLE dump AS SELECT * FROM event").await;
    let (lost, from) = province.lose().await;
    let shown = province.servers[0].versions();
    for step in [
        "BEGIN; DROP TABLE event; CREATE TABLE event (LIKE dump); COMMIT",
        "INSERT INTO event SELECT * FROM dump",
        "ALTER TABLE event ADD PRIMARY KEY (centre, version)",
    ] {
        execute(&mut hand, step).await;
        for server in &province.servers {
            let answer = server.desk.execute(call("east", "")).await;
            assert!(matches!(answer, Err(CommandError::NotRecorded(_))), "{step}: {answer:?}");
            assert_eq!(server.versions(), shown, "{step}: what is half there is not shown");
        }
    }
    execute(&mut hand, GUARDS).await;
    province.assert_recovers(&lost, from, kept).await;
}

async fn own_cluster(folder: &Path) -> Cluster {
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || Cluster::own(&folder, "")).await.unwrap()
}

/// The whole data folder of an hour ago is put back while servers run; or they end before it.
async fn an_older_copy_is_put_back(restarted: Restarted) {
    let folder = tempfile::tempdir().unwrap();
    let cluster = own_cluster(folder.path()).await;
    let mut province = Province::found(reach(&cluster, "postgres")).await;
    let kept = province.servers[0].version();
    cluster.stop_at_once();
    cluster.copy_data("older");
    cluster.start();
    for server in &province.servers {
        let mut health = server.desk.health();
        let works = dispatch_desk::health::Health::Working;
        health.wait_for(|health| *health == works).await.unwrap();
    }
    province.servers[0].execute_until_recorded("after the copy").await;
    let (mut lost, from) = province.lose().await;
    lost.insert("east-4".into());
    let ended = province.end(restarted).await;
    cluster.stop_at_once();
    cluster.put_data_back("older");
    cluster.start();
    province.begin_again(ended).await;
    province.assert_recovers(&lost, from, kept).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_with_no_server_restarted() {
    an_older_copy_is_put_back(Restarted::None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_with_one_server_restarted() {
    an_older_copy_is_put_back(Restarted::One).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_with_all_servers_restarted() {
    an_older_copy_is_put_back(Restarted::All).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_older_copy_with_all_servers_killed() {
    an_older_copy_is_put_back(Restarted::AllKilled).await;
}

/// A server of the release before this one says it as ever: the table itself refuses what does not follow.
#[tokio::test]
async fn an_older_release_cannot_fork_the_journal_either() {
    let database = Database::fresh().await;
    let journal = database.journal().await;
    let east = centre("east");
    let mut head = Head::empty(&east);
    let first = stored(&mut head, &east, 2);
    journal
        .append(&[crate::journal_support::append(&east, Head::empty(&east), &first)])
        .await
        .unwrap();
    let mut elsewhere = Head { version: 2, hash: [9; 32] };
    let fork = stored(&mut elsewhere, &east, 1);
    let says = include_str!("../previous_release.sql");
    let insert = says.lines().find(|line| line.contains("INSERT INTO event")).unwrap();
    let mut hand = database.hand().await;
    let tried = async |event: &dispatch_desk::journal::StoredEvent,
                       hand: &mut sqlx::PgConnection| {
        sqlx::query(AssertSqlSafe(insert.trim_end_matches(';').to_owned()))
            .bind(vec!["east"])
            .bind(vec![event.version.cast_signed()])
            .bind(vec![event.recorded_at.0])
            .bind(vec![event.made_at.0])
            .bind(vec![event.kind.clone()])
            .bind(vec![i32::from(event.schema)])
            .bind(vec![event.body.clone()])
            .bind(vec![event.hash.to_vec()])
            .bind(1_i64)
            .execute(hand)
            .await
    };
    let refused = tried(&fork[0], &mut hand).await.unwrap_err();
    assert!(refused.as_database_error().unwrap().is_check_violation(), "{refused}");
    let next = stored(&mut head, &east, 1);
    tried(&next[0], &mut hand).await.unwrap();
    let mut wrong = stored(&mut head.clone(), &east, 1);
    wrong[0].body = wrong[0].body.replace("V-4", "V-5");
    let refused = tried(&wrong[0], &mut hand).await.unwrap_err();
    assert!(refused.as_database_error().unwrap().is_check_violation(), "{refused}");
}

#[tokio::test]
async fn heads_are_found_without_reading_the_journal_through() {
    let database = Database::fresh().await;
    let journal = database.journal().await;
    let mut expected = Vec::new();
    for (name, events) in [("east", 2), ("north", 3), ("west", 1)] {
        let centre = centre(name);
        let mut head = Head::empty(&centre);
        let rows = stored(&mut head, &centre, events);
        let append = crate::journal_support::append(&centre, Head::empty(&centre), &rows);
        journal.append(&[append]).await.unwrap();
        expected.push((centre, head));
    }
    assert_eq!(journal.heads().await.unwrap().into_iter().collect::<Vec<_>>(), expected);
}
