//! Connections over TCP: bytes to frames, frames to the line of their terminal, and back.

use super::gateway::Gateway;
use super::line::{Came, Line, MOST_FRAMES_WAITING, Outlet};
use super::stranger;
use super::terminal::Terminal;
use crate::inspect::Direction;
use crate::jt808::frame::{Frame, FrameSplitter, TerminalNumber};
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::{debug, warn};

/// Bytes read at one time; frames are a few hundred at most.
const READ_BYTES: usize = 2 * 1_024;
/// Frames that wait for the network of one connection.
const MOST_FRAMES_OUT: usize = 256;
/// Longest wait for the network to take a frame.
const WRITE_WAIT: Duration = Duration::from_secs(10);
/// A connection on which no known number was heard ends after so long.
const STRANGER_FOR: Duration = Duration::from_secs(60);
/// Terminals on one connection, as concentrators have them.
const MOST_LINES: usize = 8;
/// Pause after a connection could not be taken, as when files run out.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Takes connections until the gateway stops.
pub(super) async fn listen(gateway: Arc<Gateway>, listener: TcpListener) {
    let room = Arc::new(Semaphore::new(gateway.connections));
    loop {
        let accepted = tokio::select! {
            () = gateway.stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                warn!(%error, "a connection could not be taken");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&room).try_acquire_owned() else {
            debug!(%from, "there are as many connections as are taken");
            continue;
        };
        let gateway = Arc::clone(&gateway);
        gateway.tasks.clone().spawn(async move {
            serve(gateway, stream, from).await;
            drop(place);
        });
    }
}

struct ToConnection(mpsc::Sender<Vec<u8>>);

impl Outlet for ToConnection {
    fn send(&mut self, frame: Vec<u8>) -> bool {
        self.0.try_send(frame).is_ok()
    }
}

/// A terminal that speaks on a connection.
struct Speaker {
    terminal: Arc<Terminal>,
    frames: mpsc::Sender<Came>,
}

struct Connection {
    gateway: Arc<Gateway>,
    from: String,
    speakers: Vec<Speaker>,
    lines: JoinSet<()>,
    /// Frames read and not given to their lines yet; nothing more is read meanwhile.
    backlog: VecDeque<(usize, Came)>,
    out: mpsc::Sender<Vec<u8>>,
    end: CancellationToken,
}

async fn serve(gateway: Arc<Gateway>, mut stream: TcpStream, from: SocketAddr) {
    // Answers are small and terminals wait for them.
    stream.set_nodelay(true).ok();
    let (mut reader, mut writer) = stream.split();
    let (out, mut outgoing) = mpsc::channel::<Vec<u8>>(MOST_FRAMES_OUT);
    let end = gateway.stop.child_token();
    let mut connection = Connection {
        from: format!("tcp {from}"),
        gateway,
        speakers: Vec::new(),
        lines: JoinSet::new(),
        backlog: VecDeque::new(),
        out,
        end: end.clone(),
    };
    let mut splitter = FrameSplitter::default();
    let mut bytes = [0; READ_BYTES];
    let stranger_until = vehicle_agent::machine::timer_now() + STRANGER_FOR;
    loop {
        let front =
            connection.backlog.front().map(|(at, _)| connection.speakers[*at].frames.clone());
        tokio::select! {
            biased;
            () = end.cancelled() => break,
            Some(frame) = outgoing.recv() => {
                let written = tokio::time::timeout(WRITE_WAIT, writer.write_all(&frame)).await;
                if !matches!(written, Ok(Ok(()))) {
                    break;
                }
            }
            Some(_) = connection.lines.join_next(), if !connection.lines.is_empty() => {
                if connection.lines.is_empty() {
                    break;
                }
            }
            room = reserve(front), if !connection.backlog.is_empty() => connection.give(room),
            read = reader.read(&mut bytes), if connection.backlog.is_empty() => match read {
                Ok(0) | Err(_) => break,
                Ok(count) => splitter.push(&bytes[..count], &mut |raw| connection.came(raw)),
            },
            () = tokio::time::sleep_until(stranger_until), if connection.speakers.is_empty() => break,
        }
    }
    // Lines end as their frames do; what they had sent last still goes out.
    connection.backlog.clear();
    connection.speakers.clear();
    while connection.lines.join_next().await.is_some() {}
    drop(connection);
    while let Some(frame) = outgoing.recv().await {
        if !matches!(tokio::time::timeout(WRITE_WAIT, writer.write_all(&frame)).await, Ok(Ok(()))) {
            return;
        }
    }
}

/// Waits for room at a line; `None` when the line has ended.
async fn reserve(line: Option<mpsc::Sender<Came>>) -> Option<mpsc::OwnedPermit<Came>> {
    line?.reserve_owned().await.ok()
}

impl Connection {
    fn give(&mut self, room: Option<mpsc::OwnedPermit<Came>>) {
        let Some((_, came)) = self.backlog.pop_front() else { return };
        if let Some(room) = room {
            room.send(came);
        }
    }

    /// A frame was read: it goes to the line of its terminal.
    fn came(&mut self, raw: &[u8]) {
        let now_ms = self.gateway.clock.now().wall_ms;
        match Frame::decode(raw) {
            Ok(frame) => match self.speaker(&frame.header.number) {
                Some(at) => {
                    self.speakers[at].terminal.keep(Direction::In, raw, now_ms);
                    self.backlog.push_back((at, Ok(Box::new(frame))));
                }
                None => {
                    self.gateway.stranger(&frame, &self.from, now_ms);
                    // One that does not take its answer misses nothing.
                    stranger::answer(&frame).and_then(|frame| self.out.try_send(frame).ok());
                }
            },
            Err(error) => {
                // On a line with one terminal it is that one's.
                if let Some(speaker) = self.speakers.last() {
                    speaker.terminal.keep(Direction::In, raw, now_ms);
                    self.backlog.push_back((self.speakers.len() - 1, Err(error)));
                }
            }
        }
    }

    /// The place of a terminal among those that speak here; it begins a line if it is known and new.
    fn speaker(&mut self, number: &TerminalNumber) -> Option<usize> {
        let is_it = |it: &Speaker| it.terminal.binding.number == *number;
        if let Some(at) = self.speakers.iter().position(is_it) {
            return Some(at);
        }
        let terminal = self.gateway.terminal(number)?;
        if self.speakers.len() == MOST_LINES || !terminal.begin_line() {
            return None;
        }
        let (frames, received) = mpsc::channel(MOST_FRAMES_WAITING);
        let line = Line {
            terminal: Arc::clone(&terminal),
            from: self.from.clone(),
            frames: received,
            outlet: ToConnection(self.out.clone()),
            end: self.end.child_token(),
            clock: self.gateway.clock.clone(),
            media: Arc::clone(&self.gateway.media),
            tasks: self.gateway.tasks.clone(),
        };
        self.lines.spawn(line.run());
        self.speakers.push(Speaker { terminal, frames });
        Some(self.speakers.len() - 1)
    }
}
