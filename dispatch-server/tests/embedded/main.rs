//! The server over its embedded store, asked over real sockets and from the command line.
//!
//! One program for all of it, so that a change links the server once. nextest gives each test a process of its own;
//! what reads a whole process (the log of everything in `privacy`, open files in `slow`) counts on that.

#![expect(
    clippy::disallowed_methods,
    reason = "real processes take real time, and fresh names are drawn"
)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod bad_input;
mod broken_off;
mod calls_and_patients;
mod clock;
mod command_kinds;
mod encryption;
mod every_command;
mod fields;
mod figures;
mod files;
#[path = "../support/http/mod.rs"]
mod http_support;
#[path = "../../../dispatch-desk/tests/journal_support/mod.rs"]
#[expect(dead_code, reason = "each test program uses its own part of it")]
mod journal_support;
mod limits;
mod move_advice;
mod openapi;
mod orders;
mod own_password;
mod people;
mod permissions;
mod pictures;
mod privacy;
mod program;
mod proxy_tls;
mod region_folders;
mod roads;
mod scope;
mod set_back;
mod slow;
mod terminals;
mod unheard;
