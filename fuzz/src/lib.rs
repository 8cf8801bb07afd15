//! What several fuzz targets share: a small region, and a centre with its vehicles.
//!
//! Holds no decoder and no rule of its own; what is tried is always the code that runs in production.

pub mod centre;
pub mod tiny_region;
pub mod vehicle;
