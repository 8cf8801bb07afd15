//! What stands between a crew and the centre on the board: promised orders, reports against what the centre
//! did, and presses refused.

use crate::vocabulary::Milestone;

wire! {
    /// A vehicle promised to an incident.
    pub struct PromiseView {
        /// The vehicle.
        pub vehicle: String,
        /// When it was promised.
        pub given_at: i64,
        /// After this moment the promise holds no more.
        pub expires_at: i64,
    }

    /// A vehicle's next order.
    pub struct NextOrderView {
        /// For which incident.
        pub incident: String,
        /// When it was given.
        pub given_at: i64,
        /// After this moment it holds no more.
        pub expires_at: i64,
        /// Whether the crew has said that it has seen it.
        pub acknowledged: bool,
    }

    /// A crew's word about a task that the centre had ended; the vehicle counts as reported until settled.
    pub struct CrewReportView {
        /// The task.
        pub task: String,
        /// The furthest milestone reported.
        pub reached: Milestone,
        /// When the first key was pressed.
        pub pressed_at: i64,
        /// When it was recorded.
        pub recorded_at: i64,
        /// Whether it was pressed before the task's end was recorded; absent when no clock can tell.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub before_end: Option<bool>,
        /// Whether the vehicle has, or may have, a patient and cannot be sent; false once its crew is done.
        pub stands: bool,
    }

    /// The newest refused press of a crew that no dispatcher has seen to.
    pub struct RefusedPressView {
        /// What was pressed, e.g. `off_duty`.
        pub act: String,
        /// The task it spoke of.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub task: Option<String>,
        /// The refusal's code.
        pub code: String,
        /// When it was pressed.
        pub pressed_at: i64,
        /// How many since a dispatcher last looked.
        pub count: u32,
    }
}
