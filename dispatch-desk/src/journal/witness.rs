//! What a server remembers of the journals outside the database: its key, and the newest head of each journal
//! that it acknowledged or saw. By it a server knows after a restart that a journal was set back meanwhile.

use super::anchor::{Anchor, lines, read_anchors};
use super::decode::encode;
use super::key::JournalKey;
use super::stored::Hash;
use super::stored::StoredEvent;
use dispatch_core::model::{CentreId, Recorded};
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The heads' file in the data folder.
pub const HEADS_FILE: &str = "heads.txt";

/// The folder in the data folder for events that a set-back took out of the journal.
const LOST_FOLDER: &str = "lost";

/// Length of the heads' file at which the old half of it goes: a day of a busy province, and far more than
/// is looked back.
const LONGEST_FILE: u64 = 8 * 1024 * 1024;

/// Lines kept then, and lines looked back over for a head that the journal still holds.
const LINES_KEPT: usize = 8_192;

/// A server's memory outside the database.
#[derive(Debug)]
pub struct Witness {
    key: JournalKey,
    folder: Option<PathBuf>,
    /// The file of heads, while it can be written.
    file: Mutex<Option<File>>,
    remembered: Vec<Anchor>,
}

impl Default for Witness {
    /// One that remembers nothing and trusts no snapshot but its own: for tools and tests.
    fn default() -> Self {
        Self {
            key: JournalKey::random(),
            folder: None,
            file: Mutex::default(),
            remembered: Vec::new(),
        }
    }
}

/// An event on its way out, as `export` writes it.
#[derive(Serialize)]
struct LostEvent<'a> {
    centre: &'a CentreId,
    #[serde(flatten)]
    event: ExportedEvent<'a>,
}

#[derive(Serialize)]
struct ExportedEvent<'a> {
    version: u64,
    recorded_at: i64,
    made_at: i64,
    kind: &'a str,
    schema: u16,
    body: &'a str,
    hash: Hash,
}

impl Witness {
    /// With a key, and without a memory of heads.
    pub fn with_key(key: JournalKey) -> Self {
        Self { key, ..Self::default() }
    }

    /// With a key and the memory in a data folder.
    ///
    /// # Errors
    /// When what is there cannot be read.
    pub fn open(folder: &Path, key: JournalKey) -> io::Result<Self> {
        let path = folder.join(HEADS_FILE);
        let (mut remembered, bad) = match read_anchors(&path, &key) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
            Err(error) => return Err(error),
        };
        if let Some(line) = bad.first() {
            let (lines, number, what) = (bad.len(), line.number, line.what);
            tracing::error!(lines, number, what, "remembered heads of journals cannot be used");
        }
        remembered.drain(..remembered.len().saturating_sub(LINES_KEPT));
        let witness =
            Self { key, folder: Some(folder.to_owned()), file: Mutex::default(), remembered };
        let is_long = path.metadata().is_ok_and(|file| file.len() > LONGEST_FILE);
        if is_long {
            witness.shorten(&path)?;
        }
        let file = OpenOptions::new().append(true).create(true).mode(0o600).open(&path)?;
        *witness.file.lock().unwrap_or_else(PoisonError::into_inner) = Some(file);
        Ok(witness)
    }

    /// The key with which heads and snapshots are sealed.
    pub fn key(&self) -> &JournalKey {
        &self.key
    }

    /// What is remembered of a centre from before this run, newest first.
    pub fn remembered(&self, centre: &CentreId) -> impl Iterator<Item = &Anchor> {
        self.remembered.iter().rev().filter(move |anchor| anchor.centre == *centre)
    }

    /// Remembers heads before anybody is told of what they cover. The file is not synced: a killed process
    /// leaves it whole, and after a power cut an older head is remembered, which is in the journal too.
    /// What cannot be written costs the memory and nothing else.
    pub fn note(&self, anchors: &[Anchor]) {
        let mut slot = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(file) = slot.as_mut() else { return };
        if let Err(error) = file.write_all(lines(anchors, &self.key).as_bytes()) {
            tracing::error!(%error, "heads of journals cannot be remembered; a set-back during a stop would not be noticed");
            *slot = None;
        }
    }

    /// Keeps events that the journal no longer holds in a file of their own, in the form of `export`; gives
    /// its path.
    pub(crate) fn keep_lost(
        &self,
        centre: &CentreId,
        events: &[(Hash, std::sync::Arc<Recorded>)],
    ) -> io::Result<Option<PathBuf>> {
        let (Some(folder), Some((_, first))) = (&self.folder, events.first()) else {
            return Ok(None);
        };
        let folder = folder.join(LOST_FOLDER);
        std::fs::create_dir_all(&folder)?;
        // Named by its first hash, so that no two branches meet in one file.
        let branch = super::key::to_hex(&events[0].0[..4]);
        let path = folder.join(format!("{centre}-{}-{branch}.jsonl", first.version));
        let options =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).to_owned();
        let mut out = BufWriter::new(options.open(&path)?);
        for (hash, recorded) in events {
            let StoredEvent { version, recorded_at, made_at, kind, schema, body, .. } =
                encode(recorded);
            let event = ExportedEvent {
                version,
                recorded_at: recorded_at.0,
                made_at: made_at.0,
                kind: &kind,
                schema,
                body: &body,
                hash: *hash,
            };
            serde_json::to_writer(&mut out, &LostEvent { centre, event })?;
            out.write_all(b"\n")?;
        }
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        Ok(Some(path))
    }

    fn shorten(&self, path: &Path) -> io::Result<()> {
        let shorter = path.with_extension("unfinished");
        let options =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).to_owned();
        let mut out = options.open(&shorter)?;
        out.write_all(lines(&self.remembered, &self.key).as_bytes())?;
        out.sync_all()?;
        std::fs::rename(&shorter, path)
    }
}
