//! The core's ranking as the wire spells it.

use crate::fleet::Fleet;
use crate::views::ToWire;
use dispatch_core::CentreState;
use dispatch_core::model::{CentreId, Timestamp, VehicleId};
use dispatch_core::recommend::{
    self, CandidateSource, Method, NotOffered, PositionSource, Request, Terms, Warning,
};
use dispatch_core::state::Vehicle;
use std::collections::BTreeMap;
use wire_protocol::recommendation as wire;
use wire_protocol::vocabulary::VehicleState;

type Centres = BTreeMap<CentreId, CentreState>;

/// Spells a ranking made at `now`.
pub(super) fn answer(
    fleet: &Fleet,
    centres: &Centres,
    request: &Request,
    found: recommend::Recommendation,
    now: Timestamp,
) -> wire::Recommendation {
    let answering = Answering { fleet, centres, request };
    let vehicles: usize = centres.values().map(|state| state.vehicles.len()).sum();
    let listed = found.candidates.len() + found.soon_free.len() + found.rejected.len();
    wire::Recommendation {
        made_at: now.0,
        method: method(found.method),
        candidates: (1u16..)
            .zip(&found.candidates)
            .filter_map(|(rank, candidate)| answering.candidate(rank, candidate))
            .collect(),
        soon_free: found.soon_free.iter().filter_map(|one| answering.soon_free(one)).collect(),
        rejected: found.rejected.iter().filter_map(|one| answering.rejected(one)).collect(),
        not_listed: u32::try_from(vehicles.saturating_sub(listed)).unwrap_or(u32::MAX),
    }
}

struct Answering<'a> {
    fleet: &'a Fleet,
    centres: &'a Centres,
    request: &'a Request,
}

impl Answering<'_> {
    fn candidate(&self, rank: u16, found: &recommend::Candidate) -> Option<wire::Candidate> {
        let (centre, vehicle) = self.find(&found.vehicle)?;
        let position = found.at.position?;
        let (taken_from_task, of_standing) = match &found.standing {
            CandidateSource::Divert(other) => {
                (Some(&other.task), Some(wire::CandidateWarning::PreemptsOtherTask))
            }
            CandidateSource::FromExercise { task, .. } => {
                (Some(task), Some(wire::CandidateWarning::OnExercise))
            }
            CandidateSource::AtStation | CandidateSource::OnRoad => (None, None),
        };
        Some(wire::Candidate {
            vehicle: found.vehicle.to_wire(),
            centre: centre.to_wire(),
            rank,
            state: vehicle.state().to_wire(),
            terms: terms(&found.terms),
            position: position.to_wire(),
            distance_m: whole(position.metres_to(self.request.place)),
            position_source: source(found.at.source),
            position_age_seconds: found.at.fix_age_seconds.map(whole),
            warnings: self.warnings(&found.vehicle, &found.warnings, of_standing),
            lacks: found.warnings.iter().filter_map(lacking).collect(),
            taken_from_task: taken_from_task.map(ToWire::to_wire),
        })
    }

    fn soon_free(&self, found: &recommend::SoonFree) -> Option<wire::SoonFreeVehicle> {
        let (centre, vehicle) = self.find(&found.vehicle)?;
        let position = found.at.position?;
        Some(wire::SoonFreeVehicle {
            vehicle: found.vehicle.to_wire(),
            centre: centre.to_wire(),
            state: vehicle.state().to_wire(),
            task: found.task.to_wire(),
            free_in_seconds: whole(found.terms.wait_seconds),
            terms: terms(&found.terms),
            position: position.to_wire(),
            distance_m: whole(position.metres_to(self.request.place)),
            warnings: self.warnings(&found.vehicle, &found.warnings, None),
        })
    }

    /// Each once, in the order of the vocabulary.
    fn warnings(
        &self,
        vehicle: &VehicleId,
        found: &[Warning],
        of_standing: Option<wire::CandidateWarning>,
    ) -> Vec<wire::CandidateWarning> {
        let told = found.iter().filter_map(warning);
        let mut warnings: Vec<_> = told.chain(of_standing).collect();
        if !self.fleet.is_online(vehicle) {
            warnings.push(wire::CandidateWarning::Offline);
        }
        warnings.sort_unstable();
        warnings.dedup();
        warnings
    }

    fn rejected(&self, found: &recommend::Rejected) -> Option<wire::RejectedVehicle> {
        let (_, vehicle) = self.find(&found.vehicle)?;
        let state: VehicleState = vehicle.state().to_wire();
        let reasons = found.reasons.iter().map(reason).collect();
        Some(wire::RejectedVehicle { vehicle: found.vehicle.to_wire(), state, reasons })
    }

    fn find(&self, vehicle: &VehicleId) -> Option<(&CentreId, &Vehicle)> {
        self.centres.values().find_map(|state| Some((&state.centre, state.vehicles.get(vehicle)?)))
    }
}

