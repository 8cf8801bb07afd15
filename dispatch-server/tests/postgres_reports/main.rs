//! The report tables: kept from the journal, rebuilt from it, asked over a made year.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod days;
#[path = "../journal_support/mod.rs"]
mod journal_support;
#[path = "../support/postgres/mod.rs"]
mod postgres_support;
mod questions;
mod stays;
mod tables;
mod unstorable;

use dispatch_core::model::Timestamp;
use dispatch_server::reports::questions::Span;

const DAY: i64 = 86_400_000;
const YEAR: Span = Span { from: Timestamp(0), to: Timestamp(400 * DAY) };
