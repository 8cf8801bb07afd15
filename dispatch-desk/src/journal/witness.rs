//! What a server remembers of the journals outside the database: its key, and the newest head of each journal
//! that it acknowledged or saw. By it a server knows after a restart that a journal was set back meanwhile.

use super::anchor::{Anchor, lines, open_to_add, read_anchors};
use super::key::JournalKey;
use super::lost::{Lost, write_lost};
use super::notebook::Notebook;
use dispatch_core::model::CentreId;
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The heads' file in the data folder.
pub const HEADS_FILE: &str = "heads.txt";

/// Length of the heads' file at which the old half of it goes: a day of a busy province, and far more than
/// is looked back.
const LONGEST_FILE: u64 = 8 * 1024 * 1024;

/// Lines kept then, and lines looked back over for a head that the journal still holds.
const LINES_KEPT: usize = 8_192;

/// Stretches of lost events held for a disk that does not take them; each is as long as a desk remembers.
const MOST_HELD: usize = 64;

/// A server's memory outside the database.
#[derive(Debug)]
pub struct Witness {
    key: JournalKey,
    folder: Option<PathBuf>,
    /// In the folder's place where a simulation plays the machine.
    notebook: Option<Notebook>,
    memory: Mutex<Memory>,
    remembered: Vec<Anchor>,
}

impl Default for Witness {
    /// One that remembers nothing and trusts no snapshot but its own: for tools and tests.
    fn default() -> Self {
        Self {
            key: JournalKey::random(),
            folder: None,
            notebook: None,
            memory: Mutex::default(),
            remembered: Vec::new(),
        }
    }
}

/// What is written, and what the disk did not take and is written with the next.
#[derive(Debug, Default)]
struct Memory {
    /// The file of heads; opened anew after a failure.
    file: Option<File>,
    is_failing: bool,
    /// The newest head of each centre that is not in the file.
    missed: BTreeMap<CentreId, Anchor>,
    /// Events that a set-back took, for files of their own.
    lost: Vec<(CentreId, Vec<Lost>)>,
}

impl Witness {
    /// With a key, and without a memory of heads.
    pub fn with_key(key: JournalKey) -> Self {
        Self { key, ..Self::default() }
    }

