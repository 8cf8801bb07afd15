//! Text frames of a console, read by the server's own reader.
#![no_main]

use dispatch_server::live::read_console_frame;
use libfuzzer_sys::fuzz_target;
use wire_protocol::MAX_CONSOLE_FRAME_BYTES;
use wire_protocol::console::ConsoleMessage;

fuzz_target!(|text: &str| {
    let Some(message) = read_console_frame(text) else { return };
    assert!(text.len() <= MAX_CONSOLE_FRAME_BYTES);
    let json = serde_json::to_string(&message).expect("a message is always writable as JSON");
    let again: ConsoleMessage = serde_json::from_str(&json).expect("a message reads back");
    assert_eq!(again, message);
});
