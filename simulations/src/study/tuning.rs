//! Choosing the parameters of policies on training seeds, never on those that are reported.

use super::coverage::Coverage;
use super::engine::Stopped;
use super::figures::Figure;
use super::policy::{Dispatch, MoveUp, Policy, Redispatch, TakeOver};
use super::run::{Extent, Results, run};
use super::statistics::Estimate;
use super::travel::Travel;
use std::sync::Arc;

/// A policy's parameters while they are tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// Busy share of the coverage.
    pub busy_share: f64,
    /// Least gain of a move, as a share of urgent demand.
    pub least_gain: f64,
    /// Gain taken off for each minute on the way.
    pub loss_per_minute: f64,
    /// No move is longer than so many minutes.
    pub most_minutes: f64,
    /// A patient is taken over for so many seconds.
    pub swap_seconds: f64,
    /// Seconds of waiting worth a hundredth of coverage.
    pub seconds_per_hundredth: f64,
    /// Whether vehicles are taken from every less urgent patient, not only from those the system names.
    pub from_all_lower: bool,
}

/// Where the search for the best begins.
pub const BEGIN: Parameters = Parameters {
    busy_share: 0.35,
    least_gain: 0.01,
    loss_per_minute: 0.002,
    most_minutes: 30.0,
    swap_seconds: 30.0,
    seconds_per_hundredth: 10.0,
    from_all_lower: false,
};

/// No urgent patient waits longer than this for coverage's sake, in seconds.
pub const MOST_DELAY_SECONDS: f64 = 60.0;
/// No other patient does.
pub const MOST_DELAY_OTHER_SECONDS: f64 = 300.0;

/// The best policy for parameters: coverage-aware dispatch, rearranging, taking over.
pub fn best(travel: &Travel<'_>, parameters: Parameters) -> Policy {
    let Parameters { swap_seconds, most_minutes, .. } = parameters;
    let from = match parameters.from_all_lower {
        true => {
            "; vehicles are also taken from any less urgent patient to whom they are on their way"
        }
        false => "",
    };
    Policy {
        name: "best".into(),
        about: format!(
            "Coverage-aware dispatch bounded by {MOST_DELAY_SECONDS} s (others {MOST_DELAY_OTHER_SECONDS} s), waiting vehicles rearranged by expected coverage over ways of {most_minutes} minutes at most, and a vehicle that gets free takes over a patient whom it reaches {swap_seconds} s sooner{from}."
        ),
        dispatch: Dispatch::Covering {
            most_delay_seconds: MOST_DELAY_SECONDS,
            most_delay_other_seconds: MOST_DELAY_OTHER_SECONDS,
            seconds_per_hundredth: parameters.seconds_per_hundredth,
        },
        move_up: MoveUp::Rearrange {
            least_gain: parameters.least_gain,
            loss_per_minute: parameters.loss_per_minute,
            most_minutes,
            most_moves: 1,
        },
        redispatch: match parameters.from_all_lower {
            true => Redispatch::AllLower,
            false => Redispatch::OfSystem,
        },
        take_over: Some(TakeOver::saving(swap_seconds)),
        coverage: Some(Arc::new(Coverage::new(travel, parameters.busy_share))),
        expected: None,
    }
}

/// Values tried for each parameter, one parameter after the other; the one chosen before is always among them.
fn tried(round: usize, from: Parameters) -> Option<Vec<Parameters>> {
    let gains = |gains: &[f64]| -> Vec<Parameters> {
        let of = |&least_gain: &f64| Parameters {
            least_gain,
            loss_per_minute: from.loss_per_minute / from.least_gain * least_gain,
            ..from
        };
        gains.iter().map(of).collect()
    };
    let others = match round {
        0 => gains(&[0.0003, 0.001, 0.003]),
        1 => [0.1, 0.2, 0.5].map(|busy_share| Parameters { busy_share, ..from }).to_vec(),
        2 => [0.05, 0.1, 0.5]
            .map(|part| Parameters { loss_per_minute: from.least_gain * part, ..from })
            .to_vec(),
        3 => [15.0, 20.0, 45.0, 60.0]
            .map(|most_minutes| Parameters { most_minutes, ..from })
            .to_vec(),
        4 => vec![Parameters { from_all_lower: true, ..from }],
        5 => [0.0, 5.0, 30.0, 100.0]
            .map(|seconds_per_hundredth| Parameters { seconds_per_hundredth, ..from })
            .to_vec(),
        6 => [10.0, 60.0, 120.0].map(|swap_seconds| Parameters { swap_seconds, ..from }).to_vec(),
        7 => gains(&[0.5, 0.75, 1.5, 2.0].map(|factor| factor * from.least_gain)),
        8 => [0.15, 0.3].map(|busy_share| Parameters { busy_share, ..from }).to_vec(),
        _ => return None,
    };
    Some(std::iter::once(from).chain(others).collect())
}

