//! The terminal of a link: welcomed, and what it says of its numbers, its disk and its receiver.

use super::asks::{Ask, Fault};
use super::command_lane::CommandLane;
use super::fix_lane::FixLane;
use super::greeting::Greeting;
use super::machine::{AgentLink, Phase, Step, Talk};
use super::terminal;
use crate::live::link::Now;
use dispatch_core::model::{OutboxId, TerminalTrouble};
use wire_protocol::agent::{ReceiverState, RenewalReason, ServerMessage, StorageState};

impl AgentLink {
    /// The link is the vehicle's live one: welcomes the terminal, and holds what it says of its numbers and
    /// its disk against what the centre has.
    pub(super) fn open(&mut self, commands_through: u64, in_turns: Option<u32>, now: Now) -> Step {
        let Phase::Attaching(greeting) = std::mem::replace(&mut self.phase, Phase::Greeting) else {
            return Ok(());
        };
        self.link.open(now);
        let commands =
            CommandLane::open(self.vehicle.clone(), &greeting, commands_through, now.wall);
        let has_camera = greeting.has_camera();
        let Greeting { outbox, software: _, clock, terminal } = *greeting;
        let asked = terminal.as_ref().map(|report| terminal::outboxes(&outbox, report));
        let storage = terminal.as_ref().map(|report| report.storage);
        let welcome = ServerMessage::Welcome {
            vehicle: self.vehicle.as_str().to_owned(),
            server_time: now.wall.0,
            commands_through: commands.told(),
            report_seconds: self.terms.report_seconds,
            exercise: self.terms.exercise,
            servers: self.terms.servers.to_vec(),
        };
        self.phase = Phase::Open(Box::new(Talk {
            outbox,
            commands,
            fixes: FixLane::default(),
            bad_frames: 0,
            clock_behind_ms: now.wall.0.saturating_sub(clock.0),
            terminal,
            has_camera,
            quiet_for: None,
        }));
        self.say(&welcome)?;
        self.link.ask(Ask::Duty);
        self.link.ask(Ask::Route);
        if has_camera {
            self.link.ask(Ask::Picture);
        }
        if let Some(in_a_minute) = in_turns {
            self.note(TerminalTrouble::LinksTakeTurns { in_a_minute });
        }
        if let Some(storage) = storage {
            self.hear_storage(storage);
        }
        if let Some(asked) = asked {
            self.link.ask(Ask::Through(asked));
        }
        Ok(())
    }

    pub(super) fn compare_numbers(&mut self, recorded: &[(OutboxId, u64)]) -> Step {
        let Phase::Open(talk) = &mut self.phase else { return Ok(()) };
        let Some(report) = talk.terminal.take() else { return Ok(()) };
        let through = |outbox: &OutboxId| {
            recorded.iter().find(|(it, _)| it == outbox).map_or(0, |(_, through)| *through)
        };
        let findings = terminal::compare(&talk.outbox, &report, through);
        let commands_through = through(&talk.outbox);
        if findings.renumber.is_some() {
            talk.commands.give_up_numbers();
        }
        findings.troubles.into_iter().for_each(|trouble| self.note(trouble));
        self.renumber(findings.renumber, commands_through)
    }

    pub(super) fn hear_storage(&mut self, storage: StorageState) {
        let is_failing = match storage {
            StorageState::Failing => true,
            StorageState::Healthy => false,
        };
        self.link.ask(Ask::Hear(Fault::Storage, is_failing));
    }

    pub(super) fn hear_receiver(&mut self, receiver: ReceiverState) {
        let is_wrong = match receiver {
            ReceiverState::DateWrong => true,
            ReceiverState::Good => false,
        };
        self.link.ask(Ask::Hear(Fault::ReceiverDate, is_wrong));
    }

    /// Has it noted when a fault of the terminal began or ended, where that is to be told.
    pub(super) fn note_turn(&mut self, fault: Fault, turned: Option<bool>) {
        let Some(turned) = turned else { return };
        self.note(match (fault, turned) {
            (Fault::Storage, true) => TerminalTrouble::StorageFailing,
            (Fault::Storage, false) => TerminalTrouble::StorageRecovered,
            (Fault::ReceiverDate, true) => TerminalTrouble::ReceiverDateWrong,
            (Fault::ReceiverDate, false) => TerminalTrouble::ReceiverDateRight,
        });
    }

    /// Has trouble noted, in its turn.
    fn note(&mut self, trouble: TerminalTrouble) {
        if let Phase::Open(talk) = &mut self.phase
            && let Some(work) = talk.commands.note(trouble)
        {
            self.link.ask(Ask::Record(work));
        }
    }

    pub(super) fn renumber(
        &mut self,
        reason: Option<RenewalReason>,
        commands_through: u64,
    ) -> Step {
        let (Some(reason), Phase::Open(talk)) = (reason, &self.phase) else { return Ok(()) };
        let outbox = talk.outbox.clone();
        self.link.ask(Ask::LogRenumbering { outbox, commands_through, reason });
        self.say(&ServerMessage::Renumber { commands_through, reason })
    }
}
