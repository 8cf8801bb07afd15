//! Incidents that may be the one being reported.

use super::request::RankError;
use super::sources::Sources;
use crate::views::{ToWire, standing};
use dispatch_core::CentreState;
use dispatch_core::duplicates::{DuplicateSettings, Report, duplicate_candidates};
use dispatch_core::model::{self, CentreId, Wgs84};
use region::{Centre, Region};
use std::collections::BTreeMap;
use wire_protocol::recommendation::DuplicateCandidate;

/// What is known of a call that is being taken.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateRequest {
    /// The centre that takes it.
    pub centre: CentreId,
    /// Where, in WGS-84, when known.
    pub scene: Option<Wgs84>,
    /// Radius in metres within which the true place lies, when known.
    pub error_radius_m: Option<u32>,
    /// The caller's number, when shown.
    pub caller_number: Option<String>,
    /// True for an exercise.
    pub test: bool,
}

/// Open incidents of any centre that may be the one being reported: borders mean nothing to a caller.
///
/// # Errors
/// When the centre is not known.
pub fn duplicates(
    sources: &Sources<'_>,
    asked: &DuplicateRequest,
) -> Result<Vec<DuplicateCandidate>, RankError> {
    let report = Report {
        scene: asked.scene,
        error_radius_m: asked.error_radius_m,
        caller_number: asked.caller_number.as_deref(),
        test: asked.test,
    };
    sources.desk.read_all(|centres| {
        if !centres.contains_key(&asked.centre) {
            return Err(RankError::UnknownCentre(asked.centre.clone()));
        }
        let area_codes = area_codes(sources.region);
        let settings = DuplicateSettings { area_codes, ..DuplicateSettings::default() };
        let found =
            duplicate_candidates(centres.values(), &asked.centre, &report, sources.now, &settings);
        Ok(found.into_iter().filter_map(|one| told(centres, one)).collect())
    })
}

/// The area code of each centre's telephone network.
fn area_codes(region: &Region) -> BTreeMap<CentreId, String> {
    let coded = |centre: &Centre| {
        centre.area_code.clone().map(|code| (CentreId::from(centre.id.as_str()), code))
    };
    region.centres.iter().filter_map(coded).collect()
}

fn told(
    centres: &BTreeMap<CentreId, CentreState>,
    found: model::DuplicateCandidate,
) -> Option<DuplicateCandidate> {
    let incident = centres.get(&found.centre)?.incidents.get(&found.incident)?;
    let (stage, reason, _) = standing(incident);
    Some(DuplicateCandidate {
        incident: found.incident.to_wire(),
        centre: found.centre.to_wire(),
        stage,
        reason,
        ended_seconds: found.ended_seconds.map(|seconds| seconds.round() as u32),
        can_link: found.can_link,
        address: incident.facts.meeting_place().place.address.clone(),
        distance_m: found.distance_m.map(|metres| metres.round() as u32),
        age_seconds: found.age_seconds.round() as u32,
        same_caller: found.same_caller,
    })
}
