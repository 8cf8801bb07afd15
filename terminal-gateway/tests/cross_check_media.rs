//! Media packets that another hand's library writes are read here field by field. Of that library only the heads of
//! packets are taken: its reader tells no editions apart.

use jt1078::{IJtRtpHead, JtRtpHeadv13, JtRtpHeadv19};
use terminal_gateway::jt808::frame::TerminalNumber;
use terminal_gateway::jt1078::{Assembled, FrameAssembler, Kind, Packet, PacketSplitter, Part};

const DATA: &[u8] = b"what a camera coded";

/// A packet of theirs: kind and part as the standard numbers them.
fn theirs(head: &mut impl IJtRtpHead, digits: &str, kind: u8, part: u8, sequence: u16) -> Vec<u8> {
    head.set_m(true);
    head.set_pt(98);
    head.set_sn(sequence);
    head.set_sim(digits.to_owned());
    head.set_channel(3);
    head.set_xxxx(kind);
    head.set_yyyy(part);
    head.set_time_stamp(1_700_000_000_123);
    head.set_last_i_ts(1_000);
    head.set_last_ts(40);
    head.set_dlen(DATA.len() as u16);
    [head.get_buf(), DATA].concat()
}

fn read_here(stream: &[u8], see: &mut dyn FnMut(&Packet<'_>)) {
    let number = TerminalNumber::new("13912344329").expect("digits");
    PacketSplitter::default().push(stream, &|it| *it == number, see);
}

fn check(mut make: impl FnMut(u8, u8, u16) -> Vec<u8>) {
    let kinds = [Kind::Key, Kind::Predicted, Kind::Bidirectional, Kind::Audio];
    let parts = [Part::Whole, Part::First, Part::Last, Part::Middle];
    for (kind, expected_kind) in (0u8..).zip(kinds) {
        for (part, expected_part) in (0u8..).zip(parts) {
            let mut count = 0;
            read_here(&make(kind, part, 0x1234), &mut |packet| {
                assert_eq!((packet.kind, packet.part), (expected_kind, expected_part));
                assert_eq!((packet.sequence, packet.payload_type, packet.channel), (0x1234, 98, 3));
                assert_eq!((packet.number.as_str(), packet.data), ("13912344329", DATA));
                assert_eq!(packet.time_ms, Some(1_700_000_000_123));
                count += 1;
            });
            assert_eq!(count, 1, "{expected_kind:?} {expected_part:?}");
        }
    }
    let parts = [make(0, 1, 7), make(0, 3, 8), make(0, 2, 9)].concat();
    let (mut assembler, mut whole) = (FrameAssembler::default(), None);
    read_here(&parts, &mut |packet| {
        if let Assembled::Frame(frame) = assembler.take(packet) {
            whole = Some(frame.data);
        }
    });
    assert_eq!(whole, Some(DATA.repeat(3)));
}

#[test]
fn packets_of_another_hand_are_read_by_either_edition() {
    check(|kind, part, sequence| {
        theirs(&mut JtRtpHeadv13::new(), "013912344329", kind, part, sequence)
    });
    check(|kind, part, sequence| {
        theirs(&mut JtRtpHeadv19::new(), "00000000013912344329", kind, part, sequence)
    });
}
