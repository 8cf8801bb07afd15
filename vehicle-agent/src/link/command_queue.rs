//! Send queue of commands: strictly in order, kept until the server has them, never dropped.

use std::collections::VecDeque;

use wire_protocol::agent::{CrewCommand, PressedAs};

use crate::outbox::{MOST_CONFIRMED, PressStamp, StoredCommand};

/// Commands sent ahead of the server's answer; crews press slowly, so this empties any queue in a few
/// turns.
const MAX_IN_FLIGHT: usize = 16;
/// For how long a confirmed command still shapes the screen while the centre's new picture is under way.
const CONFIRMED_STAYS_MS: u64 = 5_000;
/// Confirmed commands older than this are not sent again, in milliseconds: what is that old is settled by people, and the
/// centre may have forgotten that it has it.
const SENT_AGAIN_WITHIN_MS: i64 = 24 * 3_600_000;

/// Commands numbered anew.
#[derive(Debug, Default)]
pub(super) struct Renumbered {
    /// As they are to be stored.
    pub(super) commands: Vec<StoredCommand>,
    /// How many of them the old outbox had confirmed.
    pub(super) again: u64,
    /// How many of those had their number in the outbox given up.
    pub(super) again_of_it: u64,
}

#[derive(Debug)]
struct HeldCommand {
    /// Stays the same when the command is numbered anew.
    key: u64,
    command: StoredCommand,
    stored: bool,
    sent_at: Option<u64>,
    confirmed_at: Option<u64>,
    refused: bool,
}

/// The key of a command that nobody who pressed it waits for any more.
const NO_KEY: u64 = 0;

impl HeldCommand {
    fn waiting(key: u64, command: StoredCommand) -> Self {
        Self { key, command, stored: false, sent_at: None, confirmed_at: None, refused: false }
    }
}

/// Says in a command of an outbox where it was first numbered.
fn first_numbered(mut command: StoredCommand, outbox: &str) -> StoredCommand {
    let number = command.number;
    command.pressed_as.get_or_insert_with(|| PressedAs { outbox: outbox.to_owned(), number });
    command
}

#[derive(Debug)]
pub(super) struct CommandQueue {
    commands: VecDeque<HeldCommand>,
    /// The newest confirmed ones, for a server that loses them; each says where it was first numbered.
    confirmed: VecDeque<StoredCommand>,
    last_number: u64,
    last_key: u64,
}

impl CommandQueue {
    pub(super) fn new(
        stored: Vec<StoredCommand>,
        confirmed: Vec<StoredCommand>,
        last_number: u64,
    ) -> Self {
        let held =
            |(key, command)| HeldCommand { stored: true, ..HeldCommand::waiting(key, command) };
        let commands: VecDeque<HeldCommand> = (1..).zip(stored).map(held).collect();
        Self { last_key: commands.len() as u64, commands, confirmed: confirmed.into(), last_number }
    }

    /// Commands that the server has not confirmed.
    pub(super) fn waiting(&self) -> usize {
        self.commands.iter().filter(|held| held.confirmed_at.is_none()).count()
    }

    /// Commands that the server has not confirmed and the disk has not taken.
    pub(super) fn unstored(&self) -> usize {
        self.waiting_held().filter(|held| !held.stored).count()
    }

    /// Highest number given.
    pub(super) fn last_number(&self) -> u64 {
        self.last_number
    }

    /// Lowest number that the server has not confirmed; one above the last when it has all.
    pub(super) fn first_waiting(&self) -> u64 {
        let first = self.waiting_held().map(|held| held.command.number).next();
        first.unwrap_or(self.last_number.saturating_add(1))
    }

    /// The command numbered last, whatever its number becomes.
    pub(super) fn last_key(&self) -> u64 {
        self.last_key
    }

    /// Numbers and keeps a command.
    pub(super) fn add(
        &mut self,
        made_at_ms: i64,
        command: CrewCommand,
        pressed_as: Option<PressedAs>,
        stamp: Option<PressStamp>,
    ) -> StoredCommand {
        self.last_number += 1;
        self.last_key += 1;
        let command =
            StoredCommand { number: self.last_number, made_at_ms, command, pressed_as, stamp };
        self.commands.push_back(HeldCommand::waiting(self.last_key, command.clone()));
        command
    }

    pub(super) fn mark_stored(&mut self, number: u64) {
        if let Some(held) = self.commands.iter_mut().find(|held| held.command.number == number) {
            held.stored = true;
        }
    }

    /// Whether the command with this key is on disk or with the server.
    pub(super) fn is_safe(&self, key: u64) -> bool {
        let held = self.commands.iter().find(|held| held.key == key);
        held.is_none_or(|held| held.stored || held.confirmed_at.is_some())
    }

    /// The command with this key, if it still waits; it says where it was first numbered.
    pub(super) fn waiting_command(&self, key: u64, outbox: &str) -> Option<StoredCommand> {
        let held = self.waiting_held().find(|held| held.key == key)?;
        Some(first_numbered(held.command.clone(), outbox))
    }

    /// Whether a command first numbered so is here.
    pub(super) fn holds(&self, pressed_as: &PressedAs) -> bool {
        self.commands.iter().any(|held| held.command.pressed_as.as_ref() == Some(pressed_as))
    }

    /// Whether the command is on disk; what is no longer here has reached the server.
    pub(super) fn is_stored(&self, number: u64) -> bool {
        self.commands
            .iter()
            .find(|held| held.command.number == number)
            .is_none_or(|held| held.stored)
    }

