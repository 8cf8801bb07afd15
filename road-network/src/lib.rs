//! A road network of one's own: imported from OpenStreetMap or composed from a region
//! folder, kept in one file, asked for travel times, routes and isochrones. It never
//! opens a socket, never reads a clock and knows nothing of dispatching.

mod build;
mod cells;
mod compose;
mod conditions;
mod error;
mod file;
mod geo;
mod hierarchy;
mod isochrone;
mod learned;
mod lookup;
mod nearest;
mod network;
mod osm;
mod plan;
mod profile;
mod ranking;
mod road;
mod route;
mod router;
mod search;
mod snap;
#[cfg(test)]
mod tests;
mod towards;
mod travel;
mod turn;
mod weights;

pub use build::{BuildReport, build};
pub use cells::{Cell, cells};
pub use compose::{ComposeReport, compose, region_plan};
pub use conditions::{Condition, Effect, Extent};
pub use error::{ComposeError, FileError, ImportError, ProfileError};
pub use file::FORMAT_VERSION;
pub use geo::Position;
pub use isochrone::Isochrone;
pub use learned::{DayPart, LEARNED_FACTORS, Learned, LearnedPart, LearnedRoad};
pub use network::{EdgeId, MemoryUse, RoadNetwork};
pub use osm::{ImportReport, import};
pub use plan::{
    NO_TEXT, NamedTurn, PlannedLine, PlannedRestriction, RestrictionVia, RoadPlan, Signals, Texts,
};
pub use profile::{Profile, Speeds, TurnSeconds};
pub use ranking::{Ranked, Start};
pub use road::{Access, Area, Basis, Passage, Road, RoadClass, Surface};
pub use route::{Manoeuvre, Route, Step};
pub use router::Router;
pub use snap::{Heading, NoRoadWithin, OnRoad, Travel};
pub use towards::{Reach, Towards};
pub use weights::Weights;
