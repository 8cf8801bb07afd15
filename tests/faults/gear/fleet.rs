//! The simulated province in front of the balancer, with every terminal's outbox on disk; and afterwards each
//! terminal switched on once more to send what it still holds.

use super::PATIENCE;
use dispatch_core::model::{CommandId, Timestamp};
use dispatch_server::live::press_name;
use simulations::access::ServerAccess;
use simulations::fleet::{self, FleetSettings, read_keys};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;
use vehicle_agent::link::{LinkPhase, LinkSettings, ReceiptPolicy};
use vehicle_agent::outbox::{Outbox, SqliteOutbox, StoredCommand};
use vehicle_agent::shell::{Agent, AgentSettings, FixTimes};

/// Simulated seconds in a real one: a crew's hour passes in six minutes.
const SPEED: f64 = 10.0;
/// Runs a simulated day: ten times those of the province, as on the day of a disaster.
const RUNS_A_DAY: f64 = 3_000.0;
/// Runs that begin in the first seconds.
const UNDER_WAY: u32 = 30;

/// The province's vehicles, crews, callers and its dispatcher.
pub(crate) struct Fleet {
    keys: PathBuf,
    outboxes: PathBuf,
    vehicles: usize,
    front: SocketAddr,
    stop: CancellationToken,
    running: JoinHandle<Result<(), fleet::FleetError>>,
}

/// What a terminal reported in all.
#[derive(Clone, Debug)]
pub(crate) struct Reported {
    pub(crate) vehicle: String,
    pub(crate) outbox: String,
    pub(crate) commands: u64,
    pub(crate) fixes: u64,
    /// The names of those presses that the terminal knows as confirmed.
    pub(crate) confirmed: Vec<CommandId>,
}

impl Fleet {
    /// So many vehicles set out; `name` signs in with the usual password.
    pub(crate) fn set_out(
        front: SocketAddr,
        folder: &Path,
        keys: &Path,
        vehicles: usize,
        seed: u64,
    ) -> Self {
        let password_file = folder.join("password.txt");
        std::fs::write(&password_file, super::PASSWORD).unwrap();
        let outboxes = folder.join("outboxes");
        let settings = FleetSettings {
            runs_a_day: RUNS_A_DAY,
            under_way: UNDER_WAY,
            forgets: 0.04,
            speed: SPEED,
            vehicles: Some(vehicles),
            seed,
            outboxes: Some(outboxes.clone()),
            seconds: None,
            mix: Default::default(),
            access: ServerAccess {
                server: format!("http://{front}"),
                region: super::region(),
                keys: keys.to_owned(),
                name: super::OFFICER.to_owned(),
                password_file,
                certificates: None,
            },
        };
        let stop = CancellationToken::new();
        let running = tokio::spawn(fleet::run(settings, stop.clone()));
        Self { keys: keys.to_owned(), outboxes, vehicles, front, stop, running }
    }

    /// Calls it in and lets every terminal send what it still holds; gives what each reported.
    pub(crate) async fn come_home(self) -> Vec<Reported> {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
        let mut sending = JoinSet::new();
        for (vehicle, key) in read_keys(&self.keys).unwrap().into_iter().take(self.vehicles) {
            let file = self.outboxes.join(format!("{vehicle}.sqlite"));
            sending.spawn(send_rest(self.front, vehicle, key, file));
        }
        sending.join_all().await
    }
}

async fn send_rest(front: SocketAddr, vehicle: String, key: String, file: PathBuf) -> Reported {
    let settings = AgentSettings {
        server: format!("ws://{front}/ws/agent").parse().unwrap(),
        server_list: None,
        key: key.parse().unwrap(),
        link: LinkSettings {
            software: "fault run".to_owned(),
            receipts: ReceiptPolicy::WhenShown,
            seed: 1,
            pictures: false,
        },
        parser: Default::default(),
        fix_times: FixTimes::Recorded,
        camera: None,
    };
    let outbox = SqliteOutbox::open(&file).await.unwrap();
    let (agent, _no_receiver, handle) = Agent::prepare(settings, outbox).await.unwrap();
    let stop = CancellationToken::new();
    let session = tokio::spawn(agent.run(stop.clone()));
    let mut pictures = handle.pictures();
    let all_sent = pictures.wait_for(|picture| {
        picture.link == LinkPhase::Online
            && picture.waiting_commands == 0
            && picture.waiting_fixes == 0
    });
    let sent = tokio::time::timeout(PATIENCE, all_sent).await.map(|seen| drop(seen.unwrap()));
    assert!(sent.is_ok(), "{vehicle} does not get rid of {:?}", handle.picture());
    stop.cancel();
    session.await.unwrap();
    let content = SqliteOutbox::open(&file).await.unwrap().load().await.unwrap();
    assert!(content.commands.is_empty() && content.fixes.is_empty(), "{vehicle}: {content:?}");
    let (commands, fixes) = (content.last_command_number, content.last_fix_number);
    let confirmed = content.confirmed.iter().map(name).collect();
    Reported { vehicle, outbox: content.id, commands, fixes, confirmed }
}

fn name(command: &StoredCommand) -> CommandId {
    let first =
        command.pressed_as.as_ref().expect("what is confirmed tells where it was first numbered");
    press_name(first, Timestamp(command.made_at_ms), &command.command)
}
