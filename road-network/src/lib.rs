//! A road network of one's own: imported from OpenStreetMap or composed from a region that
//! crate `region` has read, kept in one file, asked for travel times, routes and isochrones. It
//! never opens a socket, never reads a clock or a region folder, and knows nothing of dispatching.
//!
//! Rooms, each using only those above it:
//!
//! | room | invariant |
//! |---|---|
//! | `error` | what goes wrong with files and profiles, in words for the operator |
//! | `graph` | immutable; knows no speed and no time |
//! | `input` | makes graphs; nothing below it knows where a graph came from |
//! | `cost` | milliseconds under one profile and its conditions; searches nothing |
//! | `search` | exact least times between states |
//! | `answer` | what callers ask for; holds no state but shared weights |

mod answer;
mod cost;
mod error;
mod graph;
mod input;
mod search;
#[cfg(test)]
mod tests;

pub use answer::cells::{Cell, cells};
pub use answer::isochrone::Isochrone;
pub use answer::many_to_one::{JourneyTime, ManyToOne};
pub use answer::ranking::{Ranked, Start};
pub use answer::route::{Manoeuvre, Route, Step};
pub use answer::router::Router;
pub use cost::conditions::{Condition, Effect, Extent};
pub use cost::learned::{DayPart, LEARNED_FACTORS, Learned, LearnedPart, LearnedRoad};
pub use cost::profile::{Profile, Speeds, TurnSeconds};
pub use error::{ComposeError, FileError, ImportError, ProfileError};
pub use geometry::Wgs84;
pub use graph::file::FORMAT_VERSION;
pub use graph::network::{MemoryUse, RoadNetwork};
pub use graph::parts::EdgeId;
pub use graph::road::{Access, Area, Basis, Passage, Road, RoadClass, Surface};
pub use graph::snap::{Heading, NoRoadWithin, OnRoad, Travel};
pub use input::build::{BuildReport, build};
pub use input::compose::{ComposeReport, compose};
pub use input::osm::{ImportReport, import};
pub use input::plan::{
    NO_TEXT, NamedTurn, PlannedLine, PlannedRestriction, RestrictionVia, RoadPlan, Signals, Texts,
};
pub use search::weights::Weights;