    /// With a key and the memory in a notebook, which outlives this run.
    pub fn with_notebook(key: JournalKey, notebook: Notebook) -> Self {
        let remembered = notebook.anchors().clone();
        Self { key, notebook: Some(notebook), remembered, ..Self::default() }
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
        let (folder, memory) = (Some(folder.to_owned()), Mutex::default());
        let witness = Self { key, folder, notebook: None, memory, remembered };
        let is_long = path.metadata().is_ok_and(|file| file.len() > LONGEST_FILE);
        if is_long {
            witness.shorten(&path)?;
        }
        let file = open_to_add(&path)?;
        witness.memory.lock().unwrap_or_else(PoisonError::into_inner).file = Some(file);
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
    /// What the disk does not take is written with the next, and costs the memory of nothing but that time.
    pub fn note(&self, anchors: &[Anchor]) {
        if let Some(notebook) = &self.notebook {
            return notebook.note(anchors);
        }
        let Some(folder) = &self.folder else { return };
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let noted = anchors.iter().map(|anchor| (anchor.centre.clone(), anchor.clone()));
        memory.missed.extend(noted);
        let written = memory.write(&folder.join(HEADS_FILE), &self.key);
        match (written, memory.is_failing) {
            (Ok(()), false) => return,
            (Ok(()), true) => tracing::info!("heads of journals are remembered again"),
            (Err(error), false) => {
                tracing::error!(%error, "heads of journals cannot be remembered; a set-back during a stop would not be noticed");
                memory.is_failing = true;
                return;
            }
            (Err(_), true) => return,
        }
        memory.is_failing = false;
        for (centre, events) in std::mem::take(&mut memory.lost) {
            match write_lost(folder, &centre, &events) {
                Ok(file) => {
                    tracing::error!(%centre, file = %file.display(), "lost events are kept after all")
                }
                Err(error) => {
                    tracing::error!(%centre, %error, "lost events still cannot be kept");
                    memory.is_failing = true;
                    memory.lost.push((centre, events));
                }
            }
        }
    }

    /// Keeps events that the journal no longer holds in a file of their own, in the form of `export`; gives
    /// its path. What the disk does not take is held, and kept once it does.
    pub(crate) fn keep_lost(
        &self,
        centre: &CentreId,
        events: &[Lost],
    ) -> io::Result<Option<PathBuf>> {
        let Some(folder) = self.folder.as_ref().filter(|_| !events.is_empty()) else {
            return Ok(None);
        };
        write_lost(folder, centre, events).map(Some).inspect_err(|_| {
            let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
            if memory.lost.len() < MOST_HELD {
                memory.lost.push((centre.clone(), events.to_vec()));
            }
            // The next head that is noted brings it out.
            memory.is_failing = true;
        })
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

impl Memory {
    fn write(&mut self, path: &Path, key: &JournalKey) -> io::Result<()> {
        let missed: Vec<Anchor> = self.missed.values().cloned().collect();
        let mut file = match self.file.take() {
            Some(file) => file,
            None => open_to_add(path)?,
        };
        // Left out after a failure, so that it is opened anew and what was torn goes.
        file.write_all(lines(&missed, key).as_bytes())?;
        self.file = Some(file);
        self.missed.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::chain::Head;
    use super::super::lost::LOST_FOLDER;
    use super::*;
    use dispatch_core::model::*;
    use std::sync::Arc;

    fn anchor(centre: &str, version: u64) -> Anchor {
        let head = Head { version, hash: [9; 32] };
        Anchor { at: Timestamp(1_780_000_000_000), centre: centre.into(), head, incarnation: 0 }
    }

    fn lost() -> Lost {
        let now = Timestamp(1_780_000_000_000);
        let provenance = Provenance {
            terminal_clock: None,
            made_at: now,
            recorded_at: now,
            origin: Origin::Automatic { rule: "test".into() },
            vehicle_online: None,
            clock_doubtful: false,
            command_id: None,
            confirmed: Vec::new(),
        };
        let event = Event::VehicleResumed { vehicle: "E-1".into() };
        ([7; 32], Arc::new(Recorded { version: 3, provenance, event }))
    }

    /// A disk that was full for a while: what it did not take then is on it afterwards.
    #[test]
    fn what_a_full_disk_did_not_take_is_written_when_it_does() {
        let (folder, key) = (tempfile::tempdir().unwrap(), JournalKey::random());
        let witness = Witness::open(folder.path(), key.clone()).unwrap();
        witness.note(&[anchor("east", 1), anchor("west", 1)]);
        let full = || OpenOptions::new().write(true).open("/dev/full").unwrap();
        for version in [2, 3] {
            witness.memory.lock().unwrap().file = Some(full());
            witness.note(&[anchor("east", version)]);
            assert!(witness.memory.lock().unwrap().is_failing);
        }
        // A file in the place of the folder for them.
        std::fs::write(folder.path().join(LOST_FOLDER), "").unwrap();
        assert!(witness.keep_lost(&"east".into(), &[lost()]).is_err());
        witness.note(&[anchor("west", 2)]);
        std::fs::remove_file(folder.path().join(LOST_FOLDER)).unwrap();
        witness.note(&[anchor("west", 3)]);

        let next = Witness::open(folder.path(), key).unwrap();
        let newest = |centre: &str| next.remembered(&centre.into()).next().cloned();
        assert_eq!(newest("east"), Some(anchor("east", 3)));
        assert_eq!(newest("west"), Some(anchor("west", 3)));
        let files = std::fs::read_dir(folder.path().join(LOST_FOLDER)).unwrap();
        let texts: Vec<String> =
            files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect();
        assert_eq!(texts.len(), 1);
        assert!(texts[0].contains("\"version\":3"), "{texts:?}");
    }
}
