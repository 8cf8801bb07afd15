use super::super::frame::Edition;
use super::super::{TerminalTime, to_gbk};
use super::*;
use proptest::prelude::*;

const AT: [u8; 6] = [0x26, 0x11, 0x29, 0x20, 0x15, 0x30];

fn location(items: &[u8]) -> Vec<u8> {
    let mut body = vec![0, 0, 0, 1, 0, 0, 0, 3];
    body.extend(38_487_200u32.to_be_bytes());
    body.extend(106_230_900u32.to_be_bytes());
    body.extend(1_110u16.to_be_bytes());
    body.extend(432u16.to_be_bytes());
    body.extend(359u16.to_be_bytes());
    body.extend(AT);
    body.extend(items);
    body
}

fn read(message: u16, body: &[u8]) -> Said {
    Said::read(message, Edition::Y2013, body).expect("a message")
}

fn located(items: &[u8]) -> Location {
    let Said::Location(location) = read(0x0200, &location(items)) else { panic!("a location") };
    location
}

#[test]
fn a_location_says_where_how_fast_and_when() {
    let found = located(&[1, 4, 0, 0, 0x27, 0x10, 2, 2, 1, 0xf4, 0x30, 1, 21, 0x31, 1, 12]);
    assert_eq!(found.lat_lon, (38.4872, 106.2309));
    assert_eq!(found.altitude_m, 1_110);
    assert!((found.speed_mps - 12.0).abs() < 1e-9);
    assert_eq!(found.course_deg, Some(359));
    assert_eq!(found.time, TerminalTime::from_bcd(&AT));
    assert!(found.alarms.sos() && found.status.located() && found.status.ignition());
    assert_eq!(found.items.mileage_m, Some(1_000_000));
    assert_eq!(found.items.fuel_l, Some(50.0));
    assert_eq!((found.items.signal, found.items.satellites), (Some(21), Some(12)));
    assert_eq!((found.items.unknown, found.items.malformed), (0, 0));
}

#[test]
fn south_and_west_are_bits_of_the_status_and_heights_may_lie_below_the_sea() {
    let mut body = location(&[]);
    body[7] = 0b1110;
    body[16..18].copy_from_slice(&(-154i16).to_be_bytes());
    let Said::Location(found) = read(0x0200, &body) else { panic!("a location") };
    assert_eq!(found.lat_lon, (-38.4872, -106.2309));
    assert_eq!(found.altitude_m, -154);
}

#[test]
fn an_item_of_any_kind_costs_no_other() {
    let runs_over = located(&[0x30, 1, 21, 0xeb, 200, 1, 2]);
    assert_eq!((runs_over.items.signal, runs_over.items.malformed), (Some(21), 1));
    let odd_length = located(&[0x01, 2, 1, 2, 0x31, 1, 9]);
    assert_eq!(odd_length.items.mileage_m, None);
    assert_eq!((odd_length.items.satellites, odd_length.items.malformed), (Some(9), 1));
    let of_makers = located(&[0xeb, 3, 1, 2, 3, 0x14, 4, 0, 0, 0, 1, 0x31, 1, 9]);
    assert_eq!((of_makers.items.satellites, of_makers.items.unknown), (Some(9), 2));
    assert_eq!(located(&[0x31]).items.malformed, 1, "an id without a length");
}

#[test]
fn a_place_without_a_moment_is_told_so() {
    let mut body = location(&[]);
    body[22..28].fill(0);
    let Said::Location(found) = read(0x0200, &body) else { panic!("a location") };
    assert_eq!(found.time, None);
    assert_eq!(
        Said::read(0x0200, Edition::Y2013, &body[..27]),
        None,
        "the fixed part is not there"
    );
}

#[test]
fn a_back_fill_keeps_what_can_be_read() {
    let one = location(&[0x31, 1, 9]);
    let mut body = vec![0, 3, 1];
    for item in [&one[..], &one[..20], &one[..]] {
        body.extend((item.len() as u16).to_be_bytes());
        body.extend(item);
    }
    let Said::Backfill(found) = read(0x0704, &body) else { panic!("a back-fill") };
    assert_eq!((found.blind_spot, found.locations.len(), found.malformed), (true, 2, 1));
    let Said::Backfill(cut) = read(0x0704, &body[..60]) else { panic!("a back-fill") };
    assert_eq!((cut.locations.len(), cut.malformed), (1, 2));
}

