//! Desks over a journal: commands are decided by the core, appended, published and acknowledged, over SQLite or
//! PostgreSQL. Knows no HTTP, no sockets and no wire messages; the server and simulations stand on it alike.
//!
//! The rooms stand on floors; a room uses those on lower floors only, which `tests/structure/module_edges.rs` holds.
//!
//! | floor | rooms | what always holds there |
//! |---|---|---|
//! | 7 | `desk` | The desk alone changes the state of a centre; what it acknowledges is in the journal. |
//! | 6 | `wakeups` | Hints only: who misses one finds out by reading the journal. |
//! | 5 | `journal` | What is acknowledged is on the disk; events are never changed. |
//! | 4 | `database` | No wait without an end; knows no table's meaning. |
//! | 3 | `sqlite` | One writer to a file; a connection that failed inside a transaction is not used again. |
//! | 2 | `chance`, `clock`, `health`, `space` | What the machine gives: time, chance, room. |
//! | 1 | `simulated` | Nothing of it is met outside a simulation. |

pub mod chance;
pub mod clock;
pub mod wakeups;
#[macro_use]
pub mod database;
pub mod desk;
pub mod health;
pub mod journal;
pub mod simulated;
pub mod space;
pub mod sqlite;
