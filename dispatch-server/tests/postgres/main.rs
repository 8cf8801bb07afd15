//! Servers and stores over PostgreSQL, each test on a database of its own cluster.

#![expect(
    clippy::disallowed_methods,
    reason = "real processes take real time, and fresh names are drawn"
)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod encrypted;
mod generated;
mod history;
#[expect(dead_code, reason = "the tests of the embedded server use all of it")]
#[path = "../support/http/mod.rs"]
mod http_support;
#[path = "../../../dispatch-desk/tests/journal_support/mod.rs"]
#[expect(dead_code, reason = "each test program uses its own part of it")]
mod journal_support;
mod maintenance;
mod migrations;
mod people;
mod people_contract;
#[path = "../../../dispatch-desk/tests/support/postgres/mod.rs"]
mod postgres_support;
mod proxy;
mod report_routes;
mod reports;
mod roles;
mod servers;
mod set_back;
