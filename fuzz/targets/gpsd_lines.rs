//! What gpsd sends: its JSON lines and the receiver's sentences on one line of bytes. Whatever its
//! JSON says, the next whole sentence is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vehicle_agent::nmea::{NmeaParser, ParserOptions};

/// A whole position of the receiver, as gpsd passes it on.
const SENTENCE: &[u8] = b"$GPRMC,123519.00,A,3828.0140,N,10616.6860,E,12.4,084.4,181126,,,A*6D\r\n";

fuzz_target!(|lines: Vec<&[u8]>| {
    let mut parser = NmeaParser::new(ParserOptions::default());
    let mut fixes = Vec::new();
    for line in lines {
        parser.push(line, &mut fixes);
        parser.push(b"\n", &mut fixes);
        let before = parser.counts().used;
        parser.push(SENTENCE, &mut fixes);
        assert_eq!(parser.counts().used, before + 1, "the sentence after the line is not read");
    }
    parser.finish(&mut fixes);
});
