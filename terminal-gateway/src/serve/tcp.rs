//! Connections over TCP: bytes to frames, frames to the line of their terminal, and back.

use super::accept::accept;
use super::gateway::Gateway;
use super::line::{Came, Line, MOST_FRAMES_WAITING, Outlet};
use super::stranger;
use super::terminal::Terminal;
use crate::inspect::Direction;
use crate::jt808::frame::{Frame, FrameSplitter, TerminalNumber};
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::io::ErrorKind;
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use vehicle_agent::machine::timer_now;
use vehicle_agent::queue::{self, NotSent};

/// Bytes read at one time; frames are a few hundred at most.
const READ_BYTES: usize = 4 * 1_024;
/// Bytes that wait for the network of one connection: some hundred answers.
const MOST_OUT_BYTES: usize = 64 * 1_024;
/// Longest wait for the network to take anything.
const WRITE_WAIT: Duration = Duration::from_secs(10);
/// A connection on which no known number was heard ends after so long.
const STRANGER_FOR: Duration = Duration::from_secs(60);
/// Terminals on one connection: a platform that passes on those of a county.
const MOST_LINES: usize = 128;

/// Takes connections until the gateway stops.
pub(super) async fn listen(gateway: Arc<Gateway>, listener: TcpListener) {
    let most = gateway.connections;
    accept(gateway, listener, most, "frames", serve).await;
}

/// What a connection's lines have to say, until its task writes it.
#[derive(Clone, Debug, Default)]
pub(super) struct Outgoing(Arc<Mutex<Vec<u8>>>);

impl Outgoing {
    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        // A panic elsewhere leaves whole frames behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet for Outgoing {
    fn send(&mut self, frame: Vec<u8>) -> bool {
        let mut bytes = self.bytes();
        let has_room = bytes.len() + frame.len() <= MOST_OUT_BYTES;
        if has_room {
            bytes.extend_from_slice(&frame);
        }
        has_room
    }
}

/// A terminal that speaks on a connection.
struct Speaker {
    terminal: Arc<Terminal>,
    frames: queue::Sender<Came>,
}

/// Whose a frame is.
enum Speaks {
    At(usize),
    Stranger,
    OneTooMany,
}

/// A connection and the lines on it, all in one task.
struct Connection {
    gateway: Arc<Gateway>,
    from: String,
    speakers: Vec<Speaker>,
    lines: FuturesUnordered<RunningLine>,
    /// Frames read for which their lines have no room yet; nothing more is read meanwhile.
    backlog: VecDeque<(usize, Came)>,
    out: Outgoing,
    end: CancellationToken,
}

type RunningLine = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What a connection has come to.
enum Step {
    /// Its lines have something to say.
    Say,
    /// Bytes came, or all that waited for room was taken.
    GoOn,
    /// The terminal is gone, or the last line has ended.
    Over,
}

pub(super) async fn serve(gateway: Arc<Gateway>, mut stream: TcpStream, from: SocketAddr) {
    // Answers are small and terminals wait for them.
    stream.set_nodelay(true).ok();
    let (mut reader, mut writer) = stream.split();
    let end = gateway.stop.child_token();
    let mut connection = Connection {
        from: format!("tcp {from}"),
        gateway,
        speakers: Vec::new(),
        lines: FuturesUnordered::new(),
        backlog: VecDeque::new(),
        out: Outgoing::default(),
        end: end.clone(),
    };
    let mut splitter = FrameSplitter::default();
    let (mut pending, mut write_until) = (Vec::new(), timer_now() + WRITE_WAIT);
    let stranger_until = timer_now() + STRANGER_FOR;
    let stopped = end.cancelled();
    tokio::pin!(stopped);
    loop {
        let (is_pending, is_stranger) = (!pending.is_empty(), connection.speakers.is_empty());
        let until = match (is_pending, is_stranger) {
            (true, true) => write_until.min(stranger_until),
            (true, false) => write_until,
            (false, _) => stranger_until,
        };
        tokio::select! {
            biased;
            () = &mut stopped => break,
            writable = poll_fn(|context| writer.as_ref().poll_write_ready(context)), if is_pending => {
                let before = pending.len();
                if writable.is_err() || !write_some(&writer, &mut pending) {
                    break;
                }
                if pending.len() < before {
                    write_until = timer_now() + WRITE_WAIT;
                }
            }
            step = poll_fn(|context| connection.poll_step(&mut reader, &mut splitter, context)) => match step {
                Step::Over => break,
                Step::GoOn => {}
                Step::Say => {
                    if pending.is_empty() {
                        write_until = timer_now() + WRITE_WAIT;
                    }
                    pending.append(&mut connection.out.bytes());
                    if pending.len() > MOST_OUT_BYTES || !write_some(&writer, &mut pending) {
                        break;
                    }
                }
            },
            () = tokio::time::sleep_until(until), if is_pending || is_stranger => break,
        }
    }
    // Lines end as their frames do; what they had sent last still goes out.
    connection.backlog.clear();
    connection.speakers.clear();
    while connection.lines.next().await.is_some() {}
    pending.append(&mut connection.out.bytes());
    Box::pin(tokio::time::timeout(WRITE_WAIT, writer.write_all(&pending))).await.ok();
}

