//! The dispatch server: live feeds, HTTP API, sign-in, positions and reports, over the desks of `dispatch-desk`.
//!
//! The rooms stand on floors; a room uses those on lower floors only, which `tests/structure/module_edges.rs` holds.
//!
//! | floor | rooms | what always holds there |
//! |---|---|---|
//! | 10 | `maintenance` | Moves and restores whole installations; never beside a running server that writes. |
//! | 9 | `admin`, `mending`, `retire`, `serve` | One entry for each command of the program; puts parts together, decides nothing. |
//! | 8 | `settings` | A setting that cannot be worked with ends the program before anything is opened. |
//! | 7 | `http` | No route without its demand; no state of dispatching. |
//! | 6 | `live`, `service_entry` | Nothing here must survive a restart. |
//! | 5 | `archive`, `rank`, `stores` | Which store is in use is seen here and below, nowhere above; rankings change nothing. |
//! | 4 | `coverage` | Reckons and suggests; nothing is stored, nothing is moved. |
//! | 3 | `commands`, `permissions`, `roads` | Requests are checked and translated, never carried out. |
//! | 2 | `people`, `telemetry` | Who is who, not what they may; never a word about a patient. |
//! | 1 | `certificates`, `fleet`, `history`, `api_error`, `release`, `reports`, `views` | Uses no other room. |
//!
//! Beneath all of them stands the crate `dispatch-desk`: desks, journal, clock and databases.

pub mod admin;
pub mod api_error;
pub mod archive;
pub mod certificates;
pub mod commands;
pub mod coverage;
pub mod fleet;
pub mod history;
pub mod http;
pub mod live;
pub mod maintenance;
pub mod mending;
pub mod people;
pub mod permissions;
pub mod rank;
mod release;
pub mod reports;
pub mod retire;
pub mod roads;
pub mod serve;
pub mod service_entry;
pub mod settings;
pub mod stores;
pub mod telemetry;
pub mod views;
