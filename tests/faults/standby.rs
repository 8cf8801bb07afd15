//! The database's machine dies and its standby takes over: what was acknowledged is there, and the servers go on
//! by themselves.

use crate::gear::{
    Crowd, Journals, Postgres, Site, SiteSettings, in_time, until_every_server_acknowledges, verify,
};
use crate::truth;
use dispatch_desk::database::postgres_options;
use sqlx::{ConnectOptions, Connection};

/// Commands before the fail-over and after it.
const COMMANDS: u64 = 60;

/// From now on every commit waits until the standby has it on its disk too.
const WAIT_FOR_STANDBY: [&str; 2] =
    ["ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()"];

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_promoted_standby_has_all_that_was_acknowledged() {
    let site = Site::open(SiteSettings::default()).await;
    let standby = tokio::task::block_in_place(|| {
        let postgres = site.postgres();
        postgres.standby(site.folder(), postgres.address)
    });
    wait_for_standby(&site.database()).await;
    let crowd = Crowd::begin(&site.officer().await, 7);
    crowd.until_acknowledged(COMMANDS).await;

    // In this order: what the old one still says to anybody, it says before the new one takes commands.
    site.postgres().kill();
    tokio::task::block_in_place(|| standby.promote());
    site.lead_to_database(standby.address);
    crowd.until_acknowledged(2 * COMMANDS).await;
    until_every_server_acknowledges(&site.officer().await).await;
    let books = crowd.finish().await;

    let database = Postgres::url(standby.address);
    let verdict = tokio::task::block_in_place(|| verify(&database));
    assert!(verdict.ends_with("The journal is whole.\n"), "{verdict}");
    let journals = Journals::read(&database).await;
    truth::commands(&journals, &books, truth::nothing);
    truth::tasks(&journals);
}

async fn wait_for_standby(database: &str) {
    let mut hand = postgres_options(database).unwrap().connect().await.unwrap();
    for sql in WAIT_FOR_STANDBY {
        sqlx::query(sql).execute(&mut hand).await.unwrap();
    }
    let asked = async {
        let state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
        while sqlx::query_scalar::<_, i64>(state).fetch_one(&mut hand).await.unwrap() == 0 {
            tokio::task::yield_now().await;
        }
    };
    in_time("the standby to be waited for", asked).await;
    hand.close().await.unwrap();
}
