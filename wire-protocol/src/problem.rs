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
        /// What to send along in `confirmed` so that the same act is done all the same; absent when
        /// nobody can overrule the refusal.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub confirm: Option<Confirmation>,
    }

    /// A danger that an act brings with it. It names what the warning named and covers nothing else.
    #[serde(tag = "of")]
    pub enum Confirmation {
        /// The crews of these vehicles are at the scene and may have a patient with them.
        CrewAtScene {
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
