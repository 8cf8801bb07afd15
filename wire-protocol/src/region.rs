//! The region as consoles need it: centres, stations, hospitals, norms, places found.

use crate::place::Position;

wire! {
    /// The region, `GET /api/v1/region`.
    pub struct RegionView {
        /// Whether the whole installation is for exercises: it takes no real call.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub exercise: bool,
        /// Its id.
        pub id: String,
        /// Name in Chinese.
        pub name_zh: String,
        /// Name in English.
        pub name_en: String,
        /// West, south, east, north in WGS-84 degrees.
        pub bounds: [f64; 4],
        /// Minutes east of UTC.
        pub time_zone_minutes: i32,
        /// The centres, the regional one first.
        pub centres: Vec<CentreView>,
        /// The stations.
        pub stations: Vec<StationView>,
        /// The hospitals.
        pub hospitals: Vec<HospitalView>,
        /// Norms in seconds by name: `answer`, `order`, `departure`, `response_urban` ...
        pub norms_seconds: std::collections::BTreeMap<String, u32>,
        /// Who must be credited on the map.
        pub credits: Vec<String>,
    }

    /// A centre.
    pub struct CentreView {
        /// Its id.
        pub id: String,
        /// Short code.
        pub code: String,
        /// Name in Chinese.
        pub name_zh: String,
        /// Name in English.
        pub name_en: String,
        /// Whether it is the regional centre.
        pub regional: bool,
        /// Where.
        pub position: Position,
    }

    /// A station.
    pub struct StationView {
        /// Its id.
        pub id: String,
        /// Its centre.
        pub centre: String,
        /// Name in Chinese.
        pub name_zh: String,
        /// Name in English.
        pub name_en: String,
        /// Where.
        pub position: Position,
    }

    /// A hospital.
    pub struct HospitalView {
        /// Its id.
        pub id: String,
        /// Its centre.
        pub centre: String,
        /// Name in Chinese.
        pub name_zh: String,
        /// Name in English.
        pub name_en: String,
        /// Grade as published; may be empty.
        pub grade: String,
        /// Specialities by code.
        pub specialities: Vec<String>,
        /// Where.
        pub position: Position,
    }

    /// What the address search found, `GET /api/v1/places`.
    pub struct PlacesFound {
        /// Places by name, the best first.
        pub places: Vec<PlaceFound>,
        /// That a kilometre was asked for which is in no file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kilometre_unknown: Option<KilometreUnknown>,
    }

    /// A road of which a kilometre was asked for that nobody knows.
    pub struct KilometreUnknown {
        /// The number on its signs.
        pub road: String,
        /// Name in Chinese.
        pub name_zh: String,
        /// Name in English; may be empty.
        pub name_en: String,
        /// The lowest kilometre that is known of it; absent when none is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub known_from_km: Option<f64>,
        /// The highest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub known_to_km: Option<f64>,
    }

    /// A place found by the address search, `GET /api/v1/places`.
    pub struct PlaceFound {
        /// Name in Chinese.
        pub name_zh: String,
        /// Name in English or pinyin; may be empty.
        pub name_en: String,
        /// What it is: `town`, `village`, `hospital`, `station`, `landmark` ...
        pub kind: String,
        /// County name in Chinese.
        pub county_zh: String,
        /// County name in English; may be empty.
        pub county_en: String,
        /// Where.
        pub position: Position,
        /// The centre that owns it.
        pub centre: String,
        /// Metres within which it lies, where it is only roughly known, such as a kilometre of a road.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error_radius_m: Option<u32>,
    }
}
