//! The dispatch server: journal, stores, live feeds, HTTP API, sign-in.
pub mod region;
pub mod views;
