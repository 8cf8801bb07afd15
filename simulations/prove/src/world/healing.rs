//! Everything is well again: what was down is started, clocks are set right, disks and networks work, and nobody
//! calls any more. From here on all has to come to rest.
//!
//! A running server is taken no more than a day along by any clock, as it says in its status: a person starts it again
//! once its machine's clock is right.

use super::{Event, World};
use crate::invariants::true_time;

/// How long a person takes to start a server again.
const RESTART_MS: u64 = 5_000;

impl World {
    pub(super) fn heal(&mut self, now_ms: u64) {
        self.trace.note(now_ms, format_args!("all is well from now on"));
        self.is_healed = true;
        (self.slow_until, self.lossy_until) = (0, 0);
        self.fixes.fail(false);
        if let Some(database) = &self.database {
            database.step_millis(true_time(now_ms).millis_since(database.time()));
        }
        for server in 0..self.machines.len() {
            self.machines[server].frozen_until = 0;
            self.machines[server].unreachable_until = 0;
            self.machines[server].journal.let_go();
            if self.machines[server]
                .started
                .as_ref()
                .is_some_and(|it| it.is_too_far_off(true_time(now_ms)))
            {
                self.crash_server(server, RESTART_MS, now_ms);
            }
            self.set_right(server, now_ms);
            self.queue.enter(now_ms, Event::ServerStarts(server));
        }
        for terminal in 0..self.terminals.len() {
            let it = &mut self.terminals[terminal];
            (it.frozen_until, it.unreachable_until, it.mute_until) = (0, 0, 0);
            it.next_press_cuts = None;
            it.wall_off_ms = 0;
            it.disk.fail(None);
            it.receiver_fails(None);
            self.queue.enter(now_ms, Event::TerminalStarts { terminal, power_was_cut: false });
        }
    }
}
