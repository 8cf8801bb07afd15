//! The terminal's disk fails in every way a disk can: what was told as stored is there after a power cut,
//! and what the disk does not take goes to the centre from memory, calls for help first.

use std::path::Path;

use crate::support::terminal::{Terminal, pause};
use crate::support::*;
use vehicle_agent::link::Input;
use vehicle_agent::outbox::{Change, Outbox, OutboxContent, SqliteOutbox, StoredCommand};
use wire_protocol::agent::{AgentMessage, CrewCommand, RenewalReason, ServerMessage, StorageState};

fn command(number: u64) -> Change {
    let made_at_ms = NEW_YEAR_MS + number as i64;
    Change::AddCommand(StoredCommand {
        number,
        made_at_ms,
        command: CrewCommand::Sos,
        pressed_as: None,
        stamp: None,
    })
}

/// What a fresh process finds.
async fn on_disk(path: &Path) -> OutboxContent {
    SqliteOutbox::open(path).await.expect("opens").load().await.expect("loads")
}

fn numbers(commands: &[StoredCommand]) -> Vec<u64> {
    commands.iter().map(|command| command.number).collect()
}

/// Damages that a file may have before the program starts.
async fn damage(path: &Path, kind: &str) {
    let mut outbox = SqliteOutbox::open(path).await.expect("opens");
    outbox.apply(&[command(1), command(2)]).await.expect("applies");
    outbox.close().await.expect("closes");
    let sql = |text: &'static str| async move {
        use sqlx::{ConnectOptions, Connection};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
        let mut connection = options.connect().await.expect("opens");
        sqlx::raw_sql(text).execute(&mut connection).await.expect("is done");
        connection.close().await.expect("closes");
    };
    match kind {
        "not a database" => std::fs::write(path, [0x5A; 9_000]).expect("writes"),
        "cut short" => {
            let bytes = std::fs::read(path).expect("reads");
            std::fs::write(path, &bytes[..5_000]).expect("writes");
        }
        "wrong pages" => {
            let mut bytes = std::fs::read(path).expect("reads");
            bytes[4096..].fill(0xFF);
            std::fs::write(path, bytes).expect("writes");
        }
        "an undecodable entry" => {
            sql("UPDATE acts SET act = '{\"type\":\"dance\"}' WHERE number = 1").await
        }
        "no row" => sql("DELETE FROM outbox").await,
        "a table gone" => sql("DROP TABLE fixes").await,
        "a later version" => sql("PRAGMA user_version = 99").await,
        "a folder" => {
            std::fs::remove_file(path).expect("removes");
            std::fs::create_dir(path).expect("makes");
        }
        "a pipe" => {
            std::fs::remove_file(path).expect("removes");
            let made = std::process::Command::new("mkfifo").arg(path).status().expect("runs");
            assert!(made.success(), "a pipe");
        }
        "a link to itself" => {
            std::fs::remove_file(path).expect("removes");
            std::os::unix::fs::symlink(path, path).expect("links");
        }
        other => panic!("no such damage: {other}"),
    }
}

#[tokio::test]
async fn whatever_is_damaged_is_set_aside_and_what_can_be_read_is_saved() {
    for (kind, saved) in [
        ("not a database", vec![]),
        ("cut short", vec![]),
        ("wrong pages", vec![]),
        ("an undecodable entry", vec![2]),
        ("a table gone", vec![1, 2]),
        ("a later version", vec![1, 2]),
        ("a folder", vec![]),
        ("a pipe", vec![]),
        ("a link to itself", vec![]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("outbox.db");
        damage(&path, kind).await;
        let mut outbox = SqliteOutbox::open_or_begin(&path).await;
        let content = outbox.load().await.expect("loads");
        assert!(!content.is_unsaved, "{kind}: the new outbox is on disk");
        assert_eq!(numbers(&content.salvaged), saved, "{kind}");
        let previous = content.previous.clone().expect("it says that it replaced another");
        assert_eq!(previous.reason, RenewalReason::OutboxDamaged, "{kind}");
        let aside = std::fs::read_dir(folder.path()).expect("reads").filter_map(Result::ok);
        let aside = aside.filter(|it| it.file_name().to_string_lossy().contains(".set-aside-"));
        assert!(aside.count() >= 1, "{kind}: the old file is kept");
        outbox.apply(&[command(1)]).await.expect("the new one works");
        drop(outbox);
        let content = on_disk(&path).await;
        assert_eq!(
            (numbers(&content.commands), numbers(&content.salvaged)),
            (vec![1], saved),
            "{kind}"
        );
    }
}

#[tokio::test]
async fn an_outbox_without_its_row_is_begun_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outbox.db");
    damage(&path, "no row").await;
    let content = SqliteOutbox::open_or_begin(&path).await.load().await.expect("loads");
    assert_eq!(
        numbers(&content.commands),
        [1, 2],
        "its commands are sent; the server knows them by name"
    );
}

