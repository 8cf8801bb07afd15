//! What was offered when vehicles were chosen, kept beside the choice.

words! {
    /// How travel time was estimated; shown wherever the time is shown.
    TravelMethod {
        /// Straight line times a detour factor.
        StraightLine,
        /// On the road network.
        Road,
    }
}

wire! {
    /// What had been offered when vehicles were chosen.
    pub struct OfferRecord {
        /// At most eight.
        pub offered: Vec<OfferedVehicle>,
        /// How travel times were estimated.
        pub method: TravelMethod,
    }

    /// One line of an offer.
    pub struct OfferedVehicle {
        /// The vehicle.
        pub vehicle: String,
        /// Its place, from 1.
        pub rank: u16,
        /// Its total in seconds.
        pub total_seconds: u32,
    }
}
