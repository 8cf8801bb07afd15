//! Commands that come twice, commands that come too early, and terminals that speak for another vehicle.

use crate::model::*;
use crate::state::{CentreState, OutboxStanding, standing};

/// What the journal knows of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing: it is to be decided.
    No,
    /// It is recorded.
    Yes,
    /// It is recorded under an earlier number of its press; this number is only to be counted.
    UnderAnotherNumber,
}

/// Whether this very command is in the journal already. A call for help that has a name is taken whatever
/// its number says: numbers keep an order, and help does not wait for it.
pub(super) fn known(
    state: &CentreState,
    command: &Command,
    context: &CommandContext,
) -> Result<Known, Rejection> {
    let name = context.command_id.as_ref();
    let known = |is: bool| if is { Known::Yes } else { Known::No };
    let (vehicle, outbox, number) = match &context.origin {
        Origin::CrewTerminal { vehicle, outbox, number } => (vehicle, outbox, *number),
        Origin::Person { .. } | Origin::Automatic { .. } => {
            return Ok(known(name.is_some_and(|command| state.commands.knows(command))));
        }
    };
    let unknown = || Rejection::UnknownVehicle { vehicle: vehicle.clone() };
    let marks = state.outboxes_of(vehicle).ok_or_else(unknown)?;
    let calls_for_help = matches!(command, Command::RaiseSos { .. }) && name.is_some();
    Ok(match standing(marks, outbox, number, name) {
        OutboxStanding::Next | OutboxStanding::NumberTaken => Known::No,
        OutboxStanding::Recorded => Known::Yes,
        OutboxStanding::RecordedPerhaps => known(!calls_for_help),
        OutboxStanding::RecordedElsewhere => Known::UnderAnotherNumber,
        OutboxStanding::Gap { .. } if calls_for_help => Known::No,
        OutboxStanding::Gap { expected } => return Err(Rejection::CommandGap { number, expected }),
    })
}

/// A terminal may act only for the vehicle it is built into, and only as a crew may.
pub(super) fn speaks_for_itself(
    state: &CentreState,
    command: &Command,
    context: &CommandContext,
) -> Result<(), Rejection> {
    let Origin::CrewTerminal { vehicle: own, .. } = &context.origin else {
        return Ok(());
    };
    // What is pressed on the terminal of a vehicle that left service is kept and answered once; a call for
    // help is one all the same.
    if !state.vehicles.contains_key(own) && !matches!(command, Command::RaiseSos { .. }) {
        return Err(Rejection::VehicleRetired { vehicle: own.clone() });
    }
    let row = command.row();
    let spoken_for = match row.about {
        _ if !row.crew_may_press => return Err(Rejection::NotForCrews),
        About::Task(task) => state.task(task).map(|(_, task)| &task.vehicle),
        About::Vehicle(vehicle) => Some(vehicle),
        About::Centre | About::Incident(_) | About::Vehicles(_) => None,
    };
    match spoken_for {
        Some(vehicle) if vehicle != own => {
            Err(Rejection::NotYourVehicle { vehicle: vehicle.clone() })
        }
        Some(_) | None => Ok(()),
    }
}
