//! What a centre confirmed and then lost, by an older copy in its database's place or a stand-by without its tail, the
//! terminal brings again.

use crate::support::terminal::{Terminal, pause};
use crate::support::{NEW_YEAR_MS, at};
use vehicle_agent::link::Input;
use vehicle_agent::outbox::{Change, MOST_CONFIRMED, Outbox, OutboxContent, SqliteOutbox};
use wire_protocol::agent::{AgentMessage, CrewCommand, RenewalReason, ServerMessage};

fn recorded(commands_through: u64) -> ServerMessage {
    ServerMessage::Recorded { commands_through, fixes: vec![] }
}

fn centre_has(commands_through: u64) -> ServerMessage {
    ServerMessage::Renumber { commands_through, reason: RenewalReason::CentreBehind }
}

/// Presses a pause and its end in turn, so many in all, confirmed at once.
fn press_and_confirm(terminal: &mut Terminal, disk: &mut OutboxContent, commands: u64) {
    for n in 0..commands {
        terminal.press(if n % 2 == 0 { pause() } else { CrewCommand::Resume });
        terminal.store_all(disk);
        terminal.receive(&recorded(terminal.commands_sent().last().expect("it was sent").0));
        terminal.store_all(disk);
    }
}

/// Greets anew as after a cut; what was said before is forgotten.
fn welcome(terminal: &mut Terminal) {
    terminal.sent.retain(|message| matches!(message, AgentMessage::Hello { .. }));
    terminal.receive(&ServerMessage::Welcome {
        vehicle: "YC-007".to_owned(),
        server_time: NEW_YEAR_MS,
        commands_through: 0,
        report_seconds: wire_protocol::agent::ReportSeconds { on_task: 2, available: 2, idle: 2 },
        exercise: false,
        servers: Vec::new(),
    });
}

/// Where the commands sent were first numbered.
fn first_numbers(terminal: &Terminal) -> Vec<(String, u64)> {
    let first = |message: &AgentMessage| match message {
        AgentMessage::Press { pressed_as, .. } => {
            pressed_as.as_ref().map(|it| (it.outbox.clone(), it.number))
        }
        AgentMessage::Hello { .. } | AgentMessage::Fixes { .. } | AgentMessage::Ping { .. } => None,
    };
    terminal.sent.iter().filter_map(first).collect()
}

fn begun() -> (Terminal, OutboxContent) {
    let disk = OutboxContent::empty("box".to_owned());
    (Terminal::new(disk.clone()), disk)
}

fn of_box(numbers: impl IntoIterator<Item = u64>) -> Vec<(String, u64)> {
    numbers.into_iter().map(|number| ("box".to_owned(), number)).collect()
}

#[test]
fn what_the_centre_lost_is_sent_again_before_what_waits() {
    let (mut terminal, mut disk) = begun();
    press_and_confirm(&mut terminal, &mut disk, 6);
    assert_eq!((disk.commands.len(), disk.confirmed.len()), (0, 6));
    terminal.press(CrewCommand::Sos);
    terminal.receive(&centre_has(4));
    terminal.store_all(&mut disk);
    let (outbox, report) = terminal.hello();
    assert_eq!((report.first_command, report.last_command), (1, 3));
    let previous = report.previous.expect("it replaced one");
    assert_eq!((previous.commands_through, previous.moved), (4, 3), "nothing is missing");
    let renewal = terminal.link.picture(at(0)).renewal.expect("the crew is told");
    assert_eq!((renewal.moved, renewal.again, renewal.missing), (1, 2, 0));
    welcome(&mut terminal);
    assert_eq!(first_numbers(&terminal), of_box([5, 6, 7]));
    assert_eq!(terminal.commands_sent()[2].1, CrewCommand::Sos);

    // A restart does not forget any of it.
    assert_eq!((disk.id.as_str(), disk.commands.len(), disk.confirmed.len()), (&*outbox, 3, 4));
    let mut terminal = Terminal::new(disk.clone());
    assert_eq!(first_numbers(&terminal), of_box([5, 6, 7]));
    terminal.receive(&recorded(3));
    terminal.store_all(&mut disk);
    assert_eq!((disk.commands.len(), disk.confirmed.len()), (0, 7));
    assert_eq!(terminal.link.picture(at(0)).waiting_commands, 0);
}

