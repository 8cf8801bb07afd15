//! Dangers that an order brings with it, named so that they can be confirmed.

use super::{Rejection, VehicleId};
use serde::{Deserialize, Serialize};

/// A danger a person was warned of and ordered all the same. It names what the warning named, so that
/// it never covers another danger that arose meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Confirmation {
    /// The crews of these vehicles are at the scene and may have a patient with them.
    CrewAtScene {
        /// Which vehicles.
        vehicles: Vec<VehicleId>,
    },
    /// The crews of these vehicles are out of touch and may have a patient already.
    CrewOutOfTouch {
        /// Which vehicles.
        vehicles: Vec<VehicleId>,
    },
    /// This vehicle has a patient on board.
    PatientOnBoard {
        /// Which vehicle.
        vehicle: VehicleId,
    },
    /// So many reported patients are not accounted for.
    PatientsUnaccounted {
        /// How many.
        patients: u16,
    },
}

impl Rejection {
    /// The dangers that this refusal warns of, each as a refusal of its own: itself, or those it gathers; none for a
    /// refusal that nobody can overrule.
    pub fn dangers(&self) -> &[Self] {
        if let Self::SeveralDangers { dangers } = self {
            return dangers;
        }
        if self.confirmation().is_some() { std::slice::from_ref(self) } else { &[] }
    }

    /// What to send along with the same order so that it is carried out all the same; nothing for a refusal that
    /// nobody can overrule.
    pub fn confirmations(&self) -> Vec<Confirmation> {
        self.dangers().iter().filter_map(Self::confirmation).collect()
    }

    /// The confirmation of a single danger.
    pub fn confirmation(&self) -> Option<Confirmation> {
        if let Self::CrewAtScene { vehicles } = self {
            return Some(Confirmation::CrewAtScene { vehicles: vehicles.clone() });
        }
        if let Self::CrewOutOfTouch { vehicles } = self {
            return Some(Confirmation::CrewOutOfTouch { vehicles: vehicles.clone() });
        }
        if let Self::AbortWithPatient { vehicle } = self {
            return Some(Confirmation::PatientOnBoard { vehicle: vehicle.clone() });
        }
        if let Self::PatientsUnaccounted { unaccounted, .. } = self {
            return Some(Confirmation::PatientsUnaccounted { patients: *unaccounted });
        }
        None
    }
}
