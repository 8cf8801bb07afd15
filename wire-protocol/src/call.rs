//! A call and the incident it tells of, as consoles send and show them.

pub use crate::change::Change;
pub use crate::place::{Place, Position};
use crate::vocabulary::*;

wire! {
    /// What is known of an incident.
    pub struct IncidentFacts {
        /// Its kind.
        pub kind: IncidentKind,
        /// How soon a vehicle is needed.
        pub priority: Priority,
        /// How it reached the centre.
        pub source: IncidentSource,
        /// Level as a public emergency.
        pub accident_level: AccidentLevel,
        /// Scene address.
        pub scene: Place,
        /// Where the caller waits, when another place.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub waiting: Option<Place>,
        /// Hospital wanted, when said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub destination: Option<String>,
        /// Chief complaint.
        pub complaint: String,
        /// When the vehicle is wanted; absent for now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub appointment_at: Option<i64>,
        /// True for exercises and line tests.
        #[serde(default)]
        pub test: bool,
        /// What is needed of a vehicle; absent when any will do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub needs: Option<VehicleNeeds>,
        /// What may harm the crew; absent when nobody said so.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub hazards: Vec<Hazard>,
    }

    /// What is needed of a vehicle.
    #[derive(Default)]
    pub struct VehicleNeeds {
        /// The kind, when it matters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<VehicleKind>,
        /// Equipment by code, e.g. `ventilator`.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub equipment: Vec<String>,
    }

    /// The position of a place without its words.
    #[derive(Copy)]
    pub struct PlacePoint {
        /// WGS-84 position.
        pub position: Position,
        /// Where it came from.
        pub source: PlaceSource,
        /// Radius in metres within which the true place lies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error_radius_m: Option<u32>,
        /// When it was measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub measured_at: Option<i64>,
    }

    /// Changes to an incident. What is left out stays; `null` takes back what may be absent. Words and position
    /// of a place are separate fields: changing one never touches the other. `scene` and `waiting`
    /// replace both at once and are applied first.
    #[derive(Default)]
    pub struct IncidentChanges {
        /// New kind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kind: Option<IncidentKind>,
        /// New priority.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub priority: Option<Priority>,
        /// New level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub accident_level: Option<AccidentLevel>,
        /// New scene.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub scene: Option<Place>,
        /// New words for the scene.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub scene_address: Option<String>,
        /// New position of the scene; `null` when only the words are right.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<PlacePoint>, required = false))]
        pub scene_point: Change<PlacePoint>,
        /// New waiting place; `null` when the caller waits at the scene.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<Place>, required = false))]
        pub waiting: Change<Place>,
        /// New words for the waiting place.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, required = false))]
        pub waiting_address: Change<String>,
        /// New position of the waiting place.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<PlacePoint>, required = false))]
        pub waiting_point: Change<PlacePoint>,
        /// New hospital wanted; `null` when none is.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, required = false))]
        pub destination: Change<String>,
        /// New complaint.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub complaint: Option<String>,
        /// New appointment; `null` when the vehicle is wanted now.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<i64>, required = false))]
        pub appointment_at: Change<i64>,
        /// New needs; `null` when any vehicle will do after all.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<VehicleNeeds>, required = false))]
        pub needs: Change<VehicleNeeds>,
        /// All its hazards as they are known now; an empty list when there are none after all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hazards: Option<Vec<Hazard>>,
        /// How it reached the centre after all.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub source: Option<IncidentSource>,
        /// Whether it is an exercise after all; not to be set once a vehicle was sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub test: Option<bool>,
        /// How many vehicles it wants in all, more or fewer; at least 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub vehicles_wanted: Option<u16>,
        /// How many patients there are. Without `call_id` in all, whatever calls told until now; with it, how many
        /// that call told of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patient_count: Option<u16>,
        /// The call that the fields below are about; the first when left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub call_id: Option<String>,
        /// New caller's number; `null` when it is not known.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, required = false))]
        pub caller_number: Change<String>,
        /// New contact's name; `null` when there is none.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, required = false))]
        pub contact_name: Change<String>,
        /// New contact's phone; `null` when it is the caller's.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, required = false))]
        pub contact_phone: Change<String>,
        /// New name of the patient; `null` when it is not known.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, required = false))]
        pub patient_name: Change<String>,
        /// New sex of the patient; `null` when nobody said.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<Sex>, required = false))]
        pub patient_sex: Change<Sex>,
        /// New age of the patient in years; `null` when it is not known.
        #[serde(default, skip_serializing_if = "Change::is_keep")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<u8>, required = false))]
        pub patient_age_years: Change<u8>,
        /// Whether a stretcher is needed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub stretcher: Option<bool>,
        /// New special needs in words; may be empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub special_needs: Option<String>,
    }

    /// One call, as the call-taker wrote it down.
    pub struct CallDetails {
        /// When it rang.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub rang_at: Option<i64>,
        /// When it was taken.
        pub began_at: i64,
        /// Seat number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seat: Option<String>,
        /// Caller's number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub caller_number: Option<String>,
        /// Contact's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub contact_name: Option<String>,
        /// Contact's phone, when another than the caller's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub contact_phone: Option<String>,
        /// Patient's name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patient_name: Option<String>,
        /// Patient's sex.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patient_sex: Option<Sex>,
        /// Patient's age in years.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub patient_age_years: Option<u8>,
        /// How many are hurt or ill; at least 1.
        pub patient_count: u16,
        /// Whether a stretcher is needed.
        #[serde(default)]
        pub stretcher: bool,
        /// Special needs in words.
        #[serde(default)]
        pub special_needs: String,
    }

    /// How a call ended.
    #[serde(tag = "outcome")]
    pub enum CallOutcome {
        /// Not decided yet.
        Open,
        /// Vehicles were sent.
        Dispatched,
        /// The incident waits.
        Suspended {
            /// Why.
            reason: SuspendReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// No vehicle will come.
        Refused {
            /// Why.
            reason: RefuseReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// Called off.
        Cancelled {
            /// Why.
            reason: CancelReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// Its vehicle went elsewhere.
        Reassigned {
            /// Why.
            reason: DivertReason,
            /// In words.
            #[serde(default)]
            note: String,
        },
        /// Advice only.
        Consultation,
        /// A nuisance call.
        Nuisance,
        /// A further call about an incident already served.
        Repeat,
    }
}
