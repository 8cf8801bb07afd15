//! Moves of free vehicles to stations whose ground nobody covers: suggested and given, and the coverage they come from.

use crate::vocabulary::{MoveAdvice, MoveWhy};

wire! {
    /// A move that is suggested for a vehicle and waits for an answer.
    pub struct SuggestedMoveView {
        /// Its number, sent with the answer.
        pub number: u64,
        /// The station at which it would wait.
        pub station: String,
        /// Why.
        pub why: MoveWhy,
        /// For how many seconds the station's ground has been uncovered, where that is why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub uncovered_seconds: Option<u32>,
        /// Share of the centre's demand covered now, 0 to 1.
        pub covered_before: f64,
        /// The same with the vehicle waiting there.
        pub covered_after: f64,
        /// Mean expected driving seconds to the next patient now.
        pub expected_seconds_before: u32,
        /// The same with the vehicle waiting there.
        pub expected_seconds_after: u32,
        /// Driving seconds of the move.
        pub drive_seconds: u32,
        /// Since when it is suggested.
        pub since: i64,
        /// After this moment it is not to be accepted.
        pub expires_at: i64,
    }

    /// The station at which a vehicle is to wait.
    pub struct MoveView {
        /// The station.
        pub station: String,
        /// When it was given.
        pub given_at: i64,
        /// Whether the crew has said that it has seen it.
        pub acknowledged: bool,
        /// Since when the vehicle waits there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reached_at: Option<i64>,
    }

    /// The station at which its crew is to wait, as a terminal is sent it.
    pub struct MoveOrder {
        /// The station.
        pub station: String,
        /// Its name in Chinese; the id where the region does not name it.
        pub name: String,
        /// When the centre gave it.
        pub given_at: i64,
        /// Whether the crew has said that it has seen it.
        pub acknowledged: bool,
        /// Since when the vehicle waits there.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reached_at: Option<i64>,
        /// True when it is the vehicle's own station: it comes home.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        pub own: bool,
    }

    /// How a centre's ground is covered by its free vehicles at one moment.
    pub struct CoverageView {
        /// The centre.
        pub centre: String,
        /// Its journal version that the answer was made from.
        pub version: u64,
        /// When it was made.
        pub made_at: i64,
        /// Whether the centre is advised of moves.
        pub advice: MoveAdvice,
        /// True when times are estimated over roads, false by straight line.
        pub by_road: bool,
        /// True when the demand comes from a file of the region, false when every township counts alike.
        pub demand_known: bool,
        /// Free vehicles that were counted.
        pub free_vehicles: u32,
        /// Mean expected driving seconds to the next patient, by demand.
        pub expected_seconds: u32,
        /// Share of the demand covered within target, each vehicle reckoned busy for a part of its time, 0 to 1.
        pub covered: f64,
        /// Share of the demand that at least one free vehicle reaches within target, 0 to 1.
        pub reached: f64,
        /// The pieces of ground from which calls come.
        pub cells: Vec<CoverageCell>,
        /// The stations of the centre.
        pub stations: Vec<StationCoverage>,
    }

    /// One piece of ground.
    pub struct CoverageCell {
        /// Its id: of the demand file, or the township's code.
        pub id: String,
        /// Name in Chinese.
        pub name_zh: String,
        /// Name in English; may be empty.
        pub name_en: String,
        /// WGS-84 degrees.
        pub lon: f64,
        /// WGS-84 degrees.
        pub lat: f64,
        /// Its share of the centre's demand, 0 to 1.
        pub share: f64,
        /// Driving seconds within which it counts as covered.
        pub target_seconds: u32,
        /// Driving seconds of the nearest free vehicle; absent when none reaches it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub nearest_seconds: Option<u32>,
        /// Expected driving seconds of the vehicle that comes.
        pub expected_seconds: u32,
        /// How many free vehicles reach it within target.
        pub within_target: u32,
    }

    /// A station and the ground nearest to it.
    pub struct StationCoverage {
        /// The station.
        pub station: String,
        /// Share of the demand nearest to it that some free vehicle reaches within target, 0 to 1; absent when no
        /// demand is nearest to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reached: Option<f64>,
        /// Since when most of it is uncovered, as this server has seen it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub uncovered_since: Option<i64>,
    }
}
