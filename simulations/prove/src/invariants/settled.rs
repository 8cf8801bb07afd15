//! Once all is well again everything comes to rest within a bound: terminals are online with nothing left to bring,
//! servers stand at one head, consoles show what the journals hold.

use super::{Acknowledged, Seen, Violation};
use crate::truth::Truth;
use console_client::FeedState;
use vehicle_agent::link::{LinkPhase, ScreenState};

/// Fixes that may be under way at any moment.
const FIXES_UNDER_WAY: usize = 30;

/// Looks at a terminal at the end.
///
/// # Errors
/// When it is not online, or still has something to bring.
pub(crate) fn at_rest(vehicle: &str, screen: &ScreenState) -> Result<(), Violation> {
    if screen.link != LinkPhase::Online {
        let what = format!("{vehicle} is {:?}: {:?}", screen.link, screen.link_trouble);
        return Err(Violation::new("settled", what));
    }
    let (commands, fixes) = (screen.waiting_commands, screen.waiting_fixes);
    if commands > 0 || fixes > FIXES_UNDER_WAY || screen.storage_failing {
        let failing = screen.storage_failing;
        let what =
            format!("{vehicle}: {commands} commands, {fixes} fixes wait; disk failing: {failing}");
        return Err(Violation::new("settled", what));
    }
    Ok(())
}

/// Looks at a console at the end.
///
/// # Errors
/// When it has not caught up with the journals.
pub(crate) fn same_heads(person: &str, feed: &FeedState, truth: &Truth) -> Result<(), Violation> {
    for (centre, state) in &truth.centres {
        let seen = feed.versions.get(centre.as_str()).copied().unwrap_or(0);
        if !feed.caught_up || seen != state.version {
            let what = format!("{person} sees {centre} {seen}, and it is at {}", state.version);
            return Err(Violation::new("settled", what));
        }
    }
    Ok(())
}

impl Seen {
    /// Holds what was acknowledged to consoles against the journals.
    ///
    /// # Errors
    /// What is missing.
    pub(crate) fn orders_are_in(&self, told: &Acknowledged) -> Result<(), Violation> {
        told.orders_are_in(&self.once)
    }

    /// Holds what crews were told is stored against the journals.
    ///
    /// # Errors
    /// What is missing.
    pub(crate) fn presses_are_in(&self, told: &Acknowledged) -> Result<(), Violation> {
        told.patients_are_heard(&self.crew_word)?;
        told.presses_are_in(&self.once)
    }

    /// A tablet is gone: what only it had is excused.
    pub(crate) fn tablet_lost(&self, told: &mut Acknowledged, vehicle: &str) {
        told.tablet_lost(vehicle, &self.once);
    }

    /// Journals were set back and read anew: what they lost is excused.
    pub(crate) fn excuse_lost(&self, told: &mut Acknowledged) {
        told.set_back(|command| self.once.holds(command));
    }
}