/// Writes what the network takes now; false when it takes nothing any more.
fn write_some(writer: &WriteHalf<'_>, pending: &mut Vec<u8>) -> bool {
    while !pending.is_empty() {
        match writer.try_write(pending) {
            Ok(0) => return false,
            Ok(count) => drop(pending.drain(..count)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return true,
            Err(_) => return false,
        }
    }
    // Nothing is held for a terminal that has been told all.
    *pending = Vec::new();
    true
}

impl Connection {
    /// Runs the lines, and reads while they take what comes.
    fn poll_step(
        &mut self,
        reader: &mut ReadHalf<'_>,
        splitter: &mut FrameSplitter,
        context: &mut Context<'_>,
    ) -> Poll<Step> {
        let step = self.poll_lines(context);
        if step.is_ready() || !self.backlog.is_empty() {
            return step;
        }
        let mut bytes = [MaybeUninit::uninit(); READ_BYTES];
        let mut bytes = ReadBuf::uninit(&mut bytes);
        let read = ready!(Pin::new(reader).poll_read(context, &mut bytes));
        splitter.push(bytes.filled(), &mut |raw| self.came(raw));
        let is_over = read.is_err() || bytes.filled().is_empty();
        Poll::Ready(if is_over { Step::Over } else { Step::GoOn })
    }

    /// Runs the lines until one has something to say, all have taken what waited, or the last has ended and all is said.
    fn poll_lines(&mut self, context: &mut Context<'_>) -> Poll<Step> {
        while let Poll::Ready(Some(())) = self.lines.poll_next_unpin(context) {}
        if !self.out.bytes().is_empty() {
            Poll::Ready(Step::Say)
        } else if !self.speakers.is_empty() && self.lines.is_empty() {
            Poll::Ready(Step::Over)
        } else {
            self.poll_backlog(context).map(|()| Step::GoOn)
        }
    }

    /// Gives frames that waited to their lines, as far as there is room; ready once the last of them is given.
    fn poll_backlog(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let had_some = !self.backlog.is_empty();
        while let Some((at, came)) = self.backlog.pop_front() {
            let frames = &self.speakers[at].frames;
            // A line that has ended takes nothing more.
            let Err(NotSent::Full(came)) = frames.try_send(came) else { continue };
            let room = frames.poll_room(context);
            self.backlog.push_front((at, came));
            if room.is_pending() {
                return Poll::Pending;
            }
        }
        if had_some { Poll::Ready(()) } else { Poll::Pending }
    }

    /// Gives a frame to its line, or has it wait for room.
    fn deliver(&mut self, at: usize, came: Came) {
        if !self.backlog.is_empty() {
            return self.backlog.push_back((at, came));
        }
        // A line that has ended takes nothing more.
        if let Err(NotSent::Full(came)) = self.speakers[at].frames.try_send(came) {
            self.backlog.push_back((at, came));
        }
    }

    /// A frame was read: it goes to the line of its terminal.
    fn came(&mut self, raw: &[u8]) {
        let now_ms = self.gateway.clock.now().wall_ms;
        match Frame::decode(raw) {
            Ok(frame) => match self.speaker(&frame.header.number) {
                Speaks::At(at) => {
                    self.speakers[at].terminal.keep(Direction::In, raw, now_ms);
                    self.deliver(at, Ok(Box::new(frame)));
                }
                Speaks::OneTooMany => {}
                Speaks::Stranger => {
                    self.gateway.stranger(&frame, &self.from, now_ms);
                    // One that does not take its answer misses nothing.
                    stranger::answer(&frame).map(|frame| self.out.send(frame));
                }
            },
            Err(error) => {
                // On a line with one terminal it is that one's.
                if let Some(speaker) = self.speakers.last() {
                    speaker.terminal.keep(Direction::In, raw, now_ms);
                    self.deliver(self.speakers.len() - 1, Err(error));
                }
            }
        }
    }

    /// The place of a terminal among those that speak here; it begins a line if it is known and has none.
    fn speaker(&mut self, number: &TerminalNumber) -> Speaks {
        let is_it = |it: &Speaker| it.terminal.binding.number == *number;
        let place = self.speakers.iter().position(is_it);
        if let Some(at) = place.filter(|at| !self.speakers[*at].frames.is_closed()) {
            return Speaks::At(at);
        }
        // Its line may have ended because it is bound in another way now, or to nothing.
        let Some(terminal) = self.gateway.terminal(number) else { return Speaks::Stranger };
        if place.is_none() && self.speakers.len() == MOST_LINES {
            return Speaks::OneTooMany;
        }
        let (frames, received) = queue::bounded(MOST_FRAMES_WAITING);
        let end = self.end.child_token();
        let line = Line {
            id: terminal.with_lines(|lines| lines.begin(&end)),
            is_trusted: false,
            terminal: Arc::clone(&terminal),
            from: self.from.clone(),
            frames: received,
            outlet: self.out.clone(),
            end,
            clock: self.gateway.clock.clone(),
            media: Arc::clone(&self.gateway.media),
            tasks: self.gateway.tasks.clone(),
        };
        self.lines.push(Box::pin(line.run()));
        let speaker = Speaker { terminal, frames };
        let Some(at) = place else {
            self.speakers.push(speaker);
            return Speaks::At(self.speakers.len() - 1);
        };
        self.speakers[at] = speaker;
        Speaks::At(at)
    }
}
