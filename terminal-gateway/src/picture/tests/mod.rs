//! A camera's frames as MP4, read again by another hand's parser.

mod endings;
mod slices;

use super::media_clock::MediaClock;
use super::*;
use crate::jt1078::VideoFrame;
use crate::jt1078::tests::gear::clip_frames;
use proptest::prelude::*;
use re_mp4::{Mp4, StsdBoxContent};
use wire_protocol::picture::{FragmentKind, MAX_FRAGMENT_BYTES, PictureEnd};

fn frame(time_ms: u64, data: &[u8]) -> VideoFrame {
    VideoFrame { time_ms, data: data.to_vec(), is_bidirectional: false, is_after_loss: false }
}

/// Kinds of what came out, and all of it as one file.
fn muxed(frames: &[VideoFrame]) -> (Vec<FragmentKind>, Vec<u8>) {
    let (mut muxer, mut kinds, mut file) = (Muxer::default(), Vec::new(), Vec::new());
    for (at, frame) in frames.iter().enumerate() {
        let muxed = muxer.take(frame, at as u64 * 100).expect("it fits");
        let start = muxed.begins.map(|(_, start)| start);
        for bytes in start.into_iter().chain(muxed.fragment) {
            kinds.push(FragmentKind::of(&bytes).expect("a kind"));
            file.extend(&bytes[1..]);
        }
    }
    (kinds, file)
}

fn parsed(file: &[u8]) -> Mp4 {
    Mp4::read_bytes(file).expect("another hand's parser reads it")
}

fn clip() -> Vec<VideoFrame> {
    (0..).zip(clip_frames()).map(|(at, data)| frame(1_000 + at * 100, &data)).collect()
}

#[test]
fn a_clip_is_read_by_another_hand_as_what_it_is() {
    let frames = clip();
    assert_eq!(frames.len(), 30);
    let (kinds, file) = muxed(&frames);
    let mut expected = vec![FragmentKind::Start];
    for at in 0..30 {
        expected.push(if at % 10 == 0 { FragmentKind::Key } else { FragmentKind::Further });
    }
    assert_eq!(kinds, expected);
    let read = parsed(&file);
    let track = read.tracks().values().next().expect("one track");
    assert_eq!((track.width, track.height, track.timescale), (160, 120, 1_000));
    let codec = track.codec_string(&read);
    assert_eq!(codec.as_deref(), Some("avc1.42C00C"));
    let StsdBoxContent::Avc1(avc1) = &track.trak(&read).mdia.minf.stbl.stsd.contents else {
        panic!("avc1")
    };
    assert_eq!(
        (avc1.avcc.sequence_parameter_sets.len(), avc1.avcc.picture_parameter_sets.len()),
        (1, 1)
    );
    assert_eq!(track.samples.len(), 30);
    for (at, sample) in track.samples.iter().enumerate() {
        let is_key = at % 10 == 0;
        assert_eq!(sample.is_sync, is_key, "frame {at}");
        let data = &file[sample.byte_range()];
        let length = u32::from_be_bytes([data[0], data[1], data[2], data[3]]) as usize;
        assert_eq!(length + 4, data.len(), "one slice");
        assert_eq!(data[4] & 0x1f, if is_key { 5 } else { 1 });
        assert!(frames[at].data.ends_with(&data[4..]), "the camera's own bytes");
    }
    // The second is the first that tells how far they are apart.
    let times: Vec<i64> = track.samples.iter().map(|it| it.decode_timestamp).collect();
    assert_eq!(times[..4], [0, 40, 140, 300]);
    assert_eq!(times[29] - times[28], 100);
}

#[test]
fn the_codec_is_told_as_rfc_6381_has_it() {
    let muxed = Muxer::default().take(&clip()[0], 0).expect("it fits");
    assert_eq!(muxed.begins.expect("it begins").0, "avc1.42c00c");
}

#[test]
fn nothing_is_shown_before_a_key_frame_and_after_a_loss_none_before_the_next() {
    let mut frames = clip();
    frames[14].is_after_loss = true;
    let (kinds, file) = muxed(&frames[3..]);
    assert_eq!(kinds[..2], [FragmentKind::Start, FragmentKind::Key]);
    // Seven before the first key frame, and six of the second group.
    assert_eq!(kinds.len() - 1, 27 - 7 - 6);
    assert_eq!(parsed(&file).tracks().values().next().expect("one").samples.len(), 14);
}

