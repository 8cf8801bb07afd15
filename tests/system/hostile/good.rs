//! The good vehicle and its console, which must not notice anything.

use crate::gear::{Console, Person, Receiver, Server, Terminal};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wire_protocol::agent::CrewCommand;
use wire_protocol::vocabulary::{PauseReason, VehicleState};

const VEHICLE: &str = "YC-01-1";
const START: (f64, f64) = (106.25, 38.47);
/// Moments that the receiver may measure; more than the longest run has rounds.
const MOMENTS: u32 = 1_000_000;

pub(super) struct Good {
    terminal: Terminal,
    console: Console,
    _folder: TempDir,
}

/// Quicker than any hand, and far from the flood that a machine pressing without a pause would be.
const BETWEEN_PRESSES: std::time::Duration = std::time::Duration::from_millis(40);

impl Good {
    pub(super) async fn begin(server: &Server, dispatcher: &Person) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = server.key(VEHICLE).await;
        let address = server.address().to_string();
        let terminal = Terminal::online(&address, &key, &folder.path().join("outbox")).await;
        let mut console = dispatcher.console().await;
        console.until("the good vehicle", |picture| picture.is_online(VEHICLE)).await;
        Self { terminal, console, _folder: folder }
    }

    /// Presses, drives and looks until told to stop; gives how many presses there were, and the vehicle.
    pub(super) async fn go_on(mut self, stop: CancellationToken) -> (u64, &'static str) {
        let receiver = Receiver::driving_from(START.0, START.1, MOMENTS);
        let (mut presses, mut moment) = (0, 0);
        let mut hand = tokio::time::interval(BETWEEN_PRESSES);
        while !stop.is_cancelled() {
            let pause = CrewCommand::Pause { reason: PauseReason::Meal, note: String::new() };
            for (command, state) in [
                (pause, VehicleState::Paused),
                (CrewCommand::Resume, VehicleState::AvailableAtStation),
            ] {
                hand.tick().await;
                presses = self.terminal.press(command).await;
                self.terminal.drive(&receiver, moment..moment + 1).await;
                moment += 1;
                let is_shown =
                    |picture: &crate::gear::Picture| picture.vehicles[VEHICLE].state == state;
                self.console.until("the good press to be shown", is_shown).await;
            }
        }
        let gone = self.console.picture.links.iter().filter(|(id, up)| id == VEHICLE && !up);
        assert_eq!(gone.count(), 0, "the good link was never lost");
        self.terminal.until_all_sent().await;
        self.terminal.switch_off().await;
        println!("{presses} good presses beside them");
        (presses, VEHICLE)
    }
}
