//! The live links over real sockets: what a crew and a dispatcher would notice.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]
#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a test that waits for one message reads past the others"
)]

mod agent_bad_input;
mod agent_commands;
mod agent_fixes;
mod agent_numbers;
mod agent_orders;
mod agent_reports;
mod arrivals;
mod client;
mod consoles;
mod feed_fold;
#[path = "../../../dispatch-desk/tests/journal_support/mod.rs"]
#[expect(dead_code, reason = "each test program uses its own part of it")]
mod journal_support;
mod movement;
mod picture;
mod positions;
#[path = "../../../dispatch-desk/tests/support/postgres/mod.rs"]
mod postgres_support;
mod ranking;
#[path = "../support/redis.rs"]
mod redis_support;
mod several_servers;
mod town;
mod views;
mod views_of_the_journal;
