//! Where networks come from: OpenStreetMap extracts and region folders are read into one plan, from which
//! the graph is built. Knows no speeds and answers no questions.

pub(crate) mod build;
pub(crate) mod compose;
pub(crate) mod osm;
pub(crate) mod plan;
