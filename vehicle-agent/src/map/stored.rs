//! A map as it was fetched, and the form in which it lies on disk: a line with a digest of all that follows, a line with
//! encoding and entity tag, then the map. A file that was torn, cut or changed does not fit its digest.

use axum::body::Bytes;
use sha2::{Digest, Sha256};

/// Most bytes of a map, compressed or not. The shipped region's has 40 KB; a hundred times as many roads fit.
pub(super) const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Most bytes of the two lines above it.
pub(super) const MOST_HEAD_BYTES: usize = 512;
/// Longest entity tag that is kept; a longer one would only save an answer.
const MOST_TAG_BYTES: usize = 128;
/// Says what the file is, and in which form.
const MAGIC: &str = "helan-map-1";
const GZIP: &str = "gzip";
const PLAIN: &str = "plain";
/// A map without a tag of its own.
const NO_TAG: &str = "-";

/// A map as GeoJSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredMap {
    /// The server's name for it, sent with the next question; none where the server gave none.
    pub tag: Option<String>,
    /// Whether `body` is compressed with gzip.
    pub is_gzip: bool,
    /// The map.
    pub body: Bytes,
}

impl StoredMap {
    /// A map as it came; a tag that is too long or holds what no tag holds is left out.
    pub(super) fn new(tag: Option<&str>, is_gzip: bool, body: Bytes) -> Self {
        let is_tag = |tag: &&str| {
            let length = tag.len();
            (1..=MOST_TAG_BYTES).contains(&length) && tag.bytes().all(|it| it.is_ascii_graphic())
        };
        Self {
            tag: tag.filter(is_tag).filter(|tag| *tag != NO_TAG).map(str::to_owned),
            is_gzip,
            body,
        }
    }

    /// Names what it says.
    pub(super) fn version(&self) -> String {
        hex(&Sha256::digest(&self.body))[..16].to_owned()
    }

    pub(super) fn to_file(&self) -> Vec<u8> {
        let encoding = if self.is_gzip { GZIP } else { PLAIN };
        let head = format!("{encoding} {}\n", self.tag.as_deref().unwrap_or(NO_TAG));
        let rest = [head.as_bytes(), &self.body].concat();
        let mut file = format!("{MAGIC} {}\n", hex(&Sha256::digest(&rest))).into_bytes();
        file.extend_from_slice(&rest);
        file
    }

    /// The map in a file; nothing where the file is not whole.
    pub(super) fn from_file(file: &[u8]) -> Option<Self> {
        let (first, rest) = line(file)?;
        let digest = first.strip_prefix(MAGIC)?.trim_start();
        if digest != hex(&Sha256::digest(rest)) {
            return None;
        }
        let (second, body) = line(rest)?;
        let (encoding, tag) = second.split_once(' ')?;
        let is_gzip = match encoding {
            GZIP => true,
            PLAIN => false,
            _ => return None,
        };
        Some(Self::new(Some(tag), is_gzip, Bytes::copy_from_slice(body)))
    }
}

fn line(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let end = bytes.iter().take(MOST_HEAD_BYTES).position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_changed_byte_and_no_cut_goes_unnoticed() {
        let map = StoredMap::new(Some("W/\"12\""), true, Bytes::from_static(b"\x1f\x8bmap\nof it"));
        let file = map.to_file();
        assert_eq!(StoredMap::from_file(&file), Some(map));
        for length in 0..file.len() {
            assert_eq!(StoredMap::from_file(&file[..length]), None, "cut at {length}");
        }
        for place in 0..file.len() {
            let mut changed = file.clone();
            changed[place] ^= 1;
            assert_eq!(StoredMap::from_file(&changed), None, "changed at {place}");
        }
    }

    #[test]
    fn a_tag_that_would_break_the_file_is_left_out() {
        let with = |tag| StoredMap::new(tag, false, Bytes::from_static(b"{}"));
        let long = "x".repeat(129);
        for tag in ["", "-", "a b", "a\nb", "图", &long] {
            assert_eq!(with(Some(tag)), with(None), "{tag:?}");
        }
        assert_eq!(StoredMap::from_file(&with(None).to_file()), Some(with(None)));
    }
}
