//! The gateway as a whole: read from its files, run until it is stopped.

use super::encryption::{Links, VehicleEncryptionError};
use super::secret;
use super::settings::ServeArgs;
use super::terminal::{Listed, Terminal};
use super::vehicle::Vehicle;
use crate::binding::{Binding, BindingsError};
use crate::inspect::{ShownFrame, Stranger, Strangers};
use crate::jt808::frame::{Frame, TerminalNumber};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use thiserror::Error;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::warn;
use vehicle_agent::link::{LinkSettings, ReceiptPolicy};
use vehicle_agent::machine::random;
use vehicle_agent::shell::{
    AgentSettings, Clock, EncryptionError, FixTimes, KeyError, ServerUrl, VehicleKey,
};

/// Why the gateway cannot run, in one line that says what to do.
#[derive(Debug, Error)]
pub enum ServeError {
    /// A file cannot be read or made.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The terminals' file is wrong.
    #[error("{0}: {1}")]
    Bindings(PathBuf, BindingsError),
    /// A line of the keys' file is wrong.
    #[error("{0} line {1}: expected `vehicle key`")]
    KeyLine(PathBuf, usize),
    /// A key cannot be one.
    #[error("{0} line {1}: {2}")]
    Key(PathBuf, usize, KeyError),
    /// A terminal's vehicle has no key.
    #[error(
        "terminal {number} is on vehicle {vehicle}, which has no line in the keys' file and no certificate; make its key with `dispatch-server make-vehicle-keys`"
    )]
    NoKey {
        /// The terminal.
        number: TerminalNumber,
        /// Its vehicle.
        vehicle: String,
    },
    /// The links cannot be encrypted as asked.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
    /// One vehicle's cannot.
    #[error(transparent)]
    VehicleEncryption(#[from] VehicleEncryptionError),
    /// The secret is not long enough for codes.
    #[error("the secret cannot be used")]
    Secret,
    /// An address cannot be used.
    #[error("{0}: {1}")]
    Address(String, std::io::Error),
    /// The inspector would be open to the network.
    #[error(
        "--inspector {0} is not on this machine; it shows patients and has no sign-in, give 127.0.0.1:port"
    )]
    InspectorAddress(std::net::SocketAddr),
}

/// A gateway.
#[derive(Debug)]
pub struct Gateway {
    terminals: HashMap<TerminalNumber, Arc<Terminal>>,
    strangers: Mutex<Strangers>,
    pub(super) connections: usize,
    pub(super) clock: Clock,
    pub(super) tasks: TaskTracker,
    pub(super) stop: CancellationToken,
}

impl Gateway {
    /// Reads everything that can be read before anything is opened.
    ///
    /// # Errors
    /// The first thing that cannot be used.
    pub fn read(args: &ServeArgs, stop: CancellationToken) -> Result<Arc<Gateway>, ServeError> {
        let bindings = read_bindings(&args.terminals)?;
        let keys = args.keys.as_deref().map(read_keys).transpose()?.unwrap_or_default();
        let links = Links::read(args)?;
        let outboxes = args.state.join("outboxes");
        let file = |path: &Path| {
            let path = path.to_owned();
            move |error| ServeError::File(path, error)
        };
        std::fs::create_dir_all(&outboxes).map_err(file(&outboxes))?;
        let secret = secret::secret(&args.state).map_err(file(&args.state.join("secret")))?;
        let tasks = TaskTracker::new();
        let mut terminals = HashMap::new();
        for (number, binding) in bindings {
            let (server, has_certificate) = links.of(&binding.vehicle)?;
            let key = match keys.get(&binding.vehicle) {
                Some(key) => key.clone(),
                None if has_certificate => VehicleKey::NONE,
                None => return Err(ServeError::NoKey { number, vehicle: binding.vehicle }),
            };
            let code = binding.code(&secret).ok_or(ServeError::Secret)?;
            let settings = agent_settings(server, key);
            let outbox = outboxes.join(format!("{}.db", file_name(&binding.vehicle)));
            let name = binding.vehicle.clone();
            let vehicle = Vehicle::new(name, settings, outbox, tasks.clone(), stop.clone());
            let terminal = Terminal::new(Arc::new(binding), code, vehicle);
            terminals.insert(number, Arc::new(terminal));
        }
        let clock = Clock::start();
        let (strangers, connections) = (Mutex::default(), args.connections);
        Ok(Arc::new(Gateway { terminals, strangers, connections, clock, tasks, stop }))
    }

