//! Nothing that was ordered or pressed is recorded twice.

use super::Violation;
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, CommandId, Event, Recorded};
use std::collections::{BTreeMap, BTreeSet};

/// The commands that are recorded.
#[derive(Debug, Default)]
pub(crate) struct Once {
    commands: BTreeMap<CommandId, BTreeSet<CentreId>>,
    /// The newest of each centre: its events follow each other, with what rules add between them.
    newest: BTreeMap<CentreId, CommandId>,
}

impl Once {
    /// Looks at an event.
    ///
    /// # Errors
    /// A command that was recorded before.
    pub(crate) fn event(
        &mut self,
        before: &CentreState,
        recorded: &Recorded,
    ) -> Result<(), Violation> {
        // A press that comes under another number is noted under its name, so that the number counts as given.
        if matches!(recorded.event, Event::TerminalTroubleNoted { .. }) {
            return Ok(());
        }
        let Some(command) = &recorded.provenance.command_id else { return Ok(()) };
        let centre = &before.centre;
        let is_new = self.commands.entry(command.clone()).or_default().insert(centre.clone());
        // A vehicle that is lent is recorded at both centres under one command.
        let goes_on = self.newest.insert(centre.clone(), command.clone()).as_ref() == Some(command);
        if is_new || goes_on {
            return Ok(());
        }
        let (version, kind) = (recorded.version, recorded.event.kind());
        let what = format!("{command} is recorded again at {centre} {version} as {kind}");
        Err(Violation::new("once", what))
    }

    /// Whether a command is recorded anywhere.
    pub(crate) fn holds(&self, command: &CommandId) -> bool {
        self.commands.contains_key(command)
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{opened, recorded};
    use super::*;

    #[test]
    fn a_command_that_comes_back_after_another_is_recorded_twice() {
        let (mut once, state) = (Once::default(), CentreState::new("a".into()));
        let mut event = |command: &str| {
            let mut event = recorded(1, opened("a-1"));
            event.provenance.command_id = Some(CommandId::new(command));
            once.event(&state, &event)
        };
        assert_eq!([event("1"), event("1"), event("2")], [Ok(()), Ok(()), Ok(())]);
        assert!(event("1").unwrap_err().what.contains("1 is recorded again"));
    }
}
