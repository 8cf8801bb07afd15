//! The live links over real sockets: what a crew and a dispatcher would notice.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test that waits for one message reads past the others"
)]

mod agent_acts;
mod agent_bad_input;
mod agent_fixes;
mod agent_numbers;
mod agent_orders;
mod agent_reports;
mod arrivals;
mod client;
mod consoles;
mod feed_fold;
#[path = "../journal_support/mod.rs"]
mod journal_support;
mod picture;
mod positions;
#[path = "../support/postgres/mod.rs"]
mod postgres_support;
mod ranking;
#[path = "../support/redis.rs"]
mod redis_support;
mod several_servers;
mod town;
mod views;
mod views_of_the_journal;
