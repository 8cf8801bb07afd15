//! Pictures, sound and film that terminals brought, as files: the latest of each terminal, within bytes, and none where
//! the outboxes may need the room.

use crate::jt808::body::MediaUpload;
use crate::jt808::frame::TerminalNumber;
use crate::session::MediaResult;
use serde::Serialize;
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

/// Files kept of one terminal; the oldest give way.
const MOST_FILES: usize = 32;
/// Bytes kept of one terminal.
const MOST_BYTES: u64 = 8 * 1_024 * 1_024;
/// Free space that belongs to the outboxes: below it nothing is kept here.
const RESERVE_BYTES: u64 = 512 * 1_024 * 1_024;

/// The folder of all terminals' files.
#[derive(Debug)]
pub(super) struct MediaFolder {
    folder: PathBuf,
    reserve_bytes: u64,
}

/// A file as it is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct KeptMedia {
    /// When it came, and what it is: `milliseconds-id-channel.format`.
    pub(super) name: String,
    pub(super) bytes: u64,
}

impl MediaFolder {
    pub(super) fn at(folder: PathBuf) -> MediaFolder {
        MediaFolder { folder, reserve_bytes: RESERVE_BYTES }
    }

    /// Keeps a recording; the oldest of the same terminal give way. Waits for the disk.
    pub(super) fn keep(
        &self,
        number: &TerminalNumber,
        upload: &MediaUpload,
        now_ms: i64,
    ) -> MediaResult {
        match self.try_keep(number, upload, now_ms) {
            Ok(result) => result,
            Err(error) => {
                tracing::warn!(%error, "a terminal's recording is not kept; it has to come again");
                MediaResult::NotStored
            }
        }
    }

    fn try_keep(
        &self,
        number: &TerminalNumber,
        upload: &MediaUpload,
        now_ms: i64,
    ) -> io::Result<MediaResult> {
        let folder = self.folder.join(number.as_str());
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
        let space = rustix::fs::statvfs(&folder)?;
        if space.f_bavail.saturating_mul(space.f_frsize) < self.reserve_bytes {
            return Ok(MediaResult::NoRoom);
        }
        let event = &upload.event;
        let end = ending(event.format);
        let name = format!("{now_ms:015}-{}-{}.{end}", event.id, event.channel);
        let fresh = folder.join("new");
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&fresh)?;
        file.write_all(&upload.data)?;
        file.sync_all()?;
        std::fs::rename(&fresh, folder.join(name))?;
        let (mut files, mut bytes) = (0, 0);
        for kept in self.listed(number)? {
            (files, bytes) = (files + 1, bytes + kept.bytes);
            if files > MOST_FILES || (files > 1 && bytes > MOST_BYTES) {
                std::fs::remove_file(folder.join(kept.name))?;
            }
        }
        Ok(MediaResult::Kept)
    }

    /// What is kept of a terminal, the newest first.
    pub(super) fn listed(&self, number: &TerminalNumber) -> io::Result<Vec<KeptMedia>> {
        let folder = match std::fs::read_dir(self.folder.join(number.as_str())) {
            Ok(folder) => folder,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut all = Vec::new();
        for entry in folder {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if is_name(&name) {
                all.push(KeptMedia { name, bytes: entry.metadata()?.len() });
            }
        }
        all.sort_by(|one, other| other.name.cmp(&one.name));
        Ok(all)
    }

    /// A file's bytes; `None` for a name that is none of ours.
    pub(super) fn read(&self, number: &TerminalNumber, name: &str) -> io::Result<Option<Vec<u8>>> {
        if !is_name(name) {
            return Ok(None);
        }
        match std::fs::read(self.folder.join(number.as_str()).join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Media type of a file, for whoever downloads it.
pub(super) fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, end)| end) {
        Some("jpg") => "image/jpeg",
        Some("tif") => "image/tiff",
        Some("mp3") => "audio/mpeg",
        Some("wav") => "audio/wav",
        Some("wmv") => "video/x-ms-wmv",
        Some(_) | None => "application/octet-stream",
    }
}

fn ending(format: u8) -> &'static str {
    match format {
        0 => "jpg",
        1 => "tif",
        2 => "mp3",
        3 => "wav",
        4 => "wmv",
        _ => "bin",
    }
}

/// Nothing leads out of the folder, and what is being written is no file yet.
fn is_name(name: &str) -> bool {
    let letter = |it: char| it.is_ascii_digit() || it.is_ascii_lowercase() || it == '-';
    name.split_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty() && stem.chars().all(letter) && !end.is_empty() && end.chars().all(letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jt808::body::MediaEvent;

    fn upload(id: u32, bytes: usize) -> MediaUpload {
        let event = MediaEvent { id, kind: 0, format: 0, event: 0, channel: 2 };
        MediaUpload { event, location: None, data: vec![0x55; bytes] }
    }

    fn number() -> TerminalNumber {
        TerminalNumber::new("13912344329").expect("digits")
    }

    #[test]
    fn the_latest_of_a_terminal_are_kept_within_files_and_bytes() {
        let folder = tempfile::tempdir().expect("a folder");
        let media = MediaFolder { folder: folder.path().join("media"), reserve_bytes: 0 };
        assert_eq!(media.listed(&number()).expect("nothing yet"), []);
        for id in 0..40 {
            assert_eq!(
                media.keep(&number(), &upload(id, 10), 1_000 + i64::from(id)),
                MediaResult::Kept
            );
        }
        let listed = media.listed(&number()).expect("is read");
        assert_eq!(listed.len(), MOST_FILES);
        assert_eq!(listed[0], KeptMedia { name: "000000000001039-39-2.jpg".to_owned(), bytes: 10 });
        let bytes = media.read(&number(), &listed[0].name).expect("is read");
        assert_eq!(bytes, Some(vec![0x55; 10]));
        let large = usize::try_from(MOST_BYTES).expect("small") / 2 + 1;
        media.keep(&number(), &upload(100, large), 5_000);
        media.keep(&number(), &upload(101, large), 5_001);
        let names: Vec<_> =
            media.listed(&number()).expect("is read").into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["000000000005001-101-2.jpg"]);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("secret"), b"x").expect("is written");
        let media = MediaFolder { folder: folder.path().join("media"), reserve_bytes: 0 };
        media.keep(&number(), &upload(1, 1), 1);
        for name in ["../../secret", "..", ".", "", "new", "a/b.jpg", "%2e%2e.jpg", "a.jpg.."] {
            assert_eq!(media.read(&number(), name).expect("is none"), None, "{name}");
        }
    }

    #[test]
    fn a_full_or_failing_disk_keeps_nothing_and_says_which() {
        let folder = tempfile::tempdir().expect("a folder");
        let full = MediaFolder { folder: folder.path().join("media"), reserve_bytes: u64::MAX };
        assert_eq!(full.keep(&number(), &upload(1, 1), 1), MediaResult::NoRoom);
        let path = folder.path().join("a-file");
        std::fs::write(&path, b"x").expect("is written");
        let failing = MediaFolder { folder: path, reserve_bytes: 0 };
        assert_eq!(failing.keep(&number(), &upload(1, 1), 1), MediaResult::NotStored);
    }
}
