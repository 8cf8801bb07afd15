//! The numbers of terminal and centre do not fit: restored backups, vehicles enrolled anew, tablets set back
//! to an image or cloned. Every press arrives once, nobody is left at a dead end, and the journal says what
//! happened.

use crate::gear::{Program, Terminal, events, folded, in_time};
use dispatch_core::model::{Event, Recorded, TerminalTrouble};
use std::path::{Path, PathBuf};
use wire_protocol::agent::CrewCommand;
use wire_protocol::vocabulary::{PauseReason, VehicleState};

const VEHICLE: &str = "YC-01-1";
const CENTRE: &str = "yinchuan";

fn pause() -> CrewCommand {
    CrewCommand::Pause { reason: PauseReason::Fuel, note: String::new() }
}

/// A server's folder with a key for the vehicle, and a folder for tablets.
struct Place {
    folder: tempfile::TempDir,
    key: String,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        std::fs::create_dir(&data).unwrap();
        Program::add_duty_officer(&data, "duty");
        let key = Program::key(&data, VEHICLE);
        Self { folder, key }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn outbox(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn tablet(&self, server: &Program, outbox: &str) -> Terminal {
        Terminal::online(&server.address, &self.key, &self.outbox(outbox)).await
    }

    /// A tablet without network: what it is given goes to its disk.
    async fn offline(&self, outbox: &str) -> Terminal {
        Terminal::switch_on("127.0.0.1:9", &self.key, &self.outbox(outbox)).await
    }

    /// An image of a switched-off tablet.
    fn image(&self, from: &str, to: &str) {
        for end in ["", "-wal", "-shm"] {
            let (from, to) = (format!("{from}{end}"), format!("{to}{end}"));
            std::fs::remove_file(self.outbox(&to)).ok();
            if self.outbox(&from).exists() {
                std::fs::copy(self.outbox(&from), self.outbox(&to)).unwrap();
            }
        }
    }

    async fn journal(&self) -> Vec<Recorded> {
        events(&self.data(), CENTRE).await
    }
}

fn count(journal: &[Recorded], kind: &str) -> usize {
    journal.iter().filter(|event| event.event.kind() == kind).count()
}

fn troubles(journal: &[Recorded]) -> Vec<&'static str> {
    let trouble = |event: &Recorded| {
        if let Event::TerminalTroubleNoted { trouble, .. } = &event.event {
            Some(trouble.kind())
        } else {
            None
        }
    };
    journal.iter().filter_map(trouble).collect()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restored_backup_presses_and_calls_for_help_arrive_once() {
    let place = Place::new();
    let server = Program::start(&place.data(), "127.0.0.1:0");
    let tablet = place.tablet(&server, "tablet").await;
    tablet.press(pause()).await;
    tablet.press(CrewCommand::Resume).await;
    tablet.until_all_sent().await;
    let address = server.address.clone();
    server.kill();
    let backup = place.folder.path().join("backup");
    copy_folder(&place.data(), &backup);
    let server = Program::start(&place.data(), &address);
    for _ in 0..2 {
        tablet.press(pause()).await;
        tablet.press(CrewCommand::Resume).await;
    }
    tablet.until_all_sent().await;
    server.kill();
    std::fs::remove_dir_all(place.data()).unwrap();
    copy_folder(&backup, &place.data());
    tablet.press(CrewCommand::Sos).await;
    tablet.press(pause()).await;
    let server = Program::start(&place.data(), &address);
    tablet.until_all_sent().await;
    let renewal = tablet.handle.picture().renewal.clone().expect("the crew is told");
    assert_eq!((renewal.moved, renewal.again, renewal.missing), (2, 4, 0));
    tablet.press(CrewCommand::Resume).await;
    tablet.until_all_sent().await;
    tablet.switch_off().await;
    server.kill();
    let journal = place.journal().await;
    assert_eq!(count(&journal, "sos_raised"), 1);
    assert_eq!(count(&journal, "vehicle_paused"), 4, "those that the backup lacked, too");
    assert_eq!(count(&journal, "vehicle_resumed"), 4);
    assert!(troubles(&journal).contains(&"outbox_renewed"), "{:?}", troubles(&journal));
    assert!(folded(CENTRE, &journal).vehicles[VEHICLE].sos.is_some());
}

/// A kiosk tablet that is reset to an image at every boot, the image holding a press that was not sent yet.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_reset_at_every_boot_records_each_press_once() {
    let place = Place::new();
    let tablet = place.offline("tablet").await;
    tablet.press(pause()).await;
    tablet.switch_off().await;
    place.image("tablet", "image");
    let server = Program::start(&place.data(), "127.0.0.1:0");
    for boot in 0..3 {
        place.image("image", "tablet");
        // Something is pressed before the network is there, something after.
        let tablet = place.offline("tablet").await;
        tablet.press(CrewCommand::Sos).await;
        tablet.switch_off().await;
        let tablet = place.tablet(&server, "tablet").await;
        tablet.press(CrewCommand::Sos).await;
        if boot > 0 {
            // All may be recorded under the old numbers before the server asks for new ones.
            tablet.until("its numbers to be given anew", |picture| picture.renewal.is_some()).await;
        }
        tablet.until_all_sent().await;
        assert_eq!(tablet.handle.picture().renewal.is_some(), boot > 0, "boot {boot}");
        tablet.switch_off().await;
    }
    server.kill();
    let journal = place.journal().await;
    assert_eq!(count(&journal, "vehicle_paused"), 1, "the press of the image");
    assert_eq!(count(&journal, "sos_raised"), 6, "two of each boot");
    let renewed = troubles(&journal).iter().filter(|it| **it == "outbox_renewed").count();
    assert_eq!(renewed, 2, "{:?}", troubles(&journal));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tablets_of_one_image_do_not_swallow_each_other() {
    let place = Place::new();
    let server = Program::start(&place.data(), "127.0.0.1:0");
    place.tablet(&server, "first").await.switch_off().await;
    place.image("first", "second");
    let first = place.tablet(&server, "first").await;
    first.press(pause()).await;
    first.press(CrewCommand::Resume).await;
    first.until_all_sent().await;
    // The clone was pressed out of sight, and both are up now.
    let second = place.offline("second").await;
    second.press(CrewCommand::Sos).await;
    second.switch_off().await;
    let second = place.tablet(&server, "second").await;
    second.until("the call for help to be taken", |picture| picture.waiting_commands == 0).await;
    second.switch_off().await;
    first.press(CrewCommand::Sos).await;
    first.until_all_sent().await;
    first.switch_off().await;
    server.kill();
    let journal = place.journal().await;
    assert_eq!(count(&journal, "sos_raised"), 2, "{:?}", troubles(&journal));
    assert!(troubles(&journal).contains(&"outbox_renewed"), "{:?}", troubles(&journal));
}

/// More tablets than are remembered, and the first of them back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forgotten_tablet_is_no_dead_end() {
    let place = Place::new();
    let server = Program::start(&place.data(), "127.0.0.1:0");
    let tablet = place.tablet(&server, "first").await;
    tablet.press(pause()).await;
    tablet.until_all_sent().await;
    tablet.switch_off().await;
    for number in 0..dispatch_core::state::REMEMBERED_OUTBOXES {
        let tablet = place.tablet(&server, &format!("spare-{number}")).await;
        tablet.press(CrewCommand::Sos).await;
        tablet.until_all_sent().await;
        tablet.switch_off().await;
    }
    let tablet = place.tablet(&server, "first").await;
    // What it shows first is what it last knew itself.
    tablet.until("the pause", |picture| picture.state == Some(VehicleState::Paused)).await;
    tablet.press(CrewCommand::Resume).await;
    in_time("the press of a forgotten tablet", tablet.until_all_sent()).await;
    tablet.switch_off().await;
    server.kill();
    let journal = place.journal().await;
    assert_eq!((count(&journal, "vehicle_paused"), count(&journal, "vehicle_resumed")), (1, 1));
    let is_missing = |trouble: &&&str| **trouble == "acts_missing";
    assert_eq!(troubles(&journal).iter().filter(is_missing).count(), 1, "the gap is seen");
}

