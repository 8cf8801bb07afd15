//! Desks over a journal: commands are decided by the core, appended, published and acknowledged, over SQLite or
//! PostgreSQL. Knows no HTTP, no sockets and no wire messages; the server and simulations stand on it alike.
//!
//! The rooms stand on floors; a room uses those on lower floors only, which `tests/structure/module_edges.rs` holds.
//!
//! | floor | rooms | what always holds there |
//! |---|---|---|
//! | 5 | `desk` | The desk alone changes the state of a centre; what it acknowledges is in the journal. |
//! | 4 | `bulletin` | Hints only: who misses one finds out by reading the journal. |
//! | 3 | `journal` | What is acknowledged is on the disk; events are never changed. |
//! | 2 | `database` | No wait without an end; knows no table's meaning. |
//! | 1 | `clock`, `health`, `space`, `sqlite` | Uses no other room. |

pub mod bulletin;
pub mod clock;
#[macro_use]
pub mod database;
pub mod desk;
pub mod health;
pub mod journal;
pub mod space;
pub mod sqlite;
