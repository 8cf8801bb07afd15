//! `simulations`: a province that lives, for demonstrations, tests and load runs.

use clap::{Parser, Subcommand};
use simulations::enlarge::enlarge;
use simulations::fleet::{self, FleetSettings};
use std::path::PathBuf;
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
    /// Write a region folder with more vehicles, for load runs.
    Enlarge {
        /// The region to start from.
        #[arg(long, default_value = "regions/ningxia")]
        region: PathBuf,
        /// Vehicles in all.
        #[arg(long)]
        vehicles: usize,
        /// The folder to write.
        #[arg(long)]
        out: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
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
        What::Enlarge { region, vehicles, out } => {
            enlarge(&region, &out, vehicles).map_err(|error| error.to_string())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("simulations: {error}");
            ExitCode::FAILURE
        }
    }
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
