//! Open incidents that may be the one being reported.

use super::request::RankError;
use crate::live::shared::Shared;
use crate::views::ToWire;
use dispatch_core::duplicates::{DuplicateSettings, Report, duplicate_candidates};
use dispatch_core::model::{CentreId, Wgs84};
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

/// Compares with the centre's open incidents as they are now.
pub(crate) fn duplicates(
    shared: &Shared,
    asked: &DuplicateRequest,
) -> Result<Vec<DuplicateCandidate>, RankError> {
    let now = shared.clock.now();
    let report = Report {
        scene: asked.scene,
        error_radius_m: asked.error_radius_m,
        caller_number: asked.caller_number.as_deref(),
        test: asked.test,
    };
    let found = shared.desk.read(&asked.centre, |state| {
        duplicate_candidates(state, &report, now, &DuplicateSettings::default())
            .into_iter()
            .map(|found| DuplicateCandidate {
                address: state
                    .incidents
                    .get(&found.incident)
                    .map_or_else(String::new, |incident| incident.facts.scene.address.clone()),
                incident: found.incident.to_wire(),
                distance_m: found.distance_m.map(|metres| metres.round() as u32),
                age_seconds: found.age_seconds.round() as u32,
                same_caller: found.same_caller,
            })
            .collect()
    });
    found.ok_or_else(|| RankError::UnknownCentre(asked.centre.clone()))
}
