//! The rows that are kept from the journal, as they travel between memory and the tables: times are unix
//! milliseconds here and timestamps there.

use dispatch_core::model::{Timestamp, Wgs84};
use dispatch_core::state::PatientsSaid;
use serde::{Deserialize, Serialize};

/// One incident.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct IncidentRow {
    pub(super) id: String,
    pub(super) centre: String,
    pub(super) kind: String,
    pub(super) priority: String,
    pub(super) source: String,
    pub(super) accident_level: String,
    pub(super) lon: Option<f64>,
    pub(super) lat: Option<f64>,
    pub(super) test: bool,
    pub(super) appointment: bool,
    pub(super) calls: u32,
    pub(super) tasks: u32,
    pub(super) stage: String,
    pub(super) reason: Option<String>,
    pub(super) opened_at: Timestamp,
    pub(super) first_dispatch_at: Option<Timestamp>,
    pub(super) over_at: Option<Timestamp>,
    pub(super) version: u64,
    pub(super) appointment_at: Option<Timestamp>,
    /// How often it was opened again by hand.
    pub(super) turn: u32,
    /// When the present turn began.
    pub(super) turn_began_at: Option<Timestamp>,
    pub(super) calls_told: Vec<CallTold>,
    pub(super) counted: Option<Counted>,
    pub(super) patients_reported: u16,
    pub(super) carried_besides: u16,
    #[serde(flatten)]
    pub(super) told: Told,
}

/// How many patients one call told of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct CallTold {
    pub(super) call_id: String,
    pub(super) said: PatientsSaid,
}

/// The number that overrules what calls told, and every source that told one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "StoredCount")]
pub(super) struct Counted {
    #[serde(flatten)]
    pub(super) said: PatientsSaid,
    pub(super) sources: Vec<CountTold>,
}

/// As it is stored; rows of earlier releases knew the last source alone.
#[derive(Deserialize)]
struct StoredCount {
    #[serde(flatten)]
    said: PatientsSaid,
    #[serde(default)]
    sources: Vec<CountTold>,
}

impl From<StoredCount> for Counted {
    fn from(StoredCount { said, mut sources }: StoredCount) -> Self {
        if sources.is_empty() {
            sources.push(CountTold { source: String::new(), said, struck_with_report: false });
        }
        Self { said, sources }
    }
}

/// How many patients one source counted: a task, or dispatchers by an account or an amendment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct CountTold {
    pub(super) source: String,
    pub(super) said: PatientsSaid,
    pub(super) struck_with_report: bool,
}

/// What became of patients who were not carried.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) treated_at_scene: u16,
    pub(super) refused_transport: u16,
    pub(super) dead_at_scene: u16,
    pub(super) not_found: u16,
    pub(super) carried_by_others: u16,
}

impl IncidentRow {
    pub(super) fn stand_at(&mut self, scene: Option<Wgs84>) {
        (self.lon, self.lat) = (scene.map(|at| at.lon), scene.map(|at| at.lat));
    }
}

/// One vehicle's task.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct TaskRow {
    pub(super) id: String,
    pub(super) incident: String,
    pub(super) centre: String,
    pub(super) vehicle: String,
    pub(super) station: Option<String>,
    pub(super) set_out_from: String,
    /// The eight milestones in their order; the first is always there.
    pub(super) reached: [Option<Timestamp>; 8],
    pub(super) hospital: Option<String>,
    pub(super) patients_carried: Option<u16>,
    pub(super) distance_km: Option<f64>,
    pub(super) ended: String,
    pub(super) reason: Option<String>,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) version: u64,
    /// In which turn of its incident it was created, and when that began.
    pub(super) turn: u32,
    pub(super) turn_began_at: Option<Timestamp>,
    /// When its order was first sent and last sent, by the server's clock.
    pub(super) ordered_at: Option<Timestamp>,
    pub(super) sent_at: Option<Timestamp>,
    /// Whether its terminal confirmed the order.
    pub(super) receipt: bool,
    #[serde(flatten)]
    pub(super) told: Told,
}

/// A stay of a vehicle at a centre that began or ended among the events of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct StayRow {
    pub(super) centre: String,
    pub(super) vehicle: String,
    /// Absent when it began before them; the open one is meant.
    pub(super) began_at: Option<Timestamp>,
    pub(super) ended_at: Option<Timestamp>,
}

/// One vehicle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct VehicleRow {
    pub(super) id: String,
    pub(super) centre: String,
    pub(super) home_centre: String,
    pub(super) station: String,
    pub(super) kind: String,
    pub(super) plate: String,
    pub(super) call_sign: String,
    pub(super) in_service: bool,
}
