//! Open-loop load for a server: vehicles, presses, consoles and dispatchers' commands begin at moments laid down before,
//! whether those before are answered or not, and every latency counts from the moment that was meant. So a server that
//! stands still for a second shows a second, not one slow answer.

mod consoles;
mod desks;
mod figures;
mod settings;
mod shared;
mod vehicles;

pub use figures::{Figures, table};
pub use settings::LoadSettings;

use crate::clock::unix_millis;
use crate::fleet::{FleetError, FleetSettings, plain_address, sessions, sign_in};
use crate::province::{BadRegion, Province};
use desks::Ground;
use serde::Serialize;
use shared::Load;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Between two progress lines.
const PROGRESS_EVERY: Duration = Duration::from_secs(10);
/// How long what is under way may take to end after the run; links close in milliseconds.
const ENDS_WITHIN: Duration = Duration::from_secs(15);
/// Real time for what was sent last to be seen on a console.
const SEEN_WITHIN: Duration = Duration::from_secs(2);

/// Why no load was made.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The region.
    #[error(transparent)]
    BadRegion(#[from] BadRegion),
    /// The vehicles.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// A file.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// An agent.
    #[error("a vehicle cannot set out: {0}")]
    Vehicle(String),
}

/// What a run measured, as its JSON has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LoadReport {
    /// Vehicles online.
    pub vehicles: usize,
    /// Fixes a second of each.
    pub hertz: f64,
    /// Consoles.
    pub consoles: u16,
    /// Seconds measured, fewer than asked for when it was stopped.
    pub seconds: f64,
    /// Positions told to all consoles together.
    pub position_records: u64,
    /// Console links that could not be opened or were lost.
    pub links_lost: u64,
    /// The latencies.
    pub figures: Vec<Figures>,
}

/// Makes load for as long as asked, or until stopped; what was measured so far counts.
///
/// # Errors
/// Whatever keeps the run from beginning, or its figures from being written.
pub async fn run(settings: LoadSettings, stop: CancellationToken) -> Result<LoadReport, LoadError> {
    let province = Province::load(&settings.access.region)?;
    let fleet = FleetSettings {
        vehicles: settings.vehicles,
        ..FleetSettings::vehicles_alone(&settings.access, settings.seed)
    };
    let sessions = sessions(&fleet, &province)?;
    // What is not answered in time has failed: a load is not put off.
    let api = sign_in(&settings.access).await?.in_a_hurry();
    let vehicles = sessions.len();
    let load = Arc::new(Load::new(f64::from(settings.warm_up), CancellationToken::new()));
    let tasks = TaskTracker::new();
    let mut crews = Vec::with_capacity(vehicles);
    for (index, session) in sessions.into_iter().enumerate() {
        let seed = settings.seed.wrapping_add(index as u64 * 7919);
        let crew = vehicles::live(load.clone(), session, settings.hertz, seed, &tasks).await;
        crews.push(crew.map_err(LoadError::Vehicle)?);
    }
    let address = plain_address(&settings.access).await?;
    for console in 0..settings.consoles {
        let (address, cookie) = (address.clone(), api.cookie());
        tasks.spawn(consoles::follow(load.clone(), address, cookie, console == 0));
    }
    let ground = ground(&province);
    let presses = vehicles::press(load.clone(), crews, settings.presses);
    let commands = desks::give(load.clone(), api, ground, settings.commands);
    println!(
        "{vehicles} vehicles at {} Hz, {} consoles, {} presses and {} commands a second",
        settings.hertz, settings.consoles, settings.presses, settings.commands
    );
    let whole = f64::from(settings.warm_up) + f64::from(settings.seconds);
    let measuring = async {
        tokio::select! {
            () = load.clock.wait_until(whole) => {}
            () = stop.cancelled() => println!("stopped; what was measured so far counts"),
            () = progress(&load) => {}
        }
        let seconds = (load.clock.seconds().min(whole) - load.measured_from).max(0.0);
        load.giving.cancel();
        tokio::time::sleep(SEEN_WITHIN).await;
        load.stop.cancel();
        seconds
    };
    let (seconds, (), ()) = tokio::join!(measuring, presses, commands);
    tasks.close();
    if tokio::time::timeout(ENDS_WITHIN, tasks.wait()).await.is_err() {
        println!("{} links did not close in time", tasks.len());
    }
    let report = report(&settings, &load, vehicles, seconds);
    tell(&settings, &report)?;
    Ok(report)
}

/// The first station of the region, where the exercises of the run lie.
fn ground(province: &Province) -> Ground {
    let station = province.region.stations.first();
    Ground {
        centre: station.map(|it| it.centre.clone()).unwrap_or_default(),
        place: station.map_or(province.region.settings.map.origin, |it| it.position),
        run_name: format!("load-{}", unix_millis()),
    }
}

async fn progress(load: &Load) {
    loop {
        tokio::time::sleep(PROGRESS_EVERY).await;
        let (presses, commands) = (load.presses.figures(), load.commands.figures());
        println!(
            "{:.0} s: {} presses, {} commands, {} failed, {} positions told",
            load.clock.seconds(),
            presses.done,
            commands.done,
            presses.failed + commands.failed,
            load.position_records.load(Ordering::Relaxed)
        );
    }
}

fn report(settings: &LoadSettings, load: &Load, vehicles: usize, seconds: f64) -> LoadReport {
    load.give_up();
    let measured = [&load.fixes_shown, &load.presses, &load.commands, &load.commands_shown];
    LoadReport {
        vehicles,
        hertz: settings.hertz,
        consoles: settings.consoles,
        seconds,
        position_records: load.position_records.load(Ordering::Relaxed),
        links_lost: load.links_lost.load(Ordering::Relaxed),
        figures: measured.into_iter().map(|it| it.figures()).collect(),
    }
}

fn tell(settings: &LoadSettings, report: &LoadReport) -> Result<(), LoadError> {
    println!("{}", table(&report.figures));
    let json = serde_json::to_string_pretty(report).unwrap_or_default();
    match &settings.json {
        Some(file) => {
            std::fs::write(file, json).map_err(|error| LoadError::File(file.clone(), error))
        }
        None => {
            println!("{json}");
            Ok(())
        }
    }
}
