//! A PostgreSQL with PostGIS for tests: a fresh database each, cloned from a template.

#![expect(dead_code, reason = "each test binary uses its own part of it")]

pub(crate) mod cluster;

use cluster::Cluster;
use dispatch_desk::database::{migrate_postgres, postgres_defaults};
use dispatch_desk::journal::postgres::PostgresJournal;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::sync::atomic::{AtomicU32, Ordering};

/// The database that the others are cloned from.
const TEMPLATE: &str = "helan_template";

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A fresh, migrated database. Removed when the run's server is.
pub(crate) struct Database {
    pub(crate) options: PgConnectOptions,
    _cluster: Cluster,
}

impl Database {
    pub(crate) async fn fresh() -> Self {
        let cluster = tokio::task::spawn_blocking(|| Cluster::shared(make_template)).await.unwrap();
        let name = format!("t{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let mut hand = reach(&cluster, "postgres").connect().await.unwrap();
        execute(&mut hand, &format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE}")).await;
        hand.close().await.unwrap();
        Self { options: reach(&cluster, &name), _cluster: cluster }
    }

    /// The same with the tables of a next release, which a server of this one must be able to work on.
    pub(crate) async fn of_the_next_release() -> Self {
        let database = Self::fresh().await;
        execute(&mut database.hand().await, include_str!("next_release.sql")).await;
        database
    }

    pub(crate) async fn journal(&self) -> PostgresJournal {
        PostgresJournal::open(self.options.clone()).await.unwrap()
    }

    /// A connection of one's own.
    pub(crate) async fn hand(&self) -> PgConnection {
        self.options.connect().await.unwrap()
    }
}

/// How a server's database is reached.
pub(crate) fn reach(cluster: &Cluster, database: &str) -> PgConnectOptions {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(cluster.socket())
        .username("helan")
        .database(database);
    postgres_defaults(options)
}

pub(crate) async fn execute(hand: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(hand).await.unwrap();
}

fn make_template(cluster: &Cluster) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let mut hand = reach(cluster, "postgres").connect().await.unwrap();
        execute(&mut hand, &format!("CREATE DATABASE {TEMPLATE}")).await;
        hand.close().await.unwrap();
        migrate_postgres(&reach(cluster, TEMPLATE)).await.unwrap();
    });
}
