//! The simulated province in front of the balancer, with every terminal's outbox on disk; and afterwards each
//! terminal switched on once more to send what it still holds.

use super::PATIENCE;
use dispatch_core::model::{CommandId, Timestamp};
use dispatch_server::live::press_name;
use simulations::access::ServerAccess;
use simulations::fleet::{self, FleetSettings, Ledger, MixSettings, TerminalMix, read_keys};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
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
    /// Those before it in the file of keys have terminals of other makers.
    agents_from: usize,
    front: SocketAddr,
    stop: CancellationToken,
    running: JoinHandle<Result<(), fleet::FleetError>>,
}

/// A province with two kinds of terminals.
#[derive(Debug)]
pub(crate) struct MixedFleet {
    /// Terminals of other makers, those of the first vehicles in the file of keys.
    pub(crate) jt808: usize,
    pub(crate) agents: usize,
    pub(crate) bindings: PathBuf,
    pub(crate) gateway: SocketAddr,
    pub(crate) ledger: Arc<Ledger>,
    pub(crate) speed: f64,
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
        let settings = usual(front, folder, keys, vehicles, seed);
        Self::begin(settings, keys)
    }

    /// The province with two kinds of terminals.
    pub(crate) fn set_out_mixed(
        front: SocketAddr,
        folder: &Path,
        keys: &Path,
        seed: u64,
        mixed: &MixedFleet,
    ) -> Self {
        let vehicles = mixed.jt808 + mixed.agents;
        let mix = MixSettings {
            terminals: Some(TerminalMix { jt808: mixed.jt808, agent: mixed.agents }),
            bindings: Some(mixed.bindings.clone()),
            gateway: mixed.gateway.to_string(),
        };
        let settings = FleetSettings {
            mix,
            speed: mixed.speed,
            ledger: Some(mixed.ledger.clone()),
            ..usual(front, folder, keys, vehicles, seed)
        };
        Self { agents_from: mixed.jt808, ..Self::begin(settings, keys) }
    }

    fn begin(settings: FleetSettings, keys: &Path) -> Self {
        let outboxes = settings.outboxes.clone().expect("outboxes are on disk");
        let front = settings.access.server.trim_start_matches("http://").parse().unwrap();
        let vehicles = settings.vehicles.unwrap_or_default();
        let stop = CancellationToken::new();
        let running = tokio::spawn(fleet::run(settings, stop.clone()));
        let (keys, agents_from) = (keys.to_owned(), 0);
        Self { keys, outboxes, vehicles, agents_from, front, stop, running }
    }

    /// Calls it in and lets every terminal send what it still holds; gives what each reported.
    pub(crate) async fn come_home(self) -> Vec<Reported> {
        self.stop.cancel();
        self.running.await.unwrap().unwrap();
        let mut sending = JoinSet::new();
        let vehicles = read_keys(&self.keys).unwrap().into_iter().take(self.vehicles);
        for (vehicle, key) in vehicles.skip(self.agents_from) {
            let file = self.outboxes.join(format!("{vehicle}.sqlite"));
            sending.spawn(send_rest(self.front, vehicle, key, file));
        }
        sending.join_all().await
    }
}

/// The simulated province as most runs have it.
fn usual(
    front: SocketAddr,
    folder: &Path,
    keys: &Path,
    vehicles: usize,
    seed: u64,
) -> FleetSettings {
    let password_file = folder.join("password.txt");
    std::fs::write(&password_file, super::PASSWORD).unwrap();
    let outboxes = folder.join("outboxes");
    FleetSettings {
        runs_a_day: RUNS_A_DAY,
        under_way: UNDER_WAY,
        forgets: 0.04,
        speed: SPEED,
        vehicles: Some(vehicles),
        seed,
        outboxes: Some(outboxes),
        seconds: None,
        mix: Default::default(),
        ledger: None,
        access: ServerAccess {
            server: format!("http://{front}"),
            region: super::region(),
            keys: keys.to_owned(),
            name: super::OFFICER.to_owned(),
            password_file,
            certificates: None,
        },
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
    let confirmed = content.confirmed.iter().map(named_press).collect();
    Reported { vehicle, outbox: content.id, commands, fixes, confirmed }
}

/// The name of a press, by which it is known under whatever number.
pub(crate) fn named_press(command: &StoredCommand) -> CommandId {
    let first =
        command.pressed_as.as_ref().expect("what is confirmed tells where it was first numbered");
    press_name(first, Timestamp(command.made_at_ms), &command.command)
}
