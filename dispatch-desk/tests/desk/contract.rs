//! The contract that every store of the journal keeps. Each clause is a function over the trait; a new
//! store adds one line at the end.

use crate::journal_support::*;
use dispatch_core::CentreState;
use dispatch_core::model::{IncidentId, Recorded};
use dispatch_desk::journal::memory::MemoryJournal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_desk::journal::{
    AppendError, Head, Journal, JournalKey, KEPT_SNAPSHOTS, StoredSnapshot, load, read_events,
    take_snapshot,
};
use dispatch_desk::journal::{postgres as postgres_journal, sqlite as sqlite_journal};
use sqlx::{ConnectOptions, Row};
use std::collections::BTreeMap;
use std::path::Path;

async fn events_come_back_as_they_went_in(journal: &dyn Journal) {
    let east = centre("east");
    let written = stored(&mut Head::empty(&east), &east, 3);
    journal.append(&[append(&east, Head::empty(&east), &written)]).await.unwrap();

    assert_eq!(journal.read(&east, 0, 10).await.unwrap(), written);
    assert_eq!(journal.read(&east, 1, 1).await.unwrap(), written[1..2]);
    assert_eq!(journal.read(&east, 3, 10).await.unwrap(), []);
    let events = read_events(journal, &east, 0, 10).await.unwrap();
    assert_eq!(events, [enrolled(1, "V-1"), enrolled(2, "V-2"), enrolled(3, "V-3")]);
}

async fn each_centre_counts_for_itself(journal: &dyn Journal) {
    let (east, west) = (centre("east"), centre("west"));
    let (mut east_head, mut west_head) = (Head::empty(&east), Head::empty(&west));
    let (a, b) = (stored(&mut east_head, &east, 2), stored(&mut west_head, &west, 1));
    journal
        .append(&[append(&east, Head::empty(&east), &a), append(&west, Head::empty(&west), &b)])
        .await
        .unwrap();
    let c = stored(&mut west_head, &west, 4);
    journal.append(&[append(&west, head_at(&b[0]), &c)]).await.unwrap();

    let heads = journal.heads().await.unwrap();
    assert_eq!(heads.into_iter().collect::<Vec<_>>(), [(east, east_head), (west, west_head)]);
}

async fn the_second_writer_is_told_where_the_journal_stands(journal: &dyn Journal) {
    let east = centre("east");
    let first = stored(&mut Head::empty(&east), &east, 2);
    let second = stored(&mut Head::empty(&east), &east, 1);
    journal.append(&[append(&east, Head::empty(&east), &first)]).await.unwrap();

    let refused = journal.append(&[append(&east, Head::empty(&east), &second)]).await;
    assert_eq!(
        refused,
        Err(AppendError::Conflict { centre: east.clone(), actual: head_at(&first[1]) })
    );
    assert_eq!(journal.read(&east, 0, 10).await.unwrap(), first);
}

async fn a_gap_is_refused(journal: &dyn Journal) {
    let east = centre("east");
    let mut head = Head::empty(&east);
    let never_written = stored(&mut head, &east, 1);
    let next = stored(&mut head, &east, 1);

    let refused = journal.append(&[append(&east, head_at(&never_written[0]), &next)]).await;
    assert_eq!(
        refused,
        Err(AppendError::Conflict { centre: east.clone(), actual: Head::empty(&east) })
    );
    assert!(journal.heads().await.unwrap().is_empty());
}

async fn a_conflict_at_one_centre_writes_nothing_at_the_other(journal: &dyn Journal) {
    let (east, west) = (centre("east"), centre("west"));
    let first = stored(&mut Head::empty(&west), &west, 1);
    journal.append(&[append(&west, Head::empty(&west), &first)]).await.unwrap();

    let a = stored(&mut Head::empty(&east), &east, 3);
    let refused = journal
        .append(&[append(&east, Head::empty(&east), &a), append(&west, Head::empty(&west), &first)])
        .await;
    assert_eq!(refused, Err(AppendError::Conflict { centre: west, actual: head_at(&first[0]) }));
    assert_eq!(journal.read(&east, 0, 10).await.unwrap(), []);
}

