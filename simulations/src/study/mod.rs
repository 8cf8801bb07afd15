//! Studies: which policy serves patients better. An event-driven simulation of an ambulance system in which every decision
//! goes through the core's rules and ranking.

pub mod bound;
pub mod calls;
pub mod chains;
pub mod command;
pub mod coverage;
pub mod desk;
pub mod distribution;
pub mod engine;
pub mod expected;
pub mod figures;
pub mod fit;
pub mod folder;
pub mod jemss;
pub mod labels;
pub mod mainland;
pub mod pattern;
pub mod places;
pub mod policies;
pub mod policy;
pub mod problem;
pub mod province;
pub mod report;
pub mod roads;
pub mod run;
pub mod statistics;
pub mod system;
pub mod tables;
pub mod times;
pub mod travel;
pub mod tuning;
