//! The policies that a study compares: the usual ones, and the product's own rules with one of their settings varied.

use super::coverage::Coverage;
use super::expected::Expected;
use super::policy::{Dispatch, MoveUp, Policy, Redispatch, TakeOver};
use super::travel::Travel;
use super::tuning::{MOST_DELAY_OTHER_SECONDS, MOST_DELAY_SECONDS, Parameters, best};
use std::sync::Arc;

/// The longest move that the product suggests, in minutes.
const MOST_MINUTES: f64 = 45.0;

/// Settings of the product to be compared with each other, beside the policies.
#[derive(Debug, Default, clap::Args)]
pub struct Sweep {
    /// Compare advice on moves that pays from so many hundredths of the demand covered on.
    #[arg(long, value_delimiter = ',')]
    pub advice_pays: Vec<f64>,
    /// Compare rankings in which the coverage lost counts so many seconds at most.
    #[arg(long, value_delimiter = ',')]
    pub coverage_caps: Vec<f64>,
}

impl Sweep {
    /// What was given, as it is written in a command.
    pub fn given(&self) -> Vec<String> {
        let list = |name: &str, values: &[f64]| {
            let values: Vec<String> = values.iter().map(ToString::to_string).collect();
            (!values.is_empty()).then(|| format!("--{name} {}", values.join(",")))
        };
        let lists =
            [list("advice-pays", &self.advice_pays), list("coverage-caps", &self.coverage_caps)];
        lists.into_iter().flatten().collect()
    }
}

/// A policy for each setting of the product that is to be compared.
pub fn sweep(travel: &Travel<'_>, sweep: &Sweep) -> Vec<Policy> {
    let coverage = Arc::new(Coverage::new(travel, 0.3));
    let advised = sweep.advice_pays.iter().map(|pays| Policy {
        name: format!("advice {pays} %"),
        about: format!(
            "Nearest; at each change the one move of a waiting vehicle within {MOST_MINUTES} minutes that covers most is accepted if it covers {pays} % more of the demand (q 0.3)."
        ),
        move_up: MoveUp::Advised { pays: pays / 100.0, most_minutes: MOST_MINUTES },
        coverage: Some(Arc::clone(&coverage)),
        ..Policy::nearest()
    });
    let expected = || Arc::new(Expected::new(travel));
    let expected = (!sweep.coverage_caps.is_empty()).then(expected);
    let ranked = sweep.coverage_caps.iter().map(|cap| Policy {
        name: format!("ranking {cap} s"),
        about: format!(
            "The first of the product's ranking, in which the seconds of expected response that the next patient loses count up to {cap} s, for critical patients not at all; free vehicles go home."
        ),
        dispatch: Dispatch::Ranking { most_coverage_seconds: *cap },
        expected: expected.clone(),
        ..Policy::nearest()
    });
    advised.chain(ranked).collect()
}

/// The policies that a study compares, the yardstick first.
pub fn all(travel: &Travel<'_>, chosen: Parameters) -> Vec<Policy> {
    let coverage = Arc::new(Coverage::new(travel, 0.3));
    let with = |name: &str, about: &str| Policy {
        name: name.into(),
        about: about.into(),
        coverage: Some(Arc::clone(&coverage)),
        ..Policy::nearest()
    };
    let order = coverage.order(travel.system.ambulances.len());
    vec![
        Policy::nearest(),
        Policy {
            move_up: MoveUp::Compliance { order },
            ..with(
                "compliance",
                "Nearest; a vehicle that gets free goes to the most important station nobody is at, by a nested table (q 0.3).",
            )
        },
        Policy {
            move_up: MoveUp::Dmexclp,
            ..with(
                "dmexclp",
                "Nearest; a vehicle that gets free goes where it adds most expected coverage (DMEXCLP, q 0.3).",
            )
        },
        Policy {
            dispatch: Dispatch::Covering {
                most_delay_seconds: MOST_DELAY_SECONDS,
                most_delay_other_seconds: MOST_DELAY_OTHER_SECONDS,
                seconds_per_hundredth: chosen.seconds_per_hundredth,
            },
            ..with(
                "covering",
                "Of vehicles not much later than the nearest, the one whose leaving costs least coverage; free vehicles go home.",
            )
        },
        Policy {
            redispatch: Redispatch::AllLower,
            ..with(
                "redispatch",
                "Nearest, also taken from any less urgent patient to whom it is on its way.",
            )
        },
        Policy {
            take_over: Some(TakeOver::saving(chosen.swap_seconds)),
            ..with(
                "takeover",
                "Nearest; a vehicle that gets free takes over a patient whom it reaches sooner than the one on its way.",
            )
        },
        Policy {
            move_up: MoveUp::Rollout { samples: 8, minutes: 40.0, places: 4 },
            ..with(
                "rollout",
                "Nearest; a vehicle that gets free waits where sampled futures of 40 minutes have fewest late patients.",
            )
        },
        best(travel, chosen),
    ]
}
