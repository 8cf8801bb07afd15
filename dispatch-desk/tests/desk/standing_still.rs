//! A centre whose journal is damaged when a server starts stands still; the others go on.

use crate::journal_support::*;
use dispatch_core::model::*;
use dispatch_core::{Decision, Rules, decide};
use dispatch_desk::clock::Clock;
use dispatch_desk::desk::{CommandError, Desk, DeskError};
use dispatch_desk::health::Health;
use dispatch_desk::journal::memory::{Fault, MemoryJournal, Operation};
use dispatch_desk::journal::{Head, Journal, Witness};
use std::sync::Arc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

struct Server {
    desk: Desk,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Server {
    async fn over(journal: &MemoryJournal) -> Result<Self, DeskError> {
        let centres = vec![centre("east"), centre("west")];
        let (clock, journal) = (Clock::by_hand(NOON), Arc::new(journal.clone()));
        let opened =
            Desk::open_with(journal, Witness::default(), Rules::default(), centres, clock).await?;
        let (desk, task) = opened;
        let stop = CancellationToken::new();
        let task = tokio::spawn(task.run(stop.clone()));
        Ok(Self { desk, stop, task })
    }

    async fn end(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

async fn furnished() -> MemoryJournal {
    let journal = MemoryJournal::new();
    let server = Server::over(&journal).await.unwrap();
    server.desk.enrol(fleet()).await.unwrap();
    server.end().await;
    journal
}

/// Another server of a later release writes at this centre; gives the number of what it wrote.
async fn write_unreadable(journal: &MemoryJournal, name: &str) -> u64 {
    let of = centre(name);
    let before = journal.heads().await.unwrap().get(&of).copied().unwrap_or(Head::empty(&of));
    let mut after = before;
    let mut event = after.extend(&of, &enrolled(before.version + 1, "V-9"));
    (event.schema, event.hash) = (u16::MAX, [7; 32]);
    journal.append(&[append(&of, before, std::slice::from_ref(&event))]).await.unwrap();
    event.version
}

/// Writes events as they are, with whatever clock.
async fn write(journal: &MemoryJournal, name: &str, events: &[Recorded]) {
    let of = centre(name);
    let before = journal.heads().await.unwrap().get(&of).copied().unwrap_or(Head::empty(&of));
    let mut after = before;
    let stored: Vec<_> = events.iter().map(|event| after.extend(&of, event)).collect();
    journal.append(&[append(&of, before, &stored)]).await.unwrap();
}

#[tokio::test]
async fn a_server_starts_and_the_whole_centres_go_on() {
    let journal = furnished().await;
    let damaged_at = write_unreadable(&journal, "west").await;
    let server = Server::over(&journal).await.unwrap();
    let why = server.desk.troubles().borrow()[&centre("west")].clone();
    assert!(why.contains(&format!("west is damaged at version {damaged_at}")), "{why}");
    let incident = open_incident(&server.desk, "east").await;
    server.desk.execute(send("east", "", &incident, "E-1")).await.unwrap();
    let refused = server.desk.execute(call("west", "call-1")).await;
    assert_eq!(refused, Err(CommandError::NotRecorded(why)));
    assert_eq!(server.desk.centre_of_vehicle(&"W-1".into()), Some(centre("west")), "as it was");

    // One more vehicle in the folder, and one lent to west that its journal does not tell of: nobody is enrolled twice.
    let more = fleet().into_iter().chain([("E-9".into(), record("east"))]).collect();
    let enrolled = server.desk.enrol(more).await.unwrap();
    assert!(enrolled.postponed && enrolled.enrolled == 0, "{enrolled:?}");
    server.end().await;

    let (journal, centres) = (Arc::new(journal), vec![centre("east"), centre("west")]);
    let clock = Clock::by_hand(NOON);
    let strict = Desk::open(journal.clone(), Rules::default(), centres, clock).await;
    assert!(strict.is_err(), "tools that change a journal want all of it");
}

#[tokio::test]
async fn no_server_starts_where_every_centre_is_damaged() {
    let journal = furnished().await;
    write_unreadable(&journal, "west").await;
    write_unreadable(&journal, "east").await;
    let refused = Server::over(&journal).await.err().unwrap();
    assert!(matches!(refused, DeskError::NoneIsWhole(_)), "{refused}");
}

#[tokio::test]
async fn a_journal_ahead_of_time_that_cannot_be_corrected_holds_up_no_other() {
    let journal = furnished().await;
    for name in ["east", "west"] {
        let version = journal.heads().await.unwrap()[&centre(name)].version + 1;
        let mut ahead = enrolled(version, &format!("{name}-ahead"));
        ahead.provenance.recorded_at = NOON.plus_seconds(30 * 86_400);
        write(&journal, name, &[ahead]).await;
    }
    write_unreadable(&journal, "west").await;
    let server = Server::over(&journal).await.unwrap();
    open_incident(&server.desk, "east").await;
    server.end().await;
}

#[tokio::test]
async fn a_hand_over_waits_for_a_centre_that_stands_still() {
    let journal = furnished().await;
    let server = Server::over(&journal).await.unwrap();
    let lend =
        Command::LendVehicle { vehicle: "E-1".into(), to: "west".into(), note: String::new() };
    let context = CommandContext {
        made_at: NOON,
        terminal: None,
        now: NOON,
        origin: Origin::Person { person: "li".into() },
        vehicle_online: None,
        command_id: None,
        confirmed: Vec::new(),
    };
    let decided = server
        .desk
        .read(&centre("east"), |east| decide(east, &Rules::default(), &lend, &context).unwrap());
    let Some(Decision::Events(handed_over)) = decided else { panic!("{decided:?}") };
    server.end().await;
    // A server died between giving it away and taking it over.
    write(&journal, "east", &handed_over).await;
    let unreadable = write_unreadable(&journal, "west").await;

    let server = Server::over(&journal).await.unwrap();
    open_incident(&server.desk, "east").await;
    let gone = server.desk.centre_of_vehicle(&"E-1".into());
    assert_eq!(gone, None, "it is on its way");
    assert!(server.desk.may_be_in_service(&"E-1".into()));
    assert!(server.desk.may_be_in_service(&"V-9".into()), "west's journal may know of it");
    // The newer server is put right.
    journal.cut(&centre("west"), unreadable - 1);
    server.desk.catch_up(&centre("west"));
    let mut troubles = server.desk.troubles();
    troubles.wait_for(|troubles| troubles.is_empty()).await.unwrap();
    open_incident(&server.desk, "east").await;
    assert_eq!(server.desk.centre_of_vehicle(&"E-1".into()), Some(centre("west")));
    assert!(!server.desk.may_be_in_service(&"V-9".into()), "no centre can know of it any more");
    server.end().await;
}

/// West was set back and cannot be recorded as such: the store fails just then, and the next thing there is unreadable.
#[tokio::test(start_paused = true)]
async fn what_a_centre_that_stands_still_has_due_keeps_no_server_from_being_ready() {
    let journal = furnished().await;
    let server = Server::over(&journal).await.unwrap();
    let west = centre("west");
    let mut health = server.desk.health();
    journal.script(Operation::Append, Fault::Refused);
    journal.cut(&west, 0);
    server.desk.catch_up(&west);
    health.wait_for(|health| *health != Health::Working).await.unwrap();
    write_unreadable(&journal, "west").await;
    let mut troubles = server.desk.troubles();
    troubles.wait_for(|troubles| troubles.contains_key(&west)).await.unwrap();
    health.wait_for(|health| *health == Health::Working).await.unwrap();
    open_incident(&server.desk, "east").await;
    server.end().await;
}
