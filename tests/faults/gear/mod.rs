//! What the fault runs stand on: servers, database and Redis that may die, doors that may close, and people,
//! consoles and vehicles that go on regardless.

#[path = "../../../dispatch-desk/tests/support/postgres/cluster.rs"]
#[expect(dead_code, reason = "the shared server of other tests is not used here")]
mod cluster;
mod console;
mod crowd;
mod desk;
mod door;
mod faketime;
mod fleet;
mod front;
mod gateway;
mod journal;
mod person;
mod picture;
mod postgres;
mod probe;
mod process;
mod program;
mod pulse;
mod redis;
#[path = "../../system/gear/shifted.rs"]
#[expect(dead_code, reason = "its clock and its receiver are for other tests")]
mod shifted;
mod site;
mod terminal;

pub(crate) use console::{Console, Goal, seen_at};
pub(crate) use crowd::Crowd;
pub(crate) use desk::{Acknowledged, Book, consultation, take_call};
pub(crate) use door::{Air, Door};
pub(crate) use faketime::off_by;
pub(crate) use fleet::{Fleet, MixedFleet, Reported, named_press};
pub(crate) use gateway::Gateway;
pub(crate) use journal::{Fixes, Journals, fixes, positions_twice, times_of};
pub(crate) use person::{Person, named};
pub(crate) use postgres::{Postgres, SMALL_SEGMENTS};
pub(crate) use probe::until_every_server_acknowledges;
pub(crate) use program::verify;
pub(crate) use shifted::ShiftedAgent;
pub(crate) use site::{SERVERS, Site, SiteSettings};
pub(crate) use terminal::{Terminal, key_of};

use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Long enough for the slowest machine; what takes longer does not come back by itself.
pub(crate) const PATIENCE: Duration = Duration::from_secs(90);
/// Everybody's password.
pub(crate) const PASSWORD: &str = "correct horse battery";
/// The sign-in name of the one who may act everywhere.
pub(crate) const OFFICER: &str = "duty";

/// The folder of the shipped region.
pub(crate) fn region() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../regions/ningxia")
}

/// The clock of this machine, in milliseconds since 1970.
pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

/// Waits for something, and says what when it does not come.
pub(crate) async fn in_time<T>(what: &str, coming: impl Future<Output = T>) -> T {
    match tokio::time::timeout(PATIENCE, coming).await {
        Ok(came) => came,
        Err(_) => panic!("waited too long for {what}"),
    }
}
