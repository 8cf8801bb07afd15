//! Servers: their starts and ends, and who may reach them.

use super::{Event, World};
use crate::server::{Beginning, Started, start};

/// After so long an operator looks at a server that did not start.
const OPERATOR_MS: u64 = 20_000;

/// Starts refused for its clock after which the operator sets it right.
const REFUSED_BEFORE_SET: u32 = 2;

impl World {
    pub(super) fn start_server(&mut self, server: usize, now_ms: u64) {
        let machine = &mut self.machines[server];
        if machine.started.is_some() || machine.is_starting {
            return;
        }
        machine.is_starting = true;
        machine.journal = self.store.reopen();
        let beginning = Beginning {
            number: server,
            journal: machine.journal.clone(),
            fixes: self.fixes.clone(),
            region: self.editions[machine.edition].clone(),
            machine: machine.clock.clone(),
            database: self.database.clone(),
            key: self.key.clone(),
            notebook: machine.notebook.clone(),
            accept_clock: machine.accept_clock,
        };
        self.trace.note(now_ms, format_args!("server {server} starts"));
        start(beginning, self.wire.clone());
    }

    pub(super) fn server_is_up(
        &mut self,
        server: usize,
        started: Result<Started, String>,
        now_ms: u64,
    ) {
        self.machines[server].is_starting = false;
        match started {
            Ok(started) => {
                self.trace.note(now_ms, format_args!("server {server} is up"));
                self.machines[server].refused_starts = 0;
                self.machines[server].accept_clock = false;
                self.machines[server].compared.clear();
                self.machines[server].started = Some(started);
            }
            Err(why) => {
                self.trace.note(now_ms, format_args!("server {server} does not start: {why}"));
                let machine = &mut self.machines[server];
                machine.refused_starts += 1;
                if machine.refused_starts >= REFUSED_BEFORE_SET {
                    self.set_right(server, now_ms);
                }
                self.queue.enter(now_ms + OPERATOR_MS, Event::ServerStarts(server));
            }
        }
    }

    /// An operator sets a server's clock, and says so at its next start.
    pub(super) fn set_right(&mut self, server: usize, now_ms: u64) {
        let true_now = crate::invariants::true_time(now_ms);
        let machine = &mut self.machines[server];
        machine.clock.step_millis(true_now.millis_since(machine.clock.time()));
        machine.accept_clock = true;
    }

    pub(super) fn server_is_down(&mut self, server: usize, now_ms: u64) {
        self.trace.note(now_ms, format_args!("server {server} has stopped"));
        self.lose_server(server, now_ms);
    }

    /// A server's process ends at once.
    pub(super) fn crash_server(&mut self, server: usize, down_ms: u64, now_ms: u64) {
        self.trace.note(now_ms, format_args!("server {server} ends"));
        if let Some(started) = self.machines[server].started.clone() {
            for link in self.links_of_server(server) {
                if let Some(carried) = self.links.get(&link) {
                    carried.task.abort();
                }
            }
            started.crash();
        }
        self.lose_server(server, now_ms);
        self.queue.enter(now_ms + down_ms, Event::ServerStarts(server));
    }

    fn lose_server(&mut self, server: usize, now_ms: u64) {
        self.machines[server].started = None;
        for link in self.links_of_server(server) {
            self.cut(link, now_ms);
        }
    }

    /// A server that takes links and requests now, as a proxy in front of them finds it.
    pub(super) fn reachable(&mut self, now_ms: u64) -> Option<usize> {
        use rand::RngExt;
        let takes = |server: &usize| {
            let machine = &self.machines[*server];
            machine.started.is_some()
                && machine.unreachable_until <= now_ms
                && machine.frozen_until <= now_ms
        };
        let taking: Vec<usize> = (0..self.machines.len()).filter(takes).collect();
        if taking.is_empty() {
            return None;
        }
        Some(taking[self.network.random_range(0..taking.len())])
    }

    pub(super) fn thaw(&mut self, server: usize, now_ms: u64) {
        if self.machines[server].frozen_until <= now_ms {
            self.machines[server].journal.let_go();
        }
    }
}
