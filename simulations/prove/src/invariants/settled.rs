//! Once all is well again everything comes to rest within a bound: terminals are online with nothing left to bring,
//! servers stand at one head, consoles show what the journals hold.

use super::{Acknowledged, Seen, Violation};
use console_client::FeedState;
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, Timestamp};
use std::collections::BTreeMap;
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

/// How old the newest position of a terminal may be: two reports of a vehicle that stands idle.
const NEWEST_FIX_SECONDS: f64 = 25.0;

/// Looks at where a server has the vehicle of a terminal that it holds a link with.
///
/// # Errors
/// When it has nothing, or something old.
pub(crate) fn is_seen(
    vehicle: &str,
    measured_at: Option<Timestamp>,
    true_now: Timestamp,
) -> Result<(), Violation> {
    let age = measured_at.map(|at| true_now.seconds_since(at));
    if age.is_some_and(|age| age <= NEWEST_FIX_SECONDS) {
        return Ok(());
    }
    let what = format!("{vehicle} is online, and its newest position is {age:?} s old");
    Err(Violation::new("settled", what))
}

/// Looks at a console at the end.
///
/// # Errors
/// When it has not caught up with the journals.
pub(crate) fn same_heads(
    person: &str,
    feed: &FeedState,
    centres: &BTreeMap<CentreId, CentreState>,
) -> Result<(), Violation> {
    for (centre, state) in centres {
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
    pub(crate) fn commands_are_in(&self, told: &Acknowledged) -> Result<(), Violation> {
        told.commands_are_in(&self.once)
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

#[cfg(test)]
mod tests {
    use super::super::examples::{enrolled, fold};
    use super::*;
    use vehicle_agent::link::{Link, LinkSettings, Now, ReceiptPolicy};
    use vehicle_agent::outbox::OutboxContent;

    /// The screen of a program that has just begun.
    fn begun() -> ScreenState {
        let receipts = ReceiptPolicy::AtOnce;
        let settings =
            LinkSettings { software: "test".to_owned(), receipts, seed: 1, pictures: false };
        let now = Now { wall_ms: 0, steady_ms: 0 };
        Link::new(settings, OutboxContent::empty("o".to_owned()), now).picture(now)
    }

    #[test]
    fn a_terminal_that_has_not_come_to_rest_is_seen() {
        assert!(at_rest("v", &begun()).unwrap_err().what.starts_with("v is Connecting"));
        let online = ScreenState { link: LinkPhase::Online, ..begun() };
        assert_eq!(at_rest("v", &online), Ok(()));
        assert!(at_rest("v", &ScreenState { waiting_commands: 1, ..online.clone() }).is_err());
        assert!(at_rest("v", &ScreenState { waiting_fixes: 1_000, ..online.clone() }).is_err());
        assert!(at_rest("v", &ScreenState { storage_failing: true, ..online }).is_err());
    }

    #[test]
    fn a_vehicle_that_is_not_seen_is_seen_to_be_missing() {
        let now = Timestamp(1_780_000_100_000);
        assert_eq!(is_seen("v", Some(now.plus_seconds(-10)), now), Ok(()));
        assert!(is_seen("v", Some(now.plus_seconds(-60)), now).is_err());
        assert!(is_seen("v", None, now).is_err());
    }

    #[test]
    fn a_console_that_is_behind_is_seen() {
        let centres = BTreeMap::from([("a".into(), fold([enrolled("v")]))]);
        let mut feed = FeedState { caught_up: true, ..FeedState::default() };
        assert_eq!(
            same_heads("li", &feed, &centres).unwrap_err().what,
            "li sees a 0, and it is at 1"
        );
        feed.versions.insert("a".to_owned(), 1);
        assert_eq!(same_heads("li", &feed, &centres), Ok(()));
        feed.caught_up = false;
        assert!(same_heads("li", &feed, &centres).is_err());
    }
}