/// What is tried where the usual values move vehicles more than the limits allow: fewer moves, and shorter ones.
fn fewer() -> Vec<Parameters> {
    let of = |(least_gain, most_minutes): (f64, f64)| Parameters {
        least_gain,
        loss_per_minute: least_gain / 5.0,
        most_minutes,
        ..BEGIN
    };
    [(0.03, 30.0), (0.1, 30.0), (0.03, 10.0), (0.1, 10.0), (0.01, 5.0)].map(of).to_vec()
}

/// What chosen parameters must keep to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Kilometres that a vehicle drives a day for moves, on the mean.
    pub move_km_of_vehicle: f64,
    /// Moves of a vehicle a day, on the mean.
    pub moves_of_vehicle: f64,
}

/// What was chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chosen {
    /// The parameters.
    pub parameters: Parameters,
    /// Whether anything that was tried kept to the limits; if not, the parameters move no vehicle.
    pub keeps_to_limits: bool,
}

/// The parameters with fewest late urgent patients on training seeds whose mean response is no worse than the nearest
/// vehicle's, and whose moves keep to the limits.
///
/// # Errors
/// When a simulation cannot go on.
pub fn tune(
    travel: &Travel<'_>,
    extent: Extent,
    limits: Limits,
    stop: &dyn Fn() -> bool,
    tell: &mut dyn FnMut(&str),
) -> Result<Chosen, Stopped> {
    let extent = Extent { training: true, ..extent };
    let best_of = |candidates: &[Parameters]| fewest_late(travel, extent, limits, candidates, stop);
    let mut chosen = BEGIN;
    let mut keeps_to_limits = false;
    for round in 0.. {
        let Some(candidates) = tried(round, chosen).filter(|_| !stop()) else { break };
        let mut found = best_of(&candidates)?;
        if found.is_none() && round == 0 {
            found = best_of(&fewer())?;
        }
        if let Some((parameters, figures)) = found {
            chosen = parameters;
            keeps_to_limits = true;
            tell(&format!("tuning round {}: {figures}, with {chosen:?}", round + 1));
        }
    }
    if !keeps_to_limits {
        chosen = Parameters { most_minutes: 0.0, ..BEGIN };
    }
    Ok(Chosen { parameters: chosen, keeps_to_limits })
}

/// Of candidates that keep to the limits the one with fewest late urgent patients, with its figures in words; nothing
/// when none keeps to them or somebody asked for an end.
fn fewest_late(
    travel: &Travel<'_>,
    extent: Extent,
    limits: Limits,
    candidates: &[Parameters],
    stop: &dyn Fn() -> bool,
) -> Result<Option<(Parameters, String)>, Stopped> {
    let policies =
        std::iter::once(Policy::nearest()).chain(candidates.iter().map(|it| best(travel, *it)));
    let results = run(travel, policies.collect(), extent, stop, &mut |_, _| {})?;
    if results.partial {
        return Ok(None);
    }
    let late = |at: usize| mean(&results, at, Figure::LateUrgent);
    let found = (1..=candidates.len())
        .filter(|&at| keeps_to(&results, at, limits))
        .min_by(|&a, &b| late(a).total_cmp(&late(b)));
    let told = |at: usize| {
        format!(
            "late {:.2} % ({:.2} % with the nearest), {:.1} km of moves a vehicle and day",
            late(at),
            late(0),
            mean(&results, at, Figure::MoveKmOfVehicle)
        )
    };
    Ok(found.map(|at| (candidates[at - 1], told(at))))
}

fn mean(results: &Results, at: usize, figure: Figure) -> f64 {
    let figures = &results.series[at].figures;
    Estimate::of(&figures.iter().map(|it| it.get(figure)).collect::<Vec<_>>()).mean
}

/// Whether a policy's means are no worse than the first one's, and its moves within the limits.
fn keeps_to(results: &Results, at: usize, limits: Limits) -> bool {
    let of = |figure| mean(results, at, figure);
    of(Figure::MeanUrgent) <= mean(results, 0, Figure::MeanUrgent)
        && of(Figure::MeanAll) <= mean(results, 0, Figure::MeanAll)
        && of(Figure::MoveKmOfVehicle) <= limits.move_km_of_vehicle
        && of(Figure::MovesOfVehicle) <= limits.moves_of_vehicle
}
