//! The frames of a PBF file, walked without decoding them.

use crate::error::ImportError;
use osmpbf::{BlobReader, ByteOffset};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// No writer makes frame headers larger than this; the format's own limit.
const LARGEST_FRAME_HEADER_BYTES: u64 = 64 * 1024;

/// The reader crate takes a file cut inside the length of a block for a whole one; this walks
/// the frames alone and insists that the last one ends where the file does.
pub(super) fn check(path: &Path, file: &mut File) -> Result<(), ImportError> {
    let damaged = |reason: String| ImportError::Damaged { path: path.to_owned(), reason };
    let size = file.metadata().map_err(|error| damaged(error.to_string()))?.len();
    let mut at = 0;
    while at < size {
        let mut length = [0; 4];
        file.seek(SeekFrom::Start(at)).map_err(|error| damaged(error.to_string()))?;
        file.read_exact(&mut length).map_err(|_| damaged("it is cut off".to_owned()))?;
        let header = u64::from(u32::from_be_bytes(length));
        if header > LARGEST_FRAME_HEADER_BYTES {
            return Err(damaged("it does not begin like one, or is damaged".to_owned()));
        }
        file.rewind().map_err(|error| damaged(error.to_string()))?;
        let mut reader =
            BlobReader::new_seekable(&mut *file).map_err(|error| damaged(error.to_string()))?;
        reader.seek(ByteOffset(at)).map_err(|error| damaged(error.to_string()))?;
        let blob = match reader.next_header_skip_blob() {
            Some(Ok((frame, _))) => u64::try_from(frame.get_blob_size()).unwrap_or(u64::MAX),
            Some(Err(error)) => return Err(damaged(error.to_string())),
            None => return Err(damaged("it is cut off".to_owned())),
        };
        at = at.saturating_add(4).saturating_add(header).saturating_add(blob);
    }
    if at == size && size > 0 { Ok(()) } else { Err(damaged("it is cut off".to_owned())) }
}
