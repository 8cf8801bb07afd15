//! What stands between a crew and the centre on the board: promised orders, reports against what the centre
//! did, and presses refused.

use crate::vocabulary::{Milestone, OrderPart};

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
        /// Whether the crew has said that it has seen it, as it stands now.
        pub acknowledged: bool,
        /// When what it says last changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub changed_at: Option<i64>,
    }

    /// A change of an order that its crew has not acknowledged.
    #[derive(Copy)]
    pub struct OrderChangeView {
        /// What changed.
        pub part: OrderPart,
        /// When it was first changed since the crew last acknowledged.
        pub since: i64,
        /// The journal version of its newest change; acknowledged with `through`.
        pub version: u64,
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
        pub command: String,
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
