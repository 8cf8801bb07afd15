//! A vehicle whose row leaves the region folder, and comes back: what is pressed on its terminal meanwhile is
//! answered, and every press before and after is recorded once.

use crate::gear::{Program, Server, Terminal, crew_numbers, events, tiny};
use dispatch_core::model::{Event, Recorded};
use std::path::{Path, PathBuf};
use wire_protocol::agent::CrewCommand;
use wire_protocol::vocabulary::PauseReason;

const VEHICLE: &str = "XN-01-1";

fn pause() -> CrewCommand {
    CrewCommand::Pause { reason: PauseReason::Fuel, note: String::new() }
}

/// A later edition of the tiny region, with or without the vehicle.
fn edition(folder: &Path, version: u32, has_vehicle: bool) -> PathBuf {
    let to = folder.join(format!("edition-{version}"));
    std::fs::create_dir(&to).unwrap();
    for entry in std::fs::read_dir(tiny()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
    let head = std::fs::read_to_string(to.join("region.toml")).unwrap();
    std::fs::write(to.join("region.toml"), format!("version = {version}\n{head}")).unwrap();
    let rows = std::fs::read_to_string(to.join("vehicles.csv")).unwrap();
    let kept = rows.lines().filter(|row| has_vehicle || !row.starts_with(VEHICLE));
    let kept: String = kept.map(|row| format!("{row}\n")).collect();
    std::fs::write(to.join("vehicles.csv"), kept).unwrap();
    to
}

fn count(journal: &[Recorded], kind: &str) -> usize {
    journal.iter().filter(|event| event.event.kind() == kind).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_row_that_leaves_the_folder_and_comes_back_loses_no_press() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.db");
    let server = Server::open(tiny(), |_| {}).await;
    let key = server.key(VEHICLE).await;
    let terminal = Terminal::online(&server.address().to_string(), &key, &outbox).await;
    terminal.press(pause()).await;
    terminal.press(CrewCommand::Resume).await;
    terminal.until_all_sent().await;
    terminal.switch_off().await;
    let data = server.close().await;

    let without = edition(folder.path(), 2, false);
    Program::retire(data.path(), &without, VEHICLE);
    let server = Server::open_again(data, without, |_| {}).await;
    let terminal = Terminal::online(&server.address().to_string(), &key, &outbox).await;
    terminal.press(pause()).await;
    terminal.until_all_sent().await;
    let refused = |picture: &vehicle_agent::link::ScreenState| {
        picture.refusals.iter().any(|refusal| refusal.code == "vehicle_retired")
    };
    terminal.until("the crew to be told", refused).await;
    terminal.switch_off().await;
    let data = server.close().await;

    let server = Server::open_again(data, edition(folder.path(), 3, true), |_| {}).await;
    let terminal = Terminal::online(&server.address().to_string(), &key, &outbox).await;
    terminal.press(CrewCommand::Sos).await;
    terminal.press(CrewCommand::OffDuty).await;
    terminal.until_all_sent().await;
    terminal.switch_off().await;
    let data = server.close().await;

    let journal = events(data.path(), "xining").await;
    assert_eq!(crew_numbers(&journal, VEHICLE), [1, 2, 3, 4, 5], "each once, in order");
    for (kind, times) in [("vehicle_paused", 1), ("vehicle_resumed", 1), ("sos_raised", 1)] {
        assert_eq!(count(&journal, kind), times, "{kind}");
    }
    let refused = |it: &Recorded| {
        if let Event::CrewActRefused { command, code, .. } = &it.event {
            Some((command.clone(), code.clone()))
        } else {
            None
        }
    };
    let kept = journal.iter().filter_map(refused);
    assert_eq!(
        kept.collect::<Vec<_>>(),
        [("pause_vehicle".to_owned(), "vehicle_retired".to_owned())]
    );
}

/// A crew in danger is heard although nobody counts on its vehicle any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_for_help_from_a_vehicle_out_of_service_is_an_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.db");
    let server = Server::open(tiny(), |_| {}).await;
    let key = server.key(VEHICLE).await;
    let data = server.close().await;
    let without = edition(folder.path(), 2, false);
    Program::retire(data.path(), &without, VEHICLE);
    let server = Server::open_again(data, without, |_| {}).await;
    let dispatcher =
        server.person("wang", wire_protocol::vocabulary::Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    assert!(!console.picture.vehicles.contains_key(VEHICLE));
    let terminal = Terminal::switch_on(&server.address().to_string(), &key, &outbox).await;
    terminal.press(CrewCommand::Sos).await;
    let calls = |picture: &crate::gear::Picture| {
        picture.vehicles.get(VEHICLE).is_some_and(|vehicle| vehicle.sos_since.is_some())
    };
    console.until("the alarm", calls).await;
    terminal.until_all_sent().await;
    terminal.switch_off().await;
    server.close().await;
}
