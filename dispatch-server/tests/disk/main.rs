//! A disk that fails: full, broken, torn writes, read-only, a sync that fails, a sync that is slow; and a program
//! that is killed. Whatever is refused meanwhile, afterwards everything works again, after a failing disk without
//! a restart, and what was acknowledged is there.

#![expect(
    clippy::disallowed_methods,
    reason = "real processes take real time, and fresh names are drawn"
)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod damaged_history;
mod faulty;
mod forgetting;
mod keys;
mod kill;
mod kill_support;
mod locked;
mod mending;
mod replaced;
mod retention;
mod server;
mod snapshots;
mod stores;
