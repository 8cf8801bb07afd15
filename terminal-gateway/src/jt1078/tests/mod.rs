//! Streams as terminals write them, and as nobody should.

pub(crate) mod gear;

use super::*;
use crate::jt808::frame::TerminalNumber;
use gear::{Sent, number, packets_of};
use proptest::prelude::*;

/// All packets of a stream that comes in such portions, in a form that can be compared.
fn read(stream: &[u8], portion: usize) -> Vec<String> {
    let (mut splitter, mut all) = (PacketSplitter::default(), Vec::new());
    let is_known = |it: &TerminalNumber| *it == number();
    for bytes in stream.chunks(portion.max(1)) {
        splitter.push(bytes, &is_known, &mut |packet| all.push(format!("{packet:?}")));
        assert!(splitter.held_bytes() <= MOST_DATA_BYTES + 64, "it holds one packet at most");
    }
    all
}

fn assembled(stream: &[u8]) -> Vec<Assembled> {
    let (mut splitter, mut assembler) = (PacketSplitter::default(), FrameAssembler::default());
    let mut all = Vec::new();
    splitter.push(stream, &|it| *it == number(), &mut |packet| all.push(assembler.take(packet)));
    all.retain(|it| *it != Assembled::Waits);
    all
}

fn frame(time_ms: u64, data: &[u8], is_after_loss: bool) -> Assembled {
    let data = data.to_vec();
    Assembled::Frame(VideoFrame { time_ms, data, is_bidirectional: false, is_after_loss })
}

#[test]
fn a_packet_of_either_edition_is_read_field_by_field() {
    for is_2019 in [false, true] {
        let sent = Sent { is_2019, sequence: 0x0102, kind: 1, part: 3, ..Sent::default() };
        let stream = Sent { channel: 7, time_ms: 0x0102_0304_0506_0708, ..sent }.written(b"abc");
        let (mut splitter, mut count) = (PacketSplitter::default(), 0);
        splitter.push(&stream, &|it| *it == number(), &mut |packet| {
            let expected = Packet {
                number: number(),
                channel: 7,
                payload_type: 98,
                sequence: 0x0102,
                kind: Kind::Predicted,
                part: Part::Middle,
                time_ms: Some(0x0102_0304_0506_0708),
                data: b"abc",
            };
            assert_eq!(*packet, expected);
            count += 1;
        });
        assert_eq!((count, splitter.held_bytes(), splitter.noise_bytes()), (1, 0, 0));
    }
}

#[test]
fn sound_and_passthrough_have_shorter_headers() {
    let sound = Sent { kind: 3, payload_type: 6, ..Sent::default() }.written(b"sound");
    let passed = Sent { kind: 4, sequence: 1, ..Sent::default() }.written(b"");
    let video = Sent { sequence: 2, ..Sent::default() }.written(b"video");
    let all = read(&[sound, passed, video].concat(), usize::MAX);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all[0].contains("Audio") && all[1].contains("time_ms: None"), "{all:?}");
}

#[test]
fn the_width_of_an_unknown_number_is_told_by_where_the_next_packet_begins() {
    for is_2019 in [false, true] {
        let one = Sent { is_2019, number: "5550001", ..Sent::default() }.written(b"first");
        let two = Sent { is_2019, sequence: 1, number: "5550001", ..Sent::default() };
        let all = read(&[one, two.written(b"second")].concat(), usize::MAX);
        // The end of the second is not shown by a third, but by then the width is known.
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all.iter().all(|it| it.contains("\"5550001\"")), "{all:?}");
    }
}

#[test]
fn rubbish_is_passed_over_and_packets_behind_it_are_read() {
    let good = |sequence| Sent { sequence, ..Sent::default() }.written(b"good");
    let unknown_kind = Sent { kind: 9, ..Sent::default() }.written(b"?");
    let too_long = [&good(9)[..28], &[0xff, 0xff]].concat();
    let rubbish: [&[u8]; 5] =
        [b"GET / HTTP/1.1\r\n\r\n", b"01c", b"01cd", &unknown_kind, &too_long];
    for noise in rubbish {
        let stream = [noise, &good(1), noise, &good(2), &good(3)].concat();
        let all = read(&stream, usize::MAX);
        let is_there =
            |sequence: u16| all.iter().any(|it| it.contains(&format!("sequence: {sequence},")));
        assert!(is_there(2) && is_there(3), "after {noise:?}: {all:?}");
    }
}

#[test]
fn frames_are_put_together_of_their_parts() {
    let stream = packets_of(0, 5_000, b"0123456789", 4);
    assert_eq!(assembled(&stream), [frame(5_000, b"0123456789", true)]);
    let next = packets_of(3, 5_040, b"ab", 4);
    let both = [stream, next].concat();
    assert_eq!(assembled(&both)[1], frame(5_040, b"ab", false), "nothing is missing between");
}

