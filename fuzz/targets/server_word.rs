//! What comes over Redis, read by the server's own reader.
#![no_main]

use dispatch_server::live::read_peer_message;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(said) = read_peer_message(bytes) else { return };
    assert_eq!(read_peer_message(said.as_bytes()).as_deref(), Some(said.as_str()));
});
