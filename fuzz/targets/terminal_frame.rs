//! Bytes of a terminal of another maker, in any portions: the cuts between portions change nothing, no frame and no
//! body ends the program, and what comes out of parts is bounded.
#![no_main]

use libfuzzer_sys::fuzz_target;
use terminal_gateway::jt808::body::Said;
use terminal_gateway::jt808::frame::{Frame, FrameSplitter, MAX_FRAME_BYTES, Parts, Reassembled};

const MOST_MESSAGE_BYTES: usize = 4_096;

fuzz_target!(|input: (&[u8], &[u8])| {
    let (cuts, bytes) = input;
    let (mut whole, mut frames) = (FrameSplitter::default(), Vec::new());
    whole.push(bytes, &mut |frame| frames.push(frame.to_vec()));

    let (mut portioned, mut same, mut rest) = (FrameSplitter::default(), Vec::new(), bytes);
    for cut in cuts {
        let (portion, after) = rest.split_at(usize::from(*cut).min(rest.len()));
        portioned.push(portion, &mut |frame| same.push(frame.to_vec()));
        rest = after;
    }
    portioned.push(rest, &mut |frame| same.push(frame.to_vec()));
    assert_eq!(frames, same);
    assert_eq!(whole.noise_bytes(), portioned.noise_bytes());

    let mut parts = Parts::up_to(MOST_MESSAGE_BYTES);
    for raw in frames.iter().map(Vec::as_slice).chain([bytes]) {
        assert!(raw.len() <= MAX_FRAME_BYTES.max(bytes.len()));
        let Ok(frame) = Frame::decode(raw) else { continue };
        let read = |body: &[u8]| drop(Said::read(frame.header.message, frame.header.edition, body));
        read(&frame.body);
        if let Some(part) = frame.header.part
            && let Reassembled::Whole(body) = parts.take(&frame, part, 0)
        {
            assert!(body.len() <= MOST_MESSAGE_BYTES);
            read(&body);
        }
    }
});
