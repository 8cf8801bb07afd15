//! A terminal that says anything: nothing it says ends its session or is answered without an end, what is reported is a
//! place, and every report and press is asked for under a number of its own.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use std::collections::BTreeSet;
use std::sync::Arc;
use terminal_gateway::binding::Binding;
use terminal_gateway::jt808::frame::{Edition, Frame, Header, Part, TerminalNumber};
use terminal_gateway::session::{CameraAsked, Input, Output, PressResult, Shared, TerminalSession};
use vehicle_agent::link::Now;
use vehicle_agent::nmea::Fix;

#[derive(Arbitrary, Debug)]
enum Step<'a> {
    Says { message: u8, high: u8, serial: u16, new: bool, part: Option<(u16, u16)>, body: &'a [u8] },
    Kept { ask: u8, well: bool },
    Camera(Option<u8>),
    Waits(u16),
}

const FILE: &str = "[[terminal]]\nnumber = \"1\"\nvehicle = \"A\"\ndatum = \"bd09\"\n[[terminal.key]]\nwhen = \"card in\"\npress = \"sos\"";

fuzz_target!(|steps: Vec<Step<'_>>| {
    let Ok(bindings) = Binding::read_all(FILE) else { panic!("the file is good") };
    let Some(number) = TerminalNumber::new("1") else { panic!("a number") };
    let binding = Arc::new(bindings[&number].clone());
    let mut session = TerminalSession::new(binding, "c".to_owned(), Shared::default());
    let mut now = Now { wall_ms: 1_795_000_000_000, steady_ms: 0 };
    let mut asked = BTreeSet::new();
    let authentication = Step::Says { message: 2, high: 1, serial: 0, new: false, part: None, body: b"c" };
    for step in [authentication].into_iter().chain(steps) {
        let input = match step {
            Step::Says { message, high, serial, new, part, body } => {
                let header = Header {
                    message: u16::from_be_bytes([high % 16, message]),
                    edition: if new { Edition::Y2019 } else { Edition::Y2013 },
                    number,
                    serial,
                    encrypted: false,
                    part: part.map(|(total, number)| Part { total, number }),
                };
                Input::Frame(Box::new(Frame { header, body: body.to_vec(), flaws: Default::default() }))
            }
            Step::Kept { ask, well: true } => Input::Pressed { ask: ask.into(), how: PressResult::Kept },
            Step::Kept { ask, well: false } => Input::Reported { ask: ask.into(), is_safe: false },
            Step::Camera(channel) => Input::Camera(channel.map(|channel| {
                Arc::new(CameraAsked { address: "10.0.0.1".to_owned(), tcp_port: 8_810, channel })
            })),
            Step::Waits(ms) => {
                now.steady_ms += u64::from(ms);
                Input::Tick
            }
        };
        session.handle_input(input, now);
        let mut outputs = 0;
        while let Some(output) = session.next_output() {
            outputs += 1;
            assert!(outputs < 600, "one thing said, and no end of answers");
            match output {
                Output::Report { ask, fixes, .. } => {
                    assert!(asked.insert((ask, true)));
                    assert!(fixes.iter().all(|fix| Fix::is_place(fix.lat, fix.lon)), "{fixes:?}");
                }
                Output::Press { ask, .. } => assert!(asked.insert((ask, false))),
                Output::KeepMedia { ask, .. } => assert!(asked.insert((ask, false))),
                Output::Send(_)
                | Output::Known
                | Output::LoggedOut
                | Output::Displayed(_)
                | Output::RefusalTold(_)
                | Output::CameraRefused(_) => {}
            }
        }
    }
});
