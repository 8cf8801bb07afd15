//! How every refusal and failure is told over HTTP.

use std::collections::BTreeMap;

wire! {
    /// A refusal or failure: what, why and what next.
    pub struct Problem {
        /// Stable code in snake case, e.g. `vehicle_on_task`; consoles translate by it.
        pub code: String,
        /// One English sentence for logs and for callers without a text table.
        pub message: String,
        /// What the sentence speaks of, by name (`vehicle`, `task`, `field` ...), for translation.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub details: BTreeMap<String, String>,
        /// True when the same request may succeed later without a change.
        pub retry: bool,
        /// The first of the dangers, for clients that know of one only; absent when nobody can overrule the
        /// refusal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub confirm: Option<Confirmation>,
        /// Every danger that the command brings with it, to be asked about in one question. The same command is done all the
        /// same when the `confirm` of each is sent along in `confirmed`. None when nobody can overrule the refusal.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub dangers: Vec<Danger>,
    }

    /// One danger that a refusal warns of.
    pub struct Danger {
        /// Stable code in snake case, e.g. `crew_at_scene`; consoles translate by it.
        pub code: String,
        /// One English sentence.
        pub message: String,
        /// What the sentence speaks of, by name, for translation.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub details: BTreeMap<String, String>,
        /// What to send along to go on all the same.
        pub confirm: Confirmation,
    }

    /// A danger that a command brings with it. It names what the warning named and covers nothing else.
    #[serde(tag = "of")]
    pub enum Confirmation {
        /// The crews of these vehicles are at the scene and may have a patient with them.
        CrewAtScene {
            /// Which vehicles.
            vehicles: Vec<String>,
        },
        /// The crews of these vehicles are out of touch and may have a patient already.
        CrewOutOfTouch {
            /// Which vehicles.
            vehicles: Vec<String>,
        },
        /// This vehicle has a patient on board.
        PatientOnBoard {
            /// Which vehicle.
            vehicle: String,
        },
        /// So many reported patients are not accounted for.
        PatientsUnaccounted {
            /// How many.
            patients: u16,
        },
    }
}
