//! Moves of free vehicles to stations whose ground nobody covers: suggested by rule, answered by a dispatcher,
//! acknowledged and reached by the crew. A vehicle on the way or waiting there can be sent like any other.

use super::check;
use super::draft::{Draft, not_available};
use super::standing::nothing_stands;
use crate::model::*;
use crate::state::{SuggestedMove, Vehicle};

/// Has the centre advised or not. Saying what holds already changes nothing; switching off ends what is suggested.
pub(super) fn set_advice(draft: &mut Draft, advice: MoveAdvice) {
    if draft.state.move_up.advice == advice {
        return;
    }
    draft.push(Event::MoveAdviceSet { advice });
    if advice == MoveAdvice::Off {
        let state = draft.state;
        for it in state.suggestions() {
            end_by_rule(draft, it, SuggestionEnd::SwitchedOff);
        }
    }
}

/// Writes a suggestion down. Several servers may find the same one, and the centre may have moved on: what no longer
/// fits changes nothing.
pub(super) fn suggest(draft: &mut Draft, found: &MoveSuggestion) -> Result<(), Rejection> {
    let vehicle = draft.vehicle(&found.vehicle)?;
    check_station(draft, &found.station)?;
    let state = draft.state;
    let (now, most) = (draft.context.now, draft.rules.limits.suggestions);
    let is_advised = state.move_up.advice == MoveAdvice::Advise;
    let has_move = vehicle.moving.is_some() || vehicle.suggested.is_some();
    let is_there = *vehicle.covers() == found.station;
    let same = |it: &SuggestedMove| it.suggestion.station == found.station;
    let is_taken = state.suggestions().count() >= most || state.suggestions().any(same);
    let is_silent = state.move_up.is_silent(&found.vehicle, &found.station, now);
    if !is_advised || !vehicle.may_move() || has_move || is_there || is_taken || is_silent {
        return Ok(());
    }
    draft.push(Event::MoveSuggested {
        suggestion: MoveSuggestion {
            number: state.move_up.suggested + 1,
            expires_at: now.plus_seconds(draft.rules.suggestion_seconds),
            ..found.clone()
        },
    });
    Ok(())
}

/// Ends a suggestion that does not hold any more; one that is gone already changes nothing.
pub(super) fn end(
    draft: &mut Draft,
    vehicle: &VehicleId,
    number: u64,
    end: &SuggestionEnd,
) -> Result<(), Rejection> {
    let found = draft.vehicle(vehicle)?;
    if let Some(it) = &found.suggested
        && it.suggestion.number == number
    {
        push_end(draft, it, end.clone());
    }
    Ok(())
}

/// Accepts a suggestion: the vehicle is given the move in the same decision.
pub(super) fn accept(draft: &mut Draft, vehicle: &VehicleId, number: u64) -> Result<(), Rejection> {
    let (found, it) = suggested(draft, vehicle, number)?;
    let is_in_time = draft.context.now <= it.suggestion.expires_at;
    if !is_in_time {
        return Err(Rejection::NoSuggestion { vehicle: vehicle.clone() });
    }
    free(found)?;
    push_end(draft, it, SuggestionEnd::Accepted);
    draft.push(Event::MoveGiven {
        vehicle: vehicle.clone(),
        station: it.suggestion.station.clone(),
        suggestion: Some(number),
    });
    Ok(())
}

/// Ignores a suggestion, with a reason; the same is not suggested again for a while.
pub(super) fn ignore(
    draft: &mut Draft,
    vehicle: &VehicleId,
    number: u64,
    reason: &Reasoned<MoveIgnoreReason>,
) -> Result<(), Rejection> {
    check::note(&reason.note, &draft.rules.limits)?;
    let (_, it) = suggested(draft, vehicle, number)?;
    push_end(draft, it, SuggestionEnd::Ignored { reason: reason.clone() });
    Ok(())
}

