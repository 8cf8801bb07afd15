//! The dispatch server: journal, stores, live feeds, HTTP API, sign-in.
//!
//! The rooms stand on floors; a room uses those on lower floors only, which `tests/structure/module_edges.rs` holds.
//!
//! | floor | rooms | what always holds there |
//! |---|---|---|
//! | 12 | `keeping` | Moves and restores whole installations; never beside a running server that writes. |
//! | 11 | `admin`, `mending`, `retire`, `serve` | One entry for each command of the program; puts parts together, decides nothing. |
//! | 10 | `settings` | A setting that cannot be worked with ends the program before anything is opened. |
//! | 9 | `http` | No route without its demand; no state of dispatching. |
//! | 8 | `live`, `service_entry` | Nothing here must survive a restart. |
//! | 7 | `archive`, `rank`, `stores` | Which store is in use is seen here and below, nowhere above; rankings change nothing. |
//! | 6 | `acts`, `permissions`, `roads` | Requests are checked and translated, never carried out. |
//! | 5 | `desk`, `people` | The desk alone changes the state of a centre; it knows no HTTP and no sockets. |
//! | 4 | `bulletin`, `reports` | Hints and projections: all of it can be made again from the journal. |
//! | 3 | `history`, `journal` | What is acknowledged is on the disk; events are never changed. |
//! | 2 | `database`, `telemetry` | No wait without an end; never a word about a patient. |
//! | 1 | `clock`, `fleet`, `health`, `refusal`, `space`, `sqlite`, `views` | Uses no other room. |

#[macro_use]
pub mod database;

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
