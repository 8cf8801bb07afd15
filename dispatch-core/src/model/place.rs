//! Places. Everything inside is WGS-84; other systems are converted at the edge.

pub use geometry::Wgs84;
use serde::{Deserialize, Serialize};

/// Where a position came from; it tells how far to trust it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceSource {
    /// Chosen from the address list.
    AddressSearch,
    /// Clicked on the map.
    MapClick,
    /// Sent by the caller's phone (AML, app).
    PhoneLocation,
    /// Told by the caller only; may have no position yet.
    CallerWords,
    /// Handed over by another service (110, 119, 122).
    OtherService,
}

/// A place as the call-taker has it: words first, a position when there is one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The address in words; never empty.
    pub address: String,
    /// WGS-84 position; absent while only words are known.
    pub position: Option<Wgs84>,
    /// Where the position came from.
    pub source: PlaceSource,
    /// Radius in metres within which the true place lies, when known.
    pub error_radius_m: Option<u32>,
    /// When the position was measured, if it was measured.
    pub measured_at: Option<super::Timestamp>,
}

/// The position of a place without its words.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacePoint {
    /// WGS-84 position.
    pub position: Wgs84,
    /// Where it came from.
    pub source: PlaceSource,
    /// Radius in metres within which the true place lies, when known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_radius_m: Option<u32>,
    /// When it was measured, if it was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measured_at: Option<super::Timestamp>,
}

impl Place {
    /// The same words at another position; without one, only the words are known.
    #[must_use]
    pub fn at(self, point: Option<PlacePoint>) -> Self {
        let address = self.address;
        match point {
            Some(PlacePoint { position, source, error_radius_m, measured_at }) => {
                Self { address, position: Some(position), source, error_radius_m, measured_at }
            }
            None => Self {
                address,
                position: None,
                source: PlaceSource::CallerWords,
                error_radius_m: None,
                measured_at: None,
            },
        }
    }
}
