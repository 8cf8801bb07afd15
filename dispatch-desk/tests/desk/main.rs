//! Journals and the desks over them, as those would notice who bring commands to a desk or read a journal.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod contract;
mod cutting;
mod failure;
#[path = "../journal_support/mod.rs"]
mod journal_support;
mod memory;
mod one_desk;
mod postgres_desks;
#[path = "../support/postgres/mod.rs"]
mod postgres_support;
mod replaced;
mod standing_still;
mod two_desks;
mod verify;
