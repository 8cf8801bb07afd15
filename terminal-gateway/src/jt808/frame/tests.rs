use super::bytes::enclose;
use super::*;
use proptest::prelude::*;

fn content(attributes: u16, version: &[u8], number: &[u8], body: &[u8]) -> Vec<u8> {
    [&[0x02, 0x00], &attributes.to_be_bytes()[..], version, number, &[0x00, 0x7e], body].concat()
}

fn between_flags(frame: &[u8]) -> &[u8] {
    &frame[1..frame.len() - 1]
}

fn decode(content: Vec<u8>) -> Frame {
    Frame::decode(between_flags(&enclose(content))).expect("a frame")
}

const PHONE_2013: [u8; 6] = [0x01, 0x39, 0x12, 0x34, 0x43, 0x29];
const PHONE_2019: [u8; 10] = [0, 0, 0, 0, 0x01, 0x39, 0x12, 0x34, 0x43, 0x29];

fn missing(parts: &mut Parts, now_ms: i64) -> Vec<(u16, Vec<u16>)> {
    parts.missing(now_ms).into_iter().map(|it| (it.first_serial, it.parts)).collect()
}

#[test]
fn a_header_of_either_edition_is_read_and_names_the_same_terminal() {
    let old = decode(content(3, &[], &PHONE_2013, &[1, 2, 3]));
    assert_eq!(old.header.edition, Edition::Y2013);
    assert_eq!((old.header.message, old.header.serial), (0x0200, 0x007e));
    let new = decode(content(0x4003, &[1], &PHONE_2019, &[1, 2, 3]));
    assert_eq!(new.header.edition, Edition::Y2019);
    assert_eq!(old.header.number.as_str(), "13912344329");
    assert_eq!(old.header.number, new.header.number);
    assert_eq!((old.flaws, new.flaws), (Flaws::default(), Flaws::default()));
    assert_eq!(new.body, [1, 2, 3]);
}

#[test]
fn a_wrong_bit_of_the_edition_costs_nothing() {
    let says_2019 = decode(content(0x4003, &[], &PHONE_2013, &[1, 2, 3]));
    assert_eq!(says_2019.header.edition, Edition::Y2013);
    assert!(says_2019.flaws.edition_bit && !says_2019.flaws.length);
    let says_2013 = decode(content(3, &[1], &PHONE_2019, &[1, 2, 3]));
    assert_eq!(says_2013.header.edition, Edition::Y2019);
    assert_eq!(says_2013.header.number.as_str(), "13912344329");
}

#[test]
fn a_split_bit_without_part_numbers_costs_nothing() {
    let frame = decode(content(0x2003, &[], &PHONE_2013, &[1, 2, 3]));
    assert_eq!((frame.header.part, frame.flaws.split_bit), (None, true));
    let split = decode(content(0x2003, &[], &PHONE_2013, &[0, 2, 0, 1, 1, 2, 3]));
    assert_eq!(split.header.part, Some(Part { total: 2, number: 1 }));
    assert_eq!(split.body, [1, 2, 3]);
}

#[test]
fn a_length_that_fits_nothing_is_told_and_the_body_taken_as_it_came() {
    let frame = decode(content(9, &[], &PHONE_2013, &[1, 2, 3]));
    assert!(frame.flaws.length);
    assert_eq!((frame.header.edition, frame.body), (Edition::Y2013, vec![1, 2, 3]));
}

#[test]
fn an_escape_that_does_not_exist_is_a_byte_when_the_checksum_says_so() {
    let mut frame = enclose(content(3, &[], &PHONE_2013, &[0x7d, 0x05, 3]));
    let at = frame.windows(2).position(|it| it == [0x7d, 0x01]).expect("escaped");
    frame.remove(at + 1);
    let read = Frame::decode(between_flags(&frame)).expect("a frame");
    assert_eq!(read.body, [0x7d, 0x05, 3]);
    assert!(read.flaws.escape);
}

