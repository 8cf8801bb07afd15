//! Importer of models in the form of JEMSS.jl and its like: folders of CSV tables with stations, ambulances,
//! hospitals, demand and roads (also zipped), and what they tell of calls, priorities, travel and redispatch.

mod calls;
mod demand;
mod distributions;
mod files;
mod model;
mod parameters;
mod raster;
mod roads;

pub use model::{Imported, import};
pub use parameters::Options;
