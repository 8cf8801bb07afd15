//! `simulations`: a province that lives, for demonstrations, tests and load runs.

mod commands;

use clap::{Parser, Subcommand};
use commands::{Enlarge, MadeDay, RegionFromSffd};
use simulations::exercise::{self, ExerciseSettings};
use simulations::field_terminal::FieldTerminalSettings;
use simulations::fit_travel::{self, FitSettings};
use simulations::fleet::{self, FleetSettings};
use simulations::load::{self, LoadSettings};
use simulations::replay::{self, ReplaySettings};
use simulations::rerun::{self, RerunSettings};
use simulations::study::command::{self as study, ImportSettings, StudySettings};
use std::process::ExitCode;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// Simulated provinces that work through the real server.
#[derive(Parser)]
#[command(name = "simulations")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Run the province: ambulances, callers and a dispatcher, in real time or faster.
    Fleet(Box<FleetSettings>),
    /// Replay a record of past incidents against a running server and compare.
    Replay(Box<ReplaySettings>),
    /// Read a journal and decide it again: unchanged, or with another policy, fleet or road state.
    Rerun(Box<RerunSettings>),
    /// Load a server as it was planned, whatever it answers, and measure from when each thing was meant to begin.
    Load(Box<LoadSettings>),
    /// Play the script of an exercise into an installation that is for exercises.
    Exercise(Box<ExerciseSettings>),
    /// A JT/T 808 terminal of another maker, for field tests of a terminal gateway.
    Jt808Terminal(Box<FieldTerminalSettings>),
    /// Write a made-up day of incidents, to be replayed.
    MadeDay(MadeDay),
    /// Write a region folder made of a San Francisco calls-for-service file, so that its calls can be replayed.
    RegionFromSffd(RegionFromSffd),
    /// Write a region folder with more vehicles, for load runs.
    Enlarge(Enlarge),
    /// Simulate an ambulance system under several policies and write which serves patients better.
    Study(Box<StudySettings>),
    /// Write a system folder from a model in the form of JEMSS.jl.
    ImportJemss(Box<ImportSettings>),
    /// Fit the spread of driving times to journeys, from a table or a record of past incidents.
    FitTravel(Box<FitSettings>),
}

fn main() -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(why) => {
            eprintln!("simulations: no threads to run on: {why}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(carry_out());
    // Somebody who may yet type something is not waited for.
    runtime.shutdown_background();
    code
}

async fn carry_out() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("HELAN_LOG")
                .unwrap_or_else(|_| "warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let result = match Arguments::parse().what {
        What::Fleet(settings) => {
            fleet::run(*settings, stop_on_signal()).await.map_err(|error| error.to_string())
        }
        What::Replay(settings) => replay::run(*settings, stop_on_signal())
            .await
            .map(drop)
            .map_err(|error| error.to_string()),
        What::Rerun(settings) => {
            rerun::run(*settings, stop_on_signal()).await.map_err(|error| error.to_string())
        }
        What::Load(settings) => load::run(*settings, stop_on_signal())
            .await
            .map(drop)
            .map_err(|error| error.to_string()),
        What::Exercise(settings) => exercise::run(*settings, stop_on_signal())
            .await
            .map(drop)
            .map_err(|error| error.to_string()),
        What::Jt808Terminal(settings) => {
            settings.run(stop_on_signal()).await.map_err(|error| error.to_string())
        }
        What::MadeDay(asked) => asked.run(),
        What::RegionFromSffd(asked) => asked.run(),
        What::Enlarge(asked) => asked.run(),
        What::Study(settings) => study_until_stopped(*settings).await,
        What::FitTravel(settings) => fit_travel::run(&settings)
            .map(|told| println!("{told}"))
            .map_err(|error| error.to_string()),
        What::ImportJemss(settings) => study::import(&settings).map_err(|error| error.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simulations: {error}");
            ExitCode::FAILURE
        }
    }
}

/// A study computes for minutes: on a thread of its own, so that a signal is heard meanwhile.
async fn study_until_stopped(settings: StudySettings) -> Result<(), String> {
    let stop = stop_on_signal();
    let work = move || study::study(&settings, &|| stop.is_cancelled());
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string())?;
    done.map_err(|error| error.to_string())
}

fn stop_on_signal() -> CancellationToken {
    let stop = CancellationToken::new();
    let cancel = stop.clone();
    tokio::spawn(async move {
        let (Ok(mut interrupt), Ok(mut terminate)) =
            (signal(SignalKind::interrupt()), signal(SignalKind::terminate()))
        else {
            return;
        };
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        cancel.cancel();
    });
    stop
}
