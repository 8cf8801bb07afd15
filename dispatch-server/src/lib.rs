//! The dispatch server: journal, stores, live feeds, HTTP API, sign-in.
pub mod region;
pub mod views;
pub mod clock;
pub mod desk;
pub mod health;
pub mod history;
pub mod journal;
pub mod people;
pub mod permissions;
pub mod live;
pub mod rank;
