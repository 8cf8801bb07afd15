//! The program: reads its arguments and hands over to the library. Keeps no logic of its own.

use clap::Parser;
use dispatch_desk::database::MAIN_FILE;
use dispatch_server::settings::{Arguments, Command, ServeArguments};
use dispatch_server::{admin, http, maintenance, mending, retire, serve, telemetry};
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().command).await {
        Ok(code) => code,
        Err(why) => {
            eprintln!("helan: {why}");
            ExitCode::FAILURE
        }
    }
}

async fn run(command: Command) -> Result<ExitCode, Box<dyn Error>> {
    match command {
        Command::Serve(arguments) => return run_server(&arguments).await,
        Command::Verify(arguments) => {
            let (administration, is_whole) = admin::verify_administration(&arguments).await?;
            println!("{administration}");
            // The verdict on the journal stands last, where people and scripts look for it.
            let report = admin::verify(&arguments).await?;
            println!("{report}");
            if !report.is_clean() || !is_whole {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Anchor(arguments) => println!("{}", mending::anchor(&arguments).await?),
        Command::Mend(arguments) => println!("{}", mending::mend(&arguments).await?),
        Command::RecordLost(arguments) => println!("{}", mending::record_lost(&arguments).await?),
        Command::AddPerson(arguments) => println!("{}", admin::add_person(&arguments).await?),
        Command::MakeVehicleKeys(arguments) => {
            println!("{}", admin::make_vehicle_keys(&arguments).await?);
        }
        Command::MoveToPostgres(arguments) => {
            println!("{}", maintenance::move_to_postgres(&arguments).await?);
        }
        Command::BackUp(arguments) => println!("{}", maintenance::back_up(&arguments).await?),
        Command::Restore(arguments) => println!("{}", maintenance::restore(&arguments).await?),
        Command::MarkRestored(arguments) => {
            println!("{}", maintenance::mark_restored(&arguments).await?);
        }
        Command::Export(arguments) => maintenance::export(&arguments).await?,
        Command::RetireVehicles(arguments) => {
            println!("{}", retire::retire_vehicles(&arguments).await?);
        }
        Command::RebuildReports(arguments) => {
            println!("{}", maintenance::rebuild_reports(&arguments).await?);
        }
        Command::Openapi => std::io::stdout().write_all(http::openapi_json().as_bytes())?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn run_server(arguments: &ServeArguments) -> Result<ExitCode, Box<dyn Error>> {
    telemetry::start_logs(&arguments.log).map_err(|why| format!("--log (HELAN_LOG): {why}"))?;
    // Before anybody is told that the server is ready: a stop that comes at once must drain too.
    let mut signals = StopSignals::listen()?;
    let stop = CancellationToken::new();
    let running = serve::serve(arguments.settings(), stop.clone()).await?;
    if let Some(code) = &running.setup_code {
        println!("helan: no people yet; set-up code for the first administrator: {code}");
    }
    let scheme = if running.is_encrypted { "https" } else { "http" };
    println!("helan: ready on {scheme}://{}", running.address);
    tokio::select! {
        () = signals.came() => {}
        // The server stops by itself when its desk has died.
        () = stop.cancelled() => {}
    }
    stop.cancel();
    match running.stopped().await {
        serve::Stopped::InTime => Ok(ExitCode::SUCCESS),
        serve::Stopped::DeskDied => {
            eprintln!("helan: stopped: the desk died of a bug, see the log; start again");
            Ok(ExitCode::FAILURE)
        }
        serve::Stopped::StoreLocked => {
            eprintln!(
                "helan: stopped: the database in {} stays locked although its disk is well; start again, \
                 and if that does not help, look which other program holds it (fuser -v)",
                arguments.data.display()
            );
            Ok(ExitCode::FAILURE)
        }
        serve::Stopped::StoreReplaced => {
            eprintln!(
                "helan: stopped: {} in {} was removed or replaced while it was in use. What was in it is kept beside it as \
                 {}.replaced-...; put back the one that counts and start again",
                MAIN_FILE,
                arguments.data.display(),
                MAIN_FILE
            );
            Ok(ExitCode::FAILURE)
        }
        serve::Stopped::CutOff => {
            eprintln!(
                "helan: stopped, but {} s were not enough to finish",
                arguments.grace_seconds
            );
            Ok(ExitCode::FAILURE)
        }
    }
}

/// SIGTERM and SIGINT, listened for from the moment it is made.
struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

impl StopSignals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    async fn came(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
