//! Tasks (任务): one per vehicle sent, with its own eight milestones.

use super::{HospitalId, PatientsTold, VehicleId};
use serde::{Deserialize, Serialize};

/// The eight milestones of a task, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// 生成任务.
    Created,
    /// 接收命令: the crew acknowledged the order.
    OrderReceived,
    /// 出车.
    Departed,
    /// 到达现场.
    AtScene,
    /// 离开现场 (病人上车).
    LeftScene,
    /// 到达医院.
    AtHospital,
    /// 完成.
    Finished,
    /// 返回站中.
    BackAtStation,
}

impl Milestone {
    /// All eight, in order.
    pub const ALL: [Self; 8] = [
        Self::Created,
        Self::OrderReceived,
        Self::Departed,
        Self::AtScene,
        Self::LeftScene,
        Self::AtHospital,
        Self::Finished,
        Self::BackAtStation,
    ];

    /// Its stable name, the same as it is stored with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::OrderReceived => "order_received",
            Self::Departed => "departed",
            Self::AtScene => "at_scene",
            Self::LeftScene => "left_scene",
            Self::AtHospital => "at_hospital",
            Self::Finished => "finished",
            Self::BackAtStation => "back_at_station",
        }
    }
}

/// Why a next order did not become a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowOnEnd {
    /// A dispatcher took it back.
    Withdrawn,
    /// The crew did not get free in time.
    Expired,
    /// The incident ended or was suspended first.
    IncidentOver,
    /// The vehicle's task ended otherwise than by being finished.
    VehicleNotFree,
}

/// What a crew may tell along with a milestone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct MilestoneDetails {
    /// Hospital headed for or reached (with `LeftScene`, `AtHospital`, `Finished`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hospital: Option<HospitalId>,
    /// Patients carried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patients_carried: Option<u16>,
    /// Kilometres driven for the task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distance_km: Option<f64>,
    /// How many patients there are, and what became of those not carried.
    #[serde(skip_serializing_if = "PatientsTold::is_silent")]
    pub patients: PatientsTold,
}

impl MilestoneDetails {
    /// Takes in what was told later; what was not told again stays.
    pub(crate) fn learn(&mut self, later: &Self) {
        self.hospital = later.hospital.clone().or(self.hospital.take());
        self.patients_carried = later.patients_carried.or(self.patients_carried);
        self.distance_km = later.distance_km.or(self.distance_km);
        self.patients = later.patients.or(&self.patients);
    }
}

/// One line of what the recommendation offered when a vehicle was chosen; kept for the record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedVehicle {
    /// The vehicle.
    pub vehicle: VehicleId,
    /// Its place in the ranking, from 1.
    pub rank: u16,
    /// Seconds until it could be at the scene, as estimated then.
    pub total_seconds: u32,
}

/// What was offered and what was chosen; an overruled ranking says so by the rank chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferRecord {
    /// The best offers, at most eight.
    pub offered: Vec<OfferedVehicle>,
    /// How travel time was estimated, e.g. `straight_line`, `road`.
    pub method: String,
}
