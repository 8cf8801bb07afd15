//! One line of a terminal: feeds its session and carries out what comes out.

use super::lines::LineId;
use super::media::MediaFolder;
use super::terminal::Terminal;
use crate::inspect::Direction;
use crate::jt808::frame::{Frame, FrameError};
use crate::session::{CameraAsked, Input, MediaResult, Output, PressResult, TerminalSession};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{debug, warn};
use vehicle_agent::link::ScreenState;
use vehicle_agent::machine::timer_now;
use vehicle_agent::queue;
use vehicle_agent::shell::{AgentHandle, Clock, PressFailed};
use wire_protocol::agent::CrewCommand;

/// Frames of a terminal that wait for its session.
pub(super) const MOST_FRAMES_WAITING: usize = 32;
/// A terminal that says nothing for so long is gone; it is asked to beat every 30 seconds.
const SILENCE: Duration = Duration::from_secs(180);
/// Time for a terminal to show who it is.
const UNKNOWN_FOR: Duration = Duration::from_secs(60);
/// What the technician sees of a terminal is that old at most.
const LEARNED_EVERY: Duration = Duration::from_secs(1);

/// A frame, or what was none.
pub(super) type Came = Result<Box<Frame>, FrameError>;
type Answer = Pin<Box<dyn Future<Output = Input> + Send>>;

/// Where frames for a terminal go.
pub(super) trait Outlet: Send {
    /// Sends a frame; false when the terminal does not take it, and the line is to end.
    fn send(&mut self, frame: Vec<u8>) -> bool;
}

/// A line and all it needs.
pub(super) struct Line<O> {
    pub(super) terminal: Arc<Terminal>,
    pub(super) id: LineId,
    /// It showed who it is at this address before.
    pub(super) is_trusted: bool,
    pub(super) from: String,
    pub(super) frames: queue::Receiver<Came>,
    pub(super) outlet: O,
    pub(super) end: CancellationToken,
    pub(super) clock: Clock,
    pub(super) media: Arc<MediaFolder>,
    /// Where what is still on its way to the disk goes on when the line ends.
    pub(super) tasks: TaskTracker,
}

/// The parts of a line that change.
struct Running {
    session: TerminalSession,
    agent: Option<AgentHandle>,
    pictures: Option<watch::Receiver<Arc<ScreenState>>>,
    camera: Option<watch::Receiver<Option<Arc<CameraAsked>>>>,
    answers: FuturesUnordered<Answer>,
    heard_at: Instant,
    began_at: Instant,
    /// When what was learned is shown to the technician; absent while nothing is new.
    learn_at: Option<Instant>,
    counts_as_line: bool,
}

impl<O: Outlet> Line<O> {
    /// Runs until the terminal is gone, another line of it counts, or the gateway stops.
    pub(super) async fn run(mut self) {
        // On the heap while it is read, once: the line's own future would keep the room for ever.
        let memory = Box::pin(self.terminal.vehicle.memory()).await;
        let (binding, code) = (self.terminal.binding.clone(), self.terminal.code.clone());
        let mut running = Running {
            session: TerminalSession::new(binding, code, memory),
            agent: None,
            pictures: None,
            camera: None,
            answers: FuturesUnordered::new(),
            heard_at: timer_now(),
            began_at: timer_now(),
            learn_at: None,
            counts_as_line: false,
        };
        if self.is_trusted {
            running.session.trust();
        }
        let why = self.go(&mut running).await;
        debug!(vehicle = self.terminal.vehicle.name, from = self.from, why, "a line ends");
        if running.counts_as_line {
            self.terminal.vehicle.line_ended();
        }
        self.terminal.learned(running.session.facts());
        self.end.cancel();
        let is_known = running.session.is_known();
        self.terminal.with_lines(|lines| lines.end(self.id, &self.from, is_known));
        self.tasks.spawn(finish(running.session, running.answers, self.clock));
    }

