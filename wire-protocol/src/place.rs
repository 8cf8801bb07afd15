//! Places and positions as they are sent.

use crate::vocabulary::PlaceSource;

wire! {
    /// A position in WGS-84 degrees.
    #[derive(Copy)]
    pub struct Position {
        /// Degrees east.
        pub lon: f64,
        /// Degrees north.
        pub lat: f64,
    }

    /// A place: words first, a position when there is one.
    pub struct Place {
        /// The address in words.
        pub address: String,
        /// WGS-84 position, when known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub position: Option<Position>,
        /// Where the position came from.
        pub source: PlaceSource,
        /// Radius in metres within which the true place lies.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error_radius_m: Option<u32>,
        /// When it was measured.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub measured_at: Option<i64>,
    }
}