    /// The next command to send, in order and only once it is on disk; from memory when the disk fails. A call
    /// for help waits for no disk, and takes along what was pressed before it.
    pub(super) fn next_to_send(
        &mut self,
        steady_ms: u64,
        from_memory: bool,
    ) -> Option<&StoredCommand> {
        let is_help = |held: &HeldCommand| matches!(held.command.command, CrewCommand::Sos);
        let help = self.waiting_held().filter(|held| is_help(held) && held.sent_at.is_none());
        let help = help.map(|held| held.command.number).max();
        let in_flight = self.waiting_held().filter(|held| held.sent_at.is_some()).count();
        if in_flight >= MAX_IN_FLIGHT {
            return None;
        }
        let next = self
            .commands
            .iter_mut()
            .find(|held| held.confirmed_at.is_none() && held.sent_at.is_none())?;
        let is_urgent = help.is_some_and(|help| next.command.number <= help);
        if !(next.stored || from_memory || is_urgent) {
            return None;
        }
        next.sent_at = Some(steady_ms);
        Some(&next.command)
    }

    /// When the oldest unanswered command was sent.
    pub(super) fn oldest_sent(&self) -> Option<u64> {
        self.waiting_held().filter_map(|held| held.sent_at).min()
    }

    /// The link was cut or the answer is overdue: all unanswered commands go out again.
    pub(super) fn send_again(&mut self) {
        for held in &mut self.commands {
            held.sent_at = None;
        }
    }

    /// The server has every command of this outbox through this number. Gives those that were waiting.
    pub(super) fn confirm(
        &mut self,
        outbox: &str,
        through: u64,
        steady_ms: u64,
    ) -> Vec<StoredCommand> {
        // A server that has more than we know of means that our file was set back: never give those
        // numbers again.
        self.last_number = self.last_number.max(through);
        let mut confirmed = Vec::new();
        for held in &mut self.commands {
            if held.command.number <= through && held.confirmed_at.is_none() {
                held.confirmed_at = Some(steady_ms);
                confirmed.push(first_numbered(held.command.clone(), outbox));
            }
        }
        self.confirmed.extend(confirmed.iter().cloned());
        self.confirmed.drain(..self.confirmed.len().saturating_sub(MOST_CONFIRMED));
        confirmed
    }

    /// What a server that has this outbox only through a number lost of what was confirmed, as far as it is kept,
    /// waits again, before all else. Commands of earlier outboxes may be lost with it; what is not is known there by name.
    fn wait_again(&mut self, through: u64, wall_ms: i64) -> (u64, u64) {
        let youngest_given_up = wall_ms.saturating_sub(SENT_AGAIN_WITHIN_MS);
        let is_lost = |command: &StoredCommand| {
            (command.number == 0 || command.number > through)
                && command.made_at_ms > youngest_given_up
        };
        let (lost, kept): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.confirmed).into_iter().partition(is_lost);
        self.confirmed = kept.into();
        let of_it = lost.iter().filter(|command| command.number > through).count();
        // Those that still shape the screen do so again as what waits.
        self.drop_confirmed();
        let all = lost.len();
        for command in lost.into_iter().rev() {
            self.commands.push_front(HeldCommand::waiting(NO_KEY, command));
        }
        (all as u64, of_it as u64)
    }

    /// Numbers what waits anew from 1 and says in each where it was first numbered. With it goes what a server that
    /// has the old outbox only `through` a number lost of it.
    pub(super) fn renumber(
        &mut self,
        old_outbox: &str,
        through: Option<u64>,
        wall_ms: i64,
    ) -> Renumbered {
        let (again, again_of_it) =
            through.map_or((0, 0), |through| self.wait_again(through, wall_ms));
        self.confirmed.iter_mut().for_each(|command| command.number = 0);
        self.last_number = 0;
        let mut commands = Vec::new();
        for held in &mut self.commands {
            held.sent_at = None;
            let number = std::mem::take(&mut held.command.number);
            if held.confirmed_at.is_some() {
                // It only shapes the screen for a moment longer; no number means it any more.
                continue;
            }
            self.last_number += 1;
            held.command.number = self.last_number;
            let first = || PressedAs { outbox: old_outbox.to_owned(), number };
            held.command.pressed_as.get_or_insert_with(first);
            commands.push(held.command.clone());
        }
        Renumbered { commands, again, again_of_it }
    }

    /// The server refused a command; it shapes the screen no longer.
    pub(super) fn refuse(&mut self, number: u64) -> Option<StoredCommand> {
        let held = self.commands.iter_mut().find(|held| held.command.number == number)?;
        held.refused = true;
        Some(held.command.clone())
    }

    /// A new picture of the centre includes what was confirmed.
    pub(super) fn drop_confirmed(&mut self) {
        self.commands.retain(|held| held.confirmed_at.is_none());
    }

    /// Drops confirmed commands whose picture did not come in time. Returns whether any was dropped.
    pub(super) fn drop_overdue(&mut self, steady_ms: u64) -> bool {
        let before = self.commands.len();
        self.commands.retain(|held| {
            held.confirmed_at.is_none_or(|at| steady_ms < at.saturating_add(CONFIRMED_STAYS_MS))
        });
        self.commands.len() != before
    }

    /// When `drop_overdue` has something to do.
    pub(super) fn overdue_at(&self) -> Option<u64> {
        let first = self.commands.iter().filter_map(|held| held.confirmed_at).min()?;
        Some(first.saturating_add(CONFIRMED_STAYS_MS))
    }

    /// What shapes the screen on top of the centre's picture, oldest first.
    pub(super) fn unpictured(&self) -> impl Iterator<Item = &StoredCommand> {
        self.commands.iter().filter(|held| !held.refused).map(|held| &held.command)
    }

    fn waiting_held(&self) -> impl Iterator<Item = &HeldCommand> {
        self.commands.iter().filter(|held| held.confirmed_at.is_none())
    }
}
