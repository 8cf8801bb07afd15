//! Words between a crew and its centre: written, seen, answered. They move no vehicle.

use super::check;
use super::draft::Draft;
use crate::model::*;

/// Writes, or notes what was read.
pub(super) fn carry_out(
    draft: &mut Draft,
    vehicle: &VehicleId,
    act: &MessageAct,
) -> Result<(), Rejection> {
    match act {
        MessageAct::Send { text } => send(draft, vehicle, text),
        MessageAct::Read { through } => read(draft, vehicle, *through),
        MessageAct::Write { need, text } => write_to_centre(draft, vehicle, *need, text),
        MessageAct::Answer { through, text } => answer(draft, vehicle, *through, text),
    }
}

/// A dispatcher writes to a crew, whatever it does.
fn send(draft: &mut Draft, vehicle: &VehicleId, text: &str) -> Result<(), Rejection> {
    let task = draft.vehicle(vehicle)?.running_task().cloned();
    check::required("text", text, draft.rules.limits.message_chars)?;
    draft.push(Event::MessageSent { vehicle: vehicle.clone(), task, text: text.to_owned() });
    Ok(())
}

/// The crew has read. Said twice it is written twice, since each press has its number.
fn read(draft: &mut Draft, vehicle: &VehicleId, through: u64) -> Result<(), Rejection> {
    draft.vehicle(vehicle)?;
    draft.push(Event::MessagesRead { vehicle: vehicle.clone(), through });
    Ok(())
}

/// The crew tells something, or asks for help of others; what it asks for needs no words.
fn write_to_centre(
    draft: &mut Draft,
    vehicle: &VehicleId,
    need: Option<CrewNeed>,
    text: &str,
) -> Result<(), Rejection> {
    let task = draft.vehicle(vehicle)?.running_task().cloned();
    match need {
        Some(_) => check::message(text, &draft.rules.limits)?,
        None => check::required("text", text, draft.rules.limits.message_chars)?,
    }
    draft.push(Event::CrewWrote { vehicle: vehicle.clone(), task, need, text: text.to_owned() });
    Ok(())
}

/// A dispatcher has seen what a crew wrote. What another has answered is not answered twice: two would send two vehicles.
fn answer(
    draft: &mut Draft,
    vehicle: &VehicleId,
    through: u64,
    text: &str,
) -> Result<(), Rejection> {
    check::message(text, &draft.rules.limits)?;
    let found = draft.vehicle(vehicle)?;
    let waits = found.messages.unseen(MessageFrom::Crew).any(|it| it.number <= through);
    if !waits {
        return Err(Rejection::NothingToAnswer { vehicle: vehicle.clone() });
    }
    let (vehicle, task) = (vehicle.clone(), found.running_task().cloned());
    draft.push(Event::CrewAnswered { vehicle, task, through, text: text.to_owned() });
    Ok(())
}
