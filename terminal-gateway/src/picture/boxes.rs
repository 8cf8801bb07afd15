//! The MP4 boxes of a picture: ISO/IEC 14496-12 and -15, written by `mp4-atom`.

use super::media_clock::Span;
use super::parameters::{Described, Parameters};
use mp4_atom::{
    Avc1, Avcc, Codec, Compressor, Dinf, Dref, Encode, Ftyp, Hdlr, Mdat, Mdhd, Mdia, Mfhd, Minf,
    Moof, Moov, Mvex, Mvhd, Stbl, Stco, Stsd, Tfdt, Tfhd, Tkhd, Traf, Trak, Trex, Trun, TrunEntry,
    Url, Visual, Vmhd,
};

/// Units of time in a second: milliseconds, as the terminal's times are.
const TIMESCALE: u32 = 1_000;
const TRACK: u32 = 1;
/// Bytes of the length before each NAL unit.
const LENGTH_BYTES: u8 = 4;
/// Flags of a sample that needs no other, and of one that does: ISO/IEC 14496-12, 8.8.3.1.
const KEY_FLAGS: u32 = 0x0200_0000;
const FURTHER_FLAGS: u32 = 0x0101_0000;

/// `ftyp` and `moov`; nothing where they cannot be written.
pub(super) fn start(parameters: &Parameters, described: &Described) -> Option<Vec<u8>> {
    let ftyp = Ftyp {
        major_brand: b"iso6".into(),
        minor_version: 0,
        compatible_brands: vec![b"iso6".into(), b"avc1".into(), b"mp41".into()],
    };
    let moov = Moov {
        mvhd: Mvhd {
            timescale: TIMESCALE,
            rate: 1.into(),
            volume: 1.into(),
            next_track_id: TRACK + 1,
            ..Mvhd::default()
        },
        mvex: Some(Mvex {
            mehd: None,
            trex: vec![Trex {
                track_id: TRACK,
                default_sample_description_index: 1,
                ..Trex::default()
            }],
        }),
        trak: vec![track(parameters, described)],
        ..Moov::default()
    };
    let mut bytes = Vec::new();
    ftyp.encode(&mut bytes).ok()?;
    moov.encode(&mut bytes).ok()?;
    Some(bytes)
}

fn track(parameters: &Parameters, described: &Described) -> Trak {
    let (width, height) = (described.width, described.height);
    Trak {
        tkhd: Tkhd {
            track_id: TRACK,
            enabled: true,
            in_movie: true,
            width: width.into(),
            height: height.into(),
            ..Tkhd::default()
        },
        mdia: Mdia {
            mdhd: Mdhd { timescale: TIMESCALE, language: "und".to_owned(), ..Mdhd::default() },
            hdlr: Hdlr { handler: b"vide".into(), name: "camera".to_owned() },
            minf: Minf {
                vmhd: Some(Vmhd::default()),
                dinf: Dinf { dref: Dref { entries: vec![Url::default().into()] } },
                stbl: Stbl {
                    stsd: Stsd { codecs: vec![Codec::Avc1(sample(parameters, described))] },
                    // Empty, as all samples are in fragments; the standard wants it there.
                    stco: Some(Stco::default()),
                    ..Stbl::default()
                },
                ..Minf::default()
            },
        },
        ..Trak::default()
    }
}

fn sample(parameters: &Parameters, described: &Described) -> Avc1 {
    let byte = |at: usize| parameters.sequence.get(at).copied().unwrap_or_default();
    Avc1 {
        visual: Visual {
            data_reference_index: 1,
            width: described.width,
            height: described.height,
            // Pixels an inch, which every file has so.
            horizresolution: 72.into(),
            vertresolution: 72.into(),
            frame_count: 1,
            compressor: Compressor::default(),
            // Colour without transparency.
            depth: 24,
        },
        avcc: Avcc {
            configuration_version: 1,
            avc_profile_indication: byte(1),
            profile_compatibility: byte(2),
            avc_level_indication: byte(3),
            length_size: LENGTH_BYTES,
            sequence_parameter_sets: vec![parameters.sequence.clone()],
            picture_parameter_sets: parameters.picture.clone(),
            ext: described.high.clone(),
        },
        ..Avc1::default()
    }
}

/// Adds `moof` and `mdat` with one picture to `bytes`; nothing where they cannot be written.
pub(super) fn fragment(
    number: u32,
    span: Span,
    is_key: bool,
    units: &[&[u8]],
    bytes: &mut Vec<u8>,
) -> Option<()> {
    let mut data = Vec::new();
    for unit in units {
        data.extend(u32::try_from(unit.len()).ok()?.to_be_bytes());
        data.extend_from_slice(unit);
    }
    let size = u32::try_from(data.len()).ok()?;
    let mut measured = Vec::new();
    moof(number, span, is_key, size, 0).encode(&mut measured).ok()?;
    // The picture stands behind the whole `moof` and the head of `mdat`.
    const BOX_HEAD_BYTES: usize = 8;
    let offset = i32::try_from(measured.len() + BOX_HEAD_BYTES).ok()?;
    moof(number, span, is_key, size, offset).encode(bytes).ok()?;
    Mdat { data }.encode(bytes).ok()
}

fn moof(number: u32, span: Span, is_key: bool, size: u32, offset: i32) -> Moof {
    let entry = TrunEntry {
        duration: Some(span.lasts_ms),
        size: Some(size),
        flags: Some(if is_key { KEY_FLAGS } else { FURTHER_FLAGS }),
        cts: None,
    };
    Moof {
        mfhd: Mfhd { sequence_number: number },
        traf: vec![Traf {
            tfhd: Tfhd { track_id: TRACK, default_base_is_moof: true, ..Tfhd::default() },
            tfdt: Some(Tfdt { base_media_decode_time: span.at_ms }),
            trun: vec![Trun { data_offset: Some(offset), samples: vec![entry].into() }],
            ..Traf::default()
        }],
    }
}
