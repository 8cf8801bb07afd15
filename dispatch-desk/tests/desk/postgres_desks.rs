//! Several servers over one PostgreSQL, as their dispatchers notice it.

use crate::journal_support::{
    NOON, call, centre, enrolled, envelope, fleet, incident_of, note, rejection, send,
};
use crate::postgres_support::cluster::Cluster;
use crate::postgres_support::{Database, execute, reach};
use dispatch_core::Rules;
use dispatch_core::model::*;
use dispatch_desk::clock::Clock;
use dispatch_desk::database::postgres_defaults;
use dispatch_desk::desk::{CommandError, Desk};
use dispatch_desk::health::Health;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::{Append, AppendError, Head, Journal, verify};
use dispatch_desk::wakeups::Wakeups;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

/// A server's desk, following the others.
struct Server {
    desk: Desk,
    journal: Arc<PostgresJournal>,
    _running: [AbortOnDropHandle<()>; 3],
}

impl Server {
    async fn start(options: &PgConnectOptions) -> Self {
        let journal = Arc::new(PostgresJournal::open(options.clone()).await.unwrap());
        let centres = vec![centre("east"), centre("west")];
        let (desk, task) =
            Desk::open(journal.clone(), Rules::default(), centres, Clock::by_hand(NOON))
                .await
                .unwrap();
        let stop = CancellationToken::new();
        let running = tokio::spawn(task.run(stop.clone()));
        let wakeups = Wakeups::default();
        let following = tokio::spawn(desk.clone().follow(wakeups.clone(), stop.clone()));
        let listening = tokio::spawn(wakeups.run(journal.clone(), stop));
        let _running = [running, following, listening].map(AbortOnDropHandle::new);
        Self { desk, journal, _running }
    }

    fn version(&self) -> u64 {
        self.desk.read(&centre("east"), |state| state.version).unwrap()
    }

    async fn assert_whole(&self) {
        let report = verify(&*self.journal).await.unwrap();
        assert!(report.is_clean(), "{report}");
    }
}

