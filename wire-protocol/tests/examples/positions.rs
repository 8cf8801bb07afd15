use wire_protocol::positions::*;
use wire_protocol::vocabulary::FixQuality;

fn record() -> PositionRecord {
    PositionRecord {
        slot: 122,
        quality: FixQuality::Fresh,
        lon: 106.2781,
        lat: 38.4669,
        heading_deg: 90.0,
        speed_mps: Some(12.5),
        age_millis: 400,
    }
}

#[test]
fn a_frame_is_these_bytes() {
    let bytes = encode(1_795_000_000_000, &[record()]);
    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    expect_test::expect!["48 50 01 00 01 00 00 00 00 5e 56 ee a1 01 00 00 7a 00 00 00 48 c0 58 3f 48 95 ed 16 40 19 04 00"]
    .assert_eq(&hex.join(" "));
    assert_eq!(decode(&bytes), Ok((1_795_000_000_000, vec![record()])));
}

#[test]
fn a_moving_vehicle_costs_at_most_18_bytes() {
    let bytes = encode(0, &vec![record(); 1000]);
    assert!(bytes.len() <= 18 * 1000, "{} bytes", bytes.len());
}

#[test]
fn broken_frames_are_refused() {
    let good = encode(5, &[record(), record()]);
    assert_eq!(decode(&good[..10]), Err(FrameError::Length));
    assert_eq!(decode(&good[..good.len() - 1]), Err(FrameError::Length));
    let mut other = good.clone();
    other[2] = 9;
    assert_eq!(decode(&other), Err(FrameError::Format));
    let mut quality = good.clone();
    quality[HEADER_BYTES + 3] = 200;
    assert_eq!(decode(&quality), Err(FrameError::Quality));
    let mut count = good;
    count[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    assert_eq!(decode(&count), Err(FrameError::Length));
}

#[test]
fn extremes_saturate_and_never_wrap() {
    let extreme = PositionRecord {
        slot: MAX_SLOT,
        quality: FixQuality::Frozen,
        lon: -180.0,
        lat: 90.0,
        heading_deg: 359.9,
        speed_mps: Some(1000.0),
        age_millis: u32::MAX,
    };
    let (_, back) = decode(&encode(0, &[extreme])).expect("it decodes");
    assert_eq!(back[0].slot, MAX_SLOT);
    assert_eq!(back[0].heading_deg, 0.0);
    assert_eq!(back[0].speed_mps, Some(127.0));
    assert_eq!(back[0].age_millis, 6_553_500);
}
