//! The journal in memory breaks where its script says, and keeps what it acknowledged.

use crate::journal_support::*;
use dispatch_core::Rules;
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::{CommandError, Desk};
use dispatch_desk::health::Health;
use dispatch_desk::journal::memory::{Fault, MemoryJournal, Operation};
use dispatch_desk::journal::{AppendError, Head, Journal, verify};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// A journal of `east` with three events, and its head.
async fn with_three() -> (MemoryJournal, Head) {
    let (journal, mut head, east) =
        (MemoryJournal::new(), Head::empty(&centre("east")), centre("east"));
    let events = stored(&mut head, &east, 3);
    journal.append(&[append(&east, Head::empty(&east), &events)]).await.unwrap();
    (journal, head)
}

#[tokio::test]
async fn a_batch_that_was_torn_leaves_all_of_itself_or_nothing() {
    let (east, west) = (centre("east"), centre("west"));
    // Five events and their commit.
    for written in 0..=6 {
        let (journal, head) = with_three().await;
        let a = stored(&mut head.clone(), &east, 3);
        let b = stored(&mut Head::empty(&west), &west, 2);
        journal.script(Operation::Append, Fault::Crash { written });
        let batch = [append(&east, head, &a), append(&west, Head::empty(&west), &b)];
        let torn = journal.append(&batch).await;
        assert!(matches!(torn, Err(AppendError::Failed(_))), "{torn:?}");
        assert!(journal.heads().await.is_err() && journal.probe().await.is_err(), "it is gone");

        let reopened = journal.reopen();
        let there = [&east, &west].map(|centre| {
            let reopened = reopened.clone();
            async move { reopened.read(centre, 0, 10).await.unwrap().len() }
        });
        let [east_events, west_events] = there;
        let expected = if written == 6 { (6, 2) } else { (3, 0) };
        assert_eq!((east_events.await, west_events.await), expected, "{written} records");
        assert!(verify(&reopened).await.unwrap().is_clean());
    }
}

#[tokio::test]
async fn after_a_lost_answer_the_events_are_there_and_a_refusal_leaves_none() {
    let (journal, head) = with_three().await;
    let (east, next) = (centre("east"), stored(&mut head.clone(), &centre("east"), 1));
    journal.script(Operation::Append, Fault::Refused);
    journal.script(Operation::Append, Fault::AnswerLost);
    let attempt = async || journal.append(&[append(&east, head, &next)]).await;
    assert!(matches!(attempt().await, Err(AppendError::Failed(_))));
    assert_eq!(journal.heads().await.unwrap()[&east], head);
    assert!(matches!(attempt().await, Err(AppendError::Failed(_))));
    let there = head_at(&next[0]);
    assert_eq!(journal.heads().await.unwrap()[&east], there);
    let again = Err(AppendError::Conflict { centre: east.clone(), actual: there });
    assert_eq!(attempt().await, again, "whoever tries again is told where the journal stands");
}

#[tokio::test]
async fn of_two_writers_at_the_same_number_one_wins() {
    let (journal, head) = with_three().await;
    let (other, east) = (journal.reopen(), centre("east"));
    let (a, b) = (stored(&mut head.clone(), &east, 1), stored(&mut head.clone(), &east, 2));
    journal.script(Operation::Append, Fault::Held);
    let (slow, batch) = (journal.clone(), a.clone());
    let late =
        tokio::spawn(async move { slow.append(&[append(&centre("east"), head, &batch)]).await });
    journal.until_held(1).await;
    other.append(&[append(&east, head, &b)]).await.unwrap();
    journal.let_go();
    let conflict = AppendError::Conflict { centre: east.clone(), actual: head_at(&b[1]) };
    assert_eq!(late.await.unwrap(), Err(conflict));
    assert_eq!(other.read(&east, 3, 10).await.unwrap(), b);
}

#[tokio::test]
async fn a_crash_takes_what_waits_for_its_commit_and_gives_the_turn_back() {
    let (journal, head) = with_three().await;
    let (other, east) = (journal.reopen(), centre("east"));
    journal.take_turn().await.unwrap();
    journal.script(Operation::Append, Fault::Held);
    let (slow, batch) = (journal.clone(), stored(&mut head.clone(), &east, 1));
    let waiting =
        tokio::spawn(async move { slow.append(&[append(&centre("east"), head, &batch)]).await });
    journal.until_held(1).await;
    journal.crash();
    let lost = waiting.await.unwrap();
    assert!(matches!(lost, Err(AppendError::Failed(_))), "{lost:?}");
    assert_eq!(other.heads().await.unwrap()[&east], head);
    let next = stored(&mut head.clone(), &east, 1);
    other.append(&[append(&east, head, &next)]).await.unwrap();
}

