//! Calls and incidents of which only the ordinary is known; whoever knows more changes the fields they know.

use super::*;

impl Place {
    /// A place in words and, where it is known, its position. How far that may be off is not known.
    pub fn plain(address: &str, position: Option<Wgs84>, source: PlaceSource) -> Self {
        let address = address.to_owned();
        Self { address, position, source, error_radius_m: None, measured_at: None }
    }
}

impl IncidentFacts {
    /// An urgent illness told by telephone, wanted now, no exercise; nothing is said of the vehicle or of where the
    /// patient wants to go.
    pub fn plain(scene: Place, complaint: &str) -> Self {
        Self {
            kind: IncidentKind::Illness,
            priority: Priority::Urgent,
            source: IncidentSource::Phone,
            accident_level: AccidentLevel::Ordinary,
            scene,
            waiting: None,
            destination: None,
            complaint: complaint.to_owned(),
            appointment_at: None,
            test: false,
            needs: VehicleNeeds::default(),
            hazards: Hazards::new(),
        }
    }
}

impl CallDetails {
    /// A call taken at this moment, about one patient of whom nothing is known.
    pub fn plain(began_at: Timestamp) -> Self {
        Self {
            rang_at: None,
            began_at,
            seat: None,
            caller_number: None,
            contact_name: None,
            contact_phone: None,
            patient: PatientDescription::default(),
            patient_count: 1,
            stretcher: false,
            special_needs: String::new(),
        }
    }
}

impl TakeCall {
    /// A call about something new that goes on; how many vehicles are wanted is left to the rules.
    pub fn plain(facts: IncidentFacts, details: CallDetails) -> Self {
        Self { link_to: None, facts, details, outcome: CallOutcome::Open, vehicles_wanted: None }
    }
}
