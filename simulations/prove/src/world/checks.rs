//! When what is looked at.

use super::{Event, Machine, SECOND_MS, World};
use crate::invariants::{
    Violation, at_rest, bounded_state, is_seen, same_heads, same_state, true_now, true_time,
};
use crate::truth::Truth;
use dispatch_core::model::{CommandId, VehicleId};

/// What was recorded so long ago is shown by every server and console.
const SHOWN_WITHIN_MS: u64 = 6_000;

/// Between two times at which a server writes its people's sessions into the file that holds its journal.
const SESSIONS_EVERY_MS: u64 = 10_000;

/// Between two times at which servers hear the database's clock.
const DATABASE_EVERY_MS: u64 = 2_000;

impl World {
    /// Reads on in the journals; every new event is looked at.
    pub(super) fn look_at_journals(&mut self, now_ms: u64) -> Result<(), Violation> {
        let news = self.truth.follow(&self.store, &mut self.seen)?;
        if news.was_set_back {
            self.truth.forget();
            self.seen.set_back();
            self.truth.follow(&self.store, &mut self.seen)?;
            self.seen.is_read_again();
            self.seen.excuse_lost(&mut self.told);
        }
        if !news.events.is_empty() {
            self.changed_at = now_ms;
        }
        for (centre, recorded) in &news.events {
            let (version, kind) = (recorded.version, recorded.event.kind());
            let command = recorded.provenance.command_id.as_ref().map_or("", CommandId::as_str);
            self.trace.note(now_ms, format_args!("{centre} {version} {kind} {command}"));
        }
        Ok(())
    }

    /// Holds what was acknowledged to consoles against the journals.
    pub(super) fn look_at_commands(&mut self, now_ms: u64) -> Result<(), Violation> {
        self.look_at_journals(now_ms)?;
        self.seen.commands_are_in(&self.told)
    }

    pub(super) fn second(&mut self, now_ms: u64) -> Result<(), Violation> {
        self.queue.enter(now_ms + SECOND_MS, Event::Second);
        self.measure(now_ms);
        self.orphans.retain(|orphan| !orphan.task.is_finished());
        if now_ms.is_multiple_of(DATABASE_EVERY_MS)
            && let Some(database) = &self.database
        {
            for started in self.machines.iter().filter_map(|machine| machine.started.as_ref()) {
                started.hear_database(database.time());
            }
        }
        if now_ms.is_multiple_of(SESSIONS_EVERY_MS) {
            for started in self.machines.iter().filter_map(|machine| machine.started.as_ref()) {
                started.write_sessions();
            }
        }
        self.look_for_dead(now_ms);
        // A commit that comes after its server went on is held by nothing any more.
        if self.machines.iter().all(|machine| machine.frozen_until <= now_ms) {
            self.store.let_go();
        }
        self.look_at_journals(now_ms)?;
        for (server, machine) in self.machines.iter_mut().enumerate() {
            look_at_server(server, machine, &self.truth)?;
        }
        self.truth.centres.values().try_for_each(bounded_state)
    }

    /// A process that lost its machine in the middle of a commit is started anew.
    fn look_for_dead(&mut self, now_ms: u64) {
        for server in 0..self.machines.len() {
            let machine = &self.machines[server];
            if machine.started.is_some() && machine.journal.has_crashed() {
                self.crash_server(server, 5_000, now_ms);
            }
        }
    }

    pub(super) fn look_at_the_end(&mut self, now_ms: u64) -> Result<(), Violation> {
        self.look_at_journals(now_ms)?;
        self.seen.commands_are_in(&self.told)?;
        for (server, machine) in self.machines.iter().enumerate() {
            let Some(started) = &machine.started else {
                return Err(Violation::new("settled", format!("server {server} is not up")));
            };
            let (states, _) = started.desk.states_and_heads();
            for (centre, folded) in &self.truth.centres {
                let is_due = now_ms > self.changed_at + SHOWN_WITHIN_MS;
                if is_due && states.get(centre) != Some(folded) {
                    let what = format!("server {server} shows another {centre}");
                    return Err(Violation::new("settled", what));
                }
            }
        }
        for terminal in &self.terminals {
            let now = terminal.now(now_ms, true_time(0).0);
            let Some(screen) = terminal.picture(now) else {
                let what = format!("{} is not on", terminal.vehicle);
                return Err(Violation::new("settled", what));
            };
            at_rest(&terminal.vehicle, &screen)?;
            let held = terminal.carried.and_then(|link| self.links.get(&link));
            let server = held.and_then(|link| self.machines[link.server].started.as_ref());
            let vehicle = VehicleId::from(terminal.vehicle.as_str());
            let live = server.and_then(|started| started.live.fix_of(&vehicle));
            is_seen(&terminal.vehicle, live.map(|it| it.fix.fix_time), true_time(now_ms))?;
        }
        self.seen.presses_are_in(&self.told)?;
        let is_due = now_ms > self.changed_at + SHOWN_WITHIN_MS;
        for dispatcher in self.dispatchers.iter().filter(|_| is_due) {
            same_heads(&dispatcher.person, &dispatcher.feed, &self.truth.centres)?;
        }
        self.trace.note(now_ms, format_args!("all is at rest"));
        let newest = self.truth.centres.values().map(|state| state.recorded_at).max();
        newest.map_or(Ok(()), |newest| true_now(newest.max(true_time(now_ms)), now_ms))
    }
}

/// Holds what a server shows against the journals, where it shows anything new: a state stays as it is until the next
/// commit.
fn look_at_server(server: usize, machine: &mut Machine, truth: &Truth) -> Result<(), Violation> {
    let Some(started) = &machine.started else { return Ok(()) };
    let (states, heads) = started.desk.states_and_heads();
    if heads == machine.compared {
        return Ok(());
    }
    let mut are_all_of_it = true;
    for (centre, folded) in &truth.centres {
        // After a set-back a server shows for a moment what is in no journal any more.
        let is_of_it = heads.get(centre).map(|it| it.hash) == truth.hashes.get(centre).copied();
        are_all_of_it &= is_of_it;
        if let (Some(shown), true) = (states.get(centre), is_of_it) {
            same_state(server, shown, folded)?;
        }
    }
    if are_all_of_it {
        machine.compared = heads;
    }
    Ok(())
}
