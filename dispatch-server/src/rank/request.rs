//! The question, and how it is asked.

use super::answer::answer;
use super::fleet::{all_situations, covers, outwards_situations};
use super::norms;
use super::sources::Sources;
use dispatch_core::CentreState;
use dispatch_core::model::{
    AccidentLevel, CentreId, Hazards, IncidentFacts, IncidentId, IncidentKind, IncidentSource,
    Place, PlaceSource, Priority, VehicleNeeds, Wgs84,
};
use dispatch_core::recommend::{self, ListedFleet, Request};
use std::collections::BTreeMap;
use wire_protocol::recommendation::Recommendation;

/// Candidates in a ranking unless more are asked for: more than anybody reads, enough to overrule.
pub const USUAL_OFFERS: usize = 30;

/// Most candidates that can be asked for.
const MOST_OFFERS: usize = 200;

/// Up to so many vehicles everybody is ranked and every other told with its reason; beyond, the search
/// goes outwards and stops when nobody further away can be among the best.
const RANK_EVERYBODY_UP_TO: usize = 500;

/// For what a vehicle is wanted.
#[derive(Clone, Debug, PartialEq)]
pub enum RankFor {
    /// An open incident.
    Incident(IncidentId),
    /// A place, while the call is still being taken.
    Place {
        /// Where, in WGS-84.
        at: Wgs84,
        /// What kind of incident it seems to be.
        kind: IncidentKind,
        /// How soon.
        priority: Priority,
    },
}

/// Who should go?
#[derive(Clone, Debug, PartialEq)]
pub struct RecommendRequest {
    /// Which centre asks.
    pub centre: CentreId,
    /// For what.
    pub target: RankFor,
    /// Whether vehicles of other centres may be offered.
    pub mutual_aid: bool,
    /// Whether vehicles on less urgent tasks may be offered.
    pub divert: bool,
    /// How many candidates are wanted, at most 200.
    pub how_many: usize,
    /// Whether every vehicle is wanted, however many there are; `how_many` is then not read.
    pub all: bool,
    /// Whether a place is that of an exercise; an incident says so itself.
    pub test: bool,
    /// What is needed of a vehicle at a place; an incident says so itself.
    pub needs: VehicleNeeds,
}

impl RecommendRequest {
    /// The usual question: our own vehicles, diverts included.
    pub fn usual(centre: CentreId, target: RankFor) -> Self {
        Self {
            centre,
            target,
            mutual_aid: false,
            divert: true,
            how_many: USUAL_OFFERS,
            all: false,
            test: false,
            needs: VehicleNeeds::default(),
        }
    }
}

/// Why there is no ranking.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RankError {
    /// No such centre.
    #[error("there is no centre {0}")]
    UnknownCentre(CentreId),
    /// No such incident there.
    #[error("there is no incident {0} at this centre")]
    UnknownIncident(IncidentId),
    /// It is over: nobody can be sent there.
    #[error("incident {0} is over; reopen it first")]
    IncidentOver(IncidentId),
    /// Nobody knows where it is.
    #[error("incident {0} has no position yet; place it on the map first")]
    NoPosition(IncidentId),
    /// The region's speeds make no estimate possible.
    #[error("the region's speeds cannot be used")]
    Speeds,
}

/// Ranked vehicles for an incident or a place.
///
/// # Errors
/// When the centre or the incident is not known, or nobody knows where the incident is.
pub fn recommend(
    sources: &Sources<'_>,
    asked: &RecommendRequest,
) -> Result<Recommendation, RankError> {
    let now = sources.now;
    let travel = sources.roads.travel(now).ok_or(RankError::Speeds)?;
    let settings = norms::ranking(sources.region);
    let how_many = if asked.all { usize::MAX } else { asked.how_many.clamp(1, MOST_OFFERS) };
    sources.desk.read_all(|centres| {
        let request = Request { how_many, ..request(centres, asked)? };
        let travel = travel.reaching(request.place);
        let vehicles: usize = centres.values().map(|centre| centre.vehicles.len()).sum();
        let covers = covers(sources, centres, &request);
        let mut found = if asked.all || vehicles <= RANK_EVERYBODY_UP_TO {
            let fleet = ListedFleet::new(all_situations(sources, centres, &covers));
            recommend::rank_all(&request, &fleet, &travel, &settings, now)
        } else {
            let fleet = outwards_situations(sources, centres, &covers);
            recommend::recommend(&request, &fleet, &travel, &settings, now)
        };
        found.candidates.truncate(how_many);
        Ok(answer(sources.fleet, centres, &request, found, now))
    })
}

fn request(
    centres: &BTreeMap<CentreId, CentreState>,
    asked: &RecommendRequest,
) -> Result<Request, RankError> {
    let state =
        centres.get(&asked.centre).ok_or_else(|| RankError::UnknownCentre(asked.centre.clone()))?;
    let usual = match &asked.target {
        RankFor::Incident(id) => {
            let incident =
                state.incidents.get(id).ok_or_else(|| RankError::UnknownIncident(id.clone()))?;
            if incident.stage.is_over() {
                return Err(RankError::IncidentOver(id.clone()));
            }
            Request::for_incident(id, &incident.facts, &asked.centre)
                .ok_or_else(|| RankError::NoPosition(id.clone()))?
        }
        RankFor::Place { at, kind, priority } => {
            let unnamed = IncidentId::from("");
            let facts = facts_so_far(*at, *kind, *priority, asked.test, asked.needs.clone());
            let usual = Request::for_incident(&unnamed, &facts, &asked.centre)
                .ok_or(RankError::NoPosition(unnamed))?;
            Request { incident: None, ..usual }
        }
    };
    Ok(Request { mutual_aid: asked.mutual_aid, divert: asked.divert, ..usual })
}

/// What is known of a call that is still being taken, so that its wants are read by the same rule.
fn facts_so_far(
    at: Wgs84,
    kind: IncidentKind,
    priority: Priority,
    test: bool,
    needs: VehicleNeeds,
) -> IncidentFacts {
    let scene = Place {
        address: String::new(),
        position: Some(at),
        source: PlaceSource::CallerWords,
        error_radius_m: None,
        measured_at: None,
    };
    IncidentFacts {
        kind,
        priority,
        source: IncidentSource::Phone,
        hazards: Hazards::new(),
        accident_level: AccidentLevel::Ordinary,
        scene,
        waiting: None,
        destination: None,
        complaint: String::new(),
        appointment_at: None,
        test,
        needs,
    }
}
