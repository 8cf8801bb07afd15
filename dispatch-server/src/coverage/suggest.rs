//! Moves worth suggesting, and suggestions that hold no more. Finds; the core decides what is recorded.

use super::keeper::CoverageKeeper;
use super::reckon::Reckoned;
use dispatch_core::CentreState;
use dispatch_core::coverage::{
    Coverage, CoverageCounts, Mover, Relocation, Times, best_relocation,
};
use dispatch_core::model::{
    Command, MoveAdvice, MoveSuggestion, MoveWhy, StationId, SuggestionEnd, Timestamp,
};
use dispatch_core::state::SuggestedMove;

/// Seconds for which a station's ground is uncovered before a move there is suggested: the response norm of a town.
const UNCOVERED_SECONDS: f64 = 12.0 * 60.0;
/// A move that pays by itself covers at least so much more of the centre's demand: one call in a hundred, as tuned by study
/// (docs/studies/advice.md). A fiftieth moved next to nobody.
const PAYS: f64 = 0.01;
/// A move to uncovered ground covers at least so much more, or the donor's ground would lose what that gains.
const PAYS_UNCOVERED: f64 = 0.002;
/// A suggestion stands until its gain falls below this part of what was asked, so that it does not come and go.
const STILL_PAYS: f64 = 0.5;
/// Longest move in driving seconds: three quarters of an hour, as far as county seats lie apart; after it the fleet is
/// another one.
const MOST_DRIVE_SECONDS: f64 = 2700.0;
/// The journal keeps shares of the demand as ten-thousandths.
const WHOLE: f64 = 10_000.0;

/// What to ask of the desk: suggestions to end, then at most one to make.
pub(crate) type Advice = Vec<Command>;

/// The advice for a centre as its state and coverage are now.
pub(crate) fn advice(
    keeper: &CoverageKeeper,
    state: &CentreState,
    found: &Reckoned,
    now: Timestamp,
) -> Advice {
    let Some(ground) = keeper.ground(&state.centre) else { return Vec::new() };
    if state.move_up.advice == MoveAdvice::Off {
        return Vec::new();
    }
    let adviser = Adviser {
        keeper,
        state,
        found,
        now,
        stations: ground.stations.iter().map(|(id, _)| id).collect(),
    };
    let ended: Advice = state.suggestions().filter_map(|it| adviser.end(it)).collect();
    if ended.is_empty() { adviser.suggest().into_iter().collect() } else { ended }
}

struct Adviser<'a> {
    keeper: &'a CoverageKeeper,
    state: &'a CentreState,
    found: &'a Reckoned,
    now: Timestamp,
    stations: Vec<&'a StationId>,
}

