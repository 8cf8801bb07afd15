//! Replications of a study: every policy over the same calls.

use super::bound::fewest_late;
use super::calls;
use super::desk::Refusals;
use super::engine::{Conduct, Stopped, simulate};
use super::figures::Figures;
use super::policy::Policy;
use super::travel::Travel;
use dispatch_core::Rules;

const DAY_MS: i64 = 86_400_000;
/// One day before the time that counts fills the streets, as in JEMSS.jl.
const WARM_UP_MS: i64 = DAY_MS;
/// Calls go on for so long after it, so that its last patients meet the usual traffic.
const COOL_DOWN_MS: i64 = DAY_MS / 6;
/// Replications of training are numbered from here, so that none is ever a replication of the test.
const TRAINING_FROM: u64 = 1 << 32;

/// How much is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The seed of all chance.
    pub seed: u64,
    /// Replications.
    pub replications: u64,
    /// Days that count in each.
    pub days: u32,
    /// Whether the seeds are those kept for choosing parameters.
    pub training: bool,
}

/// The figures of one policy, one for each replication.
#[derive(Clone, Debug)]
pub struct Series {
    /// The policy.
    pub policy: Policy,
    /// By replication.
    pub figures: Vec<Figures>,
    /// By replication: the number that a repeat must give again.
    pub hashes: Vec<u64>,
    /// Steps that the rules refused, all replications together.
    pub refusals: Refusals,
    /// Patients whom no vehicle reached, all replications together.
    pub unreached: usize,
}

/// What came of the replications.
#[derive(Clone, Debug)]
pub struct Results {
    /// By policy.
    pub series: Vec<Series>,
    /// By replication: the least share of urgent patients that any policy reaches late.
    pub bound: Vec<f64>,
    /// Calls simulated, all policies together.
    pub calls: usize,
    /// Whether it was stopped before the end.
    pub partial: bool,
}

/// Simulates all policies. Tells of each finished replication; stops when `stop` says so, and keeps the replications that
/// are whole for all policies.
///
/// # Errors
/// When a simulation cannot go on.
pub fn run(
    travel: &Travel<'_>,
    policies: Vec<Policy>,
    extent: Extent,
    stop: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(u64, &Results),
) -> Result<Results, Stopped> {
    let series = |policy| Series {
        policy,
        figures: Vec::new(),
        hashes: Vec::new(),
        refusals: Refusals::new(),
        unreached: 0,
    };
    let mut results = Results {
        series: policies.into_iter().map(series).collect(),
        bound: Vec::new(),
        calls: 0,
        partial: false,
    };
    let counted = WARM_UP_MS..WARM_UP_MS + i64::from(extent.days) * DAY_MS;
    let rules = Rules::default();
    let from = if extent.training { TRAINING_FROM } else { 0 };
    for replication in 0..extent.replications {
        let number = from + replication;
        let calls = calls::draw(travel.system, extent.seed, number, counted.end + COOL_DOWN_MS);
        let mut outcomes = Vec::with_capacity(results.series.len());
        for series in &results.series {
            let conduct = Conduct { counted: counted.clone(), rules: &rules, stop };
            match simulate(travel, &calls, &series.policy, &conduct) {
                Err(Stopped::Asked) => {
                    results.partial = true;
                    return Ok(results);
                }
                outcome => outcomes.push(outcome?),
            }
        }
        for (series, outcome) in results.series.iter_mut().zip(outcomes) {
            results.calls += outcome.calls;
            series.hashes.push(outcome.hash());
            series.unreached += outcome.unreached;
            for (code, count) in &outcome.refusals {
                *series.refusals.entry(code).or_default() += count;
            }
            series.figures.push(Figures::of(travel.system, &outcome, f64::from(extent.days)));
        }
        let (late, all) = fewest_late(travel, &calls, &counted);
        results.bound.push(100.0 * late as f64 / all.max(1) as f64);
        progress(replication + 1, &results);
    }
    Ok(results)
}
