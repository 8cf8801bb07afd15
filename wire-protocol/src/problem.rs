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
    }
}