#[test]
fn a_frame_of_which_a_packet_is_missing_is_left_out_and_the_next_says_so() {
    let part =
        |sequence, part, data: &[u8]| Sent { sequence, part, ..Sent::default() }.written(data);
    let before = part(0, 0, b"before");
    let after = |sequence| part(sequence, 0, b"after");
    let lost: [(&str, Vec<u8>, u16); 6] = [
        ("a middle", [part(1, 1, b"a"), part(3, 2, b"c")].concat(), 4),
        ("the first", [part(2, 3, b"b"), part(3, 2, b"c")].concat(), 4),
        ("the last", part(1, 1, b"a"), 2),
        ("a whole frame", Vec::new(), 2),
        ("their order", [part(1, 1, b"a"), part(3, 3, b"c"), part(2, 2, b"b")].concat(), 4),
        ("the counter's step", part(0x8000, 1, b"a"), 1),
    ];
    for (what, middle, sequence) in lost {
        let stream = [before.clone(), middle, after(sequence)].concat();
        let expected = [frame(0, b"before", true), frame(0, b"after", true)];
        assert_eq!(assembled(&stream), expected, "lost: {what}");
    }
    let doubled = [part(1, 1, b"a"), part(1, 1, b"a"), part(2, 2, b"b"), part(2, 2, b"b")].concat();
    let stream = [before, doubled, after(3)].concat();
    let whole = [frame(0, b"before", true), frame(0, b"ab", false), frame(0, b"after", false)];
    assert_eq!(assembled(&stream), whole, "what comes twice is taken once");
}

#[test]
fn the_counter_runs_round_and_may_count_sound_with_the_picture_or_apart() {
    let video = |sequence| Sent { sequence, ..Sent::default() }.written(b"v");
    let sound = |sequence| Sent { sequence, kind: 3, ..Sent::default() }.written(b"s");
    let round = [video(0xfffe), video(0xffff), video(0)].concat();
    let together = [video(0), sound(1), sound(2), video(3), sound(4), video(5)].concat();
    let apart = [video(7), sound(900), video(8), sound(901), video(9)].concat();
    for stream in [round, together, apart] {
        let found = assembled(&stream);
        assert_eq!(found, [frame(0, b"v", true), frame(0, b"v", false), frame(0, b"v", false)]);
    }
}

#[test]
fn another_codec_and_a_frame_without_end_are_told() {
    let other = Sent { payload_type: 99, ..Sent::default() }.written(b"h265");
    assert_eq!(assembled(&other), [Assembled::OtherCodec]);
    let piece = [7; MOST_DATA_BYTES];
    let mut stream = Sent { part: 1, ..Sent::default() }.written(&piece);
    for sequence in 1..=64 {
        stream.extend(Sent { sequence, part: 3, ..Sent::default() }.written(&piece));
    }
    assert_eq!(assembled(&stream), [Assembled::TooLarge]);
}

/// Packets and rubbish in any order.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let data = prop::collection::vec(any::<u8>(), 0..60);
    let fields = (any::<bool>(), any::<u16>(), 0u8..6, 0u8..5, any::<bool>());
    let packet = (fields, data).prop_map(|((is_2019, sequence, kind, part, is_known), data)| {
        let number = if is_known { gear::NUMBER } else { "5550001" };
        Sent { is_2019, sequence, kind, part, number, ..Sent::default() }.written(&data)
    });
    let rubbish = prop::collection::vec(any::<u8>(), 0..80);
    let magic =
        prop::sample::select(vec![b"01cd".to_vec(), b"01".to_vec(), b"01cd\x81\x62".to_vec()]);
    let pieces = prop_oneof![4 => packet, 1 => rubbish, 1 => magic];
    prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_portions_of_a_stream_do_not_matter(stream in streams(), portion in 1usize..90) {
        prop_assert_eq!(read(&stream, portion), read(&stream, usize::MAX));
        prop_assert_eq!(read(&stream, 1), read(&stream, usize::MAX));
    }

    #[test]
    fn no_stream_ends_the_program(stream in prop::collection::vec(any::<u8>(), 0..3_000)) {
        assembled(&stream);
    }

    #[test]
    fn what_a_terminal_sends_comes_out(data in prop::collection::vec(any::<u8>(), 4..5_000), most in 4usize..950) {
        let stream = packets_of(0, 1, &data, most);
        prop_assert_eq!(assembled(&stream), vec![frame(1, &data, true)]);
    }
}