/// An older copy yet: what was numbered in the outbox before is lost with it.
#[test]
fn a_second_set_back_brings_commands_of_earlier_outboxes_too() {
    let (mut terminal, mut disk) = begun();
    press_and_confirm(&mut terminal, &mut disk, 4);
    terminal.receive(&centre_has(3));
    welcome(&mut terminal);
    terminal.store_all(&mut disk);
    terminal.receive(&recorded(1));
    terminal.store_all(&mut disk);
    let mut terminal = Terminal::new(disk);
    terminal.receive(&centre_has(0));
    welcome(&mut terminal);
    terminal.give(Input::Stored);
    terminal.give(Input::Stored);
    assert_eq!(first_numbers(&terminal), of_box([1, 2, 3, 4]));
}

#[test]
fn what_is_kept_is_bounded_in_number_and_in_age() {
    let (mut terminal, mut disk) = begun();
    let many = MOST_CONFIRMED as u64 + 10;
    press_and_confirm(&mut terminal, &mut disk, many);
    assert_eq!(disk.confirmed.len(), MOST_CONFIRMED);
    let mut young = Terminal::new(disk.clone());
    young.receive(&centre_has(0));
    let renewal = young.link.picture(at(0)).renewal.expect("the crew is told");
    assert_eq!((renewal.again, renewal.missing), (MOST_CONFIRMED as u64, 10));
    let mut old = Terminal::new(disk);
    old.now_ms = 25 * 3_600_000;
    old.receive(&centre_has(0));
    let renewal = old.link.picture(at(0)).renewal.expect("the crew is told");
    assert_eq!((renewal.again, renewal.missing), (0, many), "a day later people have settled it");
}

#[test]
fn another_reason_for_new_numbers_brings_nothing_again() {
    let (mut terminal, mut disk) = begun();
    press_and_confirm(&mut terminal, &mut disk, 3);
    for reason in [RenewalReason::TerminalBehind, RenewalReason::NumberUsedTwice] {
        terminal.receive(&ServerMessage::Renumber { commands_through: 1, reason });
        welcome(&mut terminal);
        assert_eq!(terminal.link.picture(at(0)).waiting_commands, 0);
    }
}

/// The file and memory agree on what is kept, whatever came in between; a file that disagreed would be set aside.
#[tokio::test]
async fn file_and_memory_keep_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outbox.db");
    let mut outbox = SqliteOutbox::open(&path).await.expect("opens");
    let mut memory = outbox.load().await.expect("loads");
    let mut terminal = Terminal::new(memory.clone());
    let mut batches = 0;
    for round in 0..40_u64 {
        terminal.press(pause());
        terminal.press(CrewCommand::Resume);
        if round % 3 > 0 {
            let last = terminal
                .hello()
                .1
                .last_command
                .max(terminal.link.picture(at(0)).waiting_commands as u64);
            terminal.receive(&recorded(last));
        }
        if round % 7 == 6 {
            terminal.receive(&centre_has(round % 5));
            welcome(&mut terminal);
        }
        while let Some(batch) = terminal.storing.take() {
            outbox.apply(&batch).await.expect("applies");
            memory.apply(&batch);
            terminal.give(Input::Stored);
            batches += 1;
            let mut opened = SqliteOutbox::open(&path).await.expect("opens");
            assert_eq!(opened.load().await.expect("loads"), memory, "round {round}");
        }
    }
    assert!(batches >= 40 && !memory.confirmed.is_empty());
}

#[tokio::test]
async fn an_outbox_of_the_release_before_is_read_and_keeps_what_is_confirmed_from_now_on() {
    use sqlx::{ConnectOptions, Connection};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outbox.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = options.connect().await.expect("opens");
    for schema in
        [include_str!("../../src/outbox/schema.sql"), include_str!("../../src/outbox/schema_2.sql")]
    {
        sqlx::raw_sql(schema).execute(&mut connection).await.expect("makes");
    }
    let rows = "INSERT INTO outbox (one, id, last_act) VALUES (1, 'old', 7);
        INSERT INTO acts (number, made_at, act) VALUES (7, 1767225600000, '{\"type\":\"sos\"}');";
    sqlx::raw_sql(rows).execute(&mut connection).await.expect("inserts");
    connection.close().await.expect("closes");
    let mut outbox = SqliteOutbox::open(&path).await.expect("opens");
    let mut terminal = Terminal::new(outbox.load().await.expect("loads"));
    terminal.receive(&recorded(7));
    let mut is_kept = false;
    while let Some(batch) = terminal.storing.take() {
        is_kept |= batch.iter().any(|change| matches!(change, Change::KeepConfirmed(_)));
        outbox.apply(&batch).await.expect("applies");
        terminal.give(Input::Stored);
    }
    assert!(is_kept);
    let mut opened = SqliteOutbox::open(&path).await.expect("opens");
    let content = opened.load().await.expect("loads");
    assert_eq!((content.commands.len(), content.confirmed.len()), (0, 1));
}
