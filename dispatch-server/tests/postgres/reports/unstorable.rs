//! An event that the tables cannot store is left out by name; what follows it is not held up.

use super::days::{a_day, folded};
use crate::journal_support::centre;
use crate::postgres_support::Database;
use dispatch_core::model::*;
use dispatch_desk::journal::{Append, Head, Journal, read_events};
use dispatch_server::reports::Reports;
use sqlx::Row;

/// After every day that PostgreSQL knows, in milliseconds: what a broken clock of an earlier release may have said.
const NO_DAY: Timestamp = Timestamp(20_000_000_000_000_000);

#[tokio::test]
async fn an_event_that_no_table_can_store_holds_no_other_up() {
    let whole = Database::fresh().await;
    let day = a_day(&whole).await;
    let database = Database::fresh().await;
    let journal = database.journal().await;
    let mut spoilt = 0;
    for centre in ["east", "west"].map(centre) {
        let mut head = Head::empty(&centre);
        let mut events = Vec::new();
        for mut recorded in read_events(&day, &centre, 0, 5_000).await.unwrap() {
            if matches!(
                recorded.event,
                Event::MilestoneReached { milestone: Milestone::AtHospital, .. }
            ) {
                recorded.provenance.made_at = NO_DAY;
                recorded.provenance.recorded_at = NO_DAY;
                spoilt += 1;
            }
            events.push(head.extend(&centre, &recorded));
        }
        let append = Append { centre: &centre, after: Head::empty(&centre), events: &events };
        journal.append(&[append]).await.unwrap();
    }
    assert_eq!(spoilt, 1, "one event cannot be stored");

    let all: u64 = journal.heads().await.unwrap().values().map(|head| head.version).sum();
    let reports = Reports::open(database.options.clone()).await.unwrap();
    assert_eq!(reports.catch_up(&journal).await.unwrap(), all - 1, "all but that one");
    assert_eq!(reports.catch_up(&journal).await.unwrap(), 0, "and it is not met again");

    let mut hand = database.hand().await;
    for name in ["east", "west"] {
        for incident in folded(&journal, name).await.incidents.values() {
            let row = sqlx::query("SELECT tasks FROM report.incident WHERE id = $1")
                .bind(incident.id.as_str())
                .fetch_one(&mut hand)
                .await
                .unwrap();
            assert_eq!(row.get::<i32, _>("tasks") as usize, incident.tasks.len());
        }
    }
    let finished = sqlx::query(
        "SELECT count(*) AS n FROM report.task WHERE finished_at IS NOT NULL AND at_hospital_at IS NULL",
    );
    let finished = finished.fetch_one(&mut hand).await.unwrap();
    assert_eq!(finished.get::<i64, _>("n"), 1, "what came after it is there");
}
