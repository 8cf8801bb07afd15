//! The agent's binary: settings, then the parts, then a clean stop on Ctrl-C or SIGTERM.

use std::process::ExitCode;

use clap::Parser;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};
use tracing_subscriber::EnvFilter;
use vehicle_agent::inspect;
use vehicle_agent::map::{self, MapKeeper};
use vehicle_agent::nmea::ParserOptions;
use vehicle_agent::outbox::SqliteOutbox;
use vehicle_agent::settings::{Cli, Command, InspectArgs, KEY_VARIABLE, RunArgs};
use vehicle_agent::shell::{Agent, FixTimes};
use vehicle_agent::{crew, sources};

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Inspect(args) => print_table(&args),
        Command::Run(args) => run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("vehicle-agent: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn print_table(args: &InspectArgs) -> Result<(), Failure> {
    let options = ParserOptions { accept_missing_checksum: args.accept_missing_checksum };
    let mut rows = Vec::new();
    for path in &args.files {
        let recording = std::fs::read(path)
            .map_err(|error| format!("failed to read {}: {error}", path.display()))?;
        rows.push((path.as_path(), inspect::inspect(&recording, options)));
    }
    print!("{}", inspect::table(rows));
    Ok(())
}

fn run(args: &RunArgs) -> Result<(), Failure> {
    let settings =
        args.check(std::env::var(KEY_VARIABLE).ok(), vehicle_agent::machine::random())?;
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    if settings.fix_times == FixTimes::Restamped {
        warn!("REPLAY: times of the recording are shifted to now; the positions are not live");
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let done = runtime.block_on(drive(args, settings));
    // A read of standard input cannot be broken off, and must not hold up the end.
    runtime.shutdown_background();
    done
}

async fn drive(
    args: &RunArgs,
    settings: vehicle_agent::shell::AgentSettings,
) -> Result<(), Failure> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stopping = CancellationToken::new();
    let outbox = SqliteOutbox::open_or_begin(&args.outbox).await;
    let page = if args.no_crew {
        None
    } else {
        let listener = TcpListener::bind(args.crew).await.map_err(|error| {
            format!("failed to serve the crew's page on {}: {error}", args.crew)
        })?;
        info!("the crew's page is at http://{}/", listener.local_addr()?);
        Some(listener)
    };
    let (keeper, shelf) =
        MapKeeper::beside(&args.outbox, settings.server.clone(), settings.key.clone());
    let (agent, bytes, handle) =
        Agent::prepare(settings, outbox).await.map_err(|e| format!("failed to {e}"))?;
    let session = tokio::spawn(agent.run(stopping.clone()));
    let reading =
        tokio::spawn(sources::run(args.source.clone(), args.rate, bytes, stopping.clone()));
    let page = page.map(|listener| {
        // Only who shows a map needs one.
        tokio::spawn(map::keep_up(keeper, handle.pictures(), map::SPREAD, stopping.clone()));
        tokio::spawn(crew::serve(listener, handle, shelf, stopping.clone()))
    });
    let mut reading = Some(reading);
    loop {
        tokio::select! {
            _ = interrupt.recv() => break,
            _ = terminate.recv() => break,
            read = ended(&mut reading) => match read? {
                Ok(()) => info!("the source has ended; the link stays until this is stopped"),
                Err(error) => return Err(format!("failed to {error}").into()),
            },
        }
    }
    stopping.cancel();
    let counts = session.await?;
    if let Some(page) = page {
        page.await??;
    }
    info!(?counts, "stopped");
    Ok(())
}

/// The end of the source, once.
async fn ended<T>(
    reading: &mut Option<tokio::task::JoinHandle<T>>,
) -> Result<T, tokio::task::JoinError> {
    match reading {
        Some(task) => {
            let result = task.await;
            *reading = None;
            result
        }
        None => std::future::pending().await,
    }
}
