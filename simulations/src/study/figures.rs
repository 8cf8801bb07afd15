//! What a policy is judged by, from the patients of one replication.

use super::engine::{Outcome, Patient};
use super::statistics::percentile;
use super::system::System;

/// Districts with fewer urgent patients in a replication are not compared: chance would choose the worst.
const FEWEST_IN_DISTRICT: usize = 30;

/// One figure: its column in tables, and whether less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// Share of urgent patients reached late.
    LateUrgent,
    /// Mean response of urgent patients, in seconds.
    MeanUrgent,
    /// Mean response of all patients, in seconds.
    MeanAll,
    /// 90 of 100 urgent patients are reached within so many seconds.
    P90,
    /// 99 of 100 urgent patients are.
    P99,
    /// Longest response, in seconds.
    Longest,
    /// Share of late urgent patients in the worst district.
    WorstDistrict,
    /// Expected survivors of 100 cardiac arrests.
    Survival,
    /// Vehicles sent to wait at another station than they would, a day.
    Moves,
    /// Hours of driving for that, a day.
    MoveHours,
    /// Kilometres of driving for that, a day.
    MoveKm,
    /// Such moves of one vehicle a day, on the mean.
    MovesOfVehicle,
    /// Kilometres of one vehicle a day for that, on the mean.
    MoveKmOfVehicle,
    /// Vehicles called back for a nearer one, a day.
    Swaps,
    /// Vehicles taken from one patient for another, a day.
    Diverts,
}

impl Figure {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 15] = [
        Self::LateUrgent,
        Self::MeanUrgent,
        Self::MeanAll,
        Self::P90,
        Self::P99,
        Self::Longest,
        Self::WorstDistrict,
        Self::Survival,
        Self::Moves,
        Self::MoveHours,
        Self::MoveKm,
        Self::MovesOfVehicle,
        Self::MoveKmOfVehicle,
        Self::Swaps,
        Self::Diverts,
    ];

    /// Its name in tables, with its unit.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LateUrgent => "late urgent, %",
            Self::MeanUrgent => "mean urgent, s",
            Self::MeanAll => "mean all, s",
            Self::P90 => "P90 urgent, s",
            Self::P99 => "P99 urgent, s",
            Self::Longest => "longest, s",
            Self::WorstDistrict => "worst district late, %",
            Self::Survival => "survival of arrest, %",
            Self::Moves => "moves/day",
            Self::MoveHours => "move hours/day",
            Self::MoveKm => "move km/day",
            Self::MovesOfVehicle => "moves/vehicle/day",
            Self::MoveKmOfVehicle => "move km/vehicle/day",
            Self::Swaps => "swaps/day",
            Self::Diverts => "diverts/day",
        }
    }
}

/// The figures of one replication.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    values: [f64; Figure::ALL.len()],
    /// Late share of each class.
    pub late_by_class: Vec<f64>,
}

impl Figures {
    /// Of an outcome over so many days.
    pub fn of(system: &System, outcome: &Outcome, days: f64) -> Self {
        let urgent: Vec<&Patient> =
            outcome.patients.iter().filter(|it| system.classes[it.class].urgent).collect();
        let seconds = |it: &Patient| it.response_ms as f64 / 1000.0;
        let mut sorted: Vec<f64> = urgent.iter().map(|it| seconds(it)).collect();
        sorted.sort_by(f64::total_cmp);
        let longest = outcome.patients.iter().map(seconds).fold(0.0, f64::max);
        let all: Vec<f64> = outcome.patients.iter().map(seconds).collect();
        let vehicles = system.ambulances.len() as f64;
        let value = |figure| match figure {
            Figure::LateUrgent => 100.0 * late(system, urgent.iter().copied()),
            Figure::MeanUrgent => mean(&sorted),
            Figure::MeanAll => mean(&all),
            Figure::P90 => percentile(&sorted, 0.9),
            Figure::P99 => percentile(&sorted, 0.99),
            Figure::Longest => longest,
            Figure::WorstDistrict => 100.0 * worst_district(system, &urgent),
            Figure::Survival => 100.0 * survival(system, &outcome.patients),
            Figure::Moves => outcome.moves as f64 / days,
            Figure::MoveHours => outcome.move_hours / days,
            Figure::MoveKm => outcome.move_km / days,
            Figure::MovesOfVehicle => outcome.moves as f64 / days / vehicles,
            Figure::MoveKmOfVehicle => outcome.move_km / days / vehicles,
            Figure::Swaps => outcome.swapped as f64 / days,
            Figure::Diverts => outcome.diverted as f64 / days,
        };
        let of_class =
            |class| late(system, outcome.patients.iter().filter(move |it| it.class == class));
        Self {
            values: Figure::ALL.map(value),
            late_by_class: (0..system.classes.len()).map(|class| 100.0 * of_class(class)).collect(),
        }
    }

    /// One figure.
    pub fn get(&self, figure: Figure) -> f64 {
        self.values[figure as usize]
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Whether a patient was reached after the target.
pub fn is_late(system: &System, patient: &Patient) -> bool {
    patient.response_ms as f64 > system.target_seconds(patient.class, patient.cell) * 1000.0
}

fn late<'a>(system: &System, patients: impl Iterator<Item = &'a Patient>) -> f64 {
    let (mut late, mut all) = (0_usize, 0_usize);
    for patient in patients {
        all += 1;
        late += usize::from(is_late(system, patient));
    }
    late as f64 / all as f64
}

fn worst_district(system: &System, urgent: &[&Patient]) -> f64 {
    let of = |district: usize| {
        let here = || {
            let of_district = move |it: &&&Patient| system.cells[it.cell].district == district;
            urgent.iter().filter(of_district).copied()
        };
        (here().count() >= FEWEST_IN_DISTRICT).then(|| late(system, here()))
    };
    (0..system.districts.len()).filter_map(of).fold(0.0, f64::max)
}

/// Expected survivors of cardiac arrests by response: 1 / (1 + exp(0.679 + 0.262 t)), t in minutes (De Maio, Stiell, Wells and
/// Spaite 2003, as written by Erkut, Ingolfsson and Erdogan 2008).
pub fn survives(response_seconds: f64) -> f64 {
    1.0 / (1.0 + (0.679 + 0.262 * response_seconds / 60.0).exp())
}

fn survival(system: &System, patients: &[Patient]) -> f64 {
    let (mut expected, mut arrests) = (0.0, 0.0);
    for patient in patients {
        let share = system.classes[patient.class].arrest_share;
        arrests += share;
        expected += share * survives(patient.response_ms as f64 / 1000.0);
    }
    expected / arrests
}
