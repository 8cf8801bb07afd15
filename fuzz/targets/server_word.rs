//! What comes over Redis, read by the server's own reader.
#![no_main]

use dispatch_server::live::read_server_word;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(said) = read_server_word(bytes) else { return };
    assert_eq!(read_server_word(said.as_bytes()).as_deref(), Some(said.as_str()));
});
