//! What a divert costs the patient a vehicle is taken from.

use super::assess::{Draft, Question, Ready};
use super::candidate::{CandidateSource, Recommendation, Terms, Warning};
use super::fleet_view::{FleetView, Without};
use super::request::Request;
use super::travel::TravelTimes;
use crate::model::VehicleId;

/// Fills in the cost to the other patient, if the vehicle would be taken from one.
///
/// `ranked` tells who would go there instead, diverts excluded, so that one question never leads to a third.
pub(super) fn count_other_patient(
    draft: &mut Draft,
    vehicle: &VehicleId,
    question: Question<'_>,
    fleet: &dyn FleetView,
    travel: &dyn TravelTimes,
    ranked: impl Fn(&Request, &dyn FleetView) -> Recommendation,
) {
    let Ready::Now(CandidateSource::Divert(other)) = &mut draft.ready else { return };
    let settings = question.settings;
    draft.terms.other_patient_seconds = settings.nobody_instead_seconds;
    let own_journey = draft.other_place.and_then(|place| {
        let journey = travel.journey(&draft.at, place)?;
        Some((place, journey.seconds))
    });
    let instead = own_journey.and_then(|(place, own_seconds)| {
        let request = Request {
            incident: Some(other.incident.clone()),
            place,
            priority: other.priority,
            divert: false,
            how_many: 1,
            wanted: Default::default(),
            ..question.request.clone()
        };
        let others = Without { fleet, vehicle };
        let best = ranked(&request, &others);
        let first = best.candidates.into_iter().next().filter(|first| first.at.is_believed())?;
        Some((first, own_seconds))
    });
    match instead {
        Some((best, own_seconds)) => {
            let own_arrival =
                Terms { travel_seconds: own_seconds, ..draft.terms }.arrival_seconds();
            let delay = (best.terms.arrival_seconds() - own_arrival).max(0.0);
            draft.terms.other_patient_seconds = delay * settings.other_patient_weight;
            other.instead = Some(best.vehicle);
            other.delay_seconds = Some(delay);
        }
        None => draft.warnings.push(Warning::NobodyInstead),
    }
}