impl Adviser<'_> {
    /// What ends a suggestion, if it holds no more.
    fn end(&self, it: &SuggestedMove) -> Option<Command> {
        let suggestion = &it.suggestion;
        let vehicle = self.state.vehicles.get(&suggestion.vehicle)?;
        let end = if self.now > suggestion.expires_at {
            SuggestionEnd::Expired
        } else if !vehicle.may_move() {
            SuggestionEnd::VehicleNotFree
        } else if self.gain_of(suggestion)? < STILL_PAYS * asked(suggestion.reason) {
            SuggestionEnd::NoLongerPays
        } else {
            return None;
        };
        let (vehicle, number) = (suggestion.vehicle.clone(), suggestion.number);
        Some(Command::EndSuggestion { vehicle, number, end })
    }

    /// How much more a suggested move would cover now; `None` while nobody knows where the vehicle is.
    fn gain_of(&self, suggestion: &MoveSuggestion) -> Option<f64> {
        let cells = &self.found.cells;
        let base = self.stations.iter().position(|id| **id == suggestion.station)?;
        let free = self.found.free.iter().find(|it| it.vehicle == suggestion.vehicle)?;
        let mut counts = CoverageCounts::new(cells, self.keeper.settings());
        self.found.free.iter().for_each(|it| counts.add(&it.row[..cells.len()]));
        let before = counts.covered();
        counts.remove(&free.row[..cells.len()]);
        counts.add(self.found.bases()[base]);
        Some(counts.covered() - before)
    }

    /// The move to ground that has been uncovered too long, else one that pays by itself.
    fn suggest(&self) -> Option<Command> {
        let waited: Vec<Option<f64>> = self.stations.iter().map(|id| self.waited(id)).collect();
        let is_due = |base: usize| waited[base].is_some_and(|it| it >= UNCOVERED_SECONDS);
        if let Some(best) = self.best(is_due).filter(|it| it.gain() >= PAYS_UNCOVERED) {
            let seconds = waited[best.base].unwrap_or(0.0) as u32;
            return Some(self.suggestion(&best, MoveWhy::StationUncovered { seconds }));
        }
        let best = self.best(|_| true).filter(|it| it.gain() >= PAYS)?;
        Some(self.suggestion(&best, MoveWhy::CoversMore))
    }

    fn waited(&self, station: &StationId) -> Option<f64> {
        let since = self.keeper.uncovered().since(&self.state.centre, station)?;
        Some(self.now.seconds_since(since))
    }

    fn best(&self, wanted: impl Fn(usize) -> bool) -> Option<Relocation> {
        let (cells, stays): (&[_], Times<'_>) = (&self.found.cells, &[]);
        let movers: Vec<Mover<'_>> = self
            .found
            .free
            .iter()
            .map(|it| {
                let vehicle = self.state.vehicles.get(&it.vehicle);
                let is_idle = |it: &dispatch_core::state::Vehicle| {
                    it.moving.is_none() && it.suggested.is_none()
                };
                let (times, to_bases) = it.row.split_at(cells.len());
                Mover {
                    times,
                    to_bases: if vehicle.is_some_and(is_idle) { to_bases } else { stays },
                }
            })
            .collect();
        let allowed = |mover: usize, base: usize| {
            let (vehicle, station) = (&self.found.free[mover].vehicle, self.stations[base]);
            let known = self.state.vehicles.get(vehicle);
            wanted(base)
                && known.is_some_and(|it| it.covers() != station)
                && !self.state.suggestions().any(|it| it.suggestion.station == *station)
                && !self.state.move_up.is_silent(vehicle, station, self.now)
        };
        let settings = self.keeper.settings();
        let bases = self.found.bases();
        best_relocation(cells, &movers, &bases, settings, MOST_DRIVE_SECONDS, allowed)
    }

    /// The suggestion as it is recorded; its number and its end are given by the core.
    fn suggestion(&self, best: &Relocation, reason: MoveWhy) -> Command {
        let cells = &self.found.cells;
        let bases = self.found.bases();
        let times = |index: usize, row: &'_ [f32]| -> Vec<f32> {
            let moved = index == best.mover;
            if moved { bases[best.base].to_vec() } else { row[..cells.len()].to_vec() }
        };
        let moved: Vec<Vec<f32>> =
            self.found.free.iter().enumerate().map(|(at, it)| times(at, &it.row)).collect();
        let rows: Vec<Times<'_>> = moved.iter().map(Vec::as_slice).collect();
        let after = Coverage::of(cells, &rows, self.keeper.settings());
        let expected = |it: Option<&Coverage>| it.map_or(0.0, |it| it.expected_seconds);
        Command::SuggestMove {
            suggestion: Box::new(MoveSuggestion {
                number: 0,
                vehicle: self.found.free[best.mover].vehicle.clone(),
                station: self.stations[best.base].clone(),
                reason,
                covered_before: whole(best.covered_before * WHOLE),
                covered_after: whole(best.covered_after * WHOLE),
                expected_seconds_before: whole(expected(self.found.coverage.as_ref())),
                expected_seconds_after: whole(expected(after.as_ref())),
                drive_seconds: whole(best.drive_seconds),
                expires_at: self.now,
            }),
        }
    }
}

const fn asked(reason: MoveWhy) -> f64 {
    match reason {
        MoveWhy::StationUncovered { .. } => PAYS_UNCOVERED,
        MoveWhy::CoversMore => PAYS,
    }
}

/// A number as recorded; casts saturate and nothing is negative.
fn whole(number: f64) -> u32 {
    number.round().max(0.0) as u32
}
