//! A vehicle's link and outbox, run by the agent's own session while its terminal is there or something waits to be sent.

use super::camera::{Camera, CameraLink, Cameras};
use crate::session::Shared;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, OnceCell, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};
use vehicle_agent::outbox::{OutboxError, SharedOutboxes};
use vehicle_agent::shell::{Agent, AgentError, AgentHandle, AgentSettings};

/// A terminal that is gone may be back within that time, and the vehicle's link stays.
const LINGER: Duration = Duration::from_secs(60);

/// A vehicle of a terminal.
#[derive(Debug)]
pub(super) struct Vehicle {
    pub(super) name: String,
    settings: AgentSettings,
    outboxes: SharedOutboxes,
    /// Lines on which its terminal is known.
    lines: watch::Sender<usize>,
    running: Mutex<Option<AgentHandle>>,
    memory: OnceCell<Shared>,
    /// Of its terminal, if pictures are asked for at all.
    pub(super) camera: Option<Arc<Camera>>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Vehicle {
    pub(super) fn new(
        name: String,
        settings: AgentSettings,
        outboxes: SharedOutboxes,
        cameras: Option<Arc<Cameras>>,
        tasks: TaskTracker,
        stop: CancellationToken,
    ) -> Arc<Vehicle> {
        let (lines, _) = watch::channel(0);
        let (running, memory) = (Mutex::new(None), OnceCell::new());
        let camera = cameras.map(|all| Arc::new(Camera::of(all)));
        Arc::new(Vehicle { name, settings, outboxes, lines, running, memory, camera, tasks, stop })
    }

    /// What lines of its terminal have in common.
    pub(super) async fn memory(&self) -> Shared {
        self.memory.get_or_init(|| self.remembered()).await.clone()
    }

    /// A line on which the terminal is known has begun; it ends with `line_ended`.
    pub(super) fn line_began(&self) {
        self.lines.send_modify(|lines| *lines += 1);
    }

    pub(super) fn line_ended(&self) {
        self.lines.send_modify(|lines| *lines = lines.saturating_sub(1));
    }

    /// The running session; begins it if there is none.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub(super) async fn handle(self: &Arc<Self>) -> Result<AgentHandle, AgentError> {
        let mut running = self.running.lock().await;
        if let Some(handle) = running.as_ref() {
            return Ok(handle.clone());
        }
        let outbox = self.outboxes.outbox(&self.name).await;
        let (agent, bytes, handle) = Agent::prepare(self.settings.clone(), outbox).await?;
        // It has no receiver of its own.
        drop(bytes);
        info!(vehicle = self.name, "the vehicle's link begins");
        *running = Some(handle.clone());
        let (vehicle, watched) = (Arc::clone(self), handle.clone());
        let end = self.stop.child_token();
        let ended = end.clone();
        self.show_camera(end.clone());
        // Begun here, where it is put on the heap: the task would keep room for the whole agent beside it.
        let mut session = agent.run(end);
        self.tasks.spawn(async move {
            tokio::select! {
                _ = &mut session => {
                    vehicle.running.lock().await.take();
                    ended.cancel();
                    return;
                }
                () = vehicle.needed_no_more(watched) => {}
            }
            // Nobody gets the old session any more before it has closed its outbox.
            let mut running = vehicle.running.lock().await;
            ended.cancel();
            session.await;
            running.take();
            info!(vehicle = vehicle.name, "the vehicle's link ends");
        });
        Ok(handle)
    }

    /// Shows the terminal's camera as the server would like, until the vehicle's link ends.
    fn show_camera(&self, end: CancellationToken) {
        let (Some(camera), Some(wanted)) = (&self.camera, &self.settings.camera) else { return };
        // What was wanted on an earlier link is wanted no more.
        wanted.send_replace(None);
        let link = CameraLink {
            vehicle: self.name.clone(),
            server: self.settings.server.clone(),
            key: self.settings.key.clone(),
            lines: self.lines.subscribe(),
            wanted: wanted.subscribe(),
        };
        self.tasks.spawn(Arc::clone(camera).run(link, end));
    }

    /// Waits until the terminal has been gone for a while and nothing waits for the server.
    async fn needed_no_more(&self, handle: AgentHandle) {
        let (mut lines, mut pictures) = (self.lines.subscribe(), handle.pictures());
        loop {
            if lines.wait_for(|lines| *lines == 0).await.is_err() {
                return;
            }
            tokio::select! {
                _ = lines.changed() => continue,
                () = tokio::time::sleep(LINGER) => {}
            }
            let is_sent = pictures.wait_for(|it| it.waiting_commands == 0 && it.waiting_fixes == 0);
            tokio::select! {
                _ = lines.changed() => {}
                _ = is_sent => return,
            }
        }
    }

    /// What an earlier run of the program left in the outbox.
    async fn remembered(&self) -> Shared {
        let read = async {
            let content = self.outboxes.content(&self.name).await?;
            Ok::<_, OutboxError>((content, self.outboxes.sent(&self.name).await?))
        };
        match read.await {
            Ok((Some(content), sent)) => Shared::after(&content, &sent),
            Ok((None, _)) => Shared::default(),
            Err(error) => {
                warn!(vehicle = self.name, %error, "the outbox cannot be read yet");
                Shared::default()
            }
        }
    }
}
