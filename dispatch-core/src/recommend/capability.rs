//! What a vehicle is not, or lacks, counted in seconds.

use super::candidate::Warning;
use super::settings::CapabilityPenalties;
use crate::model::VehicleNeeds as Wanted;
use crate::model::{Priority, VehicleKind};
use crate::state::Vehicle;

/// Seconds and warnings for what is wanted and not there.
pub(super) fn capability(
    wanted: &Wanted,
    vehicle: &Vehicle,
    priority: Priority,
    penalties: &CapabilityPenalties,
) -> (f64, Vec<Warning>) {
    let record = &vehicle.record;
    let mut seconds = kind_seconds(wanted.kind, record.kind, priority, penalties);
    let mut warnings = Vec::new();
    if let Some(kind) = wanted.kind
        && lacks_kind(kind, record.kind)
    {
        warnings.push(Warning::OtherKind { wanted: kind });
    }
    for code in &wanted.equipment {
        if !vehicle.carries(code) {
            seconds += penalties.equipment_missing_seconds;
            warnings.push(Warning::Lacks { equipment: code.clone() });
        }
    }
    (seconds, warnings)
}

/// Any vehicle that carries patients serves where a basic one is wanted.
fn lacks_kind(wanted: VehicleKind, has: VehicleKind) -> bool {
    wanted != VehicleKind::Basic && wanted != has
}

fn kind_seconds(
    wanted: Option<VehicleKind>,
    has: VehicleKind,
    priority: Priority,
    penalties: &CapabilityPenalties,
) -> f64 {
    match wanted {
        None | Some(VehicleKind::Basic) => match has {
            VehicleKind::Basic | VehicleKind::Command => 0.0,
            // A patient in danger may need it on the way; it is not spent.
            VehicleKind::IntensiveCare if priority <= Priority::Severe => 0.0,
            VehicleKind::IntensiveCare | VehicleKind::NegativePressure | VehicleKind::Neonatal => {
                penalties.scarce_kind_spent_seconds
            }
        },
        Some(kind) if kind == has => 0.0,
        Some(VehicleKind::IntensiveCare) => penalties.no_intensive_care_seconds,
        Some(VehicleKind::NegativePressure) => penalties.no_negative_pressure_seconds,
        Some(VehicleKind::Neonatal) => penalties.no_neonatal_seconds,
        // Whoever asks for a command vehicle is not helped by an ambulance: `assess` refuses those.
        Some(VehicleKind::Command) => 0.0,
    }
}
