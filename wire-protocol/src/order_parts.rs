//! Parts of an order to a vehicle: its milestones, the hospitals to choose from, and how the last one ended.

use crate::vocabulary::Milestone;

wire! {
    /// A hospital that a crew may choose.
    pub struct NearHospital {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
        /// Driving time from where the patient is, in seconds; absent where no road is known to lead there, and from
        /// earlier servers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub seconds: Option<u32>,
        /// Whether it treats what this kind of incident needs; absent from earlier servers.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub treats: bool,
    }

    /// A milestone with its time.
    #[derive(Copy)]
    pub struct ReachedMilestone {
        /// Which.
        pub milestone: Milestone,
        /// When it was made.
        pub at: i64,
    }

    /// How an order ended.
    pub struct EndedOrder {
        /// The task.
        pub task: String,
        /// `finished`, `cancelled`, `aborted` or `redirected`.
        pub how: EndedHow,
        /// When.
        pub at: i64,
    }
}

words! {
    /// How an order ended.
    EndedHow {
        /// Normally.
        Finished,
        /// The incident was cancelled.
        Cancelled,
        /// The task was aborted.
        Aborted,
        /// The vehicle was sent elsewhere.
        Diverted,
    }
}