async fn a_large_batch_is_one_piece(journal: &dyn Journal) {
    let (east, west) = (centre("east"), centre("west"));
    let many = stored(&mut Head::empty(&east), &east, 1_500);
    let first = stored(&mut Head::empty(&west), &west, 1);
    journal.append(&[append(&west, Head::empty(&west), &first)]).await.unwrap();

    let refused = journal
        .append(&[
            append(&east, Head::empty(&east), &many),
            append(&west, Head::empty(&west), &first),
        ])
        .await;
    assert!(matches!(refused, Err(AppendError::Conflict { .. })), "{refused:?}");
    assert_eq!(journal.read(&east, 0, 10).await.unwrap(), []);

    journal.append(&[append(&east, Head::empty(&east), &many)]).await.unwrap();
    assert_eq!(journal.read(&east, 0, 5_000).await.unwrap(), many);
}

async fn the_newest_snapshots_are_kept(journal: &dyn Journal) {
    let east = centre("east");
    let mut head = Head::empty(&east);
    let (mut after, key) = (head, JournalKey::random());
    for _ in 0..4 {
        let events = stored(&mut head, &east, 2);
        journal.append(&[append(&east, after, &events)]).await.unwrap();
        after = head;
        let state = load(journal, &east).await.unwrap().state;
        let snapshot = take_snapshot(&state, &head, &key).unwrap();
        journal.save_snapshot(&east, &snapshot).await.unwrap();
    }
    let kept = journal.load_snapshots(&east).await.unwrap();
    assert_eq!(kept.len(), KEPT_SNAPSHOTS as usize);
    assert_eq!(kept.iter().map(|s| s.version).collect::<Vec<_>>(), [8, 6]);
    assert_eq!(journal.load_snapshots(&centre("west")).await.unwrap(), []);
    journal.discard_snapshot(&east, 8).await.unwrap();
    let kept = journal.load_snapshots(&east).await.unwrap();
    assert_eq!(kept.iter().map(|s| s.version).collect::<Vec<_>>(), [6]);
}

/// Larger than any store commits at once, with characters of several bytes at every place.
async fn a_large_snapshot_comes_back_as_it_went_in(journal: &dyn Journal) {
    let east = centre("east");
    let mut head = Head::empty(&east);
    let events = stored(&mut head, &east, 3);
    journal.append(&[append(&east, Head::empty(&east), &events)]).await.unwrap();
    let state = load(journal, &east).await.unwrap().state;
    let snapshot = take_snapshot(&state, &head, &JournalKey::random()).unwrap();
    for version in [1, 2, 3, 3, 2] {
        let body = "急".repeat(150_000 + usize::try_from(version).unwrap()) + &version.to_string();
        let large = StoredSnapshot { version, body, ..snapshot.clone() };
        journal.save_snapshot(&east, &large).await.unwrap();
        let found = journal.load_snapshots(&east).await.unwrap();
        assert!(found.contains(&large), "version {version}");
        assert!(found.len() <= KEPT_SNAPSHOTS as usize);
    }
    for version in [2, 3] {
        journal.discard_snapshot(&east, version).await.unwrap();
    }
    assert_eq!(journal.load_snapshots(&east).await.unwrap(), []);
}

async fn what_follows_another_event_is_refused(journal: &dyn Journal) {
    let east = centre("east");
    let mut here = Head::empty(&east);
    let first = stored(&mut here, &east, 2);
    journal.append(&[append(&east, Head::empty(&east), &first)]).await.unwrap();
    // A writer that holds another history of the same length: the number fits, the hash does not.
    let mut there = Head { version: 1, hash: [7; 32] };
    stored(&mut there, &east, 1);
    let after = there;
    let fork = stored(&mut there, &east, 1);
    let conflict = Err(AppendError::Conflict { centre: east.clone(), actual: here });
    assert_eq!(journal.append(&[append(&east, after, &fork)]).await, conflict);
    assert_eq!(journal.read(&east, 0, 10).await.unwrap(), first);
    let next = stored(&mut here.clone(), &east, 1);
    journal.append(&[append(&east, here, &next)]).await.unwrap();
}

async fn an_empty_journal_is_an_empty_centre(journal: &dyn Journal) {
    let east = centre("east");
    let loaded = load(journal, &east).await.unwrap();
    assert_eq!(loaded.state, CentreState::new(east.clone()));
    assert_eq!(loaded.head, Head::empty(&east));
    journal.probe().await.unwrap();
    assert!(journal.heads().await.unwrap().is_empty());
}

