//! How often to report, by what the vehicle does.

use wire_protocol::agent::ReportSeconds;
use wire_protocol::vocabulary::VehicleState;

/// Until the server says otherwise. A silent vehicle is shown as such after ten seconds, so nothing
/// is rarer than that.
pub(super) const DEFAULT_REPORT_SECONDS: ReportSeconds =
    ReportSeconds { on_task: 2, available: 5, idle: 10 };
/// Slower counts as standing, in metres a second: a standing receiver drifts by less.
const STANDING_BELOW_MPS: f32 = 1.0;
/// A fix that comes a little early counts as due: receivers measure in whole seconds.
const EARLY_MS: u64 = 300;
/// The server cannot ask for fewer reports than this, in seconds: it may be wrong about its own sense.
const RAREST_SECONDS: u16 = 300;

/// Milliseconds that must pass between two reports.
pub(super) fn interval_ms(
    report: ReportSeconds,
    state: Option<VehicleState>,
    speed_mps: Option<f32>,
) -> u64 {
    let moving = speed_mps.is_none_or(|speed| speed >= STANDING_BELOW_MPS);
    (u64::from(seconds(report, state, moving)) * 1000).saturating_sub(EARLY_MS)
}

/// Seconds between two reports of a vehicle in this state.
pub(super) fn seconds(report: ReportSeconds, state: Option<VehicleState>, moving: bool) -> u16 {
    let seconds = match state {
        Some(
            VehicleState::TaskAssigned
            | VehicleState::OrderReceived
            | VehicleState::ToScene
            | VehicleState::AtScene
            | VehicleState::PatientOnBoard
            | VehicleState::AtHospital,
        ) => report.on_task,
        Some(VehicleState::AvailableOnRoad | VehicleState::AvailableAtStation) | None if moving => {
            report.available
        }
        Some(
            VehicleState::AvailableOnRoad
            | VehicleState::AvailableAtStation
            | VehicleState::OffDuty
            | VehicleState::Paused,
        )
        | None => report.idle,
    };
    seconds.min(RAREST_SECONDS)
}
