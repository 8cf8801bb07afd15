//! Parts of an order to a vehicle: its milestones, the hospitals to choose from, and how the last one ended.

use crate::vocabulary::Milestone;

wire! {
    /// A hospital that a crew may choose.
    pub struct NearHospital {
        /// Its id.
        pub id: String,
        /// Its name.
        pub name: String,
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
