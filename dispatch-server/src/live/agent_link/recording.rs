//! One piece of work of a link on its way into the journal: a crew's press, or what the server noticed of
//! the terminal itself.

use crate::live::shared::Shared;
use dispatch_core::model::{
    CentreId, Command, CommandId, Origin, OutboxId, Rejection, TerminalClock, TerminalTrouble,
    Timestamp, VehicleId,
};
use dispatch_desk::desk::{CommandEnvelope, CommandError, Done};
use std::sync::Arc;

/// The names by which a press may be known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PressNames {
    /// As a terminal of an earlier release gives it.
    pub(super) bare: CommandId,
    /// As a terminal gives it that can open a new outbox; nothing from one that cannot.
    pub(super) full: Option<CommandId>,
}

/// What is to be recorded.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Work {
    /// A press of the crew.
    Press {
        /// Its number in the link's outbox.
        number: u64,
        /// When it was pressed, by the best knowledge.
        made_at: Timestamp,
        /// What the terminal's own clock said.
        terminal: Option<TerminalClock>,
        /// Whether it was pressed while this link lived.
        vehicle_online: bool,
        /// By what it is known again under whatever number.
        names: PressNames,
        /// What was pressed.
        command: Box<Command>,
    },
    /// Trouble with the terminal.
    Trouble(TerminalTrouble),
}

/// How the work ended.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outcome {
    /// The press is durable, as done; whether it was not before.
    Done {
        /// Whether it is recorded only now.
        is_news: bool,
    },
    /// The press is durable, as refused.
    Refused(Rejection),
    /// The press is durable, and its number had been given to another one before.
    NumberTaken(Option<Rejection>),
    /// The press does not follow what the centre has of this outbox, and nothing was written.
    Gap,
    /// The trouble is noted; false when it is known already or no longer so.
    Noted(bool),
}

/// Who works, for which outbox.
pub(super) struct Recording {
    pub(super) shared: Arc<Shared>,
    pub(super) vehicle: VehicleId,
    pub(super) outbox: OutboxId,
}

impl Recording {
    /// Tries once to have the work recorded; nothing when it has to be tried again. If the link ends
    /// meanwhile, a press is sent again on the next one.
    pub(super) async fn run(self, work: Work) -> Option<Outcome> {
        let tried = match &work {
            Work::Press { .. } => self.try_press(&work).await,
            Work::Trouble(trouble) => self.try_note(trouble).await,
        };
        if tried.is_none() {
            self.shared.counters.commands_retried.increment(1);
        }
        tried
    }

    /// The answer, once the press is recorded one way or the other.
    async fn try_press(&self, work: &Work) -> Option<Outcome> {
        let Work::Press { number, made_at, terminal, vehicle_online, names, command } = work else {
            return None;
        };
        let name = self.name_of(*number, names);
        // Nothing for the moment in which a vehicle is between two centres.
        let centre = self.shared.desk.centre_answering(&self.vehicle)?;
        let was_taken = self.shared.commands_through(&self.vehicle, &self.outbox) >= *number;
        let envelope = CommandEnvelope {
            centre,
            command: (**command).clone(),
            made_at: *made_at,
            terminal: *terminal,
            origin: Origin::CrewTerminal {
                vehicle: self.vehicle.clone(),
                outbox: self.outbox.clone(),
                number: *number,
            },
            vehicle_online: Some(*vehicle_online),
            command_id: Some(name.clone()),
            confirmed: Vec::new(),
        };
        match self.shared.desk.execute(envelope).await {
            Ok(Done { already_recorded: false, .. }) if was_taken => {
                Some(Outcome::NumberTaken(None))
            }
            Ok(done) => Some(Outcome::Done { is_news: !done.already_recorded }),
            Err(CommandError::Rejected(Rejection::CommandGap { .. })) => Some(Outcome::Gap),
            // A refusal counts only once it is recorded; it is not when the vehicle was just handed over.
            Err(CommandError::Rejected(rejection)) if self.is_recorded(*number, name) => {
                Some(match was_taken {
                    true => Outcome::NumberTaken(Some(rejection)),
                    false => Outcome::Refused(rejection),
                })
            }
            Err(CommandError::Rejected(_)) => None,
            Err(
                error @ (CommandError::Busy
                | CommandError::Barred(_)
                | CommandError::NotTheirs(_)
                | CommandError::NotRecorded(_)
                | CommandError::Stopping
                | CommandError::UnknownCentre(_)),
            ) => {
                tracing::debug!(vehicle = %self.vehicle, number, %error, "command to be tried again");
                None
            }
        }
    }

    async fn try_note(&self, trouble: &TerminalTrouble) -> Option<Outcome> {
        let centre = self.shared.desk.centre_answering(&self.vehicle)?;
        match self.shared.desk.execute(self.note(centre, trouble)).await {
            Ok(done) => {
                if !done.already_recorded {
                    let kind = trouble.kind();
                    tracing::warn!(vehicle = %self.vehicle, outbox = %self.outbox, ?trouble, "terminal trouble");
                    metrics::counter!("helan_terminal_troubles_total", "kind" => kind).increment(1);
                }
                Some(Outcome::Noted(!done.already_recorded))
            }
            // What no centre takes is of no use being brought again.
            Err(CommandError::Rejected(_)) => Some(Outcome::Noted(false)),
            Err(
                CommandError::Busy
                | CommandError::Barred(_)
                | CommandError::NotTheirs(_)
                | CommandError::NotRecorded(_)
                | CommandError::Stopping
                | CommandError::UnknownCentre(_),
            ) => None,
        }
    }

    fn note(&self, centre: CentreId, trouble: &TerminalTrouble) -> CommandEnvelope {
        CommandEnvelope {
            centre,
            command: Command::NoteTerminalTrouble {
                vehicle: self.vehicle.clone(),
                trouble: trouble.clone(),
            },
            made_at: self.shared.clock.now(),
            terminal: None,
            origin: Origin::Automatic { rule: Origin::TERMINAL_LINK.to_owned() },
            vehicle_online: Some(true),
            command_id: None,
            confirmed: Vec::new(),
        }
    }

    /// A terminal that has just been updated may send again what its earlier release sent.
    fn name_of<'a>(&self, number: u64, PressNames { bare, full }: &'a PressNames) -> &'a CommandId {
        match full {
            Some(full) if !self.is_recorded(number, bare) => full,
            Some(_) | None => bare,
        }
    }

    fn is_recorded(&self, number: u64, name: &CommandId) -> bool {
        self.shared.has_recorded(&self.vehicle, &self.outbox, number, name)
    }
}
