//! Datagrams: each holds whole frames, and a terminal is a number at an address.

use super::gateway::Gateway;
use super::line::{Came, Line, MOST_FRAMES_WAITING, Outlet};
use super::stranger;
use super::terminal::Terminal;
use crate::inspect::Direction;
use crate::jt808::frame::{Frame, FrameSplitter, TerminalNumber};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UdpSocket;
use tracing::warn;
use vehicle_agent::queue;

/// Largest datagram there is.
const MOST_BYTES: usize = 64 * 1_024;
/// Ended lines are swept away so often.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

struct ToAddress {
    socket: Arc<UdpSocket>,
    to: SocketAddr,
}

impl Outlet for ToAddress {
    fn send(&mut self, frame: Vec<u8>) -> bool {
        // What a network loses is asked for again; a full socket is no different.
        self.socket.try_send_to(&frame, self.to).ok();
        true
    }
}

type Lines = HashMap<(SocketAddr, TerminalNumber), queue::Sender<Came>>;

/// Takes datagrams until the gateway stops.
pub(super) async fn listen(gateway: Arc<Gateway>, socket: UdpSocket) {
    let socket = Arc::new(socket);
    let mut lines = Lines::new();
    let mut bytes = vec![0; MOST_BYTES];
    let mut sweep = tokio::time::interval(SWEEP_EVERY);
    loop {
        tokio::select! {
            () = gateway.stop.cancelled() => return,
            _ = sweep.tick() => lines.retain(|_, line| !line.is_closed()),
            read = socket.recv_from(&mut bytes) => match read {
                Ok((count, from)) => {
                    let mut splitter = FrameSplitter::default();
                    splitter.push(&bytes[..count], &mut |raw| {
                        came(&gateway, &socket, &mut lines, from, raw);
                    });
                }
                // A terminal's closed port comes back as an error of the socket.
                Err(error) => warn!(%error, "a datagram could not be read"),
            },
        }
    }
}

fn came(
    gateway: &Arc<Gateway>,
    socket: &Arc<UdpSocket>,
    lines: &mut Lines,
    from: SocketAddr,
    raw: &[u8],
) {
    // What is no frame has no number here, and comes from nobody.
    let Ok(frame) = Frame::decode(raw) else { return };
    let now_ms = gateway.clock.now().wall_ms;
    let Some(terminal) = gateway.terminal(&frame.header.number) else {
        gateway.stranger(&frame, &format!("udp {from}"), now_ms);
        if let Some(frame) = stranger::answer(&frame) {
            socket.try_send_to(&frame, from).ok();
        }
        return;
    };
    terminal.keep(Direction::In, raw, now_ms);
    let place = (from, frame.header.number);
    let line = match lines.get(&place).filter(|line| !line.is_closed()) {
        Some(line) => line.clone(),
        None if lines.len() >= gateway.connections => {
            lines.retain(|_, line| !line.is_closed());
            return;
        }
        None => {
            let line = begin(gateway, socket, from, terminal, now_ms);
            lines.insert(place, line.clone());
            line
        }
    };
    // A line that cannot keep up loses it, and the terminal sends it again.
    line.try_send(Ok(Box::new(frame))).ok();
}

fn begin(
    gateway: &Arc<Gateway>,
    socket: &Arc<UdpSocket>,
    from: SocketAddr,
    terminal: Arc<Terminal>,
    now_ms: i64,
) -> queue::Sender<Came> {
    let (to, end) = (from, gateway.stop.child_token());
    let from = format!("udp {to}");
    let (frames, received) = queue::bounded(MOST_FRAMES_WAITING);
    let line = Line {
        id: terminal.with_lines(|lines| lines.begin(&end)),
        // A terminal that sleeps for minutes has no connection whose end would tell it to show again who it is.
        is_trusted: terminal.with_lines(|lines| lines.is_known_at(&from, now_ms)),
        terminal,
        from,
        frames: received,
        outlet: ToAddress { socket: Arc::clone(socket), to },
        end,
        clock: gateway.clock.clone(),
        media: Arc::clone(&gateway.media),
        tasks: gateway.tasks.clone(),
    };
    gateway.tasks.spawn(line.run());
    frames
}
