//! A database that is slow, or whose disk is full: commands wait or are refused in plain words, nothing is half
//! done, and all goes on by itself when the database does.

use crate::gear::{
    Air, Crowd, Journals, SERVERS, SMALL_SEGMENTS, Site, SiteSettings, consultation, named,
    until_every_server_acknowledges, verify,
};
use crate::truth;
use std::time::Duration;

/// Each way, so that a command of several questions and answers takes a second or two, and is still in time.
const SLOW: Duration = Duration::from_millis(100);
/// Later than a server waits for an answer.
const TOO_SLOW: Duration = Duration::from_secs(7);
/// Commands made while all is well.
const COMMANDS: u64 = 40;
/// A full disk: no file may grow past this. The journal alone fills it within a few hundred commands.
const FULL_AT_BYTES: u64 = 1_100_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_slow_database_delays_commands_and_a_silent_one_records_none() {
    let site = Site::open(SiteSettings::default()).await;
    let mut officer = site.officer().await;
    (0..SERVERS).for_each(|server| site.database_of(server, Air::Slow(SLOW)));
    for server in 0..SERVERS {
        let command = named(format!("slow-{server}"), "yinchuan", consultation());
        officer.try_execute(server, &command).await.expect("late, but recorded");
    }

    (0..SERVERS).for_each(|server| site.database_of(server, Air::Slow(TOO_SLOW)));
    let waiting = named("silent".to_owned(), "yinchuan", consultation());
    let refused =
        officer.try_execute(0, &waiting).await.expect_err("nobody can know that it is recorded");
    // On a busy machine the officer gives up before the server does.
    assert!(matches!(refused.code(), Some("not_recorded") | None), "{refused:?}");
    (0..SERVERS).for_each(|server| site.database_of(server, Air::Clear));
    // The very same command, sent again as a console does; it may have been recorded after all.
    let ended = officer.execute(0, true, &waiting, drop).await;
    ended.result.expect("recorded by now");
    until_every_server_acknowledges(&officer).await;

    let journals = Journals::read(&site.database()).await;
    for command in ["slow-0", "slow-1", "slow-2", "silent"] {
        let versions = &journals.commands()[&("yinchuan", command)];
        assert!(
            versions.is_sorted_by(|a, b| a + 1 == *b),
            "{command} is there twice: {versions:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_full_disk_refuses_commands_and_loses_none() {
    let settings = SiteSettings { initdb: SMALL_SEGMENTS, ..SiteSettings::default() };
    let site = Site::open(settings).await;
    let crowd = Crowd::begin(&site.officer().await, 11);
    crowd.until_acknowledged(COMMANDS).await;

    site.postgres().limit_files(Some(FULL_AT_BYTES));
    let refused = crowd.until_told("not_recorded").await;
    assert!(refused.retry, "{refused:?}");
    let acknowledged = crowd.acknowledged();

    site.postgres().limit_files(None);
    crowd.until_acknowledged(acknowledged + COMMANDS).await;
    until_every_server_acknowledges(&site.officer().await).await;
    let books = crowd.finish().await;
    let verdict = tokio::task::block_in_place(|| verify(&site.database()));
    assert!(verdict.ends_with("The journal is whole.\n"), "{verdict}");
    let journals = Journals::read(&site.database()).await;
    truth::commands(&journals, &books, truth::nothing);
    truth::tasks(&journals);
}