#[test]
fn what_is_no_frame_is_refused_in_words() {
    let mut frame = enclose(content(3, &[], &PHONE_2013, &[1, 2, 3]));
    frame[3] ^= 0x10;
    let refused = Frame::decode(between_flags(&frame)).expect_err("wrong checksum").to_string();
    assert!(refused.starts_with("its checksum is 0x"), "{refused}");
    let short = Frame::decode(between_flags(&enclose(vec![2, 0, 0]))).expect_err("too short");
    assert_eq!(short.to_string(), "it has 3 bytes, fewer than a header");
    assert_eq!(Frame::decode(&[]), Err(FrameError::TooShort { bytes: 0 }));
}

#[test]
fn a_long_body_goes_in_parts_and_comes_together_in_any_order() {
    let number = TerminalNumber::new("013912344329").expect("digits");
    let mut encoder = Encoder::new(Edition::Y2019, number);
    encoder.message(0x8001, &[0; 5]);
    let body: Vec<u8> = (0..2_500u32).map(|it| it as u8).collect();
    let (first, frames) = encoder.message(0x8300, &body);
    assert_eq!((first, frames.len()), (1, 3));
    let mut parts = Parts::up_to(10_000);
    let frames: Vec<Frame> =
        frames.iter().map(|it| Frame::decode(between_flags(it)).expect("a frame")).collect();
    let part = |at: usize| frames[at].header.part.expect("a part");
    assert_eq!(parts.take(&frames[2], part(2), 0), Reassembled::Waits);
    assert_eq!(missing(&mut parts, 3), [(1, vec![1, 2])]);
    assert_eq!(parts.take(&frames[0], part(0), 1), Reassembled::Waits);
    assert_eq!(parts.take(&frames[0], part(0), 2), Reassembled::Waits, "one part came twice");
    assert_eq!(parts.take(&frames[1], part(1), 3), Reassembled::Whole(body));
    assert_eq!(missing(&mut parts, 3), []);
}

#[test]
fn the_last_part_is_missed_only_once_nothing_comes_any_more() {
    let number = TerminalNumber::new("1").expect("digits");
    let (_, frames) = Encoder::new(Edition::Y2013, number).message(0x0704, &[0; 2_500]);
    let first = Frame::decode(between_flags(&frames[0])).expect("a frame");
    let mut parts = Parts::up_to(10_000);
    parts.take(&first, first.header.part.expect("a part"), 0);
    assert_eq!(missing(&mut parts, 1_000), []);
    assert_eq!(missing(&mut parts, 5_000), [(0, vec![2, 3])]);
    assert_eq!(missing(&mut parts, 500_000), [], "given up");
    assert!(parts.is_empty());
}

#[test]
fn parts_that_never_end_are_bounded_in_bytes_number_and_time() {
    let number = TerminalNumber::new("1").expect("digits");
    let header = |serial, part| Header {
        message: 0x0801,
        edition: Edition::Y2013,
        number,
        serial,
        encrypted: false,
        part: Some(part),
    };
    let frame = |serial, part| Frame {
        header: header(serial, part),
        body: vec![7; 1_000],
        flaws: Flaws::default(),
    };
    let mut parts = Parts::up_to(2_500);
    let part = |number| Part { total: 4, number };
    assert_eq!(parts.take(&frame(0, part(1)), part(1), 0), Reassembled::Waits);
    assert_eq!(parts.take(&frame(1, part(2)), part(2), 0), Reassembled::Waits);
    assert_eq!(parts.take(&frame(2, part(3)), part(3), 0), Reassembled::TooLong);
    // It stays so, and none of it is asked for.
    assert_eq!(parts.take(&frame(3, part(4)), part(4), 1), Reassembled::TooLong);
    assert!(missing(&mut parts, 60_000).is_empty() && parts.is_empty());
    // A film is known by its first part, and empty parts without end by their number.
    for total in [9, u16::MAX] {
        let film = Part { total, number: 1 };
        assert_eq!(parts.take(&frame(900, film), film, 0), Reassembled::TooLong, "{total}");
    }
    let mut parts = Parts::up_to(2_500);
    for wrong in [Part { total: 2, number: 3 }, Part { total: 2, number: 0 }] {
        assert_eq!(parts.take(&frame(9, wrong), wrong, 0), Reassembled::Refused);
    }
    // Begun at serial numbers apart, each is a message of its own; the oldest gives way.
    let two = |number| Part { total: 2, number };
    for message in 0..5 {
        parts.take(&frame(message * 100, two(1)), two(1), i64::from(message));
    }
    assert_eq!(
        parts.take(&frame(1, two(2)), two(2), 9),
        Reassembled::Waits,
        "its beginning is gone"
    );
    let whole = parts.take(&frame(401, two(2)), two(2), 10);
    assert!(matches!(whole, Reassembled::Whole(_)));
    assert_eq!(parts.take(&frame(301, two(2)), two(2), 500_000), Reassembled::Waits, "given up");
}

