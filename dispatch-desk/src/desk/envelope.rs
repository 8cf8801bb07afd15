//! What is brought to the desk and what it answers.

use crate::journal::Hash;
use dispatch_core::CentreState;
use dispatch_core::model::*;
use std::sync::Arc;

/// Something to be done at a centre. The desk adds its own clock's time.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandEnvelope {
    /// At which centre.
    pub centre: CentreId,
    /// What.
    pub command: Command,
    /// When the key was pressed, by the best knowledge.
    pub made_at: Timestamp,
    /// What the clock of the terminal said, where it was one.
    pub terminal: Option<TerminalClock>,
    /// Who or what did it.
    pub origin: Origin,
    /// Whether the vehicle concerned has a live link now; absent where no vehicle is concerned.
    pub vehicle_online: Option<bool>,
    /// The sender's name for the command: sending it twice records it once.
    pub command_id: Option<CommandId>,
    /// The dangers that the sender was warned of and confirms.
    pub confirmed: Vec<Confirmation>,
}

impl CommandEnvelope {
    pub(super) fn context(&self, now: Timestamp) -> CommandContext {
        CommandContext {
            made_at: self.made_at,
            terminal: self.terminal,
            now,
            origin: self.origin.clone(),
            vehicle_online: self.vehicle_online,
            command_id: self.command_id.clone(),
            confirmed: self.confirmed.clone(),
        }
    }

    /// A command of the system itself, made now.
    pub fn automatic(centre: CentreId, command: Command, rule: &str, now: Timestamp) -> Self {
        let origin = Origin::Automatic { rule: rule.to_owned() };
        Self {
            centre,
            command,
            made_at: now,
            terminal: None,
            origin,
            vehicle_online: None,
            command_id: None,
            confirmed: Vec::new(),
        }
    }
}

/// A look at the very state that a command meets, just before it is decided: why its sender may not do it. A right
/// that hangs on how things stand cannot be asked for earlier, since things may change while the command waits.
pub type Bar = fn(&CentreState, &Command) -> Option<&'static str>;

/// A command that is durable.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// True when the same command was recorded before and nothing was written now.
    pub already_recorded: bool,
    /// Where.
    pub centre: CentreId,
    /// The centre's journal version after the command.
    pub version: u64,
    /// What happened, in order; empty when it was recorded before.
    pub events: Vec<Arc<Recorded>>,
}

/// Events that have just become durable and visible: consecutive versions of one centre.
#[derive(Clone, Debug, PartialEq)]
pub struct Committed {
    /// Whose.
    pub centre: CentreId,
    /// The events, in order; at least one.
    pub events: Vec<Arc<Recorded>>,
    /// The hash that the first event follows.
    pub previous: Hash,
    /// The hash of each event.
    pub hashes: Vec<Hash>,
}

/// Why a command was not done.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CommandError {
    /// The rules refuse it. A crew's refused command is recorded as such, durably, before this answer.
    #[error("{0}")]
    Rejected(Rejection),
    /// There is no such centre.
    #[error("there is no centre {0}")]
    UnknownCentre(CentreId),
    /// Too much waits already; nothing was tried.
    #[error("too many commands are waiting; try again in a moment")]
    Busy,
    /// Whoever sends it may not do it as things stand at the moment of the decision.
    #[error("{0}")]
    Barred(&'static str),
    /// The vehicle is with another centre, which alone may give it away.
    #[error("the vehicle is with {0}, which alone may give it away")]
    NotTheirs(CentreId),
    /// The store failed; nothing is known to be written. Try again with the same command id.
    #[error("the command could not be recorded: {0}")]
    NotRecorded(String),
    /// The server is stopping; it is not known whether the command was recorded. Try again with the same
    /// command id.
    #[error("the server is stopping")]
    Stopping,
}

/// The centre a command names besides its own, which must exist too.
pub(super) fn other_centre(command: &Command) -> Option<&CentreId> {
    if let Command::LendVehicle { to, .. } = command { Some(to) } else { None }
}
