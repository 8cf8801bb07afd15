//! A whole province on one thread: the real desks, links, feeds, terminals' links and outboxes on simulated networks,
//! disks and clocks, driven by one seeded queue, broken by a seeded schedule, and checked after every step.
//!
//! Simulated are sockets, stores, disks, clocks and people; everything above them is the product's own code. The order
//! of all that happens follows from the seed: the queue here, and tokio's paused time and single thread below it.

mod crew;
mod disk;
mod dispatcher;
mod invariants;
mod network;
mod queue;
mod receiver;
mod run;
mod schedule;
mod server;
mod shrink;
mod terminal;
mod trace;
mod truth;
mod world;

pub use invariants::Violation;
pub use run::{Folders, Outcome, SHORTEST_MS, Scenario, run, size_of};
pub use schedule::{Planned, Size};
pub use shrink::shrink;