#[tokio::test]
async fn an_outbox_of_the_first_release_is_read() {
    use sqlx::{ConnectOptions, Connection};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outbox.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut connection = options.connect().await.expect("opens");
    sqlx::raw_sql(include_str!("../../src/outbox/schema.sql"))
        .execute(&mut connection)
        .await
        .expect("makes");
    let rows = "INSERT INTO outbox (one, id, last_act, last_fix) VALUES (1, 'old', 7, 40);
        INSERT INTO acts VALUES (7, 1767225600000, '{\"type\":\"sos\"}');";
    sqlx::raw_sql(rows).execute(&mut connection).await.expect("inserts");
    connection.close().await.expect("closes");
    let content = on_disk(&path).await;
    assert_eq!((content.id.as_str(), content.last_command_number), ("old", 7));
    assert_eq!(
        (numbers(&content.commands), content.commands[0].command.clone()),
        (vec![7], CrewCommand::Sos)
    );
}

#[tokio::test]
async fn only_its_owner_reads_the_outbox() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("outbox.db");
    std::fs::write(&path, []).expect("writes");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644))
        .expect("opens it to all");
    let _outbox = SqliteOutbox::open(&path).await.expect("opens");
    for end in ["", "-wal", "-shm"] {
        let file = folder.path().join(format!("outbox.db{end}"));
        let mode = std::fs::metadata(&file).expect("is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn a_disk_that_comes_back_brings_the_commands_of_the_file_nobody_could_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("card/outbox.db");
    // The card is not there when the terminal starts.
    let mut outbox = SqliteOutbox::open_or_begin(&path).await;
    assert!(outbox.load().await.expect("loads").is_unsaved);
    outbox.apply(&[command(1)]).await.expect_err("there is no disk");
    // It appears, with what an earlier life had stored on it.
    std::fs::create_dir(path.parent().expect("a folder")).expect("makes");
    damage(&path, "a later version").await;
    let restore = "PRAGMA user_version = 5";
    {
        use sqlx::{ConnectOptions, Connection};
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
        let mut connection = options.connect().await.expect("opens");
        sqlx::raw_sql(restore).execute(&mut connection).await.expect("is done");
        connection.close().await.expect("closes");
    }
    outbox.apply(&[command(1)]).await.expect("the disk is well again");
    let salvaged = outbox.take_salvaged();
    assert_eq!(numbers(&salvaged), [1, 2]);
    assert!(salvaged.iter().all(|command| command.pressed_as.is_some()));
    let content = on_disk(&path).await;
    assert_eq!((numbers(&content.commands), numbers(&content.salvaged)), (vec![1], vec![1, 2]));
}

#[test]
fn a_call_for_help_waits_for_no_disk_and_takes_along_what_was_pressed_before() {
    let mut terminal = Terminal::new(OutboxContent::empty("box".to_owned()));
    terminal.press(pause());
    assert_eq!(terminal.commands_sent(), [], "a pause waits until it is safe");
    terminal.press(CrewCommand::Sos);
    assert_eq!(terminal.commands_sent(), [(1, pause()), (2, CrewCommand::Sos)]);
    assert!(!terminal.link.is_safe(terminal.link.last_key()), "nobody says that it is stored");
    terminal.receive(&ServerMessage::Recorded { commands_through: 2, fixes: vec![] });
    assert!(terminal.link.is_safe(terminal.link.last_key()), "the centre has it");
}

#[test]
fn a_slow_disk_and_a_failing_one_hold_nothing_back_and_are_told() {
    let mut terminal = Terminal::new(OutboxContent::empty("box".to_owned()));
    terminal.press(pause());
    terminal.now_ms = 2_500;
    terminal.give(Input::Tick);
    assert_eq!(
        terminal.commands_sent(),
        [(1, pause())],
        "a disk that takes seconds is not waited for"
    );
    assert_eq!(terminal.storage_told(), Some(StorageState::Failing));
    let picture = terminal.link.picture(at(terminal.now_ms));
    assert!(picture.storage_failing && picture.unstored_commands == 1);
    terminal.give(Input::StoreFailed);
    terminal.press(CrewCommand::Resume);
    assert_eq!(terminal.commands_sent().len(), 2, "and neither is one that fails");
    terminal.now_ms = 10_000;
    terminal.give(Input::Tick);
    assert!(terminal.storing.take().is_some(), "it is tried again");
    terminal.give(Input::Stored);
    assert_eq!(terminal.storage_told(), Some(StorageState::Healthy));
    assert!(!terminal.link.picture(at(terminal.now_ms)).storage_failing);
}

#[test]
fn a_disk_that_fails_for_days_takes_no_more_memory() {
    let mut terminal = Terminal::new(OutboxContent::empty("box".to_owned()));
    terminal.press(pause());
    terminal.give(Input::StoreFailed);
    for number in 2..5_000 {
        terminal.press(if number % 2 == 0 { CrewCommand::Resume } else { pause() });
        terminal.receive(&ServerMessage::Recorded { commands_through: number, fixes: vec![] });
        terminal.sent.clear();
    }
    terminal.now_ms = 60_000;
    terminal.give(Input::Tick);
    terminal.give(Input::Stored);
    let batch = terminal.storing.take().expect("what is left goes to the disk");
    assert!(batch.len() < 5, "{} changes", batch.len());
    let mut content = OutboxContent::empty("box".to_owned());
    content.apply(&batch);
    assert_eq!(
        (content.commands.len(), content.last_command_number),
        (0, 4_999),
        "no number is given twice"
    );
}

#[test]
fn a_new_outbox_moves_what_waits_and_says_where_it_was_pressed() {
    let mut terminal = Terminal::new(OutboxContent {
        last_command_number: 6,
        ..OutboxContent::empty("box".to_owned())
    });
    terminal.press(pause());
    terminal.press(CrewCommand::Sos);
    let key = terminal.link.last_key();
    terminal.receive(&ServerMessage::Renumber {
        commands_through: 2,
        reason: RenewalReason::CentreBehind,
    });
    assert!(!terminal.link.is_safe(key), "the first batch was about the old outbox");
    let Some(AgentMessage::Hello { outbox, terminal: Some(report), .. }) = terminal.sent.last()
    else {
        panic!("the new outbox is told at once: {:?}", terminal.sent.last());
    };
    let (outbox, previous) = (outbox.clone(), report.previous.clone().expect("it replaced one"));
    assert_ne!(outbox, "box");
    assert_eq!((report.first_command, report.last_command), (1, 2));
    assert_eq!(
        (previous.outbox.as_str(), previous.commands_through, previous.moved),
        ("box", 6, 2)
    );
    let renewal = terminal.link.picture(at(0)).renewal.expect("the crew is told");
    assert_eq!((renewal.moved, renewal.missing), (2, 4));
    // The batch that was under way, then the new outbox.
    let mut disk =
        OutboxContent { last_command_number: 6, ..OutboxContent::empty("box".to_owned()) };
    while let Some(batch) = terminal.storing.take() {
        disk.apply(&batch);
        terminal.give(Input::Stored);
    }
    assert!(terminal.link.is_safe(key));
    assert_eq!((disk.id, numbers(&disk.commands)), (outbox, vec![1, 2]));
    let first: Vec<u64> = disk
        .commands
        .iter()
        .filter_map(|command| command.pressed_as.as_ref())
        .map(|it| it.number)
        .collect();
    assert_eq!(first, [7, 8]);
}