macro_rules! hold {
    ($($clause:ident),* $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test]
                async fn $clause() {
                    let folder = tempfile::tempdir().unwrap();
                    let file = folder.path().join("journal.sqlite");
                    super::$clause(&super::SqliteJournal::open(&file).await.unwrap()).await;
                }
            )*
        }

        mod memory {
            $(
                #[tokio::test]
                async fn $clause() {
                    super::$clause(&super::MemoryJournal::new()).await;
                }
            )*
        }

        mod postgres {
            $(
                #[tokio::test]
                async fn $clause() {
                    let database = crate::postgres_support::Database::fresh().await;
                    super::$clause(&database.journal().await).await;
                }
            )*
        }

        mod postgres_of_the_next_release {
            $(
                #[tokio::test]
                async fn $clause() {
                    let database = crate::postgres_support::Database::of_the_next_release().await;
                    super::$clause(&database.journal().await).await;
                }
            )*
        }
    };
}

/// One event of each kind, as stored by every release: of each incident its own are found, and no others.
async fn an_incident_has_its_own_events_and_no_others(journal: &dyn Journal) {
    let (east, west) = (centre("east"), centre("west"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dispatch-core/golden");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    let mut head = Head::empty(&east);
    let (mut written, mut expected) = (Vec::new(), BTreeMap::<IncidentId, Vec<u64>>::new());
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let recorded: Recorded = serde_json::from_str(&text).unwrap();
        let recorded = Recorded { version: head.version + 1, ..recorded };
        let subject = recorded.event.subjects();
        let of_task = subject.task.and_then(|task| task.incident());
        let incident = subject.incident.cloned().or_else(|| of_task.map(IncidentId::from));
        if let Some(incident) = incident {
            expected.entry(incident).or_default().push(recorded.version);
        }
        written.push(head.extend(&east, &recorded));
    }
    journal.append(&[append(&east, Head::empty(&east), &written)]).await.unwrap();
    assert!(expected.values().any(|versions| versions.len() > 20), "{expected:?}");
    for (incident, versions) in expected {
        let found = journal.read_incident(&east, &incident, 0, 1_000).await.unwrap();
        let found: Vec<u64> = found.iter().map(|event| event.version).collect();
        assert_eq!(found, versions, "{incident}");
        let (after, last) = (versions[versions.len() / 2], versions[versions.len() - 1]);
        let rest = journal.read_incident(&east, &incident, after, 1).await.unwrap();
        assert!(rest.len() <= 1 && rest.iter().all(|it| it.version > after && it.version <= last));
        assert_eq!(journal.read_incident(&west, &incident, 0, 10).await.unwrap(), []);
    }
}

hold!(
    an_incident_has_its_own_events_and_no_others,
    events_come_back_as_they_went_in,
    each_centre_counts_for_itself,
    the_second_writer_is_told_where_the_journal_stands,
    a_gap_is_refused,
    a_conflict_at_one_centre_writes_nothing_at_the_other,
    a_large_batch_is_one_piece,
    the_newest_snapshots_are_kept,
    a_large_snapshot_comes_back_as_it_went_in,
    what_follows_another_event_is_refused,
    an_empty_journal_is_an_empty_centre,
);

/// Both stores look up the events of an incident by their index, whatever else the journal holds.
#[tokio::test]
async fn a_timeline_reads_no_events_but_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let options = dispatch_desk::database::options(&folder.path().join("helan.sqlite"));
    let journal = SqliteJournal::open_with(options.clone()).await.unwrap();
    let mut hand = options.connect().await.unwrap();
    let explain = format!("EXPLAIN QUERY PLAN {}", sqlite_journal::READ_INCIDENT);
    let rows = sqlx::query(sqlx::AssertSqlSafe(explain)).fetch_all(&mut hand).await.unwrap();
    let plan: String = rows.iter().map(|row| row.get::<String, _>("detail")).collect();
    let whole = "INDEX event_of_incident (centre=? AND <expr>=? AND version>?)";
    assert!(plan.contains(whole) && !plan.contains("TEMP B-TREE"), "{plan}");
    journal.close().await;

    let database = crate::postgres_support::Database::fresh().await;
    let journal = database.journal().await;
    journal.index_incidents().await.unwrap();
    journal.index_incidents().await.unwrap();
    let east = centre("east");
    let events = stored(&mut Head::empty(&east), &east, 2_000);
    journal.append(&[append(&east, Head::empty(&east), &events)]).await.unwrap();
    let mut hand = database.hand().await;
    let question =
        postgres_journal::READ_INCIDENT.replace("$1", "'east'").replace("$2", "'east-1'");
    let question = question.replace("$3", "0").replace("$4", "5000");
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN {question}"));
    let plan: Vec<String> = sqlx::query_scalar(explain).fetch_all(&mut hand).await.unwrap();
    assert!(plan.join(" ").contains("Index Scan using event_of_incident"), "{plan:?}");
}