    /// Has what an earlier run of the program left behind sent on, whether the terminals come back or not.
    pub(super) async fn go_on(self: Arc<Self>) {
        for terminal in self.terminals.values() {
            if self.stop.is_cancelled() {
                return;
            }
            if !terminal.vehicle.has_outbox() {
                continue;
            }
            // Read before the session has the file.
            terminal.vehicle.memory().await;
            if let Err(error) = terminal.vehicle.handle().await {
                warn!(vehicle = terminal.vehicle.name, %error, "the vehicle's outbox cannot be read");
            }
        }
    }

    /// How many terminals are known.
    pub(super) fn known(&self) -> usize {
        self.terminals.len()
    }

    pub(super) fn terminal(&self, number: &TerminalNumber) -> Option<Arc<Terminal>> {
        self.terminals.get(number).cloned()
    }

    pub(super) fn stranger(&self, frame: &Frame, from: &str, now_ms: i64) {
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        strangers.heard(frame, from, now_ms);
    }

    pub(super) fn strangers(&self) -> Vec<Stranger> {
        self.strangers.lock().unwrap_or_else(PoisonError::into_inner).listed()
    }

    pub(super) fn listed(&self) -> Vec<Listed> {
        let sorted: BTreeMap<_, _> = self.terminals.iter().collect();
        sorted.into_values().map(|terminal| terminal.listed()).collect()
    }

    pub(super) fn frames(&self, number: &TerminalNumber) -> Option<Vec<ShownFrame>> {
        self.terminals.get(number).map(|terminal| terminal.frames())
    }
}

/// The terminals of a file.
///
/// # Errors
/// What is wrong in it, with the line.
pub fn read_bindings(path: &Path) -> Result<BTreeMap<TerminalNumber, Binding>, ServeError> {
    let text = std::fs::read_to_string(path).map_err(|it| ServeError::File(path.to_owned(), it))?;
    Binding::read_all(&text).map_err(|it| ServeError::Bindings(path.to_owned(), it))
}

fn read_keys(path: &Path) -> Result<HashMap<String, VehicleKey>, ServeError> {
    let text = std::fs::read_to_string(path).map_err(|it| ServeError::File(path.to_owned(), it))?;
    let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(line, text)| match text.split_whitespace().collect::<Vec<_>>()[..] {
            [vehicle, key] => {
                let key = key.parse().map_err(|it| ServeError::Key(path.to_owned(), line, it))?;
                Ok((vehicle.to_owned(), key))
            }
            _ => Err(ServeError::KeyLine(path.to_owned(), line)),
        })
        .collect()
}

/// A vehicle's id as the name of a file.
fn file_name(vehicle: &str) -> String {
    let letter = |it: char| it.is_alphanumeric() || it == '-';
    vehicle
        .chars()
        .map(|it| if letter(it) { it.to_string() } else { format!("_{:x}_", u32::from(it)) })
        .collect()
}

fn agent_settings(server: ServerUrl, key: VehicleKey) -> AgentSettings {
    AgentSettings {
        server,
        key,
        link: LinkSettings {
            software: concat!("terminal-gateway ", env!("CARGO_PKG_VERSION")).to_owned(),
            // When the terminal answers the order's text.
            receipts: ReceiptPolicy::WhenShown,
            seed: random(),
        },
        parser: Default::default(),
        fix_times: FixTimes::Live,
    }
}
