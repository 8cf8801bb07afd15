//! `prove`: seeds run on all cores, each on one thread; what fails is made smaller and told as a line to run again.

mod options;
mod report;

use clap::Parser;
use dispatch_desk::clock::steady_now;
use options::Options;
use prove::{Folders, Outcome, Scenario, run, shrink, size_of};
use report::Report;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A run is small allocations above all; with the usual allocator it takes a sixth longer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let options = Options::parse();
    if let Err(why) = Folders::load(&options.region) {
        eprintln!("the region folder {} cannot be used: {why}", options.region.display());
        return ExitCode::FAILURE;
    }
    println!("seeds {} to {}", options.seed, options.seed + options.seeds.max(1) - 1);
    let report = Arc::new(Report::begin(options.seeds));
    report::tell_when_interrupted(&report);
    let next = AtomicU64::new(options.seed);
    let end = options.seed + options.seeds;
    let (began, longest) = (steady_now(), options.seconds.map(Duration::from_secs));
    std::thread::scope(|scope| {
        for _ in 0..options.threads() {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let is_late = longest.is_some_and(|longest| steady_now() - began > longest);
                    if seed >= end || is_late || (options.first && report.failures() > 0) {
                        return;
                    }
                    prove_one(&options, seed, &report);
                }
            });
        }
    });
    report.tell();
    if report.failures() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn prove_one(options: &Options, seed: u64, report: &Report) {
    let scenario = options.scenario(seed);
    let editions = match Folders::load(&options.region) {
        Ok(folders) => folders.editions(size_of(seed, options.vehicles).terminals),
        Err(why) => return report.broken(seed, &why),
    };
    let outcome = run(&scenario, &editions);
    if options.is_shrunk(&outcome) {
        let quiet =
            |scenario: &Scenario| run(&Scenario { is_told: false, ..scenario.clone() }, &editions);
        let (smaller, outcome): (Scenario, Outcome) = shrink(&scenario, outcome, quiet);
        report.failed(&options.line(&smaller), &outcome);
    } else if outcome.violation.is_some() {
        report.failed(&options.line(&scenario), &outcome);
    } else {
        report.held(seed, &scenario, &outcome);
    }
}
