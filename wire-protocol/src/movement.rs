//! What a vehicle's positions show of its movement.

words! {
    /// What was seen. It tells; a press alone acts.
    Movement {
        /// It stands where the crew of its task is wanted.
        AtScene,
        /// It stands at the hospital of its task.
        AtHospital,
        /// It stands at the station at which it is to wait.
        AtStation,
        /// It stands although it is under way for a task.
        Idling,
        /// It left the region.
        OutsideRegion,
        /// It drove faster than an ambulance may.
        Speeding,
    }
}

wire! {
    /// A movement that was seen and concerns what the vehicle does now.
    #[derive(Copy)]
    pub struct MovementView {
        /// What.
        pub movement: Movement,
        /// Since when, by the satellites' time.
        pub since: i64,
    }
}
