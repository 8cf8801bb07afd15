//! The gateway's binary: settings, then the parts, then a clean stop on Ctrl-C or SIGTERM.

use clap::Parser;
use std::process::ExitCode;
use terminal_gateway::serve::{Cli, Command, ServeArgs, read_bindings, serve};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

/// Files that a gateway of ten thousand terminals has open.
const FILES: u64 = 65_536;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve(args) => run(&args),
        Command::Check { terminals } => check(&terminals),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("terminal-gateway: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn check(terminals: &std::path::Path) -> Result<(), Failure> {
    for (number, binding) in read_bindings(terminals)? {
        println!("{number}\t{}\t{:?}", binding.vehicle, binding.datum);
    }
    Ok(())
}

fn run(args: &ServeArgs) -> Result<(), Failure> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    // One for each terminal, and a few for each outbox.
    bounded_http::raise_file_limit(FILES);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let stop = CancellationToken::new();
        let (mut terminate, mut interrupt) =
            (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        let cancel = stop.clone();
        tokio::spawn(async move {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            cancel.cancel();
        });
        Ok(serve(args, stop).await?)
    })
}
