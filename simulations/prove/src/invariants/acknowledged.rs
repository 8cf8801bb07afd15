//! What was acknowledged is in the journal: every command that a console was told is done, every press that a crew was
//! told is stored. Only what a backup put back has lost is excused, and only until it is told again.

use super::Violation;
use super::crew_word::CrewWord;
use super::once::Once;
use dispatch_core::model::CommandId;
use std::collections::BTreeMap;

/// What was acknowledged, and where it is remembered.
#[derive(Debug, Default)]
pub(crate) struct Acknowledged {
    commands: BTreeMap<CommandId, u64>,
    presses: BTreeMap<CommandId, Press>,
}

#[derive(Debug)]
struct Press {
    vehicle: String,
    told_ms: u64,
    what: String,
}

impl Press {
    /// Whether it says that a patient is on board.
    fn tells_of_patient(&self) -> bool {
        ["LeftScene", "AtHospital"]
            .iter()
            .any(|step| self.what.starts_with("Milestone") && self.what.contains(step))
    }
}

impl Acknowledged {
    /// A console was told that its command is done.
    pub(crate) fn command(&mut self, command: CommandId, now_ms: u64) {
        self.commands.insert(command, now_ms);
    }

    /// A crew was told that its press is stored.
    pub(crate) fn press(&mut self, name: CommandId, vehicle: &str, what: String, now_ms: u64) {
        let vehicle = vehicle.to_owned();
        self.presses.insert(name, Press { vehicle, told_ms: now_ms, what });
    }

    /// A tablet is gone with everything on it.
    pub(crate) fn tablet_lost(&mut self, vehicle: &str, recorded: &Once) {
        self.presses.retain(|name, press| press.vehicle != vehicle || recorded.holds(name));
    }

    /// Journals were set back: commands that they lost are excused; terminals have their presses still, and bring the
    /// newest again.
    pub(crate) fn set_back(&mut self, is_kept: impl Fn(&CommandId) -> bool) {
        self.commands.retain(|command, _| is_kept(command));
        self.presses.retain(|command, _| is_kept(command));
    }

    /// Holds the commands against the journals.
    ///
    /// # Errors
    /// A command that is in none.
    pub(super) fn commands_are_in(&self, recorded: &Once) -> Result<(), Violation> {
        match self.commands.iter().find(|(command, _)| !recorded.holds(command)) {
            None => Ok(()),
            Some((command, at)) => {
                let what = format!("{command}, acknowledged at {at} ms, is in no journal");
                Err(Violation::new("acknowledged", what))
            }
        }
    }

    /// Holds what crews said of patients against what was refused.
    ///
    /// # Errors
    /// A word that was not heard.
    pub(super) fn patients_are_heard(&self, word: &CrewWord) -> Result<(), Violation> {
        self.presses
            .iter()
            .try_for_each(|(name, press)| word.is_heard(name, press.tells_of_patient()))
    }

    /// Holds the presses against the journals, when every terminal has had time to bring them.
    ///
    /// # Errors
    /// A press that is in none.
    pub(super) fn presses_are_in(&self, recorded: &Once) -> Result<(), Violation> {
        match self.presses.iter().find(|(name, _)| !recorded.holds(name)) {
            None => Ok(()),
            Some((_, Press { vehicle, told_ms, what })) => {
                let what = format!("{vehicle}: {what}, stored at {told_ms} ms, is in no journal");
                Err(Violation::new("acknowledged", what))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::examples::{opened, recorded};
    use super::*;
    use dispatch_core::CentreState;

    /// Journals that hold one command of this name.
    fn holding(command: &str) -> Once {
        let (mut once, mut event) = (Once::default(), recorded(1, opened("a-1")));
        event.provenance.command_id = Some(CommandId::new(command));
        once.event(&CentreState::new("a".into()), &event).unwrap();
        once
    }

    #[test]
    fn a_command_or_a_press_that_is_in_no_journal_is_seen() {
        let mut told = Acknowledged::default();
        told.command(CommandId::new("command-1"), 5_000);
        told.press(CommandId::new("press-1"), "v", "Sos".to_owned(), 6_000);
        assert_eq!(told.commands_are_in(&holding("command-1")), Ok(()));
        assert_eq!(told.presses_are_in(&holding("press-1")), Ok(()));
        let missing = told.commands_are_in(&holding("press-1")).unwrap_err().what;
        assert_eq!(missing, "command-1, acknowledged at 5000 ms, is in no journal");
        let missing = told.presses_are_in(&holding("command-1")).unwrap_err().what;
        assert_eq!(missing, "v: Sos, stored at 6000 ms, is in no journal");
    }

    #[test]
    fn only_what_a_set_back_or_a_lost_tablet_took_is_excused() {
        let mut told = Acknowledged::default();
        told.command(CommandId::new("kept"), 1);
        told.command(CommandId::new("lost"), 1);
        told.set_back(|command| command.as_str() == "kept");
        assert_eq!(told.commands_are_in(&holding("kept")), Ok(()));
        assert!(
            told.commands_are_in(&Once::default()).is_err(),
            "what was kept is still asked for"
        );
        told.press(CommandId::new("1"), "v", "Sos".to_owned(), 1);
        told.press(CommandId::new("2"), "w", "Sos".to_owned(), 1);
        told.tablet_lost("v", &Once::default());
        assert_eq!(told.presses_are_in(&holding("2")), Ok(()));
        assert!(told.presses_are_in(&holding("1")).is_err(), "the other tablet has its press");
    }
}
