//! Choosing the parameters of policies on training seeds, never on those that are reported.

use super::coverage::Coverage;
use super::engine::Stopped;
use super::figures::Figure;
use super::policy::{Dispatch, MoveUp, Policy, Redispatch};
use super::run::{Extent, run};
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
    /// A patient is taken over for so many seconds.
    pub swap_seconds: f64,
    /// Seconds of waiting worth a hundredth of coverage.
    pub seconds_per_hundredth: f64,
}

/// Where the search for the best begins.
pub const BEGIN: Parameters = Parameters {
    busy_share: 0.5,
    least_gain: 0.01,
    loss_per_minute: 0.002,
    swap_seconds: 30.0,
    seconds_per_hundredth: 10.0,
};

/// No urgent patient waits longer than this for coverage's sake, in seconds.
pub const MOST_DELAY_SECONDS: f64 = 60.0;
/// No other patient does.
pub const MOST_DELAY_OTHER_SECONDS: f64 = 300.0;

/// The best policy for parameters: coverage-aware dispatch, rearranging, taking over.
pub fn best(travel: &Travel<'_>, parameters: Parameters) -> Policy {
    Policy {
        name: "best".into(),
        about: format!(
            "Coverage-aware dispatch bounded by {MOST_DELAY_SECONDS} s (others {MOST_DELAY_OTHER_SECONDS} s), waiting vehicles rearranged by expected coverage, and a vehicle that gets free takes over a patient whom it reaches {} s sooner.",
            parameters.swap_seconds
        ),
        dispatch: Dispatch::Covering {
            most_delay_seconds: MOST_DELAY_SECONDS,
            most_delay_other_seconds: MOST_DELAY_OTHER_SECONDS,
            seconds_per_hundredth: parameters.seconds_per_hundredth,
        },
        move_up: MoveUp::Rearrange {
            least_gain: parameters.least_gain,
            loss_per_minute: parameters.loss_per_minute,
            most_moves: 1,
        },
        redispatch: Redispatch::OfSystem,
        swap_seconds: Some(parameters.swap_seconds),
        coverage: Some(Arc::new(Coverage::new(travel, parameters.busy_share))),
    }
}

/// Values tried for each parameter, one parameter after the other.
fn tried(round: usize, from: Parameters) -> Vec<Parameters> {
    match round {
        0 => [0.0003, 0.001, 0.003, 0.01]
            .map(|least_gain| Parameters { least_gain, loss_per_minute: least_gain / 5.0, ..from })
            .to_vec(),
        1 => [0.2, 0.35, 0.5, 0.65].map(|busy_share| Parameters { busy_share, ..from }).to_vec(),
        2 => [0.05, 0.5]
            .map(|part| Parameters { loss_per_minute: from.least_gain * part, ..from })
            .into_iter()
            .chain([from])
            .collect(),
        3 => [0.0, 5.0, 20.0]
            .map(|seconds_per_hundredth| Parameters { seconds_per_hundredth, ..from })
            .to_vec(),
        4 => [10.0, 30.0, 60.0].map(|swap_seconds| Parameters { swap_seconds, ..from }).to_vec(),
        _ => Vec::new(),
    }
}

/// The parameters with fewest late urgent patients on training seeds whose mean response is no worse than the nearest vehicle's.
///
/// # Errors
/// When a simulation cannot go on.
pub fn tune(
    travel: &Travel<'_>,
    extent: Extent,
    stop: &dyn Fn() -> bool,
    tell: &mut dyn FnMut(&str),
) -> Result<Parameters, Stopped> {
    let extent = Extent { training: true, ..extent };
    let mut chosen = BEGIN;
    for round in 0.. {
        let candidates = tried(round, chosen);
        if candidates.is_empty() || stop() {
            break;
        }
        let policies =
            std::iter::once(Policy::nearest()).chain(candidates.iter().map(|it| best(travel, *it)));
        let results = run(travel, policies.collect(), extent, stop, &mut |_, _| {})?;
        if results.partial {
            break;
        }
        let mean = |at: usize, figure| {
            let figures = &results.series[at].figures;
            Estimate::of(&figures.iter().map(|it| it.get(figure)).collect::<Vec<_>>()).mean
        };
        let no_worse = |at: &usize| {
            mean(*at, Figure::MeanUrgent) <= mean(0, Figure::MeanUrgent)
                && mean(*at, Figure::MeanAll) <= mean(0, Figure::MeanAll)
        };
        let late = |at: usize| mean(at, Figure::LateUrgent);
        let found =
            (1..=candidates.len()).filter(no_worse).min_by(|&a, &b| late(a).total_cmp(&late(b)));
        if let Some(at) = found {
            chosen = candidates[at - 1];
            tell(&format!("tuning round {}: late {:.2} % with {chosen:?}", round + 1, late(at)));
        }
    }
    Ok(chosen)
}