#[test]
fn parameter_sets_that_come_alone_count_and_new_ones_begin_anew() {
    let frames = clip();
    let key = &frames[0].data;
    let slice_at = (0..key.len()).rfind(|at| key[*at..].starts_with(&[0, 0, 1])).expect("a slice");
    let (sets, slice) = key.split_at(slice_at);
    let (kinds, _) = muxed(&[frame(0, slice), frame(1, sets), frame(1, slice)]);
    assert_eq!(kinds, [FragmentKind::Start, FragmentKind::Key], "nothing before the sets");
    // Another picture parameter set: the picture begins anew.
    let mut other = sets.to_vec();
    other.extend([0, 0, 1, 0x68, 0xce, 0x38, 0x80]);
    let changed = [other, slice.to_vec()].concat();
    let (kinds, _) =
        muxed(&[frame(0, key), frame(1, key), frame(2, &changed), frame(3, &frames[1].data)]);
    let (start, key, further) = (FragmentKind::Start, FragmentKind::Key, FragmentKind::Further);
    assert_eq!(kinds, [start, key, key, start, key, further]);
}

#[test]
fn a_frame_between_two_others_to_which_none_looks_is_left_out() {
    let mut frames = clip();
    frames.truncate(4);
    // The slice's first byte is its type and whether others look at it.
    let unit = frames[2].data.iter_mut().find(|it| **it & 0x1f == 1 && **it > 1).expect("a slice");
    *unit &= 0x1f;
    frames[2].is_bidirectional = true;
    frames[3].is_bidirectional = true;
    let (kinds, _) = muxed(&frames);
    assert_eq!(kinds.len() - 1, 3, "the last is looked at by others");
}

#[test]
fn times_that_jump_stand_or_are_absent_still_run_on() {
    let cases: [&[u64]; 7] = [
        &[0, 0, 0, 0, 0],
        &[500, 400, 300, 200, 100],
        &[0, 40, 80, 9_000_000, 9_000_040, 9_000_080],
        &[u64::MAX, 0, u64::MAX, 1, 2],
        &[100, 200, 50, 150, 250],
        &[1, 2, 3, 4, 5],
        &[0, 1_999, 4_000, 4_001, 4_002],
    ];
    for times in cases {
        let mut clock = MediaClock::default();
        let mut next = 0;
        for (at, time) in times.iter().enumerate() {
            clock.heard(*time, at as u64 * 100);
            let span = clock.shown();
            assert_eq!(span.at_ms, next, "no gap and no step back: {times:?}");
            assert!((1..=4_000).contains(&span.lasts_ms), "{times:?}: {span:?}");
            next = span.at_ms + u64::from(span.lasts_ms);
        }
    }
}

#[test]
fn a_picture_runs_as_fast_as_the_camera_whatever_was_expected() {
    let mut clock = MediaClock::default();
    let (mut now, mut end) = (0, 0);
    for step in [40, 45, 35, 80, 1, 200, 40, 40, 40, 40] {
        clock.heard(now, now);
        let span = clock.shown();
        end = span.at_ms + u64::from(span.lasts_ms);
        now += step;
    }
    assert_eq!(end, now, "after ten frames the end is where the next is expected");
}

#[test]
fn a_frame_that_fits_into_no_fragment_is_told() {
    let mut large = clip()[0].data.clone();
    large.resize(MAX_FRAGMENT_BYTES, 0x55);
    assert_eq!(Muxer::default().take(&frame(0, &large), 0), Err(PictureEnd::TooLarge));
}

proptest! {
    #[test]
    fn no_frame_ends_the_program(
        data in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..6),
        kinds in prop::collection::vec(prop::sample::select(vec![1u8, 5, 7, 8, 9, 0x65, 0x67, 0x68]), 6),
        times in prop::collection::vec(any::<u64>(), 6),
    ) {
        let mut muxer = Muxer::default();
        muxer.take(&clip()[0], 0).expect("it fits");
        for ((data, kind), time) in data.iter().zip(kinds).zip(times) {
            let data = [&[0, 0, 1, kind], data.as_slice()].concat();
            muxer.take(&frame(time, &data), time).ok();
        }
    }

    #[test]
    fn a_clip_with_spoilt_bytes_is_still_a_file(at in 0usize..2_000, byte in any::<u8>(), times in prop::collection::vec(any::<u64>(), 30)) {
        let mut frames = clip();
        for (frame, time) in frames.iter_mut().zip(times) {
            frame.time_ms = time;
            if let Some(spoilt) = frame.data.get_mut(at) {
                *spoilt = byte;
            }
        }
        let (kinds, file) = muxed(&frames);
        if kinds.iter().filter(|it| **it == FragmentKind::Start).count() == 1 {
            let read = parsed(&file);
            let samples = &read.tracks().values().next().expect("one").samples;
            prop_assert_eq!(samples.len(), kinds.len() - 1);
            let is_later = |pair: &[re_mp4::Sample]| pair[0].decode_timestamp < pair[1].decode_timestamp;
            prop_assert!(samples.windows(2).all(is_later));
        }
    }
}
