//! The report tables: kept from the journal, rebuilt from it, asked over a made year.

mod days;
mod questions;
mod stays;
mod tables;
mod unstorable;

use dispatch_core::model::Timestamp;
use dispatch_server::reports::questions::Span;

const DAY: i64 = 86_400_000;
const YEAR: Span = Span { from: Timestamp(0), to: Timestamp(400 * DAY) };
