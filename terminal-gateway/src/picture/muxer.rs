//! From a camera's frames to fragments: each frame is one fragment, and the first of a start is one that needs no other.

use super::boxes;
use super::joiner::Joiner;
use super::media_clock::MediaClock;
use super::nal::{Content, content, units};
use super::parameters::Parameters;
use crate::jt1078::VideoFrame;
use wire_protocol::picture::{FragmentKind, MAX_FRAGMENT_BYTES, PictureEnd};

/// What a frame came to, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Muxed {
    /// The picture begins, perhaps anew: its codec by RFC 6381, and `ftyp` and `moov` behind their byte of kind.
    pub begins: Option<(String, Vec<u8>)>,
    /// `moof` and `mdat` behind their byte of kind.
    pub fragment: Option<Vec<u8>>,
}

/// Makes the fragments of one picture.
#[derive(Debug, Default)]
pub struct Muxer {
    joiner: Joiner,
    parameters: Parameters,
    /// Those of the latest start.
    started: Option<Parameters>,
    clock: MediaClock,
    /// Fragments so far.
    count: u32,
    needs_key: bool,
}

impl Muxer {
    /// Takes a frame that came at `now_ms` of any steady clock.
    ///
    /// # Errors
    /// [`PictureEnd::TooLarge`] for a frame that fits into no fragment.
    pub fn take(&mut self, frame: &VideoFrame, now_ms: u64) -> Result<Muxed, PictureEnd> {
        match self.joiner.take(frame) {
            Some(picture) => self.picture(&picture, now_ms),
            None => Ok(Muxed::default()),
        }
    }

    fn picture(&mut self, frame: &VideoFrame, now_ms: u64) -> Result<Muxed, PictureEnd> {
        self.needs_key |= frame.is_after_loss;
        let sets = units(&frame.data).filter_map(|unit| match content(unit) {
            Content::Sequence => Some((true, unit)),
            Content::Picture => Some((false, unit)),
            Content::Slice | Content::KeySlice | Content::Other => None,
        });
        self.parameters.renew(sets);
        let is_slice = |unit: &&[u8]| matches!(content(unit), Content::Slice | Content::KeySlice);
        let slices: Vec<&[u8]> = units(&frame.data).filter(is_slice).collect();
        if slices.is_empty() {
            return Ok(Muxed::default());
        }
        self.clock.heard(frame.time_ms, now_ms);
        let is_key = slices.iter().any(|unit| content(unit) == Content::KeySlice);
        let mut muxed = Muxed::default();
        if is_key && self.started.as_ref() != Some(&self.parameters) {
            muxed.begins = self.begin();
        }
        let is_wanted = self.started.is_some() && (is_key || !self.needs_key);
        if !is_wanted || is_left_out(frame, &slices) {
            return Ok(muxed);
        }
        if is_key {
            self.needs_key = false;
        }
        muxed.fragment = Some(self.fragment(is_key, &slices).ok_or(PictureEnd::TooLarge)?);
        Ok(muxed)
    }

    fn begin(&mut self) -> Option<(String, Vec<u8>)> {
        let described = self.parameters.described();
        // Until sets come that can be read there is nothing to show, by the old ones neither.
        self.started = None;
        let described = described?;
        let mut bytes = vec![FragmentKind::Start.byte()];
        bytes.extend(boxes::start(&self.parameters, &described)?);
        self.started = Some(self.parameters.clone());
        Some((described.codec, bytes))
    }

    fn fragment(&mut self, is_key: bool, slices: &[&[u8]]) -> Option<Vec<u8>> {
        let kind = if is_key { FragmentKind::Key } else { FragmentKind::Further };
        let mut bytes = vec![kind.byte()];
        self.count = self.count.wrapping_add(1);
        boxes::fragment(self.count, self.clock.shown(), is_key, slices, &mut bytes)?;
        (bytes.len() <= MAX_FRAGMENT_BYTES).then_some(bytes)
    }
}

/// A picture between two others to which no other looks (`nal_ref_idc` 0) comes later than it is to be shown. Left out,
/// all others come in their order, and no times of showing have to be guessed.
fn is_left_out(frame: &VideoFrame, slices: &[&[u8]]) -> bool {
    const REFERENCE_BITS: u8 = 0x60;
    frame.is_bidirectional && slices.iter().all(|unit| unit[0] & REFERENCE_BITS == 0)
}
