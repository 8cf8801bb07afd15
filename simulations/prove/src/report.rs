//! What came of the seeds: a line for each that fails, progress, and a last line, also when interrupted.

use prove::{Outcome, Scenario};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts of a whole run.
#[derive(Debug, Default)]
pub(crate) struct Report {
    seeds: u64,
    done: AtomicU64,
    failures: AtomicU64,
    steps: AtomicU64,
    simulated_ms: AtomicU64,
}

/// A line of progress after so many seeds of a long run.
const TOLD_EVERY: u64 = 50;

impl Report {
    /// Before anything ran.
    pub(crate) fn begin(seeds: u64) -> Self {
        Self { seeds, ..Self::default() }
    }

    /// Seeds that failed so far.
    pub(crate) fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    /// A seed held.
    pub(crate) fn held(&self, seed: u64, scenario: &Scenario, outcome: &Outcome) {
        self.steps.fetch_add(outcome.steps, Ordering::Relaxed);
        self.simulated_ms.fetch_add(scenario.until_ms, Ordering::Relaxed);
        if self.seeds <= 10 {
            println!("seed {seed} holds: trace {:016x}, {} steps", outcome.hash, outcome.steps);
        }
        self.count();
    }

    /// A scenario did not.
    pub(crate) fn failed(&self, line: &str, outcome: &Outcome) {
        self.failures.fetch_add(1, Ordering::Relaxed);
        let what = outcome.violation.as_ref().map(ToString::to_string).unwrap_or_default();
        println!("FAILS {what}\n  again with: {line}\n  trace {:016x}", outcome.hash);
        for planned in &outcome.schedule {
            println!("  {planned}");
        }
        self.count();
    }

    /// A seed could not be run.
    pub(crate) fn broken(&self, seed: u64, why: &str) {
        self.failures.fetch_add(1, Ordering::Relaxed);
        println!("seed {seed} could not be run: {why}");
    }

    fn count(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if done.is_multiple_of(TOLD_EVERY) && done < self.seeds {
            self.tell();
        }
    }

    /// Tells how far it came.
    pub(crate) fn tell(&self) {
        let (done, failures) = (self.done.load(Ordering::Relaxed), self.failures());
        let hours = self.simulated_ms.load(Ordering::Relaxed) as f64 / 3_600_000.0;
        let steps = self.steps.load(Ordering::Relaxed);
        println!(
            "{done} of {} seeds, {failures} failed, {hours:.1} h simulated in {steps} steps",
            self.seeds
        );
    }
}

/// An interrupted run tells how far it came before it ends.
pub(crate) fn tell_when_interrupted(report: &Arc<Report>) {
    let report = report.clone();
    std::thread::spawn(move || {
        let waiting = tokio::runtime::Builder::new_current_thread().enable_io().build();
        let Ok(runtime) = waiting else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            println!("interrupted");
            report.tell();
            std::process::exit(130);
        }
    });
}
