//! The session's loop.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::dating::FixDating;
use super::handle::Touch;
use super::servers::Servers;
use super::settings::FixTimes;
use super::socket::Socket;
use super::{AgentHandle, AgentSettings, Clock};
use crate::link::{Batch, Input, Link, LinkPhase, Output, PressRefused, ScreenState};
use crate::nmea::{DatedBy, Fix, NmeaCounts, NmeaParser};
use crate::outbox::{Outbox, OutboxError};
use crate::queue;
use crate::sources::MAX_PORTIONS_WAITING;

/// After so long without a byte the receiver has said all about this moment. A quarter of a second:
/// receivers send a burst each second.
const QUIET: Duration = Duration::from_millis(250);
/// Touches waiting; a person makes two a second at most.
const MAX_TOUCHES_WAITING: usize = 32;
/// Longest wait at the end for a disk that is slow; what it did not take by then was told as not stored.
const LAST_STORE: Duration = Duration::from_secs(5);

/// The outbox on its way through a batch: it comes back with how that went. Boxed, since it is some kilobytes long and
/// goes through several hands with each batch.
type Storing<O> = JoinHandle<(Box<O>, Result<(), OutboxError>)>;

/// Why a session cannot start, in words that fit "failed to ...".
#[derive(Debug, thiserror::Error)]
pub enum AgentError {
    /// The outbox cannot be read.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
}

/// A press that is not yet safe, and who waits for it to be.
struct Pressed {
    key: u64,
    number: u64,
    answer: oneshot::Sender<Result<u64, PressRefused>>,
}

/// One vehicle's session, ready to run.
pub struct Agent<O> {
    settings: AgentSettings,
    /// Absent while it stores: nothing else waits for the disk.
    outbox: Option<Box<O>>,
    storing: Option<Storing<O>>,
    link: Link,
    clock: Clock,
    parser: NmeaParser,
    socket: Socket,
    /// Absent where only the server of the settings is gone to.
    servers: Option<Box<Servers>>,
    /// Absent once nothing can come any more: a queue holds its room for as long as either end does.
    bytes: Option<mpsc::Receiver<Vec<u8>>>,
    touches: queue::Receiver<Touch>,
    pictures: watch::Sender<Arc<ScreenState>>,
    presses: Vec<Pressed>,
    reports: Vec<(Batch, oneshot::Sender<()>)>,
    dating: FixDating,
    restamp_ms: Option<i64>,
    quiet_at: Option<Instant>,
}

impl<O: Outbox> Agent<O> {
    /// Reads the outbox and makes a session. Gives the session, the end that takes the receiver's
    /// bytes, and the handle for the crew.
    ///
    /// # Errors
    /// When the outbox cannot be read.
    pub async fn prepare(
        settings: AgentSettings,
        mut outbox: O,
    ) -> Result<(Self, mpsc::Sender<Vec<u8>>, AgentHandle), AgentError> {
        let clock = Clock::start();
        let content = outbox.load().await?;
        let boot = clock.boot().to_owned();
        let dating = FixDating::remembered(content.undated.clone(), &boot);
        let link = Link::in_boot(settings.link.clone(), content, boot, clock.now());
        let (bytes_sender, bytes) = mpsc::channel(MAX_PORTIONS_WAITING);
        let (touch_sender, touches) = queue::bounded(MAX_TOUCHES_WAITING);
        let (pictures, picture_receiver) = watch::channel(Arc::new(link.picture(clock.now())));
        let servers = match settings.server_list.clone() {
            Some(path) => Some(Box::new(Servers::read(settings.server.clone(), path).await)),
            None => None,
        };
        let agent = Self {
            parser: NmeaParser::new(settings.parser),
            settings,
            outbox: Some(Box::new(outbox)),
            storing: None,
            link,
            clock,
            socket: Socket::Closed,
            servers,
            bytes: Some(bytes),
            touches,
            pictures,
            presses: Vec::new(),
            reports: Vec::new(),
            dating,
            restamp_ms: None,
            quiet_at: None,
        };
        let handle = AgentHandle { touches: touch_sender, pictures: picture_receiver };
        Ok((agent, bytes_sender, handle))
    }

    /// Runs until `cancel` is called; then says farewell and gives what was read.
    pub fn run(mut self, cancel: CancellationToken) -> Pin<Box<impl Future<Output = NmeaCounts>>> {
        // A task that takes a session over has it two times in itself, for each of a gateway's thousands.
        Box::pin(async move { self.go(cancel).await })
    }

