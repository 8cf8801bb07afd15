//! What every whole-system test stands on: a server, its people, terminals, a console, the air between.
//! Owns waiting: for a condition, never for a while.

mod console;
mod gateway;
mod journal;
mod person;
mod picture;
mod program;
mod receiver;
mod relay;
mod running;
mod server;
mod shifted;
mod terminal;

pub(crate) use console::Console;
pub(crate) use gateway::Gateway;
pub(crate) use journal::{crew_numbers, events, folded};
pub(crate) use person::Person;
pub(crate) use picture::Picture;
pub(crate) use program::Program;
pub(crate) use receiver::{Receiver, is_at};
pub(crate) use relay::Relay;
pub(crate) use server::Server;
pub(crate) use shifted::ShiftedAgent;
pub(crate) use terminal::Terminal;

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Long enough for the slowest machine; a test that waits so long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Waits for something, and says what when it does not come.
pub(crate) async fn in_time<T>(what: &str, coming: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, coming).await {
        Ok(came) => came,
        Err(_) => panic!("waited too long for {what}"),
    }
}

/// The clock of this machine, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// The folder of the shipped region.
pub(crate) fn ningxia() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia")
}

/// The folder of a small region with one city, `xining`, and three vehicles.
pub(crate) fn tiny() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("regions/tiny")
}
