//! Nothing that was ordered or pressed is recorded twice.

use super::Violation;
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, CommandId, Event, Recorded};
use std::collections::{BTreeMap, BTreeSet};

/// The acts that are recorded.
#[derive(Debug, Default)]
pub(crate) struct Once {
    acts: BTreeMap<CommandId, BTreeSet<CentreId>>,
    /// The newest of each centre: its events follow each other, with what rules add between them.
    newest: BTreeMap<CentreId, CommandId>,
}

impl Once {
    /// Looks at an event.
    ///
    /// # Errors
    /// An act that was recorded before.
    pub(crate) fn event(
        &mut self,
        before: &CentreState,
        recorded: &Recorded,
    ) -> Result<(), Violation> {
        // A press that comes under another number is noted under its name, so that the number counts as given.
        if matches!(recorded.event, Event::TerminalTroubleNoted { .. }) {
            return Ok(());
        }
        let Some(act) = &recorded.provenance.act_id else { return Ok(()) };
        let centre = &before.centre;
        let is_new = self.acts.entry(act.clone()).or_default().insert(centre.clone());
        // A vehicle that is lent is recorded at both centres under one act.
        let goes_on = self.newest.insert(centre.clone(), act.clone()).as_ref() == Some(act);
        if is_new || goes_on {
            return Ok(());
        }
        let (version, kind) = (recorded.version, recorded.event.kind());
        let what = format!("{act} is recorded again at {centre} {version} as {kind}");
        Err(Violation::new("once", what))
    }

    /// Whether an act is recorded anywhere.
    pub(crate) fn holds(&self, act: &CommandId) -> bool {
        self.acts.contains_key(act)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{opened, recorded};
    use super::*;

    #[test]
    fn an_act_that_comes_back_after_another_is_recorded_twice() {
        let (mut once, state) = (Once::default(), CentreState::new("a".into()));
        let mut event = |act: &str| {
            let mut event = recorded(1, opened("a-1"));
            event.provenance.act_id = Some(CommandId::new(act));
            once.event(&state, &event)
        };
        assert_eq!([event("1"), event("1"), event("2")], [Ok(()), Ok(()), Ok(())]);
        assert!(event("1").unwrap_err().what.contains("1 is recorded again"));
    }
}
