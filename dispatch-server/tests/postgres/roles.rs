//! `deploy/postgres-roles.sql` on a database installed as docs/operations.md says: the servers' role goes on reading
//! and adding events, and can no longer change one, remove one, or lift the guards that refuse it.

use crate::journal_support::{append, centre, stored};
use crate::postgres_support::{Database, cluster, execute};
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::{Head, Journal, verify};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions};
use std::path::Path;
use std::process::Command;

/// PostgreSQL's word for a right that one does not have.
const NO_RIGHT: &str = "42501";
const CHECK_VIOLATION: &str = "23514";

/// What a hand that has the servers' role may try: none of it may be allowed.
const ATTEMPTS: [&str; 23] = [
    "UPDATE event SET body = '{}'",
    "DELETE FROM event",
    "TRUNCATE event",
    "TRUNCATE event CASCADE",
    "DROP TABLE event CASCADE",
    "DROP TRIGGER event_is_never_changed ON event",
    "DROP TRIGGER event_follows ON event",
    "ALTER TABLE event DISABLE TRIGGER ALL",
    "ALTER TABLE event RENAME TO event_of_yesterday",
    "CREATE RULE none AS ON INSERT TO event DO INSTEAD NOTHING",
    "CREATE TRIGGER mine BEFORE INSERT ON event FOR EACH STATEMENT \
     EXECUTE FUNCTION event_is_never_changed()",
    "DROP FUNCTION event_follows() CASCADE",
    "CREATE OR REPLACE FUNCTION event_is_never_changed() RETURNS trigger LANGUAGE plpgsql \
     AS 'BEGIN RETURN NULL; END'",
    "ALTER FUNCTION event_follows() SET search_path = pg_temp",
    "UPDATE administration SET body = '{}'",
    "DELETE FROM administration",
    "TRUNCATE administration",
    "DROP TABLE administration CASCADE",
    "ALTER TABLE administration DISABLE TRIGGER ALL",
    "DROP TRIGGER administration_stays ON administration",
    "CREATE OR REPLACE FUNCTION administration_stays() RETURNS trigger LANGUAGE plpgsql \
     AS 'BEGIN RETURN NULL; END'",
    "DROP SCHEMA public CASCADE",
    "SET session_replication_role = replica",
];

/// A journal beside the journal, for the guard to look at, and an event that follows there.
const SHOW_ANOTHER_JOURNAL: &str =
    "CREATE TEMPORARY TABLE event AS SELECT * FROM public.event WHERE version = 1;
     CREATE TEMPORARY TABLE made AS SELECT * FROM event;
     UPDATE pg_temp.event SET version = 99;
     UPDATE made SET version = 100, hash = sha256(
         hash || int8send(octet_length(centre)::bigint) || convert_to(centre, 'UTF8') || int8send(100)
         || substring(int4send(schema) FROM 3) || convert_to(body, 'UTF8'));
     INSERT INTO public.event SELECT * FROM made";

struct Installation {
    database: Database,
    name: String,
    role: String,
    /// As the servers sign in.
    options: PgConnectOptions,
}

impl Installation {
    /// A role for the servers, and a database of its own.
    async fn make() -> Self {
        let database = Database::fresh().await;
        let (name, role) =
            (format!("roles_{}", std::process::id()), format!("servers_{}", std::process::id()));
        let mut hand = database.hand().await;
        execute(&mut hand, &format!("CREATE ROLE {role} LOGIN")).await;
        execute(&mut hand, &format!("CREATE DATABASE {name} OWNER {role}")).await;
        let options = database.options.clone().database(&name);
        execute(&mut options.connect().await.unwrap(), "CREATE EXTENSION postgis").await;
        let options = options.username(&role);
        Self { database, name, role, options }
    }

    async fn journal(&self) -> PostgresJournal {
        PostgresJournal::open(self.options.clone()).await.unwrap()
    }

    async fn hand(&self) -> PgConnection {
        self.options.connect().await.unwrap()
    }