    async fn go(&mut self, running: &mut Running) -> &'static str {
        let (end, over) = (self.end.clone(), self.terminal.over.clone());
        let (ended, rebound) = (end.cancelled(), over.cancelled());
        // Set anew only when it is to ring sooner: one that rings too early costs less than one set with each frame.
        let alarm = tokio::time::sleep_until(gone_at(running));
        tokio::pin!(ended, rebound, alarm);
        loop {
            if let Some(why) = self.carry_out(running).await {
                return why;
            }
            if running.session.is_known() && running.pictures.is_none() {
                // The vehicle's session ended under it.
                if let Some(why) = self.known(running).await {
                    return why;
                }
            }
            let now = self.clock.now();
            let wake = running
                .session
                .next_timeout()
                .map(|at| timer_now() + Duration::from_millis(at.saturating_sub(now.steady_ms)));
            let gone = gone_at(running);
            if timer_now() >= gone {
                return "the terminal is silent, or does not show who it is";
            }
            if running.learn_at.take_if(|at| timer_now() >= *at).is_some() {
                self.terminal.learned(running.session.facts());
            }
            let wake = [wake, running.learn_at].into_iter().flatten().fold(gone, Instant::min);
            if alarm.is_elapsed() || wake < alarm.deadline() {
                alarm.as_mut().reset(wake);
            }
            let input = tokio::select! {
                biased;
                () = &mut ended => return "another line counts, or the gateway stops",
                () = &mut rebound => return "the terminal is bound in another way",
                came = self.frames.recv(), if !running.session.is_busy() => match came {
                    Some(came) => {
                        running.heard_at = timer_now();
                        came.map_or_else(Input::NoFrame, Input::Frame)
                    }
                    None => return "the connection is closed",
                },
                Some(answer) = running.answers.next() => answer,
                Some(picture) = next(&mut running.pictures) => Input::Shown(picture),
                Some(asked) = next(&mut running.camera) => Input::Camera(asked),
                () = &mut alarm => Input::Tick,
            };
            if !matches!(input, Input::Tick) {
                running.learn_at.get_or_insert_with(|| timer_now() + LEARNED_EVERY);
            }
            running.session.handle_input(input, self.clock.now());
        }
    }

    /// The terminal has shown that it is the vehicle's; gives why the line ends, if it does.
    async fn known(&self, running: &mut Running) -> Option<&'static str> {
        let vehicle = &self.terminal.vehicle;
        if !std::mem::replace(&mut running.counts_as_line, true) {
            let now_ms = self.clock.now().wall_ms;
            self.terminal.with_lines(|lines| lines.count(self.id, &self.from, now_ms, &self.end));
            vehicle.line_began();
        }
        // On the heap while the vehicle's session begins: a line waits for it in two places, and keeps room in neither.
        match Box::pin(vehicle.handle()).await {
            Ok(handle) => {
                let mut pictures = handle.pictures();
                pictures.mark_changed();
                running.pictures = Some(pictures);
                running.camera = vehicle.camera.as_ref().map(|camera| camera.asked());
                running.camera.iter_mut().for_each(watch::Receiver::mark_changed);
                running.agent = Some(handle);
                None
            }
            Err(error) => {
                warn!(vehicle = vehicle.name, %error, "the vehicle's outbox cannot be used");
                Some("the vehicle's outbox cannot be used")
            }
        }
    }

    /// Does all that the session wants done; gives why the line ends, if it does.
    async fn carry_out(&mut self, running: &mut Running) -> Option<&'static str> {
        while let Some(output) = running.session.next_output() {
            match output {
                Output::Send(frame) => {
                    self.terminal.keep(Direction::Out, &frame, self.clock.now().wall_ms);
                    if !self.outlet.send(frame) {
                        return Some("the terminal takes nothing");
                    }
                }
                Output::Known => {
                    if let Some(why) = self.known(running).await {
                        return Some(why);
                    }
                }
                Output::LoggedOut => return Some("the terminal logged out"),
                Output::Report { ask, fixes, what } => {
                    let agent = running.agent.clone();
                    running.answers.push(Box::pin(async move {
                        let is_safe = match agent {
                            Some(agent) => agent.report(fixes, what).await.is_ok(),
                            None => false,
                        };
                        Input::Reported { ask, is_safe }
                    }));
                }
                Output::Press { ask, command } => {
                    let agent = running.agent.clone();
                    running.answers.push(Box::pin(async move {
                        Input::Pressed { ask, how: press(agent, command).await }
                    }));
                }
                Output::KeepMedia { ask, upload } => {
                    let (media, now_ms) = (Arc::clone(&self.media), self.clock.now().wall_ms);
                    let (number, id) = (self.terminal.binding.number, upload.event.id);
                    let keeping =
                        tokio::task::spawn_blocking(move || media.keep(&number, &upload, now_ms));
                    running.answers.push(Box::pin(async move {
                        let how = keeping.await.unwrap_or(MediaResult::NotStored);
                        Input::MediaKept { ask, id, how }
                    }));
                }
                // Rare, and on the heap meanwhile, as above.
                Output::Displayed(task) => {
                    if let Some(agent) = &running.agent {
                        Box::pin(agent.displayed(task)).await;
                    }
                }
                Output::CameraRefused(channel) => {
                    if let Some(camera) = &self.terminal.vehicle.camera {
                        camera.refused(channel);
                    }
                }
                Output::RefusalTold(number) => {
                    if let Some(agent) = &running.agent {
                        Box::pin(agent.close_refusal(number)).await;
                    }
                }
            }
        }
        None
    }
}

fn gone_at(running: &Running) -> Instant {
    if running.session.is_known() {
        running.heard_at + SILENCE
    } else {
        running.began_at + UNKNOWN_FOR
    }
}

async fn press(agent: Option<AgentHandle>, command: CrewCommand) -> PressResult {
    let Some(agent) = agent else { return PressResult::NotStored };
    match agent.press(command).await {
        Ok(_) => PressResult::Kept,
        Err(PressFailed::Refused(why)) => PressResult::Refused(why.code()),
        Err(PressFailed::NotStored) => PressResult::NotStored,
    }
}

/// Waits for what was on its way to the disk, so that the terminal's next line knows what is safe.
async fn finish(mut session: TerminalSession, mut answers: FuturesUnordered<Answer>, clock: Clock) {
    while let Some(answer) = answers.next().await {
        session.handle_input(answer, clock.now());
        while session.next_output().is_some() {}
    }
}

/// The next of a value that changes, once there is such a thing.
async fn next<T: Clone>(changing: &mut Option<watch::Receiver<T>>) -> Option<T> {
    match changing {
        Some(receiver) => match receiver.changed().await {
            Ok(()) => Some(receiver.borrow_and_update().clone()),
            Err(_) => {
                *changing = None;
                None
            }
        },
        None => std::future::pending().await,
    }
}
