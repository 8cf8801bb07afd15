//! What was acknowledged is in the journal: every order that a console was told is done, every press that a crew was
//! told is stored. Only what a backup put back has lost is excused, and only until it is told again.

use super::Violation;
use super::crew_word::CrewWord;
use super::once::Once;
use dispatch_core::model::CommandId;
use std::collections::BTreeMap;

/// What was acknowledged, and where it is remembered.
#[derive(Debug, Default)]
pub(crate) struct Acknowledged {
    orders: BTreeMap<CommandId, u64>,
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
    /// A console was told that its order is done.
    pub(crate) fn order(&mut self, command: CommandId, now_ms: u64) {
        self.orders.insert(command, now_ms);
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

    /// Journals were set back: orders that they lost are excused; terminals have their presses still, and bring the
    /// newest again.
    pub(crate) fn set_back(&mut self, is_kept: impl Fn(&CommandId) -> bool) {
        self.orders.retain(|command, _| is_kept(command));
        self.presses.retain(|command, _| is_kept(command));
    }

    /// Holds the orders against the journals.
    ///
    /// # Errors
    /// An order that is in none.
    pub(super) fn orders_are_in(&self, recorded: &Once) -> Result<(), Violation> {
        match self.orders.iter().find(|(command, _)| !recorded.holds(command)) {
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
