//! Answers to questions: rankings, tables, routes with instructions, isochrones and demand cells.

pub(crate) mod cells;
pub(crate) mod isochrone;
pub(crate) mod lookup;
pub(crate) mod many_to_one;
pub(crate) mod ranking;
pub(crate) mod route;
pub(crate) mod router;
