//! A study as a document with tables, charts beside it, and the figures as CSV.

mod chart;
mod document;
mod figures_csv;

pub use document::{Study, write};
