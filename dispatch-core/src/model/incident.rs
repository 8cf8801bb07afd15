//! Incident (事件) and acceptance (受理): one incident, every call about it.

use super::{
    CallId, CancelReason, Hazards, HospitalId, Place, Reasoned, RefuseReason, SuspendReason,
    Timestamp, VehicleKind,
};
use serde::{Deserialize, Serialize};

/// How soon a vehicle is needed, after the four levels of Chinese emergency triage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// I 濒危: dying.
    Critical,
    /// II 危重: in danger.
    Severe,
    /// III 急症: urgent.
    Urgent,
    /// IV 非急症: not urgent.
    NonUrgent,
}

/// What kind of incident it is (事件类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentKind {
    /// Sudden illness (急病).
    Illness,
    /// Injury (外伤).
    Injury,
    /// Road traffic accident (交通事故).
    TrafficAccident,
    /// Childbirth and pregnancy (孕产).
    Maternity,
    /// Poisoning (中毒).
    Poisoning,
    /// Transfer between hospitals (转院).
    Transfer,
    /// Standing by at an event (保障).
    Standby,
    /// Public emergency with many hurt (突发事件).
    MassCasualty,
    /// Anything else.
    Other,
}

/// How the incident reached the centre (来源).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentSource {
    /// A 120 call.
    Phone,
    /// A caller's app.
    App,
    /// Handed over by the police (110).
    Police,
    /// Handed over by the fire service (119).
    Fire,
    /// Handed over by the traffic police (122).
    TrafficPolice,
    /// Asked for by a hospital.
    Hospital,
}

/// Levels of a public emergency (突发事件分级); ordinary incidents have none of the four.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccidentLevel {
    /// Not a public emergency.
    Ordinary,
    /// IV 一般.
    General,
    /// III 较大.
    Larger,
    /// II 重大.
    Major,
    /// I 特别重大.
    ExtraMajor,
}

/// Sex of a patient as told by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Not known.
    Unknown,
}

/// What is known of an incident and may be amended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IncidentFacts {
    /// Its kind.
    pub kind: IncidentKind,
    /// How soon a vehicle is needed.
    pub priority: Priority,
    /// How it reached the centre.
    pub source: IncidentSource,
    /// Level as a public emergency.
    pub accident_level: AccidentLevel,
    /// Scene address (现场地址).
    pub scene: Place,
    /// Where the caller waits for the vehicle (等车地址), when it is another place.
    pub waiting: Option<Place>,
    /// Where the patient wants to go (送往地点), when said.
    pub destination: Option<HospitalId>,
    /// Chief complaint (主诉) in the caller's words.
    pub complaint: String,
    /// When the vehicle is wanted (预约时间); absent for now.
    pub appointment_at: Option<Timestamp>,
    /// True for exercises and line tests; counted in no report.
    pub test: bool,
    /// What is needed of a vehicle, when somebody said so.
    #[serde(default, skip_serializing_if = "VehicleNeeds::is_nothing")]
    pub needs: VehicleNeeds,
    /// What may harm the crew, when somebody said so.
    #[serde(default, skip_serializing_if = "Hazards::is_empty")]
    pub hazards: Hazards,
}

/// What is needed of a vehicle: a kind, and what it carries.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VehicleNeeds {
    /// The kind of vehicle, when it matters: intensive care, negative pressure, neonatal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<VehicleKind>,
    /// Equipment by code, e.g. `ventilator`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub equipment: Vec<String>,
}

impl VehicleNeeds {
    /// Whether any vehicle will do.
    pub fn is_nothing(&self) -> bool {
        self.kind.is_none() && self.equipment.is_empty()
    }
}

/// A patient as described on the phone.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PatientDescription {
    /// Name, when told.
    pub name: Option<String>,
    /// Sex, when told.
    pub sex: Option<Sex>,
    /// Age in years, when told.
    pub age_years: Option<u8>,
}

/// One call about an incident, as the call-taker wrote it down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallDetails {
    /// When it rang (振铃), when the exchange told us.
    pub rang_at: Option<Timestamp>,
    /// When the call-taker took it (开始受理).
    pub began_at: Timestamp,
    /// Seat number, when known.
    pub seat: Option<String>,
    /// The caller's number, when shown.
    pub caller_number: Option<String>,
    /// Contact's name.
    pub contact_name: Option<String>,
    /// Contact's phone, when another than the caller's.
    pub contact_phone: Option<String>,
    /// The patient.
    pub patient: PatientDescription,
    /// How many are hurt or ill; at least 1.
    pub patient_count: u16,
    /// Whether a stretcher is needed.
    pub stretcher: bool,
    /// Special needs in words; may be empty.
    pub special_needs: String,
}

/// What the caller of one call said of the incident, kept beside what the incident is known to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CallerWords {
    /// Where, what and how urgent, as this caller had it; the words of the place may be missing.
    pub facts: IncidentFacts,
    /// How many vehicles the call-taker thought were wanted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vehicles_wanted: Option<u16>,
}

/// How a call ended (受理结果); the outcome picks the reason table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CallOutcome {
    /// Not decided yet: the call goes on.
    Open,
    /// Vehicles were sent for it.
    Dispatched,
    /// The incident waits.
    Suspended(Reasoned<SuspendReason>),
    /// No vehicle will come.
    Refused(Reasoned<RefuseReason>),
    /// Called off.
    Cancelled(Reasoned<CancelReason>),
    /// Its vehicle went to another incident.
    Reassigned(Reasoned<super::DivertReason>),
    /// Advice only.
    Consultation,
    /// A nuisance call.
    Nuisance,
    /// A further call about an incident already being served.
    Repeat,
}

/// Why an incident may be the one now being reported.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateCandidate {
    /// The incident.
    pub incident: super::IncidentId,
    /// Whose it is.
    pub centre: super::CentreId,
    /// Seconds since it ended; nothing while it is open or suspended.
    pub ended_seconds: Option<f64>,
    /// Whether the call can be linked to it: it is not over and belongs to the centre that takes the call.
    pub can_link: bool,
    /// Metres between the two scenes, when both have a position.
    pub distance_m: Option<f64>,
    /// Seconds since that incident's last call.
    pub age_seconds: f64,
    /// True when the same number called.
    pub same_caller: bool,
    /// The first acceptance, to show beside the new one.
    pub first_call: Option<CallId>,
}