fn registration(maker: usize, model: usize, terminal: usize) -> Vec<u8> {
    let padded = |text: &[u8], bytes: usize| {
        let mut field = text.to_vec();
        field.resize(bytes, 0);
        field
    };
    let mut body = vec![0, 64, 0, 100];
    body.extend(padded(b"70111", maker));
    body.extend(padded(b"HB-R03GB", model));
    body.extend(padded(b"1234567", terminal));
    body.push(1);
    body.extend(to_gbk("宁A12345", 20));
    body
}

#[test]
fn a_registration_of_each_edition_says_the_same() {
    let bodies = [
        (Edition::Y2013, registration(5, 8, 7)),
        (Edition::Y2013, registration(5, 20, 7)),
        (Edition::Y2019, registration(11, 30, 30)),
        // The body of one edition behind the header of another.
        (Edition::Y2013, registration(11, 30, 30)),
        (Edition::Y2019, registration(5, 20, 7)),
        (Edition::Y2019, registration(5, 8, 7)),
    ];
    for (edition, body) in bodies {
        let Some(Said::Registration(found)) = Said::read(0x0100, edition, &body) else {
            panic!("a registration")
        };
        assert_eq!((found.province, found.city, found.plate_colour), (64, 100, 1));
        assert_eq!((&*found.maker, &*found.model), ("70111", "HB-R03GB"));
        assert_eq!((&*found.terminal, &*found.plate), ("1234567", "宁A12345"));
    }
}

#[test]
fn an_authentication_of_each_edition_gives_the_code() {
    let read = |edition, body: &[u8]| match Said::read(0x0102, edition, body) {
        Some(Said::Authentication(found)) => found,
        other => panic!("{other:?}"),
    };
    assert_eq!(read(Edition::Y2013, b"A7F3K").code, "A7F3K");
    let mut body = b"\x05A7F3K860000000000001".to_vec();
    body.extend(b"V1.2.3");
    body.resize(41, 0);
    let found = read(Edition::Y2019, &body);
    assert_eq!((&*found.code, found.imei.as_deref()), ("A7F3K", Some("860000000000001")));
    assert_eq!(found.software.as_deref(), Some("V1.2.3"));
    assert_eq!(
        read(Edition::Y2019, b"A7F3K").code,
        "A7F3K",
        "2019 in the header, 2013 in the body"
    );
    assert_eq!(read(Edition::Y2013, &body), found, "2013 in the header, 2019 in the body");
    let cut = read(Edition::Y2019, &body[..25]);
    assert_eq!((&*cut.code, cut.software.as_deref()), ("A7F3K", Some("V1.2")), "cut short");
    body.extend([b'x'; 9]);
    assert_eq!(read(Edition::Y2019, &body).code, "A7F3K", "longer than it should be");
    assert_eq!(read(Edition::Y2019, b"\x05A7F3K").code, "A7F3K", "and nothing behind");
}

#[test]
fn cards_keys_and_answers_are_read() {
    let mut card = vec![1];
    card.extend(AT);
    card.push(0);
    let name = to_gbk("马建国", 20);
    card.push(name.len() as u8);
    card.extend(&name);
    card.extend(b"642221198001010011\0\0");
    card.extend([4, b'N', b'X', b'0', b'1', 0x30, 0x01, 0x01, 0x00]);
    let Said::DriverCard(found) = read(0x0702, &card) else { panic!("a card") };
    let driver = found.driver.expect("a driver");
    assert_eq!((found.inserted, &*driver.name), (true, "马建国"));
    assert_eq!((&*driver.certificate, &*driver.issuer), ("642221198001010011", "NX01"));
    let unread = [&[1][..], &AT, &[1]].concat();
    assert!(matches!(
        read(0x0702, &unread),
        Said::DriverCard(DriverCard { driver: None, inserted: true, .. })
    ));
    assert_eq!(read(0x0301, &[7]), Said::Event { event: 7 });
    assert!(matches!(read(0x0303, &[3, 1]), Said::MenuChoice(it) if it.entry == 3 && it.chosen));
    assert!(
        matches!(read(0x0302, &[0, 9, 2]), Said::QuestionAnswer(it) if it.question_serial == 9)
    );
    assert_eq!(
        read(0x0001, &[0, 5, 0x83, 0, 0]),
        Said::Answer(Answer { answers: 5, message: 0x8300, result: 0 })
    );
    assert_eq!(read(0x0f01, &[1, 2]), Said::Other);
    for body in [&[0, 9, 2, 0, 1, 0, 3][..], &[0, 9, 0, 2, 0, 1, 0, 3]] {
        let again = Said::AskAgain { first_serial: 9, parts: vec![1, 3] };
        assert_eq!(read(0x0005, body), again, "a count of one byte or two");
    }
}

