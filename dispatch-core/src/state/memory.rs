//! What a centre remembers so that nothing is recorded twice, and how it forgets what is over.

use crate::model::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, VecDeque};

/// How many commands of persons are remembered by name. A console repeats a command within seconds; the
/// busiest centre makes some thousand commands an hour.
pub const REMEMBERED_COMMANDS: usize = 4096;

/// How long an incident that is over stays in memory: seven days. A constant, not a setting, because
/// replay must forget what the live centre forgot.
pub const KEEP_OVER_SECONDS: i64 = 7 * 24 * 3600;

/// How many incidents one event may push out of memory, so that no event is slow after a long rest.
const FORGOTTEN_PER_EVENT: usize = 16;

/// The names of the newest commands, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<CommandId>", into = "Vec<CommandId>")]
pub(crate) struct CommandMemory {
    order: VecDeque<CommandId>,
    known: BTreeSet<CommandId>,
}

impl CommandMemory {
    pub(crate) fn knows(&self, command: &CommandId) -> bool {
        self.known.contains(command)
    }

    /// Remembers a command; all events of one command carry its name, so a known one is no fault.
    pub(crate) fn remember(&mut self, command: &CommandId) {
        if !self.known.insert(command.clone()) {
            return;
        }
        self.order.push_back(command.clone());
        if self.order.len() > REMEMBERED_COMMANDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.known.remove(&oldest);
        }
    }
}

impl From<Vec<CommandId>> for CommandMemory {
    fn from(commands: Vec<CommandId>) -> Self {
        Self { known: commands.iter().cloned().collect(), order: commands.into() }
    }
}

impl From<CommandMemory> for Vec<CommandId> {
    fn from(memory: CommandMemory) -> Self {
        memory.order.into()
    }
}

/// Incidents that are over, by when that was recorded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct OverMemory(BTreeSet<(Timestamp, IncidentId)>);

impl OverMemory {
    pub(crate) fn add(&mut self, since: Timestamp, incident: &IncidentId) {
        self.0.insert((since, incident.clone()));
    }

    pub(crate) fn remove(&mut self, since: Timestamp, incident: &IncidentId) {
        self.0.remove(&(since, incident.clone()));
    }

    /// The incidents to forget now, taken off the list.
    pub(crate) fn take_forgettable(&mut self, now: Timestamp) -> Vec<IncidentId> {
        let mut forgettable = Vec::new();
        while forgettable.len() < FORGOTTEN_PER_EVENT
            && let Some((since, _)) = self.0.first()
            && since.plus_seconds(KEEP_OVER_SECONDS) < now
            && let Some((_, incident)) = self.0.pop_first()
        {
            forgettable.push(incident);
        }
        forgettable
    }
}
