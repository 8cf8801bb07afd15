//! A vehicle's terminal: the real agent with its outbox on disk, a receiver's bytes in, a crew at its screen.

use super::{Receiver, in_time};
use std::path::Path;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vehicle_agent::link::{LinkPhase, LinkSettings, ReceiptPolicy, ScreenState};
use vehicle_agent::nmea::NmeaCounts;
use vehicle_agent::outbox::SqliteOutbox;
use vehicle_agent::shell::{Agent, AgentHandle, AgentSettings, FixTimes, ServerUrl, VehicleKey};
use vehicle_agent::sources::{self, Source};
use wire_protocol::agent::CrewCommand;

/// A terminal that is switched on.
pub(crate) struct Terminal {
    pub(crate) handle: AgentHandle,
    bytes: mpsc::Sender<Vec<u8>>,
    stop: CancellationToken,
    session: JoinHandle<NmeaCounts>,
}

impl Terminal {
    /// Switches it on; `server` is `host:port`.
    pub(crate) async fn switch_on(server: &str, key: &str, outbox: &Path) -> Self {
        let server = format!("ws://{server}/ws/agent").parse().unwrap();
        Self::switch_on_to(server, key.parse().unwrap(), outbox).await
    }

    /// The same by any address, and by a key or none.
    pub(crate) async fn switch_on_to(server: ServerUrl, key: VehicleKey, outbox: &Path) -> Self {
        let settings = AgentSettings {
            server,
            server_list: None,
            key,
            link: LinkSettings {
                software: "whole-system test".to_owned(),
                receipts: ReceiptPolicy::WhenShown,
                seed: rand::random(),
                pictures: false,
            },
            parser: Default::default(),
            fix_times: FixTimes::Recorded,
            camera: None,
        };
        let outbox = SqliteOutbox::open_or_begin(outbox).await;
        let (agent, bytes, handle) = Agent::prepare(settings, outbox).await.unwrap();
        let stop = CancellationToken::new();
        let session = tokio::spawn(agent.run(stop.clone()));
        Self { handle, bytes, stop, session }
    }

    /// The same, waiting until the server answers and shows the vehicle's duty.
    pub(crate) async fn online(server: &str, key: &str, outbox: &Path) -> Self {
        let terminal = Self::switch_on(server, key, outbox).await;
        let is_there =
            |picture: &ScreenState| picture.link == LinkPhase::Online && picture.state.is_some();
        terminal.until("the terminal to be online", is_there).await;
        terminal
    }

    /// Waits until the screen is as wanted.
    pub(crate) async fn until(&self, what: &str, wanted: impl Fn(&ScreenState) -> bool) {
        let mut pictures = self.handle.pictures();
        let seen = pictures.wait_for(|picture| wanted(picture));
        in_time(what, seen).await.expect("the session lives");
    }

    /// Waits until the server has everything.
    pub(crate) async fn until_all_sent(&self) {
        let is_empty = |picture: &ScreenState| {
            picture.link == LinkPhase::Online
                && picture.waiting_commands == 0
                && picture.waiting_fixes == 0
        };
        self.until("everything to be recorded", is_empty).await;
    }

    /// Waits for an order and shows it, as the crew's page does; gives its task.
    pub(crate) async fn show_order(&self, task: &str) {
        let has_it =
            |picture: &ScreenState| picture.order.as_ref().is_some_and(|it| it.task == task);
        self.until("the order to arrive", has_it).await;
        self.handle.displayed(task.to_owned()).await;
        let is_received = |picture: &ScreenState| {
            picture.order.as_ref().is_some_and(|order| order.device_received)
        };
        self.until("the device's receipt", is_received).await;
    }

    /// Presses the big button; gives the command's number.
    pub(crate) async fn press_next(&self) -> u64 {
        let next = self.handle.picture().next.clone().expect("there is a next step");
        self.press(next.command()).await
    }

    /// Presses something; gives the command's number once it is on disk. The screen shows it then.
    pub(crate) async fn press(&self, command: CrewCommand) -> u64 {
        self.handle.press(command).await.unwrap()
    }

    /// The receiver speaks through these moments.
    pub(crate) async fn drive(&self, receiver: &Receiver, moments: std::ops::Range<u32>) {
        for moment in moments {
            self.bytes.send(receiver.says(moment).into_bytes()).await.unwrap();
        }
    }

    /// The receiver speaks at one moment, and the screen shows it.
    pub(crate) async fn measure(&self, receiver: &Receiver, moment: u32) {
        self.drive(receiver, moment..moment + 1).await;
        let time = receiver.time_of(moment);
        let is_shown =
            |picture: &ScreenState| picture.fix.is_some_and(|fix| fix.fix_time_ms == time);
        self.until("the fix to be read", is_shown).await;
    }

    /// Reads a file of NMEA text through the agent's own source, as fast as it can be read.
    pub(crate) async fn play(&self, file: &Path) {
        let source = Source::File { path: file.to_owned() };
        sources::run(source, 0.0, self.bytes.clone(), self.stop.clone()).await.unwrap();
    }

    /// Waits until so many fixes wait to be sent, on the terminal's disk.
    pub(crate) async fn until_waiting(&self, fixes: usize) {
        let has_them = |picture: &ScreenState| picture.waiting_fixes >= fixes;
        self.until("the fixes to be kept", has_them).await;
    }

    /// Cuts its power: nothing more is said or stored.
    pub(crate) async fn cut_power(self) {
        self.session.abort();
        // What was cut off has no result.
        self.session.await.ok();
    }

    /// Switches it off in good order.
    pub(crate) async fn switch_off(self) -> NmeaCounts {
        self.stop.cancel();
        in_time("the terminal to stop", self.session).await.unwrap()
    }
}
