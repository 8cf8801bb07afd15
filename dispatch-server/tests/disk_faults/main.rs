//! A disk that fails: full, broken, torn writes, read-only, a sync that fails, a sync that is slow. Whatever is
//! refused meanwhile, afterwards everything works again without a restart, and what was acknowledged is there.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod faulty;
mod forgetting;
#[path = "../kill_support/mod.rs"]
mod kill_support;
mod locked;
mod retention;
mod server;
mod stores;