#[test]
fn a_picture_is_read_with_and_without_its_place() {
    let event = [0, 0, 0, 9, 0, 0, 1, 2];
    let picture = [0xff, 0xd8, 0xff, 0xe0];
    let with = [&event[..], &location(&[]), &picture].concat();
    let without = [&event[..], &picture].concat();
    for (body, has_place) in [(with, true), (without, false)] {
        let Said::MediaUpload(found) = read(0x0801, &body) else { panic!("a picture") };
        assert_eq!((found.event.id, found.event.channel), (9, 2));
        assert_eq!((found.location.is_some(), found.data), (has_place, picture.to_vec()));
    }
}

#[test]
fn what_terminals_are_told_is_written_by_their_edition() {
    let text = Tell::Text {
        flags: TextFlags { urgent: true, shown: true, spoken: true },
        text: "去".to_owned(),
    };
    assert_eq!(text.write(Edition::Y2013), (0x8300, vec![0b1101, 0xc8, 0xa5]));
    assert_eq!(text.write(Edition::Y2019), (0x8300, vec![0b1110, 1, 0xc8, 0xa5]));
    let again = Tell::AskAgain { first_serial: 1, parts: vec![2, 4] };
    assert_eq!(again.write(Edition::Y2013).1, [0, 1, 2, 0, 2, 0, 4]);
    assert_eq!(again.write(Edition::Y2019).1, [0, 1, 0, 2, 0, 2, 0, 4]);
    let known = Tell::Registered { answers: 3, code: Ok("A7".to_owned()) };
    assert_eq!(known.write(Edition::Y2013), (0x8100, vec![0, 3, 0, b'A', b'7']));
    let taken = Tell::Registered { answers: 3, code: Err(4) };
    assert_eq!(taken.write(Edition::Y2013).1, [0, 3, 4]);
    let interval = Tell::SetParameters(vec![Parameter::report_seconds(5)]);
    assert_eq!(interval.write(Edition::Y2013), (0x8103, vec![1, 0, 0, 0, 0x29, 4, 0, 0, 0, 5]));
    let moment = TerminalTime::from_bcd(&AT).expect("a moment").unix_ms;
    assert_eq!(
        Tell::Time { unix_ms: moment }.write(Edition::Y2019).1,
        [0x26, 0x11, 0x29, 0x12, 0x15, 0x30]
    );
    assert_eq!(
        Tell::LongTime { unix_ms: moment }.write(Edition::Y2013).1,
        [0x07, 0xea, 11, 29, 12, 15, 30]
    );
    let key = |number, name: &str| Key { number, name: name.to_owned() };
    let events = Tell::SetEvents(vec![key(1, "A"), key(2, "去")]);
    assert_eq!(events.write(Edition::Y2013), (0x8301, vec![1, 2, 1, 1, b'A', 2, 2, 0xc8, 0xa5]));
    let menu = Tell::SetMenu(vec![key(1, "A")]);
    assert_eq!(menu.write(Edition::Y2013), (0x8303, vec![1, 1, 1, 0, 1, b'A']));
    let video = Tell::StartVideo { address: "10.0.0.1".to_owned(), tcp_port: 8810, channel: 2 };
    let told = [b"\x0810.0.0.1".as_slice(), &[0x22, 0x6a, 0, 0, 2, 1, 1]].concat();
    assert_eq!(
        video.write(Edition::Y2019),
        (0x9101, told),
        "the picture alone, the smaller stream"
    );
    let stop = Tell::StopVideo { channel: 2 };
    assert_eq!(stop.write(Edition::Y2013), (0x9102, vec![2, 0, 0, 1]));
    let answer = Tell::Answer { answers: 7, message: 0x0200, outcome: Outcome::Done };
    assert_eq!(answer.write(Edition::Y2013), (0x8001, vec![0, 7, 2, 0, 0]));
}

proptest! {
    #[test]
    fn no_body_ends_the_program(message in prop::sample::select(vec![
        0x0001u16, 0x0005, 0x0100, 0x0102, 0x0104, 0x0107, 0x0200, 0x0201, 0x0301, 0x0302, 0x0303, 0x0702, 0x0704,
        0x0800, 0x0801, 0x0900,
    ]), new: bool, body in prop::collection::vec(any::<u8>(), 0..400)) {
        let edition = if new { Edition::Y2019 } else { Edition::Y2013 };
        let _ = Said::read(message, edition, &body);
    }
}
