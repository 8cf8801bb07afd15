//! One vehicle as the ranking sees it: what it is, what it does, where it is and how old that is.

use crate::fleet::VehicleTrack;
use crate::model::{CentreId, IncidentId, Priority, SetOutFrom, TaskId, Timestamp, Wgs84};
use crate::state::{CentreState, Duty, Vehicle};

/// Where a vehicle was last seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// WGS-84 position.
    pub position: Wgs84,
    /// When it was measured.
    pub fix_time: Timestamp,
    /// Course in degrees clockwise from true north, when told.
    pub heading_deg: Option<f32>,
}

impl Located {
    /// Where the live marker of a track stands.
    pub fn of(track: &VehicleTrack) -> Option<Self> {
        let fix = track.live()?.fix;
        Some(Self { position: fix.position, fix_time: fix.fix_time, heading_deg: fix.heading_deg })
    }
}

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
}

impl<'a> VehicleSituation<'a> {
    /// The situation of a vehicle of a centre.
    pub fn of(
        state: &'a CentreState,
        vehicle: &'a Vehicle,
        located: Option<Located>,
        station: Option<Wgs84>,
    ) -> Self {
        let other_task = state.running_task_of(&vehicle.id).map(|(incident, task)| {
            let waiting = incident.facts.waiting.as_ref().and_then(|place| place.position);
            OtherTask {
                task: &task.id,
                incident: &incident.id,
                priority: incident.facts.priority,
                place: waiting.or(incident.facts.scene.position),
                stands_at: task.stands_at(),
            }
        });
        Self { vehicle, centre: &state.centre, other_task, located, station }
    }

    /// Where it can be looked for: where it was seen, or its station if it is said to wait there.
    pub(super) fn position(&self) -> Option<Wgs84> {
        let waits_there = matches!(self.vehicle.duty, Duty::AvailableAtStation);
        let at_station = self.station.filter(|_| waits_there);
        self.located.map(|located| located.position).or(at_station)
    }
}
