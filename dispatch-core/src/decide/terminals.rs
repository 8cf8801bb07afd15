//! Trouble with a vehicle's terminal: noted once, and never in the way of what the crew presses.

use super::check;
use super::draft::Draft;
use crate::model::*;
use crate::rules::Rules;
use crate::state::CentreState;

/// Highest command number that a terminal is believed to have given; no outbox comes near it.
const HIGHEST_NUMBER: u64 = 1 << 53;

/// Notes trouble. What is known already, or no longer so, has no consequence.
pub(super) fn note(
    draft: &mut Draft,
    vehicle: &VehicleId,
    trouble: &TerminalTrouble,
) -> Result<(), Rejection> {
    let found = draft.vehicle(vehicle)?;
    let is_news = match trouble {
        TerminalTrouble::OutboxRenewed { outbox, .. } => !found.knows_outbox(outbox),
        TerminalTrouble::ActsMissing { outbox, through, .. } => {
            if *through > HIGHEST_NUMBER {
                return Err(check::bad(
                    "through",
                    "must be a number that a terminal can have given",
                ));
            }
            found.commands_recorded(outbox) < *through
        }
        TerminalTrouble::StorageFailing => !found.terminal.storage_failing,
        TerminalTrouble::StorageRecovered => found.terminal.storage_failing,
        TerminalTrouble::ReceiverDateWrong => !found.terminal.receiver_date_wrong,
        TerminalTrouble::ReceiverDateRight => found.terminal.receiver_date_wrong,
        TerminalTrouble::NumberUsedTwice { .. }
        | TerminalTrouble::PressRepeated
        | TerminalTrouble::LinksTakeTurns { .. } => true,
    };
    if is_news {
        let (vehicle, trouble) = (vehicle.clone(), trouble.clone());
        draft.push(Event::TerminalTroubleNoted { vehicle, trouble });
    }
    Ok(())
}

/// Counts the number under which a recorded press came again.
pub(super) fn repeated(
    state: &CentreState,
    rules: &Rules,
    context: &CommandContext,
) -> Vec<Recorded> {
    let mut draft = Draft::new(state, rules, context);
    if let Origin::CrewTerminal { vehicle, .. } = &context.origin {
        draft.push(Event::TerminalTroubleNoted {
            vehicle: vehicle.clone(),
            trouble: TerminalTrouble::PressRepeated,
        });
    }
    draft.into_events()
}
