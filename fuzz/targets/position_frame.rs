//! The binary position frame: what can be read is written again byte for byte, and what is written
//! reads back near enough.
#![no_main]

use libfuzzer_sys::arbitrary::{Arbitrary, Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use wire_protocol::positions::{MAX_SLOT, PositionRecord, decode, encode};
use wire_protocol::vocabulary::FixQuality;

/// Any record that the server could make: a checked position and whatever a terminal told besides.
#[derive(Debug)]
struct Record(PositionRecord);

impl Arbitrary<'_> for Record {
    fn arbitrary(u: &mut Unstructured<'_>) -> Result<Self> {
        let degrees = |u: &mut Unstructured<'_>, most: i32| -> Result<f64> {
            Ok(f64::from(u.int_in_range(-most * 10_000_000..=most * 10_000_000)?) / 1e7)
        };
        Ok(Self(PositionRecord {
            slot: u.int_in_range(0..=MAX_SLOT)?,
            quality: *u.choose(FixQuality::ALL)?,
            lon: degrees(u, 180)?,
            lat: degrees(u, 90)?,
            heading_deg: u.arbitrary()?,
            speed_mps: u.arbitrary()?,
            age_millis: u.arbitrary()?,
        }))
    }
}

fuzz_target!(|input: (&[u8], i64, Vec<Record>)| {
    let (bytes, tick_time, records) = input;
    if let Ok((tick, read)) = decode(bytes) {
        let mut again = encode(tick, &read);
        // The fourth byte is spare: zero when written, not looked at when read.
        again[3] = bytes[3];
        assert_eq!(again, bytes);
    }
    let records: Vec<PositionRecord> = records.into_iter().map(|record| record.0).collect();
    let (tick, read) = decode(&encode(tick_time, &records)).expect("our own frame reads back");
    assert_eq!((tick, read.len()), (tick_time, records.len()));
    for (read, written) in read.iter().zip(&records) {
        assert_eq!((read.slot, read.quality), (written.slot, written.quality));
        assert!((read.lon - written.lon).abs() < 1e-7 && (read.lat - written.lat).abs() < 1e-7);
        assert_eq!(read.speed_mps.is_some(), written.speed_mps.is_some());
        assert!(read.age_millis <= written.age_millis);
    }
});