/// The terminal is cut off at every step of a change to new numbers.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_numbers_cut_by_kills_at_both_ends_loses_and_doubles_nothing() {
    let place = Place::new();
    let server = Program::start(&place.data(), "127.0.0.1:0");
    let address = server.address.clone();
    let tablet = place.tablet(&server, "tablet").await;
    tablet.until_all_sent().await;
    tablet.switch_off().await;
    place.image("tablet", "image");
    let tablet = place.tablet(&server, "tablet").await;
    for _ in 0..2 {
        tablet.press(pause()).await;
        tablet.press(CrewCommand::Resume).await;
    }
    tablet.until_all_sent().await;
    tablet.switch_off().await;
    place.image("image", "tablet");
    let tablet = place.offline("tablet").await;
    for _ in 0..3 {
        tablet.press(CrewCommand::Sos).await;
    }
    tablet.cut_power().await;
    let mut server = server;
    for round in 0..4 {
        let tablet = Terminal::switch_on(&address, &place.key, &place.outbox("tablet")).await;
        if round % 2 == 0 {
            tablet
                .until("new numbers", |picture| {
                    picture.renewal.is_some() || picture.waiting_commands == 0
                })
                .await;
        }
        server.kill();
        tablet.cut_power().await;
        server = Program::start(&place.data(), &address);
    }
    let tablet = place.tablet(&server, "tablet").await;
    tablet.until_all_sent().await;
    tablet.switch_off().await;
    server.kill();
    let journal = place.journal().await;
    assert_eq!(count(&journal, "sos_raised"), 3, "{:?}", troubles(&journal));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failing_disk_is_noted_in_the_journal() {
    let place = Place::new();
    let server = Program::start(&place.data(), "127.0.0.1:0");
    // A file stands where the folder of the outbox should be.
    std::fs::write(place.outbox("file"), b"x").unwrap();
    let tablet =
        Terminal::online(&server.address, &place.key, &place.outbox("file").join("outbox")).await;
    assert!(tablet.handle.picture().storage_failing);
    // Told as safe once the centre has it.
    tablet.press(CrewCommand::Sos).await;
    tablet.switch_off().await;
    server.kill();
    let journal = place.journal().await;
    assert_eq!(count(&journal, "sos_raised"), 1);
    let is_failing = |event: &Recorded| {
        let trouble = TerminalTrouble::StorageFailing;
        event.event == Event::TerminalTroubleNoted { vehicle: VEHICLE.into(), trouble }
    };
    assert!(journal.iter().any(is_failing), "{:?}", troubles(&journal));
}
