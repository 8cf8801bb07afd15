//! Text frames of a terminal: read by the server's own reader, turned into commands, obeyed, and
//! their fixes judged. Whatever comes, the server goes on and its journal can be read.
#![no_main]

use dispatch_core::fleet::{Fix, FixNorms, VehicleTrack};
use dispatch_core::model::{CommandContext, Origin, Timestamp, Wgs84};
use dispatch_server::live::{crew_command, read_agent_frame};
use helan_fuzz::centre::{self, NOW};
use libfuzzer_sys::fuzz_target;
use wire_protocol::MAX_AGENT_FRAME_BYTES;
use wire_protocol::agent::{AgentMessage, CrewCommand, FixReport};

fuzz_target!(|text: &str| {
    let read = read_agent_frame(text);
    assert!(read.is_none() || text.len() <= MAX_AGENT_FRAME_BYTES);
    if text.len() <= MAX_AGENT_FRAME_BYTES
        && let Ok(plainly) = serde_json::from_str::<AgentMessage>(text)
    {
        agree(&plainly, read.as_ref().expect("the quick reader reads what the plain one reads"));
    }
    match read {
        Some(AgentMessage::Press { made_at, command, number: _, pressed_as: _, reckoned: _ }) => press(made_at, command),
        Some(AgentMessage::Fixes { fixes }) => assess(&fixes),
        Some(AgentMessage::Hello { .. } | AgentMessage::Ping { .. }) | None => {}
    }
});

/// The quick reader of fixes tells the same as the plain one. Speeds and the like may differ in the
/// last bit: one reads them as 32 bits, the other by way of 64.
fn agree(plainly: &AgentMessage, read: &AgentMessage) {
    let (AgentMessage::Fixes { fixes: one }, AgentMessage::Fixes { fixes: other }) =
        (plainly, read)
    else {
        return assert_eq!(plainly, read);
    };
    let key = |fix: &FixReport| {
        let known = (fix.speed_mps.is_some(), fix.heading_deg.is_some(), fix.hdop.is_some());
        (fix.number, fix.fix_time, fix.lon.to_bits(), fix.lat.to_bits(), fix.satellites, known)
    };
    assert!(one.iter().map(key).eq(other.iter().map(key)));
}

fn press(made_at: i64, command: CrewCommand) {
    let mut state = centre::at_work();
    let vehicle = "YC-01-1".into();
    let command = crew_command(&vehicle, command);
    let origin = Origin::CrewTerminal { vehicle, outbox: "outbox".into(), number: 1 };
    let made_at = Timestamp(made_at);
    let context =
        CommandContext { made_at, terminal: None, now: NOW, origin, vehicle_online: Some(true), command_id: None, confirmed: Vec::new() };
    let version = state.version;
    // Refused or not, what a crew pressed is in the journal, and the next number is the second.
    let _ = centre::obey(&mut state, &command, &context);
    assert!(state.version > version, "{command:?} is lost");
    let recorded = state.vehicles["YC-01-1"].commands_recorded(&"outbox".into());
    assert_eq!(recorded, 1, "{command:?} is not counted");
}

fn assess(fixes: &[FixReport]) {
    let mut track = VehicleTrack::default();
    for report in fixes {
        let Some(position) = Wgs84::checked(report.lon, report.lat) else { continue };
        let fix = Fix {
            position,
            fix_time: Timestamp(report.fix_time),
            speed_mps: report.speed_mps,
            heading_deg: report.heading_deg,
        };
        let before = track.live().map(|live| live.fix.fix_time);
        track.assess(fix, NOW, &FixNorms::default());
        let after = track.live().map(|live| live.fix.fix_time);
        assert!(after >= before, "the marker went back in time");
    }
}