/// Gives a free vehicle a station to wait at. Another station replaces the one before; what is suggested for the
/// vehicle is answered by it.
pub(super) fn give(
    draft: &mut Draft,
    vehicle: &VehicleId,
    station: &StationId,
) -> Result<(), Rejection> {
    check_station(draft, station)?;
    let found = draft.vehicle(vehicle)?;
    free(found)?;
    let at_home = found.record.station == *station && found.moving.is_none();
    let is_there = at_home && found.state().group() == StateGroup::AtStation;
    let has_it = found.moving.as_ref().is_some_and(|it| it.station == *station);
    if is_there || has_it {
        return Err(check::bad("station", "must be another than the vehicle waits at or goes to"));
    }
    if let Some(it) = &found.suggested {
        let is_that = it.suggestion.station == *station;
        let end = if is_that { SuggestionEnd::Accepted } else { SuggestionEnd::NoLongerPays };
        end_by_rule(draft, it, end);
    }
    draft.push(Event::MoveGiven {
        vehicle: vehicle.clone(),
        station: station.clone(),
        suggestion: None,
    });
    Ok(())
}

/// The crew has seen it and sets out. Said twice it is written twice, since each press has its number.
pub(super) fn acknowledge(
    draft: &mut Draft,
    vehicle: &VehicleId,
    station: &StationId,
) -> Result<(), Rejection> {
    let found = draft.idle_vehicle(vehicle)?;
    if found.moving.as_ref().is_none_or(|it| it.station != *station) {
        return Err(Rejection::NoMove { vehicle: vehicle.clone() });
    }
    let (vehicle, station) = (vehicle.clone(), station.clone());
    draft.push(Event::MoveAcknowledged { vehicle, station });
    Ok(())
}

/// Takes a move back. The vehicle is free where it is; where it goes then is said by radio or by another move. A rule takes
/// back only what lapsed: several servers may notice, and the crew may have seen it, or another move been given, since.
pub(super) fn withdraw(draft: &mut Draft, vehicle: &VehicleId) -> Result<(), Rejection> {
    let found = draft.vehicle(vehicle)?;
    let by_rule = draft.context.origin.is_automatic();
    if by_rule && !found.move_has_lapsed(draft.rules, draft.context.now) {
        return Ok(());
    }
    let Some(it) = &found.moving else {
        return Err(Rejection::NoMove { vehicle: vehicle.clone() });
    };
    let (vehicle, station) = (vehicle.clone(), it.station.clone());
    draft.push(Event::MoveWithdrawn { vehicle, station });
    Ok(())
}

/// A vehicle under way to where it was moved says that it is at the station: it means that one. Says whether it did.
pub(super) fn reach(draft: &mut Draft, found: &Vehicle) -> bool {
    let Some(it) = found.moving.as_ref().filter(|it| it.acknowledged.is_some()) else {
        return false;
    };
    if it.reached.is_some() || it.station == found.record.station {
        return false;
    }
    let (vehicle, station) = (found.id.clone(), it.station.clone());
    draft.push(Event::StandbyReached { vehicle, station });
    true
}

fn suggested<'a>(
    draft: &Draft<'a>,
    vehicle: &VehicleId,
    number: u64,
) -> Result<(&'a Vehicle, &'a SuggestedMove), Rejection> {
    let found = draft.vehicle(vehicle)?;
    let it = found.suggested.as_ref().filter(|it| it.suggestion.number == number);
    let gone = || Rejection::NoSuggestion { vehicle: vehicle.clone() };
    it.map(|it| (found, it)).ok_or_else(gone)
}

/// A vehicle that nobody needs where it is.
fn free(vehicle: &Vehicle) -> Result<(), Rejection> {
    nothing_stands(vehicle)?;
    if vehicle.may_move() { Ok(()) } else { Err(not_available(vehicle)) }
}

fn check_station(draft: &Draft, station: &StationId) -> Result<(), Rejection> {
    check::required("station", station.as_str(), draft.rules.limits.name_chars)
}

fn push_end(draft: &mut Draft, it: &SuggestedMove, end: SuggestionEnd) {
    let event = ended(draft, it, end);
    draft.push(event);
}

fn end_by_rule(draft: &mut Draft, it: &SuggestedMove, end: SuggestionEnd) {
    let event = ended(draft, it, end);
    draft.push_by_rule(Origin::MOVE_ADVICE, event);
}

fn ended(draft: &Draft, it: &SuggestedMove, end: SuggestionEnd) -> Event {
    Event::MoveSuggestionEnded {
        vehicle: it.suggestion.vehicle.clone(),
        number: it.suggestion.number,
        end,
        silent_until: draft.context.now.plus_seconds(draft.rules.suggestion_silence_seconds),
    }
}
