//! Servers whose clocks differ: the journal runs forward all the same, and every act finds its place.

use crate::gear::{Crowd, Journals, SERVERS, Site, SiteSettings, until_every_server_acknowledges};
use crate::truth;
use std::path::PathBuf;

/// By how much the clock of each server is wrong.
const WRONG_BY: [&str; SERVERS] = ["+0", "+95s", "-95s"];
/// Acts made meanwhile.
const ACTS: u64 = 90;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn clocks_that_differ_leave_the_journal_running_forward() {
    let library = library();
    let environment = WRONG_BY.map(|wrong| {
        let set =
            [("LD_PRELOAD", library.as_str()), ("FAKETIME", wrong), ("DONT_FAKE_MONOTONIC", "1")];
        set.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec()
    });
    let site = Site::open(SiteSettings { environment, ..SiteSettings::default() }).await;
    let crowd = Crowd::begin(&site.officer().await, 13);
    crowd.until_acknowledged(ACTS).await;
    until_every_server_acknowledges(&site.officer().await).await;
    let books = crowd.finish().await;
    let journals = Journals::read(&site.database()).await;
    truth::acts(&journals, &books);
    truth::tasks(&journals);
    for events in journals.0.values() {
        let recorded: Vec<i64> = events.iter().map(|it| it.provenance.recorded_at.0).collect();
        assert!(recorded.is_sorted(), "the journal runs backwards");
    }
}

/// Debian's library that tells a program another time, wherever this machine's kind keeps it.
fn library() -> String {
    let folders = std::fs::read_dir("/usr/lib").unwrap().flatten();
    let mut paths = folders.map(|folder| folder.path().join("faketime/libfaketime.so.1"));
    let found: Option<PathBuf> = paths.find(|path| path.exists());
    found.expect("faketime is needed: scripts/test installs it").display().to_string()
}
