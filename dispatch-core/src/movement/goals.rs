//! Where a vehicle would arrive with its next step.

use super::norms::MovementNorms;
use crate::destination::{Destination, destination};
use crate::model::{HospitalId, Movement, Place, StationId, Wgs84};
use crate::state::{CentreState, TaskStage, Vehicle};

/// Where the region's hospitals and stations are.
pub trait Places {
    /// Of a hospital; nothing for one the region does not have.
    fn hospital(&self, hospital: &HospitalId) -> Option<Wgs84>;
    /// Of a station.
    fn station(&self, station: &StationId) -> Option<Wgs84>;
    /// Whether a position lies in the region, or hardly outside.
    fn is_in_region(&self, position: Wgs84) -> bool;
}

/// What an arrival is, and the circles of which one is enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// What standing there would show.
    pub arrival: Movement,
    /// Middle and metres.
    pub circles: Vec<(Wgs84, f64)>,
}

impl Goal {
    /// Whether a position lies within one of the circles, each so many times as wide.
    pub(super) fn holds(&self, position: Wgs84, times: f64) -> bool {
        self.circles.iter().any(|(middle, near_m)| position.metres_to(*middle) <= near_m * times)
    }
}

/// Where a vehicle is under way to; nothing where it stands already, and where nobody knows the place.
pub fn goals(
    centre: &CentreState,
    vehicle: &Vehicle,
    places: &dyn Places,
    norms: &MovementNorms,
) -> Option<Goal> {
    let around = |place: &Place| place.position.map(|middle| (middle, near_m(place, norms)));
    if let Some((incident, task)) = centre.task_run_by(vehicle) {
        let task_id = task.id.clone();
        let is_under_way = task.stage()? == TaskStage::ToScene;
        let (arrival, circles): (_, Vec<_>) = match destination(incident, task)? {
            // At its station an order may be for the house next door.
            Destination::Meeting(_) if !is_under_way => return None,
            Destination::Meeting(_) => {
                let waiting = incident.facts.waiting.as_ref().and_then(around);
                let circles = waiting.into_iter().chain(around(&incident.facts.scene)).collect();
                (Movement::AtScene { task: task_id }, circles)
            }
            Destination::Hospital(hospital) => {
                let middle = places.hospital(hospital).into_iter();
                let circles = middle.map(|middle| (middle, norms.near_m)).collect();
                (Movement::AtHospital { task: task_id }, circles)
            }
        };
        return (!circles.is_empty()).then_some(Goal { arrival, circles });
    }
    let station = vehicle.covers();
    let middle = places.station(station).filter(|_| vehicle.returns())?;
    let arrival = Movement::AtStation { station: station.clone() };
    Some(Goal { arrival, circles: vec![(middle, norms.near_m)] })
}

fn near_m(place: &Place, norms: &MovementNorms) -> f64 {
    (norms.near_m + f64::from(place.error_radius_m.unwrap_or(0))).min(norms.near_at_most_m)
}
