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