/// The wire's word for a warning; nothing for what the terms already tell.
fn warning(warning: &Warning) -> Option<wire::CandidateWarning> {
    match warning {
        Warning::PositionStale { .. } => Some(wire::CandidateWarning::PositionStale),
        Warning::PositionUnknown { .. } => Some(wire::CandidateWarning::PositionUnknown),
        Warning::StationAssumed => Some(wire::CandidateWarning::PositionOfStation),
        Warning::OtherKind { .. } | Warning::Lacks { .. } => {
            Some(wire::CandidateWarning::NotFullyEquipped)
        }
        Warning::OfOtherCentre { .. } => Some(wire::CandidateWarning::OtherCentre),
        Warning::NobodyInstead | Warning::DivertedPatientNotCounted => {
            Some(wire::CandidateWarning::PreemptsOtherTask)
        }
        Warning::LastOfStation => None,
    }
}

fn lacking(warning: &Warning) -> Option<String> {
    match warning {
        Warning::Lacks { equipment } => Some(equipment.clone()),
        Warning::PositionStale { .. }
        | Warning::PositionUnknown { .. }
        | Warning::StationAssumed
        | Warning::OtherKind { .. }
        | Warning::LastOfStation
        | Warning::NobodyInstead
        | Warning::DivertedPatientNotCounted
        | Warning::OfOtherCentre { .. } => None,
    }
}

const fn source(source: PositionSource) -> Option<wire::PositionSource> {
    match source {
        PositionSource::Fix => Some(wire::PositionSource::Fix),
        PositionSource::Station => Some(wire::PositionSource::Station),
        PositionSource::LastKnown => Some(wire::PositionSource::LastKnown),
        PositionSource::Unknown => None,
    }
}

/// Each term in whole seconds; the total is the sum of what is shown, so that it adds up on a screen.
fn terms(terms: &Terms) -> wire::Terms {
    let mut shown = wire::Terms {
        departure_delay: whole(terms.departure_seconds),
        travel: whole(terms.travel_seconds),
        wait_until_free: whole(terms.wait_seconds),
        capability_penalty: whole(terms.capability_seconds),
        coverage_lost: whole(terms.coverage_seconds),
        other_patient: whole(terms.other_patient_seconds),
        position_doubt: whole(terms.stale_seconds),
        total: 0,
    };
    shown.total = [
        shown.departure_delay,
        shown.travel,
        shown.wait_until_free,
        shown.capability_penalty,
        shown.coverage_lost,
        shown.other_patient,
        shown.position_doubt,
    ]
    .into_iter()
    .fold(0, u32::saturating_add);
    shown
}

/// A number of seconds or metres as shown; casts saturate and nothing is negative.
fn whole(number: f64) -> u32 {
    number.round().max(0.0) as u32
}

const fn method(method: Method) -> wire::TravelMethod {
    match method {
        Method::StraightLine => wire::TravelMethod::StraightLine,
        Method::Road => wire::TravelMethod::Road,
    }
}

fn reason(reason: &NotOffered) -> wire::RejectionReason {
    match reason {
        NotOffered::OffDuty => wire::RejectionReason::OffDuty,
        NotOffered::Paused { .. } => wire::RejectionReason::Paused,
        NotOffered::PatientOnBoard { .. } => wire::RejectionReason::PatientOnBoard,
        NotOffered::AtOtherScene { .. } => wire::RejectionReason::AtOtherScene,
        NotOffered::OnTask { .. } => wire::RejectionReason::OnEqualOrHigherPriority,
        NotOffered::ServesPatient { .. } => wire::RejectionReason::ServesPatient,
        NotOffered::AlreadyOnThisIncident => wire::RejectionReason::AlreadyOnIncident,
        NotOffered::CarriesNoPatient => wire::RejectionReason::CarriesNoPatient,
        NotOffered::IsNoCommandVehicle => wire::RejectionReason::NoCommandVehicle,
        NotOffered::OfOtherCentre { .. } => wire::RejectionReason::OtherCentre,
        NotOffered::NoPosition => wire::RejectionReason::NoPosition,
        NotOffered::NoRoute => wire::RejectionReason::Unreachable,
    }
}