    async fn go(&mut self, cancel: CancellationToken) -> NmeaCounts {
        let mut touches_open = true;
        loop {
            self.carry_out().await;
            let wake = self.clock.instant(self.link.next_timeout(self.clock.now()));
            let quiet_at = self.quiet_at;
            tokio::select! {
                biased;
                () = cancel.cancelled() => break,
                touch = self.touches.recv(), if touches_open => match touch {
                    Some(touch) => self.touched(touch),
                    None => touches_open = false,
                },
                done = stored(&mut self.storing) => self.stored(done),
                happened = self.socket.next() => self.handle(happened),
                portion = portion(&mut self.bytes) => match portion {
                    Some(portion) => self.read(&portion),
                    None => {
                        self.bytes = None;
                        self.read_rest();
                    }
                },
                () = sleep_until(quiet_at.unwrap_or(wake)), if quiet_at.is_some() => self.quiet(),
                () = sleep_until(wake) => self.handle(Input::Tick),
            }
        }
        self.read_rest();
        self.carry_out().await;
        while self.storing.is_some() {
            let Ok(done) = tokio::time::timeout(LAST_STORE, stored(&mut self.storing)).await else {
                warn!("the disk does not finish; what it has not taken is not stored");
                break;
            };
            let went_well = matches!(&done, Some((_, Ok(()))));
            self.stored(done);
            if !went_well {
                break;
            }
            self.carry_out().await;
        }
        self.socket.close().await;
        self.close_outbox().await;
        *self.parser.counts()
    }

