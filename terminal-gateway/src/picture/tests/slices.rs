//! Slices of a picture that come in frames of their own.

use super::{frame, muxed};
use crate::jt1078::VideoFrame;
use crate::jt1078::tests::gear::clip_frames;
use crate::picture::joiner::Joiner;
use wire_protocol::picture::FragmentKind;

/// A slice that is the first of its picture, and one that goes on from it.
const FIRST: &[u8] = &[0, 0, 1, 0x41, 0x9a, 1];
const NEXT: &[u8] = &[0, 0, 1, 0x41, 0x1a, 2];

fn joined(frames: &[VideoFrame]) -> Vec<(Vec<u8>, bool)> {
    let mut joiner = Joiner::default();
    let whole = frames
        .iter()
        .filter_map(|it| joiner.take(it).map(|it| (it.data.clone(), it.is_after_loss)));
    whole.collect()
}

#[test]
fn whole_pictures_pass_at_once() {
    let both = [FIRST, NEXT].concat();
    let frames = [frame(0, FIRST), frame(40, &both), frame(80, b"no slice")];
    let expected = frames.clone().map(|it| (it.data, false));
    assert_eq!(joined(&frames), expected);
}

#[test]
fn slices_are_put_together_from_the_second_picture_on() {
    let mut frames: Vec<_> =
        (0..8).map(|at| frame(at / 2 * 40, if at % 2 == 0 { FIRST } else { NEXT })).collect();
    let both = [FIRST, NEXT].concat();
    let expected = [(FIRST.to_vec(), false), (both.clone(), true), (both.clone(), false)];
    assert_eq!(joined(&frames), expected, "the last waits for what follows it");
    frames[5].is_after_loss = true;
    let expected = [(FIRST.to_vec(), false), (both, true)];
    assert_eq!(joined(&frames), expected, "one of which a slice is missing is left out");
}

#[test]
fn parameter_sets_that_come_alone_take_no_time() {
    let mut frames = Vec::new();
    for (at, data) in (0u64..).zip(clip_frames()) {
        // Alone, before each picture, at the same moment.
        frames.push(frame(at * 100, &[0, 0, 1, 0x06, 5, 1, 1]));
        frames.push(frame(at * 100, &data));
    }
    let (kinds, file) = muxed(&frames);
    assert_eq!(kinds.iter().filter(|it| **it == FragmentKind::Key).count(), 3);
    let read = super::parsed(&file);
    let track = read.tracks().values().next().expect("one");
    let last = track.samples.last().expect("thirty");
    assert_eq!((track.samples.len(), last.decode_timestamp), (30, 2_900));
}
