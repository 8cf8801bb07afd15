//! Queues and memories stay within their bounds, however long something fails.

use super::Violation;
use dispatch_core::CentreState;
use vehicle_agent::link::{
    MAX_STORED_CALLS_FOR_HELP, MAX_STORED_COMMANDS, MAX_STORED_FIXES, ScreenState,
};

/// Outboxes that a centre remembers of one vehicle at the most, with room for those it must not forget yet.
const MOST_OUTBOXES: usize = 64;

/// Device receipts that a terminal keeps beside what its crew presses.
const RECEIPTS: usize = 64;

/// Looks at what a centre keeps of its vehicles.
///
/// # Errors
/// What grows without end.
pub(crate) fn bounded_state(state: &CentreState) -> Result<(), Violation> {
    for vehicle in state.vehicles.values() {
        if vehicle.outboxes.len() > MOST_OUTBOXES {
            let what = format!("{} outboxes of {}", vehicle.outboxes.len(), vehicle.id);
            return Err(Violation::new("bounded", what));
        }
    }
    Ok(())
}

/// Looks at what waits in a terminal.
///
/// # Errors
/// What grows without end.
pub(crate) fn bounded_screen(vehicle: &str, screen: &ScreenState) -> Result<(), Violation> {
    let most_commands = MAX_STORED_COMMANDS + MAX_STORED_CALLS_FOR_HELP + RECEIPTS;
    if screen.waiting_commands > most_commands || screen.waiting_fixes > MAX_STORED_FIXES {
        let (commands, fixes) = (screen.waiting_commands, screen.waiting_fixes);
        return Err(Violation::new(
            "bounded",
            format!("{vehicle}: {commands} commands, {fixes} fixes wait"),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::examples::{enrolled, fold};
    use super::*;
    use dispatch_core::model::OutboxMark;
    use vehicle_agent::link::{Link, LinkSettings, Now, ReceiptPolicy};
    use vehicle_agent::outbox::OutboxContent;

    #[test]
    fn outboxes_without_end_are_seen() {
        let mut state = fold([enrolled("v")]);
        assert_eq!(bounded_state(&state), Ok(()));
        let mark = |number: usize| OutboxMark {
            outbox: number.to_string().as_str().into(),
            number: 1,
            presses: Vec::new(),
        };
        let vehicle = state.vehicles.values_mut().next().unwrap();
        vehicle.outboxes.extend((0..=MOST_OUTBOXES).map(mark));
        assert_eq!(bounded_state(&state).unwrap_err().what, "65 outboxes of v");
    }

    #[test]
    fn presses_and_fixes_without_end_are_seen() {
        let receipts = ReceiptPolicy::AtOnce;
        let settings =
            LinkSettings { software: "test".to_owned(), receipts, seed: 1, pictures: false };
        let now = Now { wall_ms: 0, steady_ms: 0 };
        let screen = Link::new(settings, OutboxContent::empty("o".to_owned()), now).picture(now);
        assert_eq!(bounded_screen("v", &screen), Ok(()));
        let full = MAX_STORED_COMMANDS + MAX_STORED_CALLS_FOR_HELP + RECEIPTS;
        let presses = ScreenState { waiting_commands: full + 1, ..screen.clone() };
        assert!(bounded_screen("v", &presses).is_err());
        let fixes = ScreenState { waiting_fixes: MAX_STORED_FIXES + 1, ..screen };
        assert!(bounded_screen("v", &fixes).is_err());
    }
}
