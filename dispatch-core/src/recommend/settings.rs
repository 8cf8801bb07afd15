//! The weights of the ranking, all in seconds, as data.

use crate::whereabouts::PositionNorms;

/// Seconds by which a vehicle stands back because it is not what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct CapabilityPenalties {
    /// Intensive care is wanted and the vehicle is none.
    pub no_intensive_care_seconds: f64,
    /// Negative pressure is wanted and the vehicle has none: others would have to be disinfected.
    pub no_negative_pressure_seconds: f64,
    /// A neonatal vehicle is wanted and this is none.
    pub no_neonatal_seconds: f64,
    /// A scarce kind would be spent where a basic vehicle would do.
    pub scarce_kind_spent_seconds: f64,
    /// For each piece of equipment it lacks.
    pub equipment_missing_seconds: f64,
}

/// The weights of the ranking. None may be negative: the walk stops on that promise.
#[derive(Clone, Debug, PartialEq)]
pub struct RankingSettings {
    /// From the order to the wheels turning, at a station; the norm is 180 s at most.
    pub departure_from_station_seconds: f64,
    /// From the order to turning round, on the road.
    pub departure_from_road_seconds: f64,
    /// How long a vehicle usually stays at a hospital.
    pub hospital_turnaround_seconds: f64,
    /// A vehicle at a hospital is never counted free sooner than this.
    pub least_wait_at_hospital_seconds: f64,
    /// What a vehicle cannot do.
    pub capability: CapabilityPenalties,
    /// Seconds counted for each second by which the next patient's expected response grows; not counted for a
    /// dying patient. At 1 a second of the patient who waits now is worth one of the patient who calls next.
    pub coverage_weight: f64,
    /// Most seconds counted so: nobody waits longer than this for the sake of a patient who has not called yet.
    pub most_coverage_seconds: f64,
    /// Taking the last available vehicle of a station, where coverage is not reckoned; not counted for a dying patient.
    pub last_vehicle_of_station_seconds: f64,
    /// How long a position is believed.
    pub position: PositionNorms,
    /// Seconds counted for each second a vehicle needs to come back from as far as it may have gone.
    pub uncertainty_weight: f64,
    /// Believed to be at its station, but never located or not for long.
    pub station_assumed_seconds: f64,
    /// Seconds counted for each second that another patient would wait longer.
    pub other_patient_weight: f64,
    /// Counted when nobody could go to the other patient instead.
    pub nobody_instead_seconds: f64,
}

impl Default for RankingSettings {
    fn default() -> Self {
        Self {
            departure_from_station_seconds: 90.0,
            departure_from_road_seconds: 20.0,
            hospital_turnaround_seconds: 1200.0,
            least_wait_at_hospital_seconds: 120.0,
            capability: CapabilityPenalties {
                no_intensive_care_seconds: 300.0,
                no_negative_pressure_seconds: 1200.0,
                no_neonatal_seconds: 900.0,
                scarce_kind_spent_seconds: 60.0,
                equipment_missing_seconds: 120.0,
            },
            coverage_weight: 1.0,
            most_coverage_seconds: 300.0,
            last_vehicle_of_station_seconds: 120.0,
            position: PositionNorms::default(),
            uncertainty_weight: 1.0,
            station_assumed_seconds: 60.0,
            other_patient_weight: 0.5,
            nobody_instead_seconds: 1800.0,
        }
    }
}
