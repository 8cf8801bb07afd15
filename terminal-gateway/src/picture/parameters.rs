//! The parameter sets of a stream: what a player has to know before the first picture.

use h264_reader::nal::sps::{ChromaFormat, SeqParameterSet};
use h264_reader::rbsp::{BitReader, decode_nal};
use mp4_atom::AvccExt;

/// Longest parameter set taken, in bytes; a camera's has some thirty.
const MOST_SET_BYTES: usize = 1_024;
/// Picture parameter sets beside each other; a camera has one.
const MOST_PICTURE_SETS: usize = 8;

/// The parameter sets in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    pub(super) sequence: Vec<u8>,
    pub(super) picture: Vec<Vec<u8>>,
}

/// What is read of a sequence parameter set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Described {
    /// By RFC 6381, such as `avc1.64001f`.
    pub(super) codec: String,
    /// In pixels.
    pub(super) width: u16,
    /// In pixels.
    pub(super) height: u16,
    /// What the description has beside it by the high profiles.
    pub(super) high: Option<AvccExt>,
}

impl Parameters {
    /// The sets that a frame brings; those in force stay where it brings none.
    pub(super) fn renew<'a>(&mut self, sets: impl Iterator<Item = (bool, &'a [u8])>) {
        let mut picture = Vec::new();
        for (is_sequence, set) in sets.filter(|(_, set)| set.len() <= MOST_SET_BYTES) {
            if !is_sequence {
                picture.push(set.to_vec());
            } else if self.sequence != set {
                self.sequence = set.to_vec();
            }
        }
        picture.truncate(MOST_PICTURE_SETS);
        if !picture.is_empty() {
            self.picture = picture;
        }
    }

    /// What they say, once both are there and can be read.
    pub(super) fn described(&self) -> Option<Described> {
        if self.picture.is_empty() {
            return None;
        }
        let [_, profile, constraints, level, ..] = self.sequence[..] else { return None };
        let read = decoded(&self.sequence)?;
        let (width, height) = read.pixel_dimensions().ok()?;
        let chroma = &read.chroma_info;
        let high = read.profile_idc.has_chroma_info().then(|| AvccExt {
            chroma_format: match chroma.chroma_format {
                ChromaFormat::Monochrome => 0,
                ChromaFormat::YUV420 => 1,
                ChromaFormat::YUV422 => 2,
                ChromaFormat::YUV444 | ChromaFormat::Invalid(_) => 3,
            },
            bit_depth_luma: chroma.bit_depth_luma_minus8.saturating_add(8),
            bit_depth_chroma: chroma.bit_depth_chroma_minus8.saturating_add(8),
            sequence_parameter_sets_ext: Vec::new(),
        });
        Some(Described {
            codec: format!("avc1.{profile:02x}{constraints:02x}{level:02x}"),
            width: u16::try_from(width).ok()?,
            height: u16::try_from(height).ok()?,
            high,
        })
    }
}

fn decoded(set: &[u8]) -> Option<SeqParameterSet> {
    // Cameras claim levels that are too low for their pictures, which players do not mind; by the highest, all are read.
    const LEVEL_AT: usize = 3;
    const HIGHEST_LEVEL: u8 = 62;
    let mut set = set.to_vec();
    *set.get_mut(LEVEL_AT)? = HIGHEST_LEVEL;
    let bits = decode_nal(&set).ok()?;
    SeqParameterSet::from_bits(BitReader::new(&*bits)).ok()
}
