//! A journal in PostgreSQL that is opened to be read: it follows what a server writes and can write nothing.

use crate::journal_support::*;
use crate::postgres_support::Database;
use dispatch_desk::journal::postgres::PostgresJournal;
use dispatch_desk::journal::{AppendError, Head, Journal};

#[tokio::test]
async fn a_journal_opened_to_be_read_follows_a_server_and_takes_nothing() {
    let database = Database::fresh().await;
    let (server, east) = (database.journal().await, centre("east"));
    let mut head = Head::empty(&east);
    let first = stored(&mut head, &east, 3);
    server.append(&[append(&east, Head::empty(&east), &first)]).await.unwrap();
    let reader = PostgresJournal::open_to_read(database.options.clone()).await.unwrap();
    assert_eq!(reader.read(&east, 0, 10).await.unwrap(), first);

    let more = stored(&mut head, &east, 1);
    let refused = reader.append(&[append(&east, head_at(&first[2]), &more)]).await.unwrap_err();
    assert!(matches!(refused, AppendError::Failed(_)), "{refused:?}");
    server.append(&[append(&east, head_at(&first[2]), &more)]).await.unwrap();
    assert_eq!(reader.heads().await.unwrap().get(&east), Some(&head), "the server goes on");
    assert_eq!(reader.read(&east, 3, 10).await.unwrap(), more);
}

#[tokio::test]
async fn a_database_that_is_not_there_is_told_without_its_password() {
    let database = Database::fresh().await;
    let absent = database.options.clone().database("helan_absent").password("secret-word");
    let refused = PostgresJournal::open_to_read(absent).await.err().unwrap().to_string();
    assert!(refused.contains("helan_absent") && !refused.contains("secret-word"), "{refused}");
}
