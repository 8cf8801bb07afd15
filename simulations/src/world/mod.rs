//! The world outside the centre: roads, vehicles that drive on them, receivers that report where.
//! Pure: time and chance are arguments.

pub mod drive;
pub mod receiver;
pub mod road_map;
