//! The examples, one file for each direction of talk.

mod agent;
mod commands;
mod console;
mod duty;
mod pictures;
mod positions;
mod routes;
