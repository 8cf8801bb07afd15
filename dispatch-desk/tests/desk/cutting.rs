//! Taking events out of a damaged journal: all that was kept elsewhere, or nothing.

use crate::journal_support::*;
use crate::postgres_support::Database;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{Cut, Head, Journal, JournalFailure, StoredEvent};

/// A journal of three events, as heads, and what comes in the place of the last two.
async fn of_three(journal: &dyn Journal) -> (Vec<Head>, StoredEvent) {
    let east = centre("east");
    let mut heads = vec![Head::empty(&east)];
    for number in 1..=3 {
        let before = heads[heads.len() - 1];
        let mut head = before;
        let event = head.extend(&east, &enrolled(number, &format!("E-{number}")));
        journal.append(&[append(&east, before, &[event])]).await.unwrap();
        heads.push(head);
    }
    let mut after_one = heads[1];
    (heads, after_one.extend(&east, &enrolled(2, "E-9")))
}

/// A server goes on at the end of the journal while what is cut off is written into a file.
async fn nothing_is_cut_that_came_after_what_was_kept(
    journal: &dyn Journal,
    cut: impl AsyncFn(StoredEvent, Head, Head) -> Result<(), JournalFailure>,
) {
    let east = centre("east");
    let (heads, instead) = of_three(journal).await;
    let refused = cut(instead.clone(), heads[1], heads[2]).await.unwrap_err();
    assert!(refused.0.contains("version 2 as it was kept and ends at 3 now"), "{refused}");
    let other = Head { hash: [7; 32], ..heads[3] };
    assert!(cut(instead.clone(), heads[1], other).await.is_err(), "another event of that number");
    assert_eq!(journal.heads().await.unwrap()[&east], heads[3], "all of it is there");
    cut(instead.clone(), heads[1], heads[3]).await.unwrap();
    assert_eq!(journal.read(&east, 1, 10).await.unwrap(), [instead]);
}

#[tokio::test]
async fn of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::open(&folder.path().join("journal.sqlite")).await.unwrap();
    nothing_is_cut_that_came_after_what_was_kept(&journal, async |instead, after, last| {
        let east = centre("east");
        journal.cut(&Cut { instead: append(&east, after, &[instead]), last }).await
    })
    .await;
}

#[tokio::test]
async fn of_a_shared_database() {
    let database = Database::fresh().await;
    let journal = PostgresJournal::open(database.options.clone()).await.unwrap();
    nothing_is_cut_that_came_after_what_was_kept(&journal, async |instead, after, last| {
        let east = centre("east");
        journal.cut(&Cut { instead: append(&east, after, &[instead]), last }).await
    })
    .await;
    journal.close().await;
}
