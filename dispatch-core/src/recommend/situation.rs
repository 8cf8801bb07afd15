//! One vehicle as the ranking sees it: what it is, what it does, where it is and how old that is.

use crate::model::{CentreId, IncidentId, Priority, SetOutFrom, TaskId, Timestamp, Wgs84};
use crate::state::{CentreState, Vehicle};
use crate::whereabouts::{Located, PositionNorms, Whereabouts, is_at_station, whereabouts};

/// The task a vehicle is on, and for whom.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OtherTask<'a> {
    /// The task.
    pub task: &'a TaskId,
    /// Its incident.
    pub incident: &'a IncidentId,
    /// How urgent that is.
    pub priority: Priority,
    /// Where the other patient waits, when known.
    pub place: Option<Wgs84>,
    /// Where the vehicle would turn round.
    pub stands_at: SetOutFrom,
    /// Whether it is an exercise, which never keeps a vehicle from a patient.
    pub test: bool,
}

/// One vehicle as the ranking sees it.
#[derive(Clone, Debug)]
pub struct VehicleSituation<'a> {
    /// The vehicle as its centre knows it.
    pub vehicle: &'a Vehicle,
    /// The centre that has it now.
    pub centre: &'a CentreId,
    /// The task it is on.
    pub other_task: Option<OtherTask<'a>>,
    /// Where it was last seen; absent if never.
    pub located: Option<Located>,
    /// Where its station is.
    pub station: Option<Wgs84>,
    /// By how many seconds the next patient's expected response grows if it is sent away now
    /// ([`crate::coverage::Coverage::lost_seconds`]); `None` where coverage is not reckoned.
    pub coverage_lost_seconds: Option<f64>,
}

impl<'a> VehicleSituation<'a> {
    /// The situation of a vehicle of a centre.
    pub fn of(
        state: &'a CentreState,
        vehicle: &'a Vehicle,
        located: Option<Located>,
        station: Option<Wgs84>,
    ) -> Self {
        let other_task = state.task_run_by(vehicle).map(|(incident, task)| OtherTask {
            task: &task.id,
            incident: &incident.id,
            priority: incident.facts.priority,
            place: incident.facts.meeting_place().position,
            stands_at: task.stands_at(),
            test: incident.facts.test,
        });
        let centre = &state.centre;
        Self { vehicle, centre, other_task, located, station, coverage_lost_seconds: None }
    }

    /// The same vehicle with what its absence would cost the next patient.
    pub fn with_coverage_lost(self, coverage_lost_seconds: Option<f64>) -> Self {
        Self { coverage_lost_seconds, ..self }
    }

    /// Where it is believed to be.
    pub fn whereabouts(&self, now: Timestamp, norms: &PositionNorms) -> Whereabouts {
        whereabouts(self.is_at_station(), self.located, self.station, now, norms)
    }

    /// Places one of which is where it is believed to be, whatever the time.
    pub(super) fn possible_places(&self) -> impl Iterator<Item = Wgs84> {
        let at_station = self.station.filter(|_| self.is_at_station());
        self.located.map(|located| located.position).into_iter().chain(at_station)
    }

    fn is_at_station(&self) -> bool {
        is_at_station(self.vehicle, self.other_task.map(|task| task.stands_at))
    }
}
