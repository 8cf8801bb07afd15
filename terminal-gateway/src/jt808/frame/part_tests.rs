//! Parts as terminals really send them, whatever their serial numbers.

use super::*;

fn frame(serial: u16, total: u16, number: u16) -> (Frame, Part) {
    let part = Part { total, number };
    let header = Header {
        message: 0x0704,
        edition: Edition::Y2013,
        number: TerminalNumber::from_bcd(&[1]),
        serial,
        encrypted: false,
        part: Some(part),
    };
    (Frame { header, body: vec![number as u8], flaws: Flaws::default() }, part)
}

/// Takes parts of a message of three, or other messages of number 0, by serial number; gives what comes together.
fn take(parts: &mut Parts, came: &[(u16, u16)]) -> Vec<Vec<u8>> {
    let mut whole = Vec::new();
    for (serial, number) in came {
        if *number == 0 {
            parts.passed(*serial);
            continue;
        }
        let (frame, part) = frame(*serial, 3, *number);
        if let Reassembled::Whole(body) = parts.take(&frame, part, 0) {
            whole.push(body);
        }
    }
    whole
}

fn taken(came: &[(u16, u16)]) -> Vec<Vec<u8>> {
    take(&mut Parts::up_to(1_000), came)
}

#[test]
fn reports_between_the_parts_of_a_picture_cost_nothing() {
    assert_eq!(taken(&[(10, 1), (11, 0), (12, 2), (13, 3)]), [[1, 2, 3]]);
    assert_eq!(taken(&[(65_534, 1), (65_535, 2), (0, 0), (1, 0), (2, 3)]), [[1, 2, 3]]);
    assert_eq!(taken(&[(10, 1), (11, 0), (13, 3), (12, 2)]), [[1, 2, 3]], "out of order");
}

#[test]
fn one_serial_number_in_all_parts_is_one_message() {
    assert_eq!(taken(&[(7, 1), (7, 2), (7, 3)]), [[1, 2, 3]]);
}

#[test]
fn a_part_that_was_asked_for_may_come_under_a_new_number() {
    let mut parts = Parts::up_to(1_000);
    assert!(take(&mut parts, &[(10, 1), (12, 3)]).is_empty());
    assert!(take(&mut parts, &[(40, 2)]).is_empty(), "nobody asked for it");
    let mut parts = Parts::up_to(1_000);
    take(&mut parts, &[(10, 1), (12, 3)]);
    let missing = parts.missing(0).remove(0);
    assert_eq!((missing.first_serial, missing.parts, missing.begins), (10, vec![2], None));
    assert_eq!(take(&mut parts, &[(40, 2)]), [[1, 2, 3]]);
}

#[test]
fn two_messages_that_lost_parts_are_never_made_one() {
    // The first lost its end and the second its beginning.
    assert!(taken(&[(10, 1), (11, 2), (15, 3)]).is_empty());
    assert!(taken(&[(10, 1), (14, 2), (15, 3)]).is_empty());
    assert!(taken(&[(10, 1), (12, 3), (13, 1), (14, 2)]).is_empty());
    // And each is whole when its own comes.
    let came = [(10, 1), (12, 3), (13, 1), (14, 2), (15, 3), (11, 2)];
    assert_eq!(taken(&came), [[1, 2, 3], [1, 2, 3]]);
}