#[test]
fn a_stream_is_cut_at_its_flags_whatever_lies_between_and_however_it_comes() {
    let frames = [vec![1, 2], vec![0x7e, 3], vec![4]].map(enclose);
    let mut stream = vec![9, 9];
    stream.extend(&frames[0]);
    // One flag ends the first and begins the second.
    stream.extend(&frames[1][1..]);
    stream.extend([5, 5, 5].repeat(MAX_FRAME_BYTES));
    stream.extend(&frames[2]);
    for size in [1, 2, 3, 64, stream.len()] {
        let (mut splitter, mut cut) = (FrameSplitter::default(), Vec::new());
        for bytes in stream.chunks(size) {
            splitter.push(bytes, &mut |frame| cut.push(frame.to_vec()));
        }
        let expected: Vec<_> = frames.iter().map(|it| between_flags(it).to_vec()).collect();
        assert_eq!(cut, expected);
        assert_eq!(splitter.noise_bytes(), 2 + 3 * MAX_FRAME_BYTES as u64);
    }
}

#[test]
fn numbers_are_digits_and_written_as_wide_as_the_edition_has_them() {
    for wrong in ["", "12g", "-1", "123456789012345678901"] {
        assert_eq!(TerminalNumber::new(wrong), None, "{wrong}");
    }
    let bcd = |number: TerminalNumber, bytes| number.to_bcd(bytes).collect::<Vec<_>>();
    let number = TerminalNumber::new("00013912344329").expect("digits");
    assert_eq!(number.to_string(), "13912344329");
    assert_eq!(bcd(number, 6), PHONE_2013);
    assert_eq!(bcd(number, 10), PHONE_2019);
    assert_eq!(TerminalNumber::from_bcd(&[0; 6]).as_str(), "0");
    let with_letters = TerminalNumber::from_bcd(&[0, 0x01, 0xc0, 0xff, 0xee, 0x12]);
    assert_eq!(TerminalNumber::new("1C0FFEE12"), Some(with_letters), "as it is listed");
    assert_eq!(bcd(with_letters, 6), [0, 0x01, 0xc0, 0xff, 0xee, 0x12], "and answered");
}

proptest! {
    #[test]
    fn what_is_written_is_read(message: u16, new: bool, digits in "[1-9][0-9]{0,11}", body in prop::collection::vec(any::<u8>(), 0..3_000)) {
        let edition = if new { Edition::Y2019 } else { Edition::Y2013 };
        let number = TerminalNumber::new(&digits).expect("digits");
        let (_, frames) = Encoder::new(edition, number).message(message, &body);
        let mut parts = Parts::up_to(10_000);
        let mut read = None;
        for (nth, frame) in frames.iter().enumerate() {
            prop_assert!(!between_flags(frame).contains(&0x7e));
            let frame = Frame::decode(between_flags(frame)).expect("a frame");
            prop_assert_eq!(&frame.header.number, &number);
            prop_assert_eq!((frame.header.message, frame.header.edition), (message, edition));
            prop_assert_eq!((frame.header.serial as usize, frame.flaws), (nth, Flaws::default()));
            read = match frame.header.part {
                None => Some(frame.body),
                Some(part) => match parts.take(&frame, part, 0) {
                    Reassembled::Whole(body) => Some(body),
                    Reassembled::Waits | Reassembled::Refused | Reassembled::TooLong => None,
                },
            };
        }
        prop_assert_eq!(read, Some(body));
    }

    #[test]
    fn no_bytes_end_the_program(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Frame::decode(&bytes);
        let _ = Frame::decode(between_flags(&enclose(bytes)));
    }
}