/// Sends E-1 and E-2 out and calls them back, over and over; gives the versions acknowledged.
async fn work(desk: Desk, name: &'static str) -> BTreeSet<u64> {
    let mut versions = BTreeSet::new();
    for round in 0..12 {
        let vehicle = if round % 2 == 0 { "E-1" } else { "E-2" };
        let call = desk.execute(call("east", &format!("{name}-{round}-call"))).await.unwrap();
        let incident = incident_of(&call);
        versions.extend(call.events.iter().map(|event| event.version));
        match desk.execute(send("east", &format!("{name}-{round}-go"), &incident, vehicle)).await {
            Ok(sent) => versions.extend(sent.events.iter().map(|event| event.version)),
            Err(CommandError::Rejected(Rejection::VehicleOnTask { .. })) => {}
            Err(other) => panic!("{other}"),
        }
        let reason = CancelReason::CallerCancelled.into();
        let cancelled = desk
            .execute(envelope(
                "east",
                "",
                Command::CancelIncident { incident, reason, confirmed: false },
            ))
            .await
            .unwrap();
        versions.extend(cancelled.events.iter().map(|event| event.version));
    }
    versions
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_busy_servers_share_the_numbers_without_gap_or_double_and_end_equal() {
    let database = Database::fresh().await;
    let [a, b, c] = [
        Server::start(&database.options).await,
        Server::start(&database.options).await,
        Server::start(&database.options).await,
    ];
    a.desk.enrol(fleet()).await.unwrap();
    let (first, second, third) = tokio::join!(
        tokio::spawn(work(a.desk.clone(), "a")),
        tokio::spawn(work(b.desk.clone(), "b")),
        tokio::spawn(work(c.desk.clone(), "c"))
    );
    let acknowledged = [first.unwrap(), second.unwrap(), third.unwrap()];
    let all: BTreeSet<u64> = acknowledged.iter().flatten().copied().collect();
    assert_eq!(all.len(), acknowledged.iter().map(BTreeSet::len).sum::<usize>(), "none twice");
    let last = *all.last().unwrap();
    assert_eq!(all, (all.first().copied().unwrap()..=last).collect(), "no number is missing");
    // The fold of `verify` asserts that no vehicle was ever on two tasks.
    a.assert_whole().await;

    let state = a.desk.read_all(Clone::clone);
    for server in [&a, &b, &c] {
        until(server, last).await;
    }
    let truth = [&a, &b, &c].map(|server| server.desk.read_all(Clone::clone));
    assert!(truth.iter().all(|other| *other == truth[0]), "all fold to the same state");
    assert!(state.len() == 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_servers_under_load_record_every_call_once() {
    let database = Database::fresh().await;
    let servers = [
        Server::start(&database.options).await,
        Server::start(&database.options).await,
        Server::start(&database.options).await,
    ];
    servers[0].desk.enrol(fleet()).await.unwrap();
    let mut callers = tokio::task::JoinSet::new();
    for n in 0..48 {
        let desk = servers[n % 3].desk.clone();
        callers.spawn(async move {
            for round in 0..8 {
                desk.execute(call("east", &format!("{n}-{round}"))).await.unwrap();
            }
        });
    }
    callers.join_all().await;
    servers[0].assert_whole().await;
    let calls: i64 =
        sqlx::query_scalar("SELECT count(*) FROM event WHERE kind = 'incident_opened'")
            .fetch_one(&mut database.hand().await)
            .await
            .unwrap();
    assert_eq!(calls, 48 * 8, "every call is there once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_that_start_together_enrol_each_vehicle_once_and_refuse_nothing() {
    let database = Database::fresh().await;
    let here = Server::start(&database.options).await;
    let there = Server::start(&database.options).await;
    let (one, other) = tokio::join!(here.desk.enrol(fleet()), there.desk.enrol(fleet()));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!(one.enrolled + other.enrolled, 3);
    assert!(one.refused.is_empty() && other.refused.is_empty());
}

#[tokio::test]
async fn whoever_has_the_turn_appends_first_whoever_came_meanwhile() {
    let database = Database::fresh().await;
    let (slow, fast) = (database.journal().await, database.journal().await);
    let east = centre("east");
    let events = crate::journal_support::stored(&mut Head::empty(&east), &east, 1);
    slow.take_turn().await.unwrap();
    let (other_east, other_events) = (east.clone(), events.clone());
    let overtaking = tokio::spawn(async move {
        fast.append(&[Append {
            centre: &other_east,
            after: Head::empty(&other_east),
            events: &other_events,
        }])
        .await
    });
    let mut hand = database.hand().await;
    let waits =
        "SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = database
                 WHERE locktype = 'advisory' AND NOT granted AND datname = current_database())";
    while !sqlx::query_scalar::<_, bool>(waits).fetch_one(&mut hand).await.unwrap() {
        assert!(!overtaking.is_finished(), "it did not wait for the turn to end");
    }
    slow.append(&[Append { centre: &east, after: Head::empty(&east), events: &events }])
        .await
        .unwrap();
    let told = overtaking.await.unwrap();
    assert_eq!(
        told,
        Err(AppendError::Conflict {
            centre: east.clone(),
            actual: crate::journal_support::head_at(&events[0])
        })
    );
}

#[tokio::test]
async fn an_append_costs_the_same_however_long_the_journal_is() {
    let database = Database::fresh().await;
    let journal = database.journal().await;
    let east = centre("east");
    let mut head = Head::empty(&east);
    let events = crate::journal_support::stored(&mut head, &east, 4_000);
    journal
        .append(&[Append { centre: &east, after: Head::empty(&east), events: &events }])
        .await
        .unwrap();
    let read_through = "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'event'";
    let mut hand = database.hand().await;
    execute(&mut hand, "SELECT pg_stat_reset()").await;
    // Without statistics, as a journal is that has grown since they were last taken.
    for _ in 0..20 {
        let after = head;
        let next = crate::journal_support::stored(&mut head, &east, 2);
        journal.append(&[Append { centre: &east, after, events: &next }]).await.unwrap();
        assert_eq!(journal.read(&east, after.version, 10).await.unwrap(), next);
    }
    journal.close().await;
    // Each connection has told what it read by the time it is gone.
    let others = "SELECT count(*) FROM pg_stat_activity
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    while sqlx::query_scalar::<_, i64>(others).fetch_one(&mut hand).await.unwrap() > 0 {}
    let read: i64 = sqlx::query_scalar(read_through).fetch_one(&mut hand).await.unwrap();
    assert_eq!(read, 0, "events read one after the other");
}

#[tokio::test]
async fn one_who_takes_a_turn_and_freezes_holds_nobody_up_for_long() {
    let database = Database::fresh().await;
    let frozen = database.journal().await;
    let server = Server::start(&database.options).await;
    frozen.take_turn().await.unwrap();
    server.desk.enrol(fleet()).await.unwrap();
    server.desk.execute(call("east", "")).await.unwrap();
    server.assert_whole().await;
}

/// Waits until a server shows a version, by its feed.
async fn until(server: &Server, version: u64) {
    let mut feed = server.desk.committed();
    while server.version() < version {
        feed.recv().await.unwrap();
    }
}

#[tokio::test]
async fn an_command_at_one_server_appears_at_the_other_without_a_command_of_its_own() {
    let database = Database::fresh().await;
    let here = Server::start(&database.options).await;
    let there = Server::start(&database.options).await;
    let mut told = there.desk.committed();
    here.desk.enrol(fleet()).await.unwrap();
    let done = here.desk.execute(call("east", "a-1")).await.unwrap();
    until(&there, done.version).await;
    let first = told.recv().await.unwrap();
    assert_eq!(first.events[0].version, 1, "the feed tells all of it, in order");
    let incident = incident_of(&done);
    let repeat = there.desk.execute(call("east", "a-1")).await.unwrap();
    assert!(repeat.already_recorded);
    there.desk.execute(send("east", "", &incident, "E-1")).await.unwrap();
    assert_eq!(
        rejection(here.desk.execute(send("east", "", &incident, "E-1")).await),
        "already_on_incident"
    );
}

#[tokio::test]
async fn a_lost_notification_costs_delay_and_nothing_else() {
    let database = Database::fresh().await;
    let there = Server::start(&database.options).await;
    there.desk.enrol(fleet()).await.unwrap();
    let before = there.version();
    // Somebody who writes but never tells, as a server that dies right after its commit.
    let east = centre("east");
    let mut head = Head::empty(&east);
    let rows = there.journal.read(&east, 0, 100).await.unwrap();
    let last = rows.last().unwrap();
    (head.version, head.hash) = (last.version, last.hash);
    let silent = head.extend(&east, &enrolled(before + 1, "E-9"));
    let mut hand = database.hand().await;
    sqlx::query(
        "INSERT INTO event (centre, version, recorded_at, made_at, kind, schema, body, hash)
         VALUES ('east', $1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(silent.version.cast_signed())
    .bind(silent.recorded_at.0)
    .bind(silent.made_at.0)
    .bind(&silent.kind)
    .bind(i32::from(silent.schema))
    .bind(&silent.body)
    .bind(silent.hash.as_slice())
    .execute(&mut hand)
    .await
    .unwrap();
    until(&there, before + 1).await;
    assert_eq!(there.desk.centre_of_vehicle(&"E-9".into()), Some(east));
}

#[tokio::test]
async fn a_dead_database_records_nothing_and_all_comes_back_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    // Outside users must be able to reach the socket inside the test's own folder.
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let cluster = tokio::task::spawn_blocking(move || Cluster::own(&path, "")).await.unwrap();
    let options = reach(&cluster, "postgres");
    let here = Server::start(&options).await;
    let there = Server::start(&options).await;
    here.desk.enrol(fleet()).await.unwrap();
    let incident = incident_of(&here.desk.execute(call("east", "")).await.unwrap());
    let mut health = here.desk.health();
    let acknowledged = here.version();

    cluster.stop_at_once();
    let answer = here.desk.execute(send("east", "go", &incident, "E-1")).await;
    assert!(matches!(answer, Err(CommandError::NotRecorded(_))), "{answer:?}");
    assert_ne!(*health.borrow_and_update(), Health::Working);
    assert_eq!(here.version(), acknowledged, "what is durable stays readable");
    // Where nobody gives commands, dispatchers are told all the same.
    let mut elsewhere = there.desk.health();
    elsewhere.wait_for(|health| *health != Health::Working).await.unwrap();

    cluster.start();
    elsewhere.wait_for(|health| *health == Health::Working).await.unwrap();
    health.wait_for(|health| *health == Health::Working).await.unwrap();
    let sent = here.desk.execute(send("east", "go", &incident, "E-1")).await.unwrap();
    assert!(!sent.already_recorded);
    until(&there, sent.version).await;
    here.assert_whole().await;
}

#[tokio::test]
async fn the_table_itself_refuses_changes_and_tampering_shows() {
    let database = Database::fresh().await;
    let server = Server::start(&database.options).await;
    server.desk.enrol(fleet()).await.unwrap();
    let incident = incident_of(&server.desk.execute(call("east", "")).await.unwrap());
    server.desk.execute(note("east", "", &incident, "门禁 4 号")).await.unwrap();
    let mut hand = database.hand().await;
    for sql in ["UPDATE event SET kind = 'x'", "DELETE FROM event", "TRUNCATE event"] {
        let refused = sqlx::query(sql).execute(&mut hand).await.unwrap_err().to_string();
        assert!(refused.contains("an event is never"), "{refused}");
    }
    server.assert_whole().await;

    execute(&mut hand, "DROP TRIGGER event_is_never_changed ON event").await;
    execute(&mut hand, "UPDATE event SET body = replace(body, '门禁 4 号', '门禁 5 号')").await;
    let findings = verify(&*server.journal).await.unwrap().findings;
    let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let version = server.version();
    assert_eq!(
        findings,
        [format!(
            "east version {version}: its hash does not fit: it or the event before was changed."
        )]
    );
}

#[tokio::test]
async fn a_server_of_this_release_works_on_while_the_tables_become_those_of_the_next() {
    let database = Database::fresh().await;
    let server = Server::start(&database.options).await;
    server.desk.enrol(fleet()).await.unwrap();
    let before = server.version();
    execute(&mut database.hand().await, include_str!("../support/postgres/next_release.sql")).await;
    let called = server.desk.execute(call("east", "")).await.unwrap();
    server.desk.execute(send("east", "", &incident_of(&called), "E-1")).await.unwrap();
    server.assert_whole().await;
    let seen: i64 = sqlx::query_scalar("SELECT count(*) FROM next_seen WHERE centre = 'east'")
        .fetch_one(&mut database.hand().await)
        .await
        .unwrap();
    assert_eq!(seen.cast_unsigned(), server.version() - before, "the next release's trigger works");
    // A server that starts only now finds the same.
    let later = Server::start(&database.options).await;
    assert_eq!(later.desk.read_all(Clone::clone), server.desk.read_all(Clone::clone));
}

#[tokio::test]
async fn a_default_that_lowers_durability_is_raised_again() {
    let database = Database::fresh().await;
    let mut hand = database.hand().await;
    let name: String =
        sqlx::query_scalar("SELECT current_database()").fetch_one(&mut hand).await.unwrap();
    execute(&mut hand, &format!("ALTER DATABASE {name} SET synchronous_commit = off")).await;
    let lowered = postgres_defaults(database.options.clone()).connect().await.unwrap();
    drop(lowered);
    let server = Server::start(&database.options).await;
    execute(
        &mut hand,
        "CREATE TABLE seen (setting text);
         CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
             INSERT INTO seen VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
         CREATE TRIGGER look AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION look()",
    )
    .await;
    server.desk.enrol(fleet()).await.unwrap();
    let seen: Vec<String> =
        sqlx::query_scalar(AssertSqlSafe("SELECT DISTINCT setting FROM seen".to_owned()))
            .fetch_all(&mut hand)
            .await
            .unwrap();
    assert_eq!(seen, ["on"]);
}