    /// As the superuser does it.
    fn take_out_of_their_hands(&self) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/postgres-roles.sql");
        let done = Command::new(cluster::programs().join("psql"))
            .arg("-Xq")
            .arg("-h")
            .arg(self.database.options.get_socket().unwrap())
            .args(["-U", "helan", "-d", &self.name, "-v", &format!("server={}", self.role), "-f"])
            .arg(file)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

/// The code with which a statement is refused; nothing where it is allowed. It is undone in any case.
async fn refusal(hand: &mut PgConnection, sql: &str) -> Option<String> {
    execute(hand, "BEGIN").await;
    let done = sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *hand).await;
    execute(hand, "ROLLBACK").await;
    Some(done.err()?.as_database_error().unwrap().code().unwrap().into_owned())
}

#[tokio::test]
async fn the_servers_role_adds_events_and_can_neither_change_them_nor_lift_their_guards() {
    let installation = Installation::make().await;
    let (east, journal) = (centre("east"), installation.journal().await);
    let mut head = Head::empty(&east);
    let first = stored(&mut head, &east, 2);
    journal.append(&[append(&east, Head::empty(&east), &first)]).await.unwrap();
    let mut hand = installation.hand().await;
    // Whoever owns the tables may lift their guards: this is what the file is for.
    assert_eq!(refusal(&mut hand, "ALTER TABLE event DISABLE TRIGGER ALL").await, None);
    assert_eq!(refusal(&mut hand, SHOW_ANOTHER_JOURNAL).await, None);

    installation.take_out_of_their_hands();
    installation.take_out_of_their_hands();

    for sql in ATTEMPTS {
        assert_eq!(refusal(&mut hand, sql).await.as_deref(), Some(NO_RIGHT), "{sql}");
    }
    let shown = refusal(&mut hand, SHOW_ANOTHER_JOURNAL).await;
    assert_eq!(shown.as_deref(), Some(CHECK_VIOLATION));
    let become_owner = format!("GRANT helan_journal TO {}", installation.role);
    for sql in [become_owner.as_str(), "SET ROLE helan_journal"] {
        assert_eq!(refusal(&mut hand, sql).await.as_deref(), Some(NO_RIGHT), "{sql}");
    }
    let mut outside = installation.options.clone().database("postgres").connect().await.unwrap();
    let drop_all = AssertSqlSafe(format!("DROP DATABASE {}", installation.name));
    let refused = sqlx::raw_sql(drop_all).execute(&mut outside).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().code().unwrap(), NO_RIGHT);

    // The server that runs goes on, and one that starts now finds all it needs.
    for server in [journal, installation.journal().await] {
        let after = head;
        let next = stored(&mut head, &east, 1);
        server.probe().await.unwrap();
        server.append(&[append(&east, after, &next)]).await.unwrap();
        assert_eq!(server.heads().await.unwrap()[&east], head);
        let report = verify(&server).await.unwrap();
        assert!(report.is_clean(), "{report}");
    }
}

/// A table that is added later is either taken out of the servers' hands or left to them on purpose.
#[tokio::test]
async fn the_file_says_of_every_table_whose_it_is() {
    let database = Database::fresh().await;
    let mut hand = database.hand().await;
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT relname::text FROM pg_class WHERE relkind IN ('r', 'p')
             AND relnamespace = 'public'::regnamespace AND relname !~ '^fix_day_' AND NOT EXISTS (
                 SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')",
    )
    .fetch_all(&mut hand)
    .await
    .unwrap();
    assert!(tables.len() > 12, "{tables:?}");
    let file = include_str!("../../../deploy/postgres-roles.sql");
    let (_, left) = file.split_once("Left to the servers").unwrap();
    let (left, _) = left.split_once("A test holds").unwrap();
    let left: Vec<&str> = left.split(|c: char| !(c.is_alphanumeric() || c == '_')).collect();
    for table in tables {
        let taken = file.contains(&format!("ALTER TABLE {table} OWNER TO helan_journal;"))
            && file.contains(&format!("REVOKE ALL ON {table} FROM"));
        assert!(taken != left.contains(&table.as_str()), "{table}: whose is it?");
    }
    // The index that the file makes for servers which may not is the one they look for.
    let made = file.split_once("event_of_incident ON event (centre,").unwrap().1;
    let indexed = made.split_once(", version)").unwrap().0.trim();
    let expression = &indexed[1..indexed.len() - 1];
    let asked = dispatch_desk::journal::postgres::READ_INCIDENT;
    assert!(asked.contains(expression), "{expression}\n{asked}");
}
