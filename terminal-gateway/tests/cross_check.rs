//! Frames of another hand's codec are read here as it meant them, and ours are read there. It takes one escape a frame and
//! reads the digits of a date as whole bytes, so the examples keep to that.

use bytes::{Bytes, BytesMut};
use jt_util::bytes_bcd::BytesBCD;
use jt_util::bytes_gbk::BytesGBK;
use jt808::JtPackage;
use jt808::bytes::JtBytes;
use jt808::codec::Jt808Codec;
use jt808::models::{
    Jt0x0100, Jt0x0102, Jt0x8100, Jt808, Jt808BodySerialize, Jt808BodyTrans, JtNoBody, jt0x0200,
};
use terminal_gateway::jt808::body::{Said, Tell};
use terminal_gateway::jt808::frame::{Edition, Encoder, Flaws, Frame, TerminalNumber};
use tokio_util::codec::Decoder;

const BOTH: [Edition; 2] = [Edition::Y2013, Edition::Y2019];

fn theirs(edition: Edition) -> JtPackage {
    let (width, v19) = match edition {
        Edition::Y2013 => (6, false),
        Edition::Y2019 => (10, true),
    };
    let mut number = BytesBCD::new();
    number.set_bytes(Bytes::from_static(&[0x01, 0x39, 0x12, 0x34, 0x43, 0x29]));
    number.set_bytes_len(width);
    JtPackage::new(number, v19, u8::from(v19), 1_023)
}

fn gbk(text: &str) -> BytesGBK {
    let mut bytes = BytesGBK::new();
    bytes.set_val(text);
    bytes
}

fn read_here(
    edition: Edition,
    message: u16,
    body: &mut impl Jt808BodySerialize,
) -> (Frame, Option<Said>) {
    let sent = theirs(edition).serialize(message, 0, body);
    let frame = Frame::decode(&sent[1..sent.len() - 1]).expect("a frame");
    let said = Said::read(frame.header.message, frame.header.edition, &frame.body);
    (frame, said)
}

fn read_there(frame: &[u8]) -> Jt808 {
    let mut bytes = BytesMut::from(frame);
    Jt808Codec::new().decode(&mut bytes).expect("read").expect("a frame")
}

#[test]
fn registrations_of_another_hand_are_read() {
    for edition in BOTH {
        let mut body = Jt0x0100 {
            province: 64,
            city: 100,
            maker: gbk("70111"),
            terminal_model: gbk("AMB-1"),
            terminal_id: gbk("A12345}"),
            color: 2,
            name: gbk("宁A12345"),
        };
        let (frame, said) = read_here(edition, 0x0100, &mut body);
        assert_eq!((frame.header.edition, frame.flaws), (edition, Flaws::default()));
        assert_eq!(frame.header.number.as_str(), "13912344329");
        let Some(Said::Registration(read)) = said else { panic!("{said:?}") };
        assert_eq!((read.province, read.city, read.plate_colour), (64, 100, 2));
        assert_eq!((read.plate.as_str(), read.terminal.as_str()), ("宁A12345", "A12345}"));
        assert!(read.maker.ends_with("70111") && read.model.contains("AMB-1"), "{read:?}");
    }
}

#[test]
fn authentications_of_another_hand_are_read() {
    for edition in BOTH {
        let mut body = Jt0x0102 {
            authority_code: gbk("abc~123"),
            imei: gbk("860000000000001"),
            soft_version: gbk("V1.2"),
        };
        let (_, said) = read_here(edition, 0x0102, &mut body);
        let Some(Said::Authentication(read)) = said else { panic!("{said:?}") };
        assert_eq!(read.code, "abc~123");
        assert_eq!(read.imei.is_some(), edition == Edition::Y2019);
    }
    let (_, said) = read_here(Edition::Y2013, 0x0002, &mut JtNoBody::default());
    assert_eq!(said, Some(Said::Heartbeat));
}

#[test]
fn frames_written_here_are_read_by_another_hand() {
    for edition in BOTH {
        let number = TerminalNumber::new("13912344329").expect("digits");
        let mut encoder = Encoder::new(edition, number);
        encoder.message(0x8001, &[0; 5]);
        let told = Tell::Registered { answers: 0x7e01, code: Ok("c0de".to_owned()) };
        let (message, body) = told.write(edition);
        let (_, frames) = encoder.message(message, &body);
        let read = read_there(&frames[0]);
        assert_eq!((read.id, read.sn, read.v19), (0x8100, 1, edition == Edition::Y2019));
        assert!(read.sim.get_val().ends_with("13912344329"));
        // Its own way to a body passes the first flag twice, so the body is taken from the end: checksum and flag.
        let whole = read.get_bytes();
        let body_at = whole.len() - 2 - usize::from(read.body_length);
        let mut body = JtBytes::from(whole.slice(body_at..whole.len() - 2));
        let answer = Jt0x8100::fill_new(&mut body, &read);
        assert_eq!((answer.answer_sn, answer.result), (0x7e01, 0));
        assert_eq!(answer.authority_code.get_val(), "c0de");

        let (_, parts) = encoder.message(0x8300, &[0x41; 2_000]);
        let read: Vec<Jt808> = parts.iter().map(|it| read_there(it)).collect();
        let told: Vec<_> =
            read.iter().map(|it| (it.sn, it.package_total, it.package_index)).collect();
        assert_eq!(told, [(2, Some(2), Some(1)), (3, Some(2), Some(2))]);
        assert_eq!(read.iter().map(|it| usize::from(it.body_length)).sum::<usize>(), 2_000);
    }
}

#[test]
fn a_location_is_read_alike_here_and_there() {
    let mut body = Vec::new();
    body.extend(1u32.to_be_bytes());
    body.extend(3u32.to_be_bytes());
    body.extend(38_466_900u32.to_be_bytes());
    body.extend(106_278_100u32.to_be_bytes());
    body.extend(1_110u16.to_be_bytes());
    body.extend(453u16.to_be_bytes());
    body.extend(275u16.to_be_bytes());
    body.extend([0x26, 0x09, 0x07, 0x08, 0x15, 0x05]);
    body.extend([0x01, 4, 0, 0, 0x27, 0x10, 0x31, 1, 17, 0xe1, 9, 1]);
    let there =
        jt0x0200::Jt0x0200::fill_new(&mut JtBytes::from(Bytes::from(body.clone())), &Jt808::new());
    let Some(Said::Location(here)) = Said::read(0x0200, Edition::Y2013, &body) else {
        panic!("a location")
    };
    let degrees = |micro: u32| f64::from(micro) / 1e6;
    assert_eq!(here.lat_lon, (degrees(there.gps.lat), degrees(there.gps.lng)));
    assert_eq!((here.alarms.0, here.status.0), (there.gps.alarm_data, there.gps.state));
    assert!((here.speed_mps * 36.0 - f64::from(there.gps.speed)).abs() < 1e-9);
    assert_eq!(here.course_deg, Some(there.gps.direction));
    assert_eq!((here.items.satellites, here.items.malformed), (Some(17), 1));
}
