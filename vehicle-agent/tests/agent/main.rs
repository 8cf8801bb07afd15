//! The vehicle's terminal: its NMEA reader, its outbox, its link over drawn networks, and the program itself.
//!
//! One program for all of it, so that a change links the terminal once.

#![expect(
    clippy::disallowed_methods,
    reason = "real processes take real time, and fresh names are drawn"
)]

mod broken_server;
mod captures;
mod clocks;
mod confirmed_presses;
mod disk_faults;
mod duty_on_screen;
mod failing_disk;
mod kilometres;
mod link_over_bad_networks;
mod messages;
mod nmea_reading;
mod nmea_strangers;
mod order_changes;
mod outbox_contract;
mod refused_links;
mod region_map;
mod session_over_sockets;
mod settings_refused;
mod shared_outbox;
mod sign_on;
mod sources;
mod standby;
mod stopping;
mod support;
mod told_servers;
mod undated_positions;
mod vehicle_log;