#[tokio::test]
async fn a_turn_keeps_others_out_until_it_is_used_or_given_back() {
    let (journal, mut head) = with_three().await;
    let (other, east) = (journal.reopen(), centre("east"));
    for is_used in [true, false] {
        journal.take_turn().await.unwrap();
        let after = head;
        let own = stored(&mut head, &east, 1);
        let late = {
            let (other, batch) = (other.clone(), stored(&mut head.clone(), &east, 1));
            let follows = head;
            tokio::spawn(
                async move { other.append(&[append(&centre("east"), follows, &batch)]).await },
            )
        };
        // Whoever waits for the turn has asked for it by now.
        tokio::task::yield_now().await;
        assert!(!late.is_finished());
        if is_used {
            journal.append(&[append(&east, after, &own)]).await.unwrap();
            late.await.unwrap().unwrap();
            head = other.heads().await.unwrap()[&east];
        } else {
            journal.release_write_lock().await;
            assert!(matches!(late.await.unwrap(), Err(AppendError::Conflict { .. })));
        }
    }
}

#[tokio::test]
async fn a_turn_that_lasts_too_long_is_over() {
    let journal = MemoryJournal::with_turns_of(Duration::from_millis(10));
    let (other, east) = (journal.reopen(), centre("east"));
    journal.take_turn().await.unwrap();
    let next = stored(&mut Head::empty(&east), &east, 1);
    other.append(&[append(&east, Head::empty(&east), &next)]).await.unwrap();
}

/// A desk over a journal in memory, running.
struct Running {
    desk: Desk,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Running {
    async fn over(journal: &MemoryJournal) -> Self {
        let centres = vec![centre("east"), centre("west")];
        let (clock, journal) = (Clock::by_hand(NOON), Arc::new(journal.clone()));
        let (desk, task) = Desk::open(journal, Rules::default(), centres, clock).await.unwrap();
        let stop = CancellationToken::new();
        let task = tokio::spawn(task.run(stop.clone()));
        Self { desk, stop, task }
    }

    async fn end(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

#[tokio::test]
async fn whatever_a_desk_acknowledged_is_there_after_its_crash() {
    let journal = MemoryJournal::new();
    let first = Running::over(&journal).await;
    first.desk.enrol(fleet()).await.unwrap();
    let incident = open_incident(&first.desk, "east").await;
    first.desk.execute(send("east", "sent-1", &incident, "E-1")).await.unwrap();
    // In the middle of a commit: nothing of it was acknowledged, nothing of it is there.
    journal.script(Operation::Append, Fault::Crash { written: 1 });
    let lost = first.desk.execute(note("east", "note-1", &incident, "lost")).await;
    assert!(matches!(lost, Err(CommandError::NotRecorded(_))), "{lost:?}");
    first.end().await;

    let journal = journal.reopen();
    let second = Running::over(&journal).await;
    let again = second.desk.execute(send("east", "sent-1", &incident, "E-1")).await.unwrap();
    assert!(again.already_recorded, "it was acknowledged before the crash");
    let noted = second.desk.execute(note("east", "note-1", &incident, "lost")).await.unwrap();
    assert!(!noted.already_recorded, "it was not");
    assert!(verify(&journal).await.unwrap().is_clean());
    second.end().await;
}

#[tokio::test]
async fn a_desk_that_heard_no_answer_finds_its_own_events_when_it_is_asked_again() {
    let journal = MemoryJournal::new();
    let running = Running::over(&journal).await;
    running.desk.enrol(fleet()).await.unwrap();
    journal.script(Operation::Append, Fault::AnswerLost);
    let unknown = running.desk.execute(call("east", "call-1")).await;
    assert!(matches!(unknown, Err(CommandError::NotRecorded(_))), "{unknown:?}");
    assert_eq!(*running.desk.health().borrow(), Health::Degraded);
    let again = running.desk.execute(call("east", "call-1")).await.unwrap();
    assert!(again.already_recorded, "one call, one incident");
    running.end().await;
}

#[tokio::test]
#[should_panic(expected = "faults are scripted that nothing comes to")]
async fn a_script_has_an_end() {
    let journal = MemoryJournal::new();
    for _ in 0..=dispatch_desk::journal::memory::SCRIPT_MOST {
        journal.script(Operation::Probe, Fault::Refused);
    }
}
