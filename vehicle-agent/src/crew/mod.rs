//! The crew's page: a small local web page for the tablet in the vehicle. It shows the picture and
//! passes on presses; it knows no rule and keeps nothing.

mod ahead;
mod page;
mod routes;

pub use routes::{CrewError, serve};
