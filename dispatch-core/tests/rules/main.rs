//! What a dispatcher, a crew or an auditor would notice of the rules: scenarios as text, properties
//! of random lives, and the stored form of every event.

#![expect(clippy::unwrap_used, reason = "a script that cannot be read fails its test")]

mod codes;
mod golden;
mod invariants;
mod numbering;
mod properties;
mod region;
mod remembered;
mod scenarios;
mod set_backs;
mod snapshot_form;
mod world;
