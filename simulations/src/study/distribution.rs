//! Durations as distributions. Chance is an argument: the same generator draws the same durations.

use rand::prelude::*;
use rand_distr::{Exp1, StandardNormal};
use serde::{Deserialize, Serialize};

/// A truncated distribution is drawn anew at most so often; then the value is brought to the nearer bound.
const MOST_DRAWS: usize = 64;

/// A distribution of durations, in seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Distribution {
    /// Always the same.
    Constant {
        /// That value, in seconds.
        seconds: f64,
    },
    /// Exponential.
    Exponential {
        /// Its mean, in seconds.
        mean_seconds: f64,
        /// Values below are drawn anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least_seconds: Option<f64>,
        /// Values above are drawn anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most_seconds: Option<f64>,
    },
    /// Normal; never below zero.
    Normal {
        /// Its mean, in seconds.
        mean_seconds: f64,
        /// Its standard deviation, in seconds.
        deviation_seconds: f64,
        /// Values below are drawn anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least_seconds: Option<f64>,
        /// Values above are drawn anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most_seconds: Option<f64>,
    },
    /// Log-normal: the logarithm of the seconds is normal.
    LogNormal {
        /// Half of all values are below, in seconds.
        median_seconds: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
}

impl Distribution {
    /// Always so many seconds.
    pub const fn constant(seconds: f64) -> Self {
        Self::Constant { seconds }
    }

    /// Exponential with a mean, in seconds.
    pub const fn exponential(mean_seconds: f64) -> Self {
        Self::Exponential { mean_seconds, least_seconds: None, most_seconds: None }
    }

    /// What is wrong with its numbers, in words that fit "must ...".
    pub fn problem(&self) -> Option<&'static str> {
        let good = |value: f64| value.is_finite() && value >= 0.0;
        let bounds = |least: Option<f64>, most: Option<f64>| {
            good(least.unwrap_or(0.0))
                && good(most.unwrap_or(0.0))
                && most.is_none_or(|most| most >= least.unwrap_or(0.0) && most > 0.0)
        };
        let fine = match self {
            Self::Constant { seconds } => good(*seconds),
            Self::Exponential { mean_seconds, least_seconds, most_seconds } => {
                good(*mean_seconds) && bounds(*least_seconds, *most_seconds)
            }
            Self::Normal { mean_seconds, deviation_seconds, least_seconds, most_seconds } => {
                good(*mean_seconds)
                    && good(*deviation_seconds)
                    && bounds(*least_seconds, *most_seconds)
            }
            Self::LogNormal { median_seconds, sigma } => good(*median_seconds) && good(*sigma),
        };
        (!fine).then_some("have finite seconds, none negative, and the least no more than the most")
    }

    /// One value, in seconds; never negative.
    pub fn draw(&self, chance: &mut impl Rng) -> f64 {
        match self {
            Self::Constant { seconds } => *seconds,
            Self::Exponential { mean_seconds, least_seconds, most_seconds } => {
                within(*least_seconds, *most_seconds, || {
                    let unit: f64 = chance.sample(Exp1);
                    mean_seconds * unit
                })
            }
            Self::Normal { mean_seconds, deviation_seconds, least_seconds, most_seconds } => {
                within(*least_seconds, *most_seconds, || {
                    let unit: f64 = chance.sample(StandardNormal);
                    mean_seconds + deviation_seconds * unit
                })
                .max(0.0)
            }
            Self::LogNormal { median_seconds, sigma } => {
                let unit: f64 = chance.sample(StandardNormal);
                median_seconds * (sigma * unit).exp()
            }
        }
    }

    /// The mean in seconds; of a truncated one, that before truncation brought within its bounds.
    pub fn mean_seconds(&self) -> f64 {
        match self {
            Self::Constant { seconds } => *seconds,
            Self::Exponential { mean_seconds, least_seconds, most_seconds }
            | Self::Normal { mean_seconds, least_seconds, most_seconds, .. } => {
                mean_seconds.max(least_seconds.unwrap_or(0.0)).min(most_seconds.unwrap_or(f64::MAX))
            }
            Self::LogNormal { median_seconds, sigma } => {
                median_seconds * (sigma * sigma / 2.0).exp()
            }
        }
    }
}

fn within(least: Option<f64>, most: Option<f64>, mut draw: impl FnMut() -> f64) -> f64 {
    let (least, most) = (least.unwrap_or(f64::MIN), most.unwrap_or(f64::MAX));
    let mut value = draw();
    for _ in 1..MOST_DRAWS {
        if (least..=most).contains(&value) {
            break;
        }
        value = draw();
    }
    value.clamp(least, most)
}
