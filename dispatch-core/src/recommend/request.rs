//! What is asked of the ranking.

use crate::model::{
    CentreId, IncidentFacts, IncidentId, IncidentKind, Priority, VehicleKind,
    VehicleNeeds as Wanted, Wgs84,
};

/// A question to the ranking: who should go there?
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// For which incident; absent while the call is still being taken.
    pub incident: Option<IncidentId>,
    /// Where a vehicle is wanted, in WGS-84: the waiting place if there is one, else the scene.
    pub place: Wgs84,
    /// How soon.
    pub priority: Priority,
    /// What is needed.
    pub wanted: Wanted,
    /// Which centre asks.
    pub centre: CentreId,
    /// Whether vehicles of other centres may be offered (跨区支援).
    pub mutual_aid: bool,
    /// Whether vehicles on less urgent tasks may be offered.
    pub divert: bool,
    /// How many candidates are wanted; at least 1 is looked for.
    pub how_many: usize,
    /// True for an exercise: it is offered no vehicle that serves a patient.
    pub test: bool,
}

/// What a console shows at first; design says a ranking record keeps at most eight.
const USUAL_OFFERS: usize = 8;

impl Request {
    /// The usual question about an incident: eight of our own vehicles, diverts included. Nothing
    /// while neither the waiting place nor the scene has a position.
    pub fn for_incident(
        incident: &IncidentId,
        facts: &IncidentFacts,
        centre: &CentreId,
    ) -> Option<Self> {
        Some(Self {
            incident: Some(incident.clone()),
            place: facts.meeting_place().position?,
            priority: facts.priority,
            wanted: Wanted {
                kind: facts.needs.kind.or_else(|| usual_kind(facts)),
                equipment: facts.needs.equipment.clone(),
            },
            centre: centre.clone(),
            mutual_aid: false,
            divert: true,
            how_many: USUAL_OFFERS,
            test: facts.test,
        })
    }
}

/// The kind of vehicle to wish for before anybody has said more.
fn usual_kind(facts: &IncidentFacts) -> Option<VehicleKind> {
    match facts.kind {
        IncidentKind::Transfer | IncidentKind::Standby => None,
        IncidentKind::Illness
        | IncidentKind::Injury
        | IncidentKind::TrafficAccident
        | IncidentKind::Maternity
        | IncidentKind::Poisoning
        | IncidentKind::MassCasualty
        | IncidentKind::Other => {
            (facts.priority == Priority::Critical).then_some(VehicleKind::IntensiveCare)
        }
    }
}
