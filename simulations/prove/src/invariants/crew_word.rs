//! A crew that says it has a patient is not refused because its task was ended meanwhile: its word is kept until a person
//! settles it.

use super::Violation;
use dispatch_core::model::{CommandId, Event, Recorded};
use std::collections::BTreeSet;

/// The code of the refusal of what is pressed about a task that is over.
const TASK_OVER: &str = "task_over";

/// Presses that were refused because their task is over.
#[derive(Debug, Default)]
pub(crate) struct CrewWord(BTreeSet<CommandId>);

impl CrewWord {
    /// Looks at an event.
    pub(crate) fn event(&mut self, recorded: &Recorded) {
        if let (Event::CrewActRefused { code, .. }, Some(command)) =
            (&recorded.event, &recorded.provenance.command_id)
            && code == TASK_OVER
        {
            self.0.insert(command.clone());
        }
    }

    /// Holds what was refused against what a crew pressed.
    ///
    /// # Errors
    /// A word of a patient on board that was refused.
    pub(crate) fn is_heard(
        &self,
        press: &CommandId,
        tells_of_patient: bool,
    ) -> Result<(), Violation> {
        if tells_of_patient && self.0.contains(press) {
            let what = format!("{press} says that a patient is on board, and is refused");
            return Err(Violation::new("crew_word", what));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::recorded;
    use super::*;

    #[test]
    fn a_word_of_a_patient_that_is_refused_is_seen() {
        let (mut word, press) = (CrewWord::default(), CommandId::new("press-1"));
        let mut refused = recorded(
            1,
            Event::CrewActRefused {
                vehicle: "YC-01-1".into(),
                command: "record_milestone".to_owned(),
                task: Some("a-1.t1".into()),
                code: TASK_OVER.to_owned(),
                to_see: false,
            },
        );
        refused.provenance.command_id = Some(press.clone());
        word.event(&refused);
        assert_eq!(word.is_heard(&press, false), Ok(()), "it told of something else");
        assert!(word.is_heard(&press, true).is_err());
    }
}
