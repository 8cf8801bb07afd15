//! The body of a command: from JSON to the wire's type, through every check to the core's command, and
//! that obeyed by a centre at work. What passes the checks is decided without a panic and recorded
//! so that it reads back.
#![no_main]

use dispatch_core::model::{CommandContext, Origin};
use dispatch_server::commands::{ReadCommand, read_command};
use helan_fuzz::centre::{self, NOW};
use helan_fuzz::tiny_region::region;
use libfuzzer_sys::fuzz_target;
use wire_protocol::command_request::CommandRequest;

fuzz_target!(|bytes: &[u8]| {
    let Ok(request) = serde_json::from_slice::<CommandRequest>(bytes) else { return };
    let Ok(read) = read_command(region(), request) else { return };
    let ReadCommand::AtCentre(command) = read.command else { return };
    let mut state = centre::at_work();
    let context = CommandContext {
        terminal: None,
        made_at: read.made_at,
        now: NOW,
        origin: Origin::Person { person: "li.na".into() },
        vehicle_online: Some(true),
        command_id: Some(read.command_id),
        confirmed: read.confirmed,
    };
    if centre::obey(&mut state, &command, &context).is_ok() {
        let version = state.version;
        centre::obey(&mut state, &command, &context).expect("a repeat is recognised");
        assert_eq!(state.version, version, "a repeat is recorded again");
    }
});
