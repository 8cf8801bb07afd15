//! The dispatch server: journal, stores, live feeds, HTTP API, sign-in.

#[macro_use]
mod either;

pub mod acts;
pub mod admin;
pub mod archive;
pub mod bulletin;
pub mod clock;
pub mod desk;
pub mod fleet;
pub mod health;
pub mod history;
pub mod http;
pub mod journal;
pub mod keeping;
pub mod live;
mod lost_acts;
pub mod mending;
pub mod people;
pub mod permissions;
pub mod rank;
pub mod refusal;
pub mod reports;
pub mod retire;
pub mod roads;
pub mod serve;
pub mod service_entry;
pub mod settings;
pub mod space;
pub mod sqlite;
pub mod stores;
pub mod telemetry;
pub mod views;
