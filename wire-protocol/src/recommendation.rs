//! Ranked vehicles for an incident, each with its terms, and every other with why not.

pub use crate::offer::{OfferRecord, OfferedVehicle, TravelMethod};
use crate::place::Position;
use crate::vocabulary::*;

words! {
    /// Why a candidate needs a second look.
    CandidateWarning {
        /// Its newest fix is old.
        PositionStale,
        /// It has no fix, or an old one and is said to be at its station; its station's place was taken.
        PositionOfStation,
        /// Its newest fix is so old that it may be anywhere; it stands behind all whose place is believed.
        PositionUnknown,
        /// It has no live link; the order may not reach it.
        Offline,
        /// It would be taken from another patient.
        PreemptsOtherTask,
        /// It would be taken from an exercise; no patient waits there.
        OnExercise,
        /// It lacks something asked for.
        NotFullyEquipped,
        /// It belongs to another centre.
        OtherCentre,
    }
    /// Where a vehicle's position was taken from.
    PositionSource {
        /// A fix young enough to be believed.
        Fix,
        /// Its station, where it is said to be.
        Station,
        /// A fix so old that it may be anywhere.
        LastKnown,
    }
    /// Why a vehicle is not offered.
    RejectionReason {
        /// Off duty.
        OffDuty,
        /// Paused.
        Paused,
        /// A patient is on board.
        PatientOnBoard,
        /// At the scene of another incident, or standing by at an event.
        AtOtherScene,
        /// On a task of the same or higher priority.
        OnEqualOrHigherPriority,
        /// It serves a patient and this is an exercise.
        ServesPatient,
        /// Already on this incident.
        AlreadyOnIncident,
        /// It carries no patients.
        CarriesNoPatient,
        /// A command vehicle was asked for.
        NoCommandVehicle,
        /// It belongs to another centre.
        OtherCentre,
        /// Neither a fix nor a station is known.
        NoPosition,
        /// No road leads there.
        Unreachable,
    }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

wire! {
    /// The terms of one candidate, all in seconds; `total` is their sum.
    #[derive(Copy)]
    pub struct Terms {
        /// Until it rolls.
        pub departure_delay: u32,
        /// Travel at blue-light speed.
        pub travel: u32,
        /// Until it is free.
        pub wait_until_free: u32,
        /// For what it lacks.
        pub capability_penalty: u32,
        /// For the cover it leaves open.
        pub coverage_lost: u32,
        /// What the other patient would wait longer, when redirected.
        pub other_patient: u32,
        /// For not knowing well where it is: its fix is old, or it was never located.
        #[serde(default)]
        pub position_doubt: u32,
        /// The sum.
        pub total: u32,
    }

    /// A vehicle that could go.
    pub struct Candidate {
        /// The vehicle.
        pub vehicle: String,
        /// The centre it belongs to.
        pub centre: String,
        /// Its place, from 1.
        pub rank: u16,
        /// Its state.
        pub state: VehicleState,
        /// Its terms.
        pub terms: Terms,
        /// Where it was taken to be.
        pub position: Position,
        /// Straight-line metres to the scene, for reading only; it never decides.
        pub distance_m: u32,
        /// What `position` was taken from; absent from servers of earlier releases.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub position_source: Option<PositionSource>,
        /// Age of its newest fix in seconds, when it has one, used or not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub position_age_seconds: Option<u32>,
        /// What to look at twice.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub warnings: Vec<CandidateWarning>,
        /// Codes of the equipment it lacks of what was asked for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub lacks: Vec<String>,
        /// The task it would be taken from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub taken_from_task: Option<String>,
    }

    /// A vehicle at a hospital that will be free soon. It cannot be sent yet and has no number.
    pub struct SoonFreeVehicle {
        /// The vehicle.
        pub vehicle: String,
        /// The centre it belongs to.
        pub centre: String,
        /// Its state.
        pub state: VehicleState,
        /// The task it is finishing.
        pub task: String,
        /// Seconds until it should be free.
        pub free_in_seconds: u32,
        /// Its terms; the wait is among them.
        pub terms: Terms,
        /// Where it was taken to be.
        pub position: Position,
        /// Straight-line metres to the scene, for reading only.
        pub distance_m: u32,
        /// What to look at twice.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub warnings: Vec<CandidateWarning>,
    }

    /// A vehicle that is not offered, and why.
    pub struct RejectedVehicle {
        /// The vehicle.
        pub vehicle: String,
        /// Its state.
        pub state: VehicleState,
        /// Why not; at least one.
        pub reasons: Vec<RejectionReason>,
    }

    /// The ranking for one incident or place.
    pub struct Recommendation {
        /// When it was made.
        pub made_at: i64,
        /// How travel times were estimated.
        pub method: TravelMethod,
        /// Who can be sent now, best first.
        pub candidates: Vec<Candidate>,
        /// Who will be free soon, best first.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub soon_free: Vec<SoonFreeVehicle>,
        /// Who cannot go, with every reason.
        pub rejected: Vec<RejectedVehicle>,
        /// How many vehicles are in none of the lists because they are farther than the last candidate; ask
        /// with `all` to see them.
        #[serde(default, skip_serializing_if = "is_zero")]
        pub not_listed: u32,
    }

    /// An incident that may be the one being reported.
    pub struct DuplicateCandidate {
        /// The incident.
        pub incident: String,
        /// Whose it is; the person who asks may not act for that centre.
        pub centre: String,
        /// How far it is.
        pub stage: IncidentStage,
        /// Why it is suspended or over, by its table's word.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// Seconds since it ended, when it did.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ended_seconds: Option<u32>,
        /// Whether the call can be linked to it. Else it is to be reopened first, or its centre to be told.
        pub can_link: bool,
        /// Its scene address.
        pub address: String,
        /// Metres between the scenes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub distance_m: Option<u32>,
        /// Seconds since its last call.
        pub age_seconds: u32,
        /// Whether the same number called.
        pub same_caller: bool,
    }
}
