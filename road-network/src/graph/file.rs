//! One file for one network: a mark, a version, sections of plain numbers, a checksum over all.
//! Reading trusts nothing: lengths, numbers and references are checked before use.

mod check;
mod sections;

use crate::error::FileError;
use crate::graph::network::RoadNetwork;
use crate::graph::parts::Parts;
use sections::{Reader, Writer};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::Path;

/// The version of the file format that this program writes and reads.
pub const FORMAT_VERSION: u32 = 1;

const MARK: &[u8; 8] = b"ROADNET\n";
const CHECKSUM_BYTES: usize = 32;
/// Larger files are not read: a whole country of junctions fits many times over.
const LARGEST_FILE_BYTES: u64 = 8 << 30;

impl RoadNetwork {
    /// Writes the network to a file, replacing it whole or not at all.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn save(&self, path: &Path) -> Result<(), FileError> {
        let mut bytes = MARK.to_vec();
        bytes.extend(FORMAT_VERSION.to_le_bytes());
        Writer(&mut bytes).parts(&self.parts);
        let checksum = Sha256::digest(&bytes);
        let disk = |error: std::io::Error| FileError::Disk {
            path: path.to_owned(),
            reason: error.to_string(),
        };
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let mut file = std::fs::File::create(&part).map_err(disk)?;
        file.write_all(&bytes).map_err(disk)?;
        file.write_all(&checksum).map_err(disk)?;
        file.sync_all().map_err(disk)?;
        std::fs::rename(&part, path).map_err(disk)
    }

    /// Reads a network from a file.
    ///
    /// # Errors
    /// Where the file cannot be read, is no network, has another version, or is damaged.
    pub fn load(path: &Path) -> Result<RoadNetwork, FileError> {
        let disk = |reason: String| FileError::Disk { path: path.to_owned(), reason };
        let size = std::fs::metadata(path).map_err(|error| disk(error.to_string()))?.len();
        if size > LARGEST_FILE_BYTES {
            return Err(disk(format!("{size} bytes are more than {LARGEST_FILE_BYTES}")));
        }
        let bytes = std::fs::read(path).map_err(|error| disk(error.to_string()))?;
        RoadNetwork::from_bytes(&bytes, path)
    }

    fn from_bytes(bytes: &[u8], path: &Path) -> Result<RoadNetwork, FileError> {
        let path = path.to_owned();
        let Some(rest) = bytes.strip_prefix(MARK) else {
            return Err(FileError::NotANetwork { path });
        };
        let Some((version, rest)) = rest.split_first_chunk::<4>() else {
            return Err(FileError::Checksum { path });
        };
        let found = u32::from_le_bytes(*version);
        if found != FORMAT_VERSION {
            return Err(FileError::Version { path, found, known: FORMAT_VERSION });
        }
        let Some((body, checksum)) = rest.split_last_chunk::<CHECKSUM_BYTES>() else {
            return Err(FileError::Checksum { path });
        };
        let covered = &bytes[..bytes.len() - CHECKSUM_BYTES];
        if Sha256::digest(covered).as_slice() != checksum {
            return Err(FileError::Checksum { path });
        }
        let content = |what| FileError::Content { path: path.clone(), what };
        let parts: Parts = Reader(body).parts().map_err(content)?;
        check::check(&parts).map_err(content)?;
        Ok(RoadNetwork::from_parts(parts))
    }
}
