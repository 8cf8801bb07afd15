//! The gateway as a whole: which terminals it knows, and what all of them share.

use super::bound::Bound;
use super::camera::Cameras;
use super::directory::Directory;
use super::encryption::Links;
use super::error::ServeError;
use super::files::{read_bindings, read_keys, read_own_key};
use super::media::MediaFolder;
use super::secret;
use super::settings::ServeArgs;
use super::terminal::{Listed, Terminal};
use super::vehicle::Vehicle;
use crate::inspect::{ShownFrame, Stranger, Strangers};
use crate::jt808::frame::{Frame, TerminalNumber};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};
use vehicle_agent::link::{LinkSettings, ReceiptPolicy};
use vehicle_agent::machine::random;
use vehicle_agent::outbox::SharedOutboxes;
use vehicle_agent::shell::{AgentSettings, Clock, FixTimes, ServerUrl, VehicleKey};

/// A gateway.
#[derive(Debug)]
pub struct Gateway {
    known: RwLock<Known>,
    strangers: Mutex<Strangers>,
    secret: Vec<u8>,
    /// Where its terminals come from, if from the server.
    pub(super) directory: Option<Directory>,
    pub(super) outboxes: SharedOutboxes,
    pub(super) media: Arc<MediaFolder>,
    /// Where terminals send pictures of their cameras, if they are asked for any.
    cameras: Option<Arc<Cameras>>,
    pub(super) connections: usize,
    pub(super) clock: Clock,
    pub(super) tasks: TaskTracker,
    pub(super) stop: CancellationToken,
}

/// Terminals and vehicles.
#[derive(Debug, Default)]
struct Known {
    terminals: HashMap<TerminalNumber, Arc<Terminal>>,
    /// Every vehicle there was since the start: one that is bound in another way goes on with its link and outbox.
    vehicles: HashMap<String, Arc<Vehicle>>,
}

impl Gateway {
    /// Reads everything that can be read before anything is opened.
    ///
    /// # Errors
    /// The first thing that cannot be used.
    pub async fn read(
        args: &ServeArgs,
        stop: CancellationToken,
    ) -> Result<Arc<Gateway>, ServeError> {
        let file = |path: &Path| {
            let path = path.to_owned();
            move |error| ServeError::File(path, error)
        };
        let from_file = args.terminals.as_deref().map(read_bindings).transpose()?;
        let from_file = from_file.unwrap_or_default();
        let keys = args.keys.as_deref().map(read_keys).transpose()?.unwrap_or_default();
        let links = Links::read(args)?;
        let own_key = args.key_file.as_deref().map(read_own_key).transpose()?;
        std::fs::create_dir_all(&args.state).map_err(file(&args.state))?;
        let secret = secret::secret(&args.state).map_err(file(&args.state.join("secret")))?;
        let path = args.state.join("outboxes.db");
        let outboxes = SharedOutboxes::open(path.clone()).await;
        let outboxes = outboxes.map_err(|error| ServeError::Outboxes(path, error))?;
        let directory = match own_key {
            Some(key) => {
                Some(Directory::of(links.nameless(), key, &args.state, from_file.clone())?)
            }
            None if args.terminals.is_none() => return Err(ServeError::NoKeys),
            None => None,
        };
        let gateway = Arc::new(Gateway {
            known: RwLock::default(),
            strangers: Mutex::default(),
            secret,
            directory,
            outboxes,
            media: Arc::new(MediaFolder::at(args.state.join("media"))),
            // Nothing listens there without the other.
            cameras: args.video.and(args.video_address.clone()).map(|it| Arc::new(Cameras::at(it))),
            connections: args.connections,
            clock: Clock::start(),
            tasks: TaskTracker::new(),
            stop,
        });
        let bound = match &gateway.directory {
            Some(directory) => directory.remembered(),
            None => Bound::by_files(from_file, &keys, &links)?,
        };
        gateway.lay(bound)?;
        Ok(gateway)
    }

