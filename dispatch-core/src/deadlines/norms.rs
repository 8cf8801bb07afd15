//! The norms of a centre, in seconds, as data.

use crate::model::VehicleState;

/// What lies around a scene. Distances in the country are three times those of a town, and so is its norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Surroundings {
    /// In town; also where nobody can tell, since that norm is the stricter one.
    Urban,
    /// In the country.
    Rural,
}

/// How long a vehicle may stay in a state before somebody should ask, in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverdueSeconds {
    /// On its way to a scene.
    pub to_scene: i64,
    /// At a scene.
    pub at_scene: i64,
    /// With a patient on board.
    pub patient_on_board: i64,
    /// At a hospital.
    pub at_hospital: i64,
    /// Available on the road.
    pub available_on_road: i64,
    /// Paused.
    pub paused: i64,
}

/// The norms of a centre.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norms {
    /// Ring to answer; national, 2025.
    pub answer_seconds: i64,
    /// Call taken to order sent.
    pub order_seconds: i64,
    /// Order to the terminal's receipt.
    pub device_receipt_seconds: i64,
    /// Order to the crew's acknowledgement.
    pub crew_acknowledgement_seconds: i64,
    /// Seen arrival to the crew's press of it. Two minutes: hands that carry a patient press late.
    pub arrival_press_seconds: i64,
    /// Order to departure (3分钟出车率).
    pub departure_seconds: i64,
    /// Call taken to first vehicle at the scene; the usual urban yardstick. [`Self::within`] puts that of the
    /// scene's surroundings here.
    pub response_seconds: i64,
    /// The same in the country.
    pub response_rural_seconds: i64,
    /// Last sign of life to silent.
    pub silent_seconds: i64,
    /// A suspended incident is looked at again after this time.
    pub recheck_seconds: i64,
    /// Last vehicle gone to the answer whether the incident is to be closed or who else goes. Two minutes:
    /// a crew on the radio tells it in one, and a patient may be waiting.
    pub close_decision_seconds: i64,
    /// An appointment needs its order so long before.
    pub appointment_lead_seconds: i64,
    /// How long a vehicle may stay in a state.
    pub overdue: OverdueSeconds,
    /// A deadline turns yellow so long before it is due, but never before half its time has gone.
    pub warn_before_seconds: i64,
    /// Whether exercises count in figures: only where everything is one, for there is no patient beside them.
    pub exercises_count: bool,
}

impl Default for Norms {
    fn default() -> Self {
        Self {
            answer_seconds: 10,
            order_seconds: 60,
            device_receipt_seconds: 10,
            crew_acknowledgement_seconds: 60,
            arrival_press_seconds: 120,
            departure_seconds: 180,
            response_seconds: 720,
            response_rural_seconds: 1800,
            silent_seconds: 10,
            recheck_seconds: 600,
            close_decision_seconds: 120,
            appointment_lead_seconds: 1800,
            overdue: OverdueSeconds {
                to_scene: 1800,
                at_scene: 1800,
                patient_on_board: 3600,
                at_hospital: 1800,
                available_on_road: 3600,
                paused: 3600,
            },
            warn_before_seconds: 60,
            exercises_count: false,
        }
    }
}

impl Norms {
    /// The norms of an incident whose scene lies in such surroundings.
    pub fn within(&self, surroundings: Surroundings) -> Self {
        let response_seconds = match surroundings {
            Surroundings::Urban => self.response_seconds,
            Surroundings::Rural => self.response_rural_seconds,
        };
        Self { response_seconds, ..self.clone() }
    }

    /// How long a vehicle may stay in a state; nothing where it may stay as long as it likes, or
    /// where the task's own deadlines say it sooner.
    pub fn overdue_seconds(&self, state: VehicleState) -> Option<i64> {
        match state {
            VehicleState::TaskAssigned
            | VehicleState::OrderReceived
            | VehicleState::AvailableAtStation
            | VehicleState::OffDuty => None,
            VehicleState::ToScene => Some(self.overdue.to_scene),
            VehicleState::AtScene => Some(self.overdue.at_scene),
            VehicleState::PatientOnBoard => Some(self.overdue.patient_on_board),
            VehicleState::AtHospital => Some(self.overdue.at_hospital),
            VehicleState::AvailableOnRoad => Some(self.overdue.available_on_road),
            VehicleState::Paused => Some(self.overdue.paused),
        }
    }
}
