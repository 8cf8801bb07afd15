//! What the ranking answers, for a person to read and for the journal to keep.

use super::travel::Method;
use crate::model::*;
use crate::whereabouts::Whereabouts;

/// The terms of one candidate, each in seconds and none negative.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// From the order to the wheels turning.
    pub departure_seconds: f64,
    /// Driving.
    pub travel_seconds: f64,
    /// Until it is free.
    pub wait_seconds: f64,
    /// For what it is not or lacks.
    pub capability_seconds: f64,
    /// For the cover its centre loses: seconds of the next patient's expected response.
    pub coverage_seconds: f64,
    /// For not knowing well where it is.
    pub stale_seconds: f64,
    /// For the patient it is taken from.
    pub other_patient_seconds: f64,
}

impl Terms {
    /// When it would be at the scene: departure, driving and waiting.
    pub fn arrival_seconds(&self) -> f64 {
        self.departure_seconds + self.travel_seconds + self.wait_seconds
    }

    /// What the ranking goes by: arrival and everything that speaks against it.
    pub fn total_seconds(&self) -> f64 {
        self.arrival_seconds()
            + self.capability_seconds
            + self.coverage_seconds
            + self.stale_seconds
            + self.other_patient_seconds
    }
}

/// What it would cost the patient a vehicle is taken from.
#[derive(Clone, Debug, PartialEq)]
pub struct DivertedPatient {
    /// The task that would end.
    pub task: TaskId,
    /// The incident left waiting.
    pub incident: IncidentId,
    /// How urgent that one is.
    pub priority: Priority,
    /// Who would go there instead; absent when nobody could.
    pub instead: Option<VehicleId>,
    /// How much longer the other patient would wait, in seconds; absent when nobody could go instead
    /// or nobody knows where that patient is.
    pub delay_seconds: Option<f64>,
}

/// Where a candidate comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum CandidateSource {
    /// Available at its station.
    AtStation,
    /// Available on the road.
    OnRoad,
    /// On a less urgent task, no patient reached yet.
    Divert(DivertedPatient),
    /// On an exercise, at whatever stage: nobody waits there.
    FromExercise {
        /// The task that would end.
        task: TaskId,
        /// The exercise.
        incident: IncidentId,
    },
}

/// What a dispatcher should know before choosing a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Its position is old.
    PositionStale {
        /// How old, in whole seconds.
        age_seconds: i64,
    },
    /// Its last fix is so old that it may be anywhere; it stands behind every vehicle whose place is believed.
    PositionUnknown {
        /// How old, in whole seconds.
        age_seconds: i64,
    },
    /// It was never located, or not for long; its station's position was taken.
    StationAssumed,
    /// It is not of the kind wanted.
    OtherKind {
        /// What was wanted.
        wanted: VehicleKind,
    },
    /// It lacks a piece of equipment.
    Lacks {
        /// The equipment's code.
        equipment: String,
    },
    /// It is the last available vehicle of its station.
    LastOfStation,
    /// Nobody could go to the other patient instead.
    NobodyInstead,
    /// Too many vehicles could be diverted to ask for each who would go to its patient instead.
    DivertedPatientNotCounted,
    /// It belongs to another centre, which has to lend it first.
    OfOtherCentre {
        /// That centre.
        centre: CentreId,
    },
}

/// A vehicle that could go.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The vehicle.
    pub vehicle: VehicleId,
    /// Where it comes from.
    pub standing: CandidateSource,
    /// What speaks for and against it, in seconds.
    pub terms: Terms,
    /// The sum of its terms; the ranking's order.
    pub total_seconds: f64,
    /// Length of its way in metres.
    pub distance_m: f64,
    /// Where it was taken to be.
    pub at: Whereabouts,
    /// What to know before choosing it.
    pub warnings: Vec<Warning>,
}

/// A vehicle at a hospital that will be free soon. It cannot be sent yet, so it stands in no numbered list.
#[derive(Clone, Debug, PartialEq)]
pub struct SoonFree {
    /// The vehicle.
    pub vehicle: VehicleId,
    /// The task it is finishing.
    pub task: TaskId,
    /// What speaks for and against it, in seconds; `wait_seconds` is when it should be free.
    pub terms: Terms,
    /// The sum of its terms; the list's order.
    pub total_seconds: f64,
    /// Length of its way in metres.
    pub distance_m: f64,
    /// Where it was taken to be.
    pub at: Whereabouts,
    /// What to know before reckoning with it.
    pub warnings: Vec<Warning>,
}

/// Why a vehicle is not offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOffered {
    /// Off duty.
    OffDuty,
    /// Paused.
    Paused {
        /// Why.
        reason: PauseReason,
    },
    /// A patient is on board.
    PatientOnBoard {
        /// The task.
        task: TaskId,
    },
    /// Its crew is with a patient at another scene.
    AtOtherScene {
        /// The task.
        task: TaskId,
    },
    /// On a task that is as urgent or more, or diverts were not asked for.
    OnTask {
        /// The task.
        task: TaskId,
        /// How urgent that one is.
        priority: Priority,
    },
    /// It serves a patient and this is an exercise.
    ServesPatient {
        /// The task.
        task: TaskId,
    },
    /// Already on its way to this very incident.
    AlreadyOnThisIncident,
    /// A command vehicle carries no patient.
    CarriesNoPatient,
    /// A command vehicle was asked for and this is none.
    IsNoCommandVehicle,
    /// It belongs to another centre and mutual aid was not asked for.
    OfOtherCentre {
        /// That centre.
        centre: CentreId,
    },
    /// Nobody knows where it is.
    NoPosition,
    /// There is no way from where it is.
    NoRoute,
}

/// A vehicle that is not offered, and every reason why not.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// The vehicle.
    pub vehicle: VehicleId,
    /// Why not; never empty.
    pub reasons: Vec<NotOffered>,
}

/// The answer of the ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommendation {
    /// Who can be sent now, best first, equally good ones by name; those whose place is not believed last.
    pub candidates: Vec<Candidate>,
    /// Who will be free soon, in the same order.
    pub soon_free: Vec<SoonFree>,
    /// Who was looked at and cannot go, by name.
    pub rejected: Vec<Rejected>,
    /// False when vehicles are in none of the lists because they could not be among the best.
    pub all_looked_at: bool,
    /// How travel was estimated.
    pub method: Method,
}

/// The journal keeps so many offers of a ranking.
const RECORDED_OFFERS: usize = 8;

impl Recommendation {
    /// The record of this offer for the journal.
    pub fn offer_record(&self) -> OfferRecord {
        let ranked = (1u16..).zip(self.candidates.iter().take(RECORDED_OFFERS));
        let offered = ranked.map(|(rank, candidate)| OfferedVehicle {
            vehicle: candidate.vehicle.clone(),
            rank,
            total_seconds: candidate.terms.arrival_seconds().round() as u32,
        });
        OfferRecord { offered: offered.collect(), method: self.method.name().to_owned() }
    }
}
