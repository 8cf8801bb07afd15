//! The region's numbers as the core takes them.

use crate::fleet::position_norms;
use dispatch_core::deadlines;
use dispatch_core::model::VehicleState;
use dispatch_core::recommend::{RankingSettings, StraightLineSettings};
use geometry::KMH_PER_MPS;
use region::{Region, Settings};

/// The norms of the deadlines. Where the region says nothing, the core's usual values hold; a state
/// that the region leaves out is never overdue.
pub(crate) fn deadline_norms(settings: &Settings) -> deadlines::Norms {
    let norms = &settings.norms;
    let seconds = |seconds: u32| i64::from(seconds);
    let overdue = |state| norms.overdue_seconds.get(&state).map_or(NEVER_SECONDS, |s| seconds(*s));
    deadlines::Norms {
        answer_seconds: seconds(norms.answer_seconds),
        order_seconds: seconds(norms.order_seconds),
        device_receipt_seconds: seconds(norms.device_receipt_seconds),
        crew_acknowledgement_seconds: seconds(norms.crew_acknowledgement_seconds),
        departure_seconds: seconds(norms.departure_seconds),
        response_seconds: seconds(norms.response_urban_seconds),
        response_rural_seconds: seconds(norms.response_rural_seconds),
        silent_seconds: seconds(norms.silent_vehicle_seconds),
        overdue: deadlines::OverdueSeconds {
            to_scene: overdue(VehicleState::ToScene),
            at_scene: overdue(VehicleState::AtScene),
            patient_on_board: overdue(VehicleState::PatientOnBoard),
            at_hospital: overdue(VehicleState::AtHospital),
            available_on_road: overdue(VehicleState::AvailableOnRoad),
            paused: overdue(VehicleState::Paused),
        },
        exercises_count: settings.exercise,
        ..deadlines::Norms::default()
    }
}

/// A hundred years: what is never overdue.
const NEVER_SECONDS: i64 = 100 * 365 * 24 * 3600;

/// The weights of the ranking: the core's, with the region's idea of a stale position.
pub(super) fn ranking(region: &Region) -> RankingSettings {
    RankingSettings { position: position_norms(region), ..RankingSettings::default() }
}

/// The speeds of the estimate without roads.
pub(crate) fn speeds(region: &Region) -> StraightLineSettings {
    let speeds = &region.settings.speeds;
    StraightLineSettings {
        urban_mps: speeds.urban_kmh / KMH_PER_MPS,
        rural_mps: speeds.rural_kmh / KMH_PER_MPS,
        detour_factor: speeds.detour_factor,
        utc_offset_minutes: i64::from(region.settings.time_zone_offset_minutes),
        ..StraightLineSettings::default()
    }
}
