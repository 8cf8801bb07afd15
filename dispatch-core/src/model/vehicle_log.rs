//! What a crew writes down of its vehicle: how it took it over, and what it refuelled.

use super::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What is looked at as a crew takes a vehicle over (接班检查).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VehicleCheck {
    /// Engine, brakes, steering (车况).
    Driving,
    /// Tyres (轮胎).
    Tyres,
    /// Lights and siren (灯光警报).
    LightsAndSiren,
    /// Radio and terminal (通信).
    Communication,
    /// Stretcher and its mount (担架).
    Stretcher,
    /// Oxygen (氧气).
    Oxygen,
    /// Defibrillator (除颤仪).
    Defibrillator,
    /// Ventilator (呼吸机).
    Ventilator,
    /// Monitor (监护仪).
    Monitor,
    /// Suction (吸引器).
    Suction,
    /// Drugs (药品).
    Drugs,
    /// Dressings and other consumables (耗材).
    Consumables,
    /// Protective equipment (防护用品).
    Protection,
    /// Cleaned and disinfected (清洁消毒).
    Cleanliness,
}

impl VehicleCheck {
    /// All of them, in the order in which a crew walks round its vehicle.
    pub const ALL: [Self; 14] = [
        Self::Driving,
        Self::Tyres,
        Self::LightsAndSiren,
        Self::Communication,
        Self::Stretcher,
        Self::Oxygen,
        Self::Defibrillator,
        Self::Ventilator,
        Self::Monitor,
        Self::Suction,
        Self::Drugs,
        Self::Consumables,
        Self::Protection,
        Self::Cleanliness,
    ];

    /// The code of the equipment that is looked at, as a vehicle's record names it; nothing for what is none.
    pub const fn equipment(self) -> Option<&'static str> {
        match self {
            Self::Oxygen => Some("oxygen"),
            Self::Defibrillator => Some("defibrillator"),
            Self::Ventilator => Some("ventilator"),
            Self::Monitor => Some("monitor"),
            Self::Suction => Some("suction"),
            Self::Driving
            | Self::Tyres
            | Self::LightsAndSiren
            | Self::Communication
            | Self::Stretcher
            | Self::Drugs
            | Self::Consumables
            | Self::Protection
            | Self::Cleanliness => None,
        }
    }
}

/// One entry of a vehicle's log (行车日志).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum VehicleLogEntry {
    /// A crew took the vehicle over and looked at it.
    Checked {
        /// What the odometer shows, in kilometres.
        odometer_km: u32,
        /// How full the tank or battery is, in percent; nothing where nobody looked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fuel_percent: Option<u8>,
        /// What is missing or does not work.
        #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
        faults: BTreeSet<VehicleCheck>,
        /// In words; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// It was refuelled.
    Refuelled {
        /// How much, in litres.
        litres: f64,
        /// What the odometer shows, in kilometres.
        odometer_km: u32,
    },
}

/// An entry that stands until the next of its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VehicleLogged {
    /// When it was written.
    pub at: Timestamp,
    /// What was written.
    pub entry: VehicleLogEntry,
}

/// The newest entries of a vehicle's log; the journal has them all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VehicleLog {
    /// How its crew took it over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<VehicleLogged>,
    /// What was refuelled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refuelled: Option<VehicleLogged>,
}

impl VehicleLog {
    /// Whether nothing was ever written.
    pub const fn is_empty(&self) -> bool {
        self.checked.is_none() && self.refuelled.is_none()
    }

    /// What was found missing or broken when it was last looked at.
    pub fn faults(&self) -> impl Iterator<Item = VehicleCheck> + '_ {
        let entry = self.checked.as_ref().map(|it| &it.entry);
        let faults = entry.and_then(|entry| match entry {
            VehicleLogEntry::Checked { faults, .. } => Some(faults),
            VehicleLogEntry::Refuelled { .. } => None,
        });
        faults.into_iter().flatten().copied()
    }

    pub(crate) fn write(&mut self, entry: &VehicleLogEntry, at: Timestamp) {
        let logged = Some(VehicleLogged { at, entry: entry.clone() });
        match entry {
            VehicleLogEntry::Checked { .. } => self.checked = logged,
            VehicleLogEntry::Refuelled { .. } => self.refuelled = logged,
        }
    }
}