    /// Dropped instead, it would still write to its files for a moment, perhaps to what has been put in their place.
    async fn close_outbox(&mut self) {
        let Some(outbox) = &mut self.outbox else { return };
        // On the heap, since it is needed once.
        match tokio::time::timeout(LAST_STORE, Box::pin(outbox.close())).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => warn!(%error, "the outbox could not be closed in good order"),
            Err(_) => warn!("the disk does not finish closing the outbox"),
        }
    }

    fn handle(&mut self, input: Input) {
        let now = self.clock.now();
        self.link.handle_input(input, now);
        for input in self.dating.release(&mut self.parser, &self.link, now) {
            self.link.handle_input(input, now);
        }
    }

    fn touched(&mut self, touch: Touch) {
        match touch {
            Touch::Press { command, answer } => match self.link.press(*command, self.clock.now()) {
                Ok(number) => {
                    let key = self.link.last_key();
                    self.presses.push(Pressed { key, number, answer });
                }
                // Whoever pressed may have gone; then nobody needs the answer.
                Err(refused) => drop(answer.send(Err(refused))),
            },
            Touch::Displayed { task } => self.handle(Input::Displayed(task)),
            Touch::CloseRefusal { number } => self.handle(Input::RefusalClosed(number)),
            Touch::Report { fixes, what, answer } => {
                // Dropped without a word, the answer says that they were not taken.
                if let Some(batch) = self.link.report(&fixes, what, self.clock.now()) {
                    self.reports.push((batch, answer));
                }
            }
        }
    }

    fn read(&mut self, portion: &[u8]) {
        self.parse(|parser, fixes| parser.push(portion, fixes));
        self.quiet_at = Some(crate::machine::timer_now() + QUIET);
    }

    fn quiet(&mut self) {
        self.quiet_at = None;
        self.parse(NmeaParser::flush);
    }

    fn read_rest(&mut self) {
        self.quiet_at = None;
        self.parse(NmeaParser::finish);
    }

    fn parse(&mut self, step: impl FnOnce(&mut NmeaParser, &mut Vec<Fix>)) {
        if self.settings.fix_times == FixTimes::Live {
            FixDating::set_reference(&mut self.parser, &self.link, self.clock.now());
        }
        let mut fixes = Vec::new();
        step(&mut self.parser, &mut fixes);
        for mut fix in fixes {
            let now = self.clock.now();
            if let Some(tls) = &self.settings.server.tls
                && self.settings.fix_times == FixTimes::Live
                && fix.dated_by == DatedBy::Receiver
            {
                tls.told.by_satellites(fix.fix_time_ms, now);
            }
            let inputs = match self.settings.fix_times {
                FixTimes::Live => self.dating.take(fix, &mut self.parser, &self.link, now),
                FixTimes::Recorded => vec![Input::NewFix(fix)],
                FixTimes::Restamped => {
                    let shift_ms = now.wall_ms - fix.fix_time_ms;
                    fix.fix_time_ms += *self.restamp_ms.get_or_insert(shift_ms);
                    vec![Input::NewFix(fix)]
                }
            };
            inputs.into_iter().for_each(|input| self.handle(input));
        }
    }

    /// Does all that the link wants done.
    async fn carry_out(&mut self) {
        let mut show = false;
        while let Some(output) = self.link.next_output() {
            match output {
                Output::Connect => {
                    self.tell_time();
                    let AgentSettings { server, key, .. } = &self.settings;
                    let server = self.servers.as_mut().map_or(server, |servers| servers.next());
                    self.socket = Socket::open(server.clone(), key.clone());
                }
                Output::Disconnect => self.socket.close().await,
                Output::Send(text) => {
                    if let Err(disconnected) = self.socket.send(text).await {
                        self.handle(disconnected);
                    }
                }
                Output::Store(changes) => match self.outbox.take() {
                    Some(mut outbox) => {
                        self.storing = Some(tokio::spawn(async move {
                            let done = outbox.apply(&changes).await;
                            (outbox, done)
                        }));
                    }
                    // Lost to a bug in an earlier batch: all goes on from memory, and says so.
                    None => self.handle(Input::StoreFailed),
                },
                Output::Servers(told) => {
                    if let Some(servers) = &mut self.servers {
                        servers.hear(told).await;
                    }
                }
                Output::Camera(wanted) => {
                    if let Some(camera) = &self.settings.camera {
                        camera.send_replace(wanted);
                    }
                }
                Output::Show => show = true,
            }
        }
        if show {
            self.show();
        }
        let link = &self.link;
        for press in self.presses.extract_if(.., |press| link.is_safe(press.key)) {
            press.answer.send(Ok(press.number)).ok();
        }
        for (_, answer) in self.reports.extract_if(.., |(batch, _)| link.is_batch_safe(*batch)) {
            answer.send(()).ok();
        }
        self.reports.retain(|(_, answer)| !answer.is_closed());
        // One whose presser has gone needs no answer, however long the disk fails.
        self.presses.retain(|press| !press.answer.is_closed());
    }

    /// Certificates are judged by the server's time, as far as one was told.
    fn tell_time(&self) {
        let now = self.clock.now();
        if let (Some(tls), Some(told)) = (&self.settings.server.tls, self.link.server_time(now)) {
            tls.told.by_server(told, now);
        }
    }

    /// A batch is through, well or not.
    fn stored(&mut self, done: Option<(Box<O>, Result<(), OutboxError>)>) {
        self.storing = None;
        let Some((mut outbox, done)) = done else {
            return self.handle(Input::StoreFailed);
        };
        let salvaged = outbox.take_salvaged();
        self.outbox = Some(outbox);
        match done {
            Ok(()) => self.handle(Input::Stored),
            Err(error) => {
                warn!(%error, "the outbox does not take changes; trying again");
                self.handle(Input::StoreFailed);
            }
        }
        if !salvaged.is_empty() {
            self.handle(Input::Salvaged(salvaged));
        }
    }

    fn show(&mut self) {
        let picture = self.link.picture(self.clock.now());
        let before = self.pictures.borrow().link;
        if before != picture.link {
            info!(link = ?picture.link, trouble = picture.link_trouble.as_deref(), "link");
        }
        if let Some(servers) = self.servers.as_mut().filter(|_| picture.link == LinkPhase::Online) {
            servers.welcomed();
        }
        self.pictures.send_replace(Arc::new(picture));
    }
}

/// The receiver's next bytes, `None` once its cable is gone; for ever when that was told.
async fn portion(bytes: &mut Option<mpsc::Receiver<Vec<u8>>>) -> Option<Vec<u8>> {
    match bytes {
        Some(bytes) => bytes.recv().await,
        None => std::future::pending().await,
    }
}

/// Waits for the batch under way; for ever if there is none. `None` if storing ended in a bug.
async fn stored<O>(storing: &mut Option<Storing<O>>) -> Option<(Box<O>, Result<(), OutboxError>)> {
    match storing {
        Some(storing) => storing.await.ok(),
        None => std::future::pending().await,
    }
}