    /// Makes these the terminals that are known. Lines of those that are bound no more, or in another way, end.
    ///
    /// # Errors
    /// [`ServeError::Secret`].
    pub(super) fn lay(&self, bound: Vec<Bound>) -> Result<(), ServeError> {
        let mut known = self.known_mut();
        let mut before = std::mem::take(&mut known.terminals);
        for Bound { binding, server, key } in bound {
            let number = binding.number;
            let terminal = match before.remove(&number) {
                Some(terminal) if *terminal.binding == binding => terminal,
                changed => {
                    changed.inspect(|terminal| terminal.over.cancel());
                    let code = binding.code(&self.secret).ok_or(ServeError::Secret)?;
                    let vehicle = known.vehicles.entry(binding.vehicle.clone());
                    let vehicle =
                        vehicle.or_insert_with(|| self.vehicle(&binding.vehicle, server, key));
                    Arc::new(Terminal::new(Arc::new(binding), code, Arc::clone(vehicle)))
                }
            };
            known.terminals.insert(number, terminal);
        }
        before.into_values().for_each(|terminal| terminal.over.cancel());
        let terminals = known.terminals.len();
        drop(known);
        info!(terminals, "terminals are bound");
        Ok(())
    }

    fn vehicle(&self, name: &str, server: ServerUrl, key: VehicleKey) -> Arc<Vehicle> {
        let settings = agent_settings(server, key, self.cameras.is_some());
        let (tasks, stop) = (self.tasks.clone(), self.stop.clone());
        let (outboxes, cameras) = (self.outboxes.clone(), self.cameras.clone());
        Vehicle::new(name.to_owned(), settings, outboxes, cameras, tasks, stop)
    }

    /// Has what an earlier run of the program left behind sent on, whether the terminals come back or not.
    pub(super) async fn go_on(self: Arc<Self>) {
        let waiting: HashSet<String> = match self.outboxes.with_something_waiting().await {
            Ok(waiting) => waiting.into_iter().collect(),
            Err(error) => {
                return warn!(%error, "the outboxes cannot be read; each goes on with its terminal");
            }
        };
        let vehicles: Vec<_> = self.known().vehicles.values().cloned().collect();
        for vehicle in vehicles.into_iter().filter(|it| waiting.contains(&it.name)) {
            if self.stop.is_cancelled() {
                return;
            }
            // What an earlier run left, before the session adds to it.
            vehicle.memory().await;
            if let Err(error) = vehicle.handle().await {
                warn!(vehicle = vehicle.name, %error, "the vehicle's outbox cannot be read");
            }
        }
    }

    /// How many terminals are known.
    pub(super) fn count(&self) -> usize {
        self.known().terminals.len()
    }

    pub(super) fn terminal(&self, number: &TerminalNumber) -> Option<Arc<Terminal>> {
        self.known().terminals.get(number).cloned()
    }

    pub(super) fn stranger(&self, frame: &Frame, from: &str, now_ms: i64) {
        let mut strangers = self.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        strangers.heard(frame, from, now_ms);
    }

    /// Those who called and are bound to nothing, the latest first.
    pub(super) fn strangers(&self) -> Vec<Stranger> {
        let listed = self.strangers.lock().unwrap_or_else(PoisonError::into_inner).listed();
        let known = self.known();
        // Bound meanwhile.
        let is_known = |it: &Stranger| {
            TerminalNumber::new(&it.number).is_some_and(|it| known.terminals.contains_key(&it))
        };
        listed.into_iter().filter(|it| !is_known(it)).collect()
    }

    pub(super) fn listed(&self) -> Vec<Listed> {
        let known = self.known();
        let sorted: BTreeMap<_, _> = known.terminals.iter().collect();
        sorted.into_values().map(|terminal| terminal.listed()).collect()
    }

    pub(super) fn frames(&self, number: &TerminalNumber) -> Option<Vec<ShownFrame>> {
        self.terminal(number).map(|terminal| terminal.frames())
    }

    fn known(&self) -> RwLockReadGuard<'_, Known> {
        // A panic elsewhere leaves whole entries behind.
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn known_mut(&self) -> RwLockWriteGuard<'_, Known> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}

fn agent_settings(server: ServerUrl, key: VehicleKey, pictures: bool) -> AgentSettings {
    AgentSettings {
        server,
        server_list: None,
        key,
        link: LinkSettings {
            software: concat!("terminal-gateway ", env!("CARGO_PKG_VERSION")).to_owned(),
            // When the terminal answers the order's text.
            receipts: ReceiptPolicy::WhenShown,
            seed: random(),
            pictures,
        },
        parser: Default::default(),
        fix_times: FixTimes::Live,
        camera: pictures.then(|| watch::channel(None).0),
    }
}
