//! The examples, one file for each direction of talk.

mod acts;
mod agent;
mod console;
mod positions;
mod routes;
