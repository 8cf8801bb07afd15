//! Commands as a simulated dispatcher makes them: the fields that most of them leave empty stand here alone.

use wire_protocol::commands::*;
use wire_protocol::recommendation::{OfferRecord, OfferedVehicle, Recommendation};
use wire_protocol::vocabulary::*;

/// What of a ranking is kept with the command that sent its first, as the console keeps it.
const OFFERED_AT_MOST: usize = 8;

/// An ordinary urgent illness told by telephone, not an exercise.
pub(crate) fn plain_facts(scene: Place, complaint: String) -> IncidentFacts {
    IncidentFacts {
        kind: IncidentKind::Illness,
        priority: Priority::Urgent,
        source: IncidentSource::Phone,
        accident_level: AccidentLevel::Ordinary,
        scene,
        waiting: None,
        destination: None,
        complaint,
        appointment_at: None,
        test: false,
        needs: None,
        hazards: Vec::new(),
    }
}

/// A call about one patient of whom nothing is known. `began_at` in milliseconds since 1970.
pub(crate) fn plain_details(began_at: i64) -> CallDetails {
    CallDetails {
        rang_at: None,
        began_at,
        seat: None,
        caller_number: None,
        contact_name: None,
        contact_phone: None,
        patient_name: None,
        patient_sex: None,
        patient_age_years: None,
        patient_count: 1,
        stretcher: false,
        special_needs: String::new(),
    }
}

/// A call about something new, not yet concluded.
pub(crate) fn take_call(facts: IncidentFacts, details: CallDetails) -> Command {
    let (facts, details) = (Box::new(facts), Box::new(details));
    Command::TakeCall { link_to: None, facts, details, outcome: None, vehicles_wanted: None }
}

/// Sends one vehicle, with what was offered.
pub(crate) fn dispatch(vehicle: &str, incident: &str, ranking: &Recommendation) -> Command {
    let offered = ranking.candidates.iter().take(OFFERED_AT_MOST).map(|candidate| OfferedVehicle {
        vehicle: candidate.vehicle.clone(),
        rank: candidate.rank,
        total_seconds: candidate.terms.total,
    });
    Command::DispatchVehicles {
        incident: incident.to_owned(),
        vehicles: vec![vehicle.to_owned()],
        offer: Some(OfferRecord { offered: offered.collect(), method: ranking.method }),
    }
}
