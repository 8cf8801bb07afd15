//! Where a vehicle is wanted: the one answer that rankings, routes, arrival times and the crew's turn list go by.

use crate::model::{HospitalId, IncidentFacts, Place, Wgs84};
use crate::state::{Incident, Task, TaskStage};

/// Where the crew meets the caller or the patient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeetingPlace<'a> {
    /// The words to go by: of the waiting place when there is one, else of the scene.
    pub place: &'a Place,
    /// WGS-84; of the scene where the waiting place is known in words only, nothing when neither has a
    /// position.
    pub position: Option<Wgs84>,
    /// Whether somebody waits at another place than the scene.
    pub is_waiting_place: bool,
}

/// Where a vehicle is wanted now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Destination<'a> {
    /// At the waiting place, else at the scene.
    Meeting(MeetingPlace<'a>),
    /// At the hospital its crew named, else at the one the caller wished for.
    Hospital(&'a HospitalId),
}

impl IncidentFacts {
    /// Where a vehicle is wanted for this incident: the waiting place (等车地址), else the scene.
    pub fn meeting_place(&self) -> MeetingPlace<'_> {
        match &self.waiting {
            Some(waiting) => MeetingPlace {
                place: waiting,
                position: waiting.position.or(self.scene.position),
                is_waiting_place: true,
            },
            None => MeetingPlace {
                place: &self.scene,
                position: self.scene.position,
                is_waiting_place: false,
            },
        }
    }
}

/// Where the vehicle of a task is wanted; nothing while it is where it was wanted, once the task is over, and
/// on the way to a hospital that nobody has named.
pub fn destination<'a>(incident: &'a Incident, task: &'a Task) -> Option<Destination<'a>> {
    match task.stage()? {
        TaskStage::Assigned | TaskStage::OrderReceived | TaskStage::ToScene => {
            Some(Destination::Meeting(incident.facts.meeting_place()))
        }
        TaskStage::PatientOnBoard => {
            let named = task.details.hospital.as_ref();
            named.or(incident.facts.destination.as_ref()).map(Destination::Hospital)
        }
        TaskStage::AtScene | TaskStage::AtHospital => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadlines::test_centre::facts;
    use crate::model::PlaceSource;

    const SCENE: Wgs84 = Wgs84 { lon: 106.23, lat: 38.49 };
    const GATE: Wgs84 = Wgs84 { lon: 106.24, lat: 38.48 };

    fn told(scene: Option<Wgs84>, waiting: Option<Option<Wgs84>>) -> String {
        let waiting = waiting.map(|position| Place {
            address: "south gate".into(),
            position,
            source: PlaceSource::MapClick,
            error_radius_m: None,
            measured_at: None,
        });
        let facts = IncidentFacts { waiting, ..facts(scene) };
        let meeting = facts.meeting_place();
        let at = match meeting.position {
            Some(SCENE) => "scene",
            Some(GATE) => "gate",
            Some(_) => "elsewhere",
            None => "nowhere",
        };
        format!("{}: {at}", if meeting.is_waiting_place { "waiting" } else { "scene" })
    }

    #[test]
    fn the_waiting_place_goes_before_the_scene() {
        assert_eq!(told(Some(SCENE), None), "scene: scene");
        assert_eq!(told(Some(SCENE), Some(Some(GATE))), "waiting: gate");
        assert_eq!(told(None, Some(Some(GATE))), "waiting: gate");
    }

    #[test]
    fn a_waiting_place_in_words_is_read_near_the_scene() {
        assert_eq!(told(Some(SCENE), Some(None)), "waiting: scene");
        assert_eq!(told(None, Some(None)), "waiting: nowhere");
        assert_eq!(told(None, None), "scene: nowhere");
    }
}
