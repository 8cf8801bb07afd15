//! The whole province in real time: a real agent session for each ambulance, callers by the daily
//! curve, a dispatcher at work. Everything goes through the server's own doors.

mod calling;
mod driving;
mod keys;
mod ledger;
mod mix;
mod other_maker;
mod settings;
mod vehicle;

pub use keys::{KeysError, read_keys};
pub use ledger::{Account, Ledger};
pub use mix::{MixError, MixSettings, TerminalMix};
pub use settings::FleetSettings;
pub(crate) use vehicle::{Session, sessions};

use crate::access::ServerAccess;
use crate::api::{Api, ApiError};
use crate::clock::SimulatedClock;
use crate::encrypted_server::{EncryptedServerError, in_the_clear};
use crate::people::truth::Truths;
use crate::province::{BadRegion, Province};
use crate::tally::Tally;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vehicle_agent::shell::{EncryptionError, KeyError};

/// Between two progress lines.
const PROGRESS_EVERY: Duration = Duration::from_secs(30);
/// How long sessions may take to say farewell; a socket closes in milliseconds.
const FAREWELL_WITHIN: Duration = Duration::from_secs(5);

/// Why the fleet cannot run.
#[derive(Debug, Error)]
pub enum FleetError {
    /// The region is bad.
    #[error(transparent)]
    BadRegion(#[from] BadRegion),
    /// The keys are bad.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The terminals of other makers cannot be used.
    #[error(transparent)]
    Mix(#[from] MixError),
    /// More vehicles were asked for than there are keys.
    #[error(
        "{wanted} vehicles were asked for, but the key file has {have}; `simulations enlarge` makes a region with more, then make its keys and serve it"
    )]
    TooFewKeys {
        /// How many were asked for.
        wanted: usize,
        /// How many keys there are.
        have: usize,
    },
    /// A key belongs to a vehicle that the region does not have.
    #[error("the key file names vehicle {0}, which the region does not have")]
    UnknownVehicle(String),
    /// A key cannot be one.
    #[error("the key of vehicle {0}: {1}")]
    BadKey(String, KeyError),
    /// The address is none.
    #[error(transparent)]
    Address(#[from] EncryptionError),
    /// A server that encrypts cannot be reached.
    #[error(transparent)]
    Encrypted(#[from] EncryptedServerError),
    /// The dispatcher cannot sign in.
    #[error("the simulated dispatcher cannot sign in: {0}")]
    SignIn(Box<ApiError>),
    /// A file cannot be read or made.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
}

/// What every part of the fleet shares.
pub(crate) struct Fleet {
    pub(crate) settings: FleetSettings,
    pub(crate) province: Province,
    pub(crate) clock: SimulatedClock,
    pub(crate) truths: Truths,
    pub(crate) tally: Arc<Tally>,
    pub(crate) stop: CancellationToken,
}

/// Vehicles on the road, and somebody signed in who may act for every centre.
pub(crate) struct OnTheRoad {
    pub(crate) fleet: Arc<Fleet>,
    pub(crate) api: Api,
    pub(crate) tasks: TaskTracker,
}

/// Lets a session for each key set out.
///
/// # Errors
/// Whatever keeps them from it; after that trouble is counted and lived with.
pub(crate) async fn set_out(
    settings: FleetSettings,
    province: Province,
    stop: CancellationToken,
) -> Result<OnTheRoad, FleetError> {
    set_out_by(settings, province, stop, |_| None).await
}

/// The same, each vehicle by an address of its own where `line` gives one, e.g. `http://127.0.0.1:9000`.
///
/// # Errors
/// As [`set_out`].
pub(crate) async fn set_out_by(
    settings: FleetSettings,
    province: Province,
    stop: CancellationToken,
    line: impl Fn(&str) -> Option<String>,
) -> Result<OnTheRoad, FleetError> {
    let mut sessions = vehicle::sessions(&settings, &province)?;
    for session in &mut sessions {
        if let Some(address) = line(&session.vehicle) {
            session.agent.server = vehicle::server_url(&address, None)?;
        }
    }
    let api = sign_in(&settings.access).await?;
    let fleet = Arc::new(Fleet {
        clock: SimulatedClock::start(settings.speed),
        truths: Truths::default(),
        tally: Arc::new(Tally::default()),
        settings,
        province,
        stop,
    });
    let tasks = TaskTracker::new();
    println!("{} vehicles set out", sessions.len());
    for session in sessions {
        match session.number.clone() {
            Some(number) => tasks.spawn(other_maker::live(fleet.clone(), session, number)),
            None => tasks.spawn(vehicle::live(fleet.clone(), session)),
        };
    }
    Ok(OnTheRoad { fleet, api, tasks })
}

impl OnTheRoad {
    /// Waits until every session has said farewell, as long as that takes on a good day.
    pub(crate) async fn farewell(self) {
        self.tasks.close();
        if tokio::time::timeout(FAREWELL_WITHIN, self.tasks.wait()).await.is_err() {
            println!("{} sessions did not close in time", self.tasks.len());
        }
    }
}

/// Runs until `stop` is called, or for the time the settings give.
///
/// # Errors
/// Only before the first vehicle sets out; after that trouble is counted and lived with.
pub async fn run(settings: FleetSettings, stop: CancellationToken) -> Result<(), FleetError> {
    let province = Province::load(&settings.access.region)?;
    if let Some(seconds) = settings.seconds {
        stop_after(Duration::from_secs(seconds), stop.clone());
    }
    let road = set_out(settings, province, stop).await?;
    let fleet = road.fleet.clone();
    if fleet.settings.runs_a_day > 0.0 || fleet.settings.under_way > 0 {
        road.tasks.spawn(calling::callers(fleet.clone(), road.api.clone()));
    }
    report_progress(&fleet).await;
    road.farewell().await;
    println!("stopped: {}", fleet.tally);
    Ok(())
}

/// Host and port at which the server is reached in the clear, directly or through a port of this machine.
pub(crate) async fn plain_address(access: &ServerAccess) -> Result<String, FleetError> {
    let server = in_the_clear(&access.server).await?;
    Ok(server.trim_end_matches('/').trim_start_matches("http://").to_owned())
}

pub(crate) async fn sign_in(access: &ServerAccess) -> Result<Api, FleetError> {
    let path = &access.password_file;
    let password =
        std::fs::read_to_string(path).map_err(|error| FleetError::File(path.clone(), error))?;
    let server = in_the_clear(&access.server).await?;
    Api::sign_in(&server, &access.name, password.trim())
        .await
        .map_err(|error| FleetError::SignIn(Box::new(error)))
}

fn stop_after(time: Duration, stop: CancellationToken) {
    tokio::spawn(async move {
        tokio::time::sleep(time).await;
        stop.cancel();
    });
}

async fn report_progress(fleet: &Fleet) {
    loop {
        tokio::select! {
            () = fleet.stop.cancelled() => return,
            () = tokio::time::sleep(PROGRESS_EVERY) => {
                let minutes = fleet.clock.seconds() / 60.0;
                println!("{minutes:.0} minutes: {}", fleet.tally);
            }
        }
    }
}
