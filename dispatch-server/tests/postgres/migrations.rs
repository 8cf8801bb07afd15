//! Migrations keep their word: they only add, they never hold writing up, and the previous release's
//! statements still fit what they leave behind.

use crate::postgres_support::{Database, execute};
use dispatch_desk::database::migrate_postgres;
use sqlx::AssertSqlSafe;
use std::collections::BTreeSet;
use std::path::Path;

/// The last migration of the previous release: what comes after it meets servers of that release.
const LAST_OF_PREVIOUS_RELEASE: u32 = 5;

#[tokio::test]
async fn what_a_server_of_the_previous_release_says_still_fits_the_tables() {
    let database = Database::fresh().await;
    let mut hand = database.hand().await;
    let text = include_str!("../previous_release.sql");
    let statements: Vec<&str> = text.lines().filter(|line| !line.starts_with("--")).collect();
    assert!(statements.len() > 30, "{}", statements.len());
    for (number, statement) in statements.iter().enumerate() {
        let sql = AssertSqlSafe(format!("PREPARE old_{number} AS {statement}"));
        let fits = sqlx::raw_sql(sql).execute(&mut hand).await;
        assert!(fits.is_ok(), "{statement}\n{fits:?}");
    }
}

/// Whether somebody waits for a lock on the list of AEDs.
const SOMEBODY_WAITS: &str = "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE relation = 'report.aed'::regclass AND NOT granted)";

#[tokio::test]
async fn a_migration_that_cannot_have_its_lock_lets_others_pass_and_comes_back() {
    let database = Database::fresh().await;
    let mut reader = database.hand().await;
    let taken_back = "ALTER TABLE report.aed DROP COLUMN basis;
        DELETE FROM _sqlx_migrations WHERE version = 6";
    execute(&mut reader, taken_back).await;
    // A report that takes its time holds the table.
    execute(&mut reader, "BEGIN; SELECT count(*) FROM report.aed").await;
    let options = database.options.clone();
    let migrating = tokio::spawn(async move { migrate_postgres(&options).await });
    let mut passer = database.hand().await;
    while !sqlx::query_scalar::<_, bool>(SOMEBODY_WAITS).fetch_one(&mut passer).await.unwrap() {}

    // Who comes now stands behind the migration, and passes although the report is not done.
    execute(&mut passer, "SELECT count(*) FROM report.aed").await;
    assert!(!migrating.is_finished());
    execute(&mut reader, "COMMIT").await;
    migrating.await.unwrap().unwrap();
    execute(&mut passer, "SELECT basis FROM report.aed").await;
}

/// What is wrong with a migration by the rules of migrations/README.md, as far as its words show.
fn problems(sql: &str) -> Vec<String> {
    let bare: Vec<&str> = sql.lines().map(|line| line.split("--").next().unwrap_or("")).collect();
    let outside = sql.starts_with("-- no-transaction");
    let statements = bare.join(" ").to_uppercase();
    let statements =
        statements.split(';').map(|one| one.split_whitespace().collect::<Vec<_>>().join(" "));
    let statements: Vec<String> = statements.filter(|one| !one.is_empty()).collect();
    let made_here: BTreeSet<&str> = statements
        .iter()
        .filter_map(|one| one.strip_prefix("CREATE TABLE "))
        .filter_map(|rest| rest.split([' ', '(']).next())
        .collect();
    let mut found = Vec::new();
    for one in &statements {
        let mut wrong = |what: &str| found.push(format!("{what}: {one}"));
        let takes_away = ["DROP ", "RENAME ", "SET NOT NULL", "ALTER COLUMN", "TRUNCATE "];
        // A trigger that forbids emptying a table names the word too.
        let forbids = one.starts_with("CREATE TRIGGER ");
        if !forbids && takes_away.iter().any(|word| one.contains(word)) {
            wrong("takes away what the previous release may use");
        }
        if one.contains("ADD COLUMN") && one.contains("NOT NULL") && !one.contains("DEFAULT") {
            wrong("demands a column that the previous release does not fill");
        }
        if one.starts_with("UPDATE ") || one.starts_with("DELETE ") {
            wrong("holds rows locked that others write");
        }
        if let Some((_, rest)) = one.split_once(" INDEX ").filter(|_| one.starts_with("CREATE ")) {
            let table = rest.split(" ON ").nth(1).and_then(|rest| rest.split([' ', '(']).next());
            let fresh = table.is_some_and(|table| made_here.contains(table));
            let holds_nobody_up = rest.starts_with("CONCURRENTLY ") && outside;
            if !(fresh || holds_nobody_up) {
                wrong("makes an index while nobody may write");
            }
        }
    }
    found
}

#[test]
fn migrations_since_the_previous_release_only_add() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations/postgres");
    let mut looked_at = 0;
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        let name = file.file_name().into_string().unwrap();
        let number: u32 = name.split('_').next().unwrap().parse().unwrap();
        if number > LAST_OF_PREVIOUS_RELEASE {
            looked_at += 1;
            let sql = std::fs::read_to_string(file.path()).unwrap();
            assert_eq!(problems(&sql), [""; 0], "{name}");
        }
    }
    assert!(looked_at > 0, "after a release, name its last migration above");
}

#[test]
fn what_would_stop_an_older_server_is_seen() {
    for bad in [
        "ALTER TABLE event DROP COLUMN kind;",
        "ALTER TABLE people RENAME COLUMN name TO sign_in_name;",
        "ALTER TABLE people ADD COLUMN shift text NOT NULL;",
        "ALTER TABLE people ALTER COLUMN hospital SET NOT NULL;",
        "ALTER TABLE people ALTER COLUMN made_at TYPE timestamptz;",
        "DROP TABLE probe;",
        "UPDATE people SET active = true;",
        "CREATE INDEX event_kind ON event (kind);",
        "CREATE INDEX CONCURRENTLY event_kind ON event (kind);",
    ] {
        assert_eq!(problems(bad).len(), 1, "{bad}: {:?}", problems(bad));
    }
    for good in [
        "-- DROP nothing.\nALTER TABLE people ADD COLUMN shift text;",
        "ALTER TABLE people ADD COLUMN shift text NOT NULL DEFAULT '';",
        "CREATE TRIGGER kept BEFORE TRUNCATE ON shift FOR EACH STATEMENT EXECUTE FUNCTION stays();",
        "CREATE TABLE shift (id text PRIMARY KEY); CREATE INDEX shift_id ON shift (id);",
        "-- no-transaction\nCREATE INDEX CONCURRENTLY event_kind ON event (kind);",
    ] {
        assert_eq!(problems(good), [""; 0], "{good}");
    }
}
