//! Bytes of a terminal's camera, in any portions: the cuts between portions change nothing, what is held is bounded, and
//! no frame ends the program or becomes a fragment that is larger than is sent.
#![no_main]

use libfuzzer_sys::fuzz_target;
use terminal_gateway::jt808::frame::TerminalNumber;
use terminal_gateway::jt1078::{Assembled, FrameAssembler, MOST_DATA_BYTES, PacketSplitter, VideoFrame};
use terminal_gateway::picture::Muxer;
use wire_protocol::picture::{FragmentKind, MAX_FRAGMENT_BYTES};

const MOST_HEADER_BYTES: usize = 34;

/// What comes out of portions as long as the cuts say, and how many bytes were of no packet.
fn assembled(bytes: &[u8], cuts: &[u8]) -> (Vec<Assembled>, u64) {
    let (mut splitter, mut assembler) = (PacketSplitter::default(), FrameAssembler::default());
    let (mut all, mut rest) = (Vec::new(), bytes);
    let is_known = |it: &TerminalNumber| it.as_str().len() < 12;
    for cut in cuts.iter().map(|it| usize::from(*it)).chain([usize::MAX]) {
        let (portion, after) = rest.split_at(cut.min(rest.len()));
        splitter.push(portion, &is_known, &mut |packet| all.push(assembler.take(packet)));
        assert!(splitter.held_bytes() <= MOST_DATA_BYTES + MOST_HEADER_BYTES + 4);
        rest = after;
    }
    (all, splitter.noise_bytes())
}

fuzz_target!(|input: (&[u8], &[u8], Vec<u64>)| {
    let (cuts, bytes, times) = input;
    let (all, noise_bytes) = assembled(bytes, &[]);
    assert_eq!((all.clone(), noise_bytes), assembled(bytes, cuts));
    let mut muxer = Muxer::default();
    let mut take = |frame: &VideoFrame, now_ms: u64| {
        let Ok(muxed) = muxer.take(frame, now_ms) else { return };
        let start = muxed.begins.map(|(_, start)| start);
        for fragment in start.into_iter().chain(muxed.fragment) {
            assert!(fragment.len() <= MAX_FRAGMENT_BYTES && FragmentKind::of(&fragment).is_some());
        }
    };
    for (it, now_ms) in all.iter().zip(times.iter().cycle()) {
        if let Assembled::Frame(frame) = it {
            take(frame, *now_ms);
        }
    }
    // The bytes as a frame of their own, for an encoder's stream without packets.
    let data = bytes.to_vec();
    for time_ms in times {
        let frame = VideoFrame { time_ms, data: data.clone(), is_bidirectional: false, is_after_loss: false };
        take(&frame, time_ms);
    }
});
