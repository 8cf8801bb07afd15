//! Carrying messages: late, in order within a link, and not at all where it is cut.

use super::{Event, World};
use crate::invariants::Violation;
use crate::network::{LinkId, OtherEnd, Outgoing};
use crate::server::Started;
use axum::extract::ws::Message;
use rand::RngExt;
use tokio::task::AbortHandle;

/// At whose end of the network a link ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Peer {
    Terminal(usize),
    Console(usize),
}

/// A link that is up.
#[derive(Debug)]
pub(super) struct Carried {
    pub(super) peer: Peer,
    pub(super) server: usize,
    pub(super) end: OtherEnd,
    /// The server's task.
    pub(super) task: AbortHandle,
    /// When the last message sent each way arrives: none overtakes it.
    up_at: u64,
    down_at: u64,
    /// Whether it goes on carrying nothing, untold.
    pub(super) is_mute: bool,
}

impl Carried {
    pub(super) fn new(peer: Peer, server: usize, end: OtherEnd, task: AbortHandle) -> Self {
        Self { peer, server, end, task, up_at: 0, down_at: 0, is_mute: false }
    }
}

impl World {
    /// How long a packet takes; one in a hundred is lost and sent again.
    pub(super) fn delay(&mut self, now_ms: u64) -> u64 {
        let (usual, lost) = if now_ms < self.slow_until { (900, 0.25) } else { (60, 0.01) };
        let way = 10 + self.network.random_range(0..usual);
        let again = self.network.random_bool(lost);
        way + if again { self.network.random_range(200..3_000) } else { 0 }
    }

    /// Sends a message from a terminal or console.
    pub(super) fn send_up(&mut self, link: LinkId, message: Message, now_ms: u64) {
        let arrives = now_ms + self.delay(now_ms);
        let Some(carried) = self.links.get_mut(&link) else { return };
        if carried.is_mute {
            return;
        }
        carried.up_at = arrives.max(carried.up_at);
        self.queue.enter(carried.up_at, Event::Up(link, message));
    }

    /// What a server put on the wire.
    pub(super) fn came_out(
        &mut self,
        outgoing: Outgoing<Started>,
        now_ms: u64,
    ) -> Result<(), Violation> {
        match outgoing {
            Outgoing::Message(link, message) => self.send_down(link, message, now_ms),
            Outgoing::Closed(link) => self.server_closed(link, now_ms),
            Outgoing::Answer(server, link, done) => self.answer(server, link, done, now_ms)?,
            Outgoing::Started(server, started) => self.server_is_up(server, *started, now_ms),
            Outgoing::Stopped(server) => self.server_is_down(server, now_ms),
        }
        Ok(())
    }

    fn send_down(&mut self, link: LinkId, message: Message, now_ms: u64) {
        let arrives = now_ms + self.delay(now_ms);
        let Some(carried) = self.links.get_mut(&link) else { return };
        if carried.is_mute {
            return;
        }
        let held = self.machines[carried.server].frozen_until;
        carried.down_at = arrives.max(carried.down_at).max(held);
        self.queue.enter(carried.down_at, Event::Down(link, message));
    }

    fn server_closed(&mut self, link: LinkId, now_ms: u64) {
        let Some(carried) = self.links.get_mut(&link) else { return };
        // A link that carries nothing does not carry its end either.
        if !carried.is_mute {
            let at_ms = carried.down_at.max(now_ms + 10);
            self.queue.enter(at_ms, Event::HungUp(link));
        }
    }

    pub(super) fn arrives_at_server(&mut self, link: LinkId, message: Message, now_ms: u64) {
        let Some(carried) = self.links.get(&link) else { return };
        let held = self.machines[carried.server].frozen_until;
        if held > now_ms {
            self.queue.enter(held, Event::Up(link, message));
            return;
        }
        if !carried.is_mute {
            self.trace.carry(now_ms, ">", bytes_of(&message));
            carried.end.hand_over(message);
        }
    }

    pub(super) fn arrives_at_peer(
        &mut self,
        link: LinkId,
        message: &Message,
        now_ms: u64,
    ) -> Result<(), Violation> {
        let Some(carried) = self.links.get(&link) else { return Ok(()) };
        if carried.is_mute {
            return Ok(());
        }
        let peer = carried.peer;
        self.trace.carry(now_ms, "<", bytes_of(message));
        match peer {
            Peer::Terminal(terminal) => self.terminal_reads(terminal, link, message, now_ms),
            Peer::Console(console) => return self.console_reads(console, message, now_ms),
        }
        Ok(())
    }

    pub(super) fn hung_up(&mut self, link: LinkId, now_ms: u64) {
        let Some(carried) = self.links.remove(&link) else { return };
        match carried.peer {
            Peer::Terminal(terminal) => self.terminal_lost(terminal, link, now_ms),
            Peer::Console(console) => self.console_lost(console, link, now_ms),
        }
    }

    /// Cuts a link; both ends are told soon.
    pub(super) fn cut(&mut self, link: LinkId, now_ms: u64) {
        let Some(carried) = self.links.remove(&link) else { return };
        carried.end.lose();
        match carried.peer {
            Peer::Terminal(terminal) => self.terminal_lost(terminal, link, now_ms),
            Peer::Console(console) => self.console_lost(console, link, now_ms),
        }
    }

    /// The peer gives its end up; the server is told.
    pub(super) fn give_up(&mut self, link: LinkId) {
        if let Some(carried) = self.links.remove(&link) {
            if carried.is_mute {
                // Nobody tells the server; its own silence does.
                self.orphans.push(carried);
            } else {
                carried.end.lose();
            }
        }
    }

    /// The links of a server.
    pub(super) fn links_of_server(&self, server: usize) -> Vec<LinkId> {
        let of_it = self.links.iter().filter(|(_, carried)| carried.server == server);
        of_it.map(|(link, _)| *link).collect()
    }
}

fn bytes_of(message: &Message) -> &[u8] {
    match message {
        Message::Text(text) => text.as_bytes(),
        Message::Binary(bytes) | Message::Ping(bytes) | Message::Pong(bytes) => bytes,
        Message::Close(_) => b"close",
    }
}
