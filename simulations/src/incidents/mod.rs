//! Past incidents: what was called in, who went, and when each step was reached, read from files of three forms.
//! Owns the types and the readers; it never speaks to a server.

pub mod export;
pub mod format;
pub mod harvest;
pub mod moment;
pub mod own;
mod place_check;
mod problems;
pub mod sffd;
mod table;
mod write;

pub(crate) use harvest::twin;
pub use place_check::check_places;
pub use problems::{FileProblem, MOST_PROBLEMS, Problems};
pub use write::{COLUMNS, guarded, to_csv};

use geometry::Wgs84;
use serde::{Deserialize, Serialize};
use wire_protocol::vocabulary::{IncidentKind, Priority};

/// Most incidents of one file: six years of a province.
pub const MOST_INCIDENTS: usize = 1_000_000;
/// Most vehicles of one incident: as many tasks as the rules let an incident have.
pub const MOST_RUNS: usize = 200;
/// Longest time between a call and the last step of its vehicles, in hours. What lies further apart is a slip in a date.
pub const MOST_HOURS: i64 = 48;

/// How an incident ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// At least one patient was carried to a hospital.
    Carried,
    /// Treated at the scene; nobody was carried.
    TreatedAtScene,
    /// The patient refused to be carried.
    RefusedTransport,
    /// Dead at the scene.
    DeadAtScene,
    /// Nobody was found.
    NobodyThere,
    /// Called off before a vehicle arrived.
    Cancelled,
}

impl Outcome {
    /// Every outcome, in the order in which files and reports list them.
    pub const ALL: [Self; 6] = [
        Self::Carried,
        Self::TreatedAtScene,
        Self::RefusedTransport,
        Self::DeadAtScene,
        Self::NobodyThere,
        Self::Cancelled,
    ];

    /// The word that files use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::TreatedAtScene => "treated_at_scene",
            Self::RefusedTransport => "refused_transport",
            Self::DeadAtScene => "dead_at_scene",
            Self::NobodyThere => "nobody_there",
            Self::Cancelled => "cancelled",
        }
    }
}

/// One vehicle that was sent. Times are milliseconds since 1970, UTC; a step that is absent was not recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PastRun {
    /// The vehicle's id in the record; it need not exist in the region that replays it.
    pub vehicle: String,
    /// When it was given the order.
    pub dispatched: Option<i64>,
    /// When it set out.
    pub en_route: Option<i64>,
    /// When it reached the scene.
    pub at_scene: Option<i64>,
    /// When it left the scene with a patient.
    pub left_scene: Option<i64>,
    /// When it reached the hospital.
    pub at_hospital: Option<i64>,
    /// When it was free again.
    pub free: Option<i64>,
    /// The hospital's id.
    pub hospital: Option<String>,
}

impl PastRun {
    /// The steps with the names of their columns, in their order.
    pub fn steps(&self) -> [(&'static str, Option<i64>); 6] {
        [
            ("dispatched", self.dispatched),
            ("en_route", self.en_route),
            ("at_scene", self.at_scene),
            ("left_scene", self.left_scene),
            ("at_hospital", self.at_hospital),
            ("free", self.free),
        ]
    }
}

/// One incident as it was recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct PastIncident {
    /// Its id in the record.
    pub id: String,
    /// The line of the file it was first named on, from 1; 0 for one that no file holds.
    pub line: u64,
    /// When the call was received, milliseconds since 1970, UTC.
    pub received: i64,
    /// How soon a vehicle was needed.
    pub priority: Priority,
    /// Kind of incident.
    pub kind: IncidentKind,
    /// Where, WGS-84.
    pub place: Wgs84,
    /// The place in words; may be empty.
    pub address: String,
    /// What was said; may be empty.
    pub complaint: String,
    /// How it ended.
    pub outcome: Outcome,
    /// Who went, in the order of the file.
    pub runs: Vec<PastRun>,
}

impl PastIncident {
    /// The vehicle that was first at the scene, and when.
    pub fn first_arrival(&self) -> Option<(&PastRun, i64)> {
        let arrived = self.runs.iter().filter_map(|run| Some((run, run.at_scene?)));
        arrived.min_by_key(|(_, at)| *at)
    }

    /// Seconds from the call to the first vehicle at the scene.
    pub fn response_seconds(&self) -> Option<f64> {
        self.first_arrival().map(|(_, at)| (at - self.received) as f64 / 1000.0)
    }

    /// What the steps of the runs say when the record names no outcome.
    pub fn outcome_by_steps(runs: &[PastRun]) -> Outcome {
        if runs.iter().any(|run| run.left_scene.is_some() || run.at_hospital.is_some()) {
            Outcome::Carried
        } else if runs.iter().any(|run| run.at_scene.is_some()) {
            Outcome::TreatedAtScene
        } else if runs.iter().any(|run| run.dispatched.is_some() || run.free.is_some()) {
            Outcome::Cancelled
        } else {
            Outcome::Carried
        }
    }
}

/// What a file gave: incidents in order of their calls, and what whoever reads it should know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The incidents, by the time of the call, then by id.
    pub incidents: Vec<PastIncident>,
    /// Sentences about what was left aside, such as columns that nobody asks for.
    pub notes: Vec<String>,
}

impl Reading {
    /// Orders the incidents.
    pub fn new(mut incidents: Vec<PastIncident>, notes: Vec<String>) -> Self {
        incidents.sort_by(|a, b| (a.received, &a.id).cmp(&(b.received, &b.id)));
        Self { incidents, notes }
    }
}
