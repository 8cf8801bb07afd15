//! The schedule carried out.

use super::{Event, World};
use crate::schedule::{Fault, JournalFault, ServerFault, TerminalFault};
use dispatch_core::model::CentreId;
use dispatch_desk::journal::memory;
use rand::RngExt;

impl World {
    pub(super) fn goes_wrong(&mut self, place: usize, now_ms: u64) {
        let fault = self.schedule[place].fault.clone();
        self.trace.note(now_ms, format_args!("fault {fault:?}"));
        match fault {
            Fault::SlowNetwork { for_ms } => self.slow_until = now_ms + for_ms,
            Fault::LossyRequests { for_ms } => self.lossy_until = now_ms + for_ms,
            Fault::ConsoleCut { console } => {
                if let Some(link) = self.dispatchers[console].carried {
                    self.cut(link, now_ms);
                }
            }
            Fault::PositionsFail { for_ms } => {
                self.fixes.fail(true);
                self.queue.enter(now_ms + for_ms, Event::PositionsWell);
            }
            Fault::JournalSetBack { events } => self.set_back(events),
            Fault::RestoredWhileStopped { events, down_ms } => {
                (0..self.machines.len()).for_each(|it| self.crash_server(it, down_ms, now_ms));
                self.set_back(events);
            }
            Fault::DatabaseClock { step_ms } => {
                if let Some(database) = &self.database {
                    database.step_millis(step_ms);
                }
            }
            Fault::Server(server, fault) => self.server_goes_wrong(server, fault, now_ms),
            Fault::Journal(server, fault) => self.journal_goes_wrong(server, fault),
            Fault::Terminal(terminal, fault) => self.terminal_goes_wrong(terminal, fault, now_ms),
        }
    }

    fn server_goes_wrong(&mut self, server: usize, fault: ServerFault, now_ms: u64) {
        match fault {
            ServerFault::Unreachable { for_ms } => {
                self.machines[server].unreachable_until = now_ms + for_ms;
                for link in self.links_of_server(server) {
                    self.cut(link, now_ms);
                }
            }
            ServerFault::Crash { down_ms } => self.crash_server(server, down_ms, now_ms),
            ServerFault::Upgrade { down_ms, edition } => {
                let machine = &mut self.machines[server];
                machine.edition = edition;
                if let Some(started) = &machine.started {
                    started.stop(server, self.wire.clone());
                }
                self.queue.enter(now_ms + 30_000 + down_ms, Event::ServerStarts(server));
            }
            ServerFault::Freeze { for_ms } => {
                let machine = &mut self.machines[server];
                machine.frozen_until = now_ms + for_ms;
                machine.journal.script_own(memory::Operation::Append, memory::Fault::Held);
                self.queue.enter(now_ms + for_ms, Event::Thaw(server));
            }
            ServerFault::Clock { step_ms } => self.machines[server].clock.step_millis(step_ms),
            ServerFault::StartsAtWrongTime { down_ms, step_ms } => {
                self.crash_server(server, down_ms, now_ms);
                self.machines[server].clock.step_millis(step_ms);
            }
        }
    }

    fn journal_goes_wrong(&mut self, server: usize, fault: JournalFault) {
        use memory::{Fault as Wrong, Operation};
        let (operation, wrong, times) = match fault {
            JournalFault::Refuses { commits } => (Operation::Append, Wrong::Refused, commits),
            JournalFault::CommitFails { commits } => {
                let is_shared = self.machines.len() > 1;
                let operation = if is_shared { Operation::Append } else { Operation::Commit };
                (operation, Wrong::Refused, commits)
            }
            JournalFault::AnswersLost { commits } => {
                (Operation::Append, Wrong::AnswerLost, commits)
            }
            JournalFault::Torn { written } => (Operation::Append, Wrong::Crash { written }, 1),
            JournalFault::Unreadable { questions } => (Operation::Read, Wrong::Refused, questions),
            JournalFault::SnapshotsRefused { times } => {
                (Operation::Snapshot, Wrong::Refused, times)
            }
        };
        let journal = &self.machines[server].journal;
        (0..times).for_each(|_| journal.script_own(operation, wrong));
    }

    /// The newest events of every journal are gone, as after the restoring of a backup.
    fn set_back(&mut self, events: u64) {
        let heads = self.store.stored_heads();
        for (centre, head) in heads {
            self.cut_journal(&centre, head.version.saturating_sub(events));
        }
    }

    fn cut_journal(&mut self, centre: &CentreId, after: u64) {
        // What enrolled the vehicles stays: a backup is never older than the installation.
        let enrolled = self.terminals.len() as u64 + 4;
        self.store.cut(centre, after.max(enrolled));
    }

    fn terminal_goes_wrong(&mut self, terminal: usize, fault: TerminalFault, now_ms: u64) {
        match fault {
            TerminalFault::Cut { for_ms } => {
                self.terminals[terminal].unreachable_until = now_ms + for_ms;
                if let Some(link) = self.terminals[terminal].carried {
                    self.cut(link, now_ms);
                }
            }
            TerminalFault::CutAsItPresses { for_ms } => {
                self.terminals[terminal].next_press_cuts = Some(for_ms);
            }
            TerminalFault::HalfOpen { for_ms } => {
                self.terminals[terminal].mute_until = now_ms + for_ms;
                let link = self.terminals[terminal].carried;
                if let Some(carried) = link.and_then(|link| self.links.get_mut(&link)) {
                    carried.is_mute = true;
                }
            }
            TerminalFault::Crash { down_ms, power_cut } => {
                self.kill_terminal(terminal, down_ms, power_cut, now_ms);
            }
            TerminalFault::Freeze { for_ms } => {
                self.terminals[terminal].frozen_until = now_ms + for_ms;
            }
            TerminalFault::Clock { step_ms } => {
                self.terminals[terminal].wall_off_ms += step_ms;
            }
            TerminalFault::Receiver { for_ms, how } => {
                self.terminals[terminal].receiver_fails(Some((how, now_ms + for_ms)));
            }
            TerminalFault::DiskFails { for_ms, how } => {
                self.terminals[terminal].disk.fail(Some(how));
                self.queue.enter(now_ms + for_ms, Event::DiskWell(terminal));
            }
            TerminalFault::DiskSetBack { down_ms } => {
                self.kill_terminal(terminal, down_ms, true, now_ms);
                self.terminals[terminal].disk.set_back();
                self.lose_tablet(terminal);
            }
            TerminalFault::NewTablet { down_ms } => {
                self.kill_terminal(terminal, down_ms, true, now_ms);
                self.terminals[terminal].new_tablet();
                self.lose_tablet(terminal);
            }
            TerminalFault::DiskDamaged { down_ms } => {
                self.kill_terminal(terminal, down_ms, true, now_ms);
                self.terminals[terminal].disk.damage();
                self.lose_tablet(terminal);
            }
        }
    }

    /// What only that tablet had is gone with it.
    fn lose_tablet(&mut self, terminal: usize) {
        self.seen.tablet_lost(&mut self.told, &self.terminals[terminal].vehicle);
    }

    pub(super) fn kill_terminal(
        &mut self,
        terminal: usize,
        down_ms: u64,
        power_was_cut: bool,
        now_ms: u64,
    ) {
        if let Some(link) = self.terminals[terminal].carried.take() {
            self.give_up(link);
        }
        self.terminals[terminal].kill();
        let is_written = self.network.random_bool(0.5);
        self.terminals[terminal].cut_off(is_written);
        let starts = Event::TerminalStarts { terminal, power_was_cut };
        self.queue.enter(now_ms + down_ms, starts);
    }
}
