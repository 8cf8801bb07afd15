//! What comes after a vehicle's running order.

use crate::commands::Place;
use crate::vocabulary::{IncidentKind, Priority};

wire! {
    /// What comes after the running order; it becomes an order of its own as the crew finishes.
    pub struct NextOrder {
        /// The incident.
        pub incident: String,
        /// The incident's number as people say it, for example `ZW-12`; absent from earlier servers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub number: Option<String>,
        /// When the centre gave it.
        pub given_at: i64,
        /// After this moment it holds no more; absent for an order that waits for a contested one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub expires_at: Option<i64>,
        /// Whether the crew has said that it has seen it, as it stands now.
        pub acknowledged: bool,
        /// When what it says last changed; the crew is then asked anew.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub changed_at: Option<i64>,
        /// True for an exercise: nobody is ill, and every screen says so. Absent from earlier servers.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub exercise: bool,
        /// Kind of incident.
        pub kind: IncidentKind,
        /// Priority.
        pub priority: Priority,
        /// Scene.
        pub scene: Place,
        /// Where the caller waits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub waiting: Option<Place>,
        /// Chief complaint.
        pub complaint: String,
    }
}
