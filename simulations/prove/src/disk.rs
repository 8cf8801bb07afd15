//! A terminal's disk under the real outbox: what it holds, what a power cut leaves of it, and how it fails, as SQLite's
//! file does.

use crate::schedule::DiskFault;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vehicle_agent::outbox::{Change, OutboxContent, OutboxError, OutboxFile};

/// Batches after which an image of the disk is kept, for the day on which it is put back.
const IMAGE_EVERY: u64 = 40;

/// One disk; clones are the same disk, as the program sees it and as the world does.
#[derive(Clone, Debug)]
pub(crate) struct Disk(Arc<Mutex<Inside>>);

#[derive(Debug)]
struct Inside {
    /// What a new file is called; the world gives names, so that a run repeats.
    name: String,
    files: u64,
    /// What the file holds; nothing where there is none.
    file: Option<(OutboxContent, u64)>,
    image: Option<(OutboxContent, u64)>,
    is_damaged: bool,
    fault: Option<DiskFault>,
}

/// An open file.
#[derive(Debug)]
pub(crate) struct Connection {
    /// Transactions that a failed commit left open. What is written above one is in no file until it ends, which it
    /// never does.
    left_open: u32,
}

impl Disk {
    /// An empty one; no other disk has the name.
    pub(crate) fn new(name: String) -> Self {
        let (files, file, image, is_damaged, fault) = (0, None, None, false, None);
        Self(Arc::new(Mutex::new(Inside { name, files, file, image, is_damaged, fault })))
    }

    /// How it fails from now on; nothing for a disk that is well.
    pub(crate) fn fail(&self, fault: Option<DiskFault>) {
        self.inside().fault = fault;
    }

    /// Whether each write takes seconds.
    pub(crate) fn is_slow(&self) -> bool {
        self.inside().fault == Some(DiskFault::Slow)
    }

    /// A batch reaches the disk in the moment in which the program ends.
    pub(crate) fn write_last(&self, changes: &[Change]) {
        let mut inside = self.inside();
        if matches!(inside.fault, None | Some(DiskFault::Slow)) {
            inside.store(changes);
        }
    }

    /// The file cannot be read any more.
    pub(crate) fn damage(&self) {
        self.inside().is_damaged = true;
    }

    /// Puts the last image back.
    pub(crate) fn set_back(&self) {
        let mut inside = self.inside();
        inside.file = inside.image.clone();
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn store(&mut self, changes: &[Change]) {
        let Some((content, batch)) = &mut self.file else { return };
        content.apply(changes);
        content.is_unsaved = false;
        *batch += 1;
        if batch.is_multiple_of(IMAGE_EVERY) {
            self.image = self.file.clone();
        }
    }

    fn next_name(&mut self) -> String {
        self.files += 1;
        format!("{}-{}", self.name, self.files)
    }
}

fn failed(what: &str) -> OutboxError {
    OutboxError::File(io::Error::other(what.to_owned()))
}

impl OutboxFile for Disk {
    type Connection = Connection;

    async fn open(&mut self, _: &str) -> Result<(Connection, OutboxContent, u64), OutboxError> {
        let mut inside = self.inside();
        if inside.is_damaged {
            return Err(OutboxError::Version(i64::MAX));
        }
        if inside.file.is_none() {
            if inside.fault == Some(DiskFault::Full) {
                return Err(failed("the disk is full"));
            }
            let name = inside.next_name();
            inside.file = Some((OutboxContent::empty(name), 0));
            inside.image = inside.file.clone();
        }
        let (content, batch) = inside.file.clone().ok_or_else(|| failed("there is no file"))?;
        Ok((Connection { left_open: 0 }, content, batch))
    }

    async fn write(
        &mut self,
        connection: &mut Connection,
        changes: &[Change],
    ) -> Result<(), OutboxError> {
        let mut inside = self.inside();
        if connection.left_open > 0 {
            return Ok(());
        }
        match inside.fault {
            None | Some(DiskFault::Slow) => {
                inside.store(changes);
                Ok(())
            }
            Some(DiskFault::Full) => Err(failed("the disk is full")),
            Some(DiskFault::Commit) => {
                connection.left_open += 1;
                Err(failed("the commit failed"))
            }
            Some(DiskFault::AnswerLost) => {
                inside.store(changes);
                Err(failed("the device failed after the write"))
            }
        }
    }

    async fn tidy(&mut self, _: &mut Connection, _: u64) -> Result<(), OutboxError> {
        Ok(())
    }

    async fn replace(
        &mut self,
        content: &OutboxContent,
        batch: u64,
    ) -> Result<(Connection, String), OutboxError> {
        let mut inside = self.inside();
        if matches!(inside.fault, Some(DiskFault::Full | DiskFault::Commit)) {
            return Err(failed("the disk takes no new file"));
        }
        inside.file = Some((content.clone(), batch));
        inside.is_damaged = false;
        Ok((Connection { left_open: 0 }, "set aside".to_owned()))
    }

    async fn close(&mut self, _: Connection) -> Result<(), OutboxError> {
        Ok(())
    }

    async fn salvage(&mut self, _: String) -> OutboxContent {
        OutboxContent::empty(self.inside().next_name())
    }

    fn is_not_usable(&self, error: &OutboxError) -> bool {
        matches!(error, OutboxError::Version(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use vehicle_agent::outbox::{KeptOutbox, Outbox};

    #[test]
    fn what_is_written_on_a_connection_that_failed_is_in_no_file() {
        let mut disk = Disk::new("a".to_owned());
        let (mut connection, ..) = disk.open("").now_or_never().unwrap().unwrap();
        let raise = |last_command| [Change::RaiseNumbers { last_command, last_fix: 0 }];
        disk.fail(Some(DiskFault::Commit));
        assert!(disk.write(&mut connection, &raise(1)).now_or_never().unwrap().is_err());
        disk.fail(None);
        assert!(disk.write(&mut connection, &raise(2)).now_or_never().unwrap().is_ok());
        let (_, content, batch) = disk.open("").now_or_never().unwrap().unwrap();
        assert_eq!((content.last_command_number, batch), (0, 0), "it was said, and is not so");
        // The real outbox never uses such a connection again.
        let mut outbox = KeptOutbox::over_or_begin(disk.clone()).now_or_never().unwrap();
        disk.fail(Some(DiskFault::Commit));
        assert!(outbox.apply(&raise(3)).now_or_never().unwrap().is_err());
        disk.fail(None);
        assert!(outbox.apply(&raise(3)).now_or_never().unwrap().is_ok());
        let (_, content, _) = disk.open("").now_or_never().unwrap().unwrap();
        assert_eq!(content.last_command_number, 3);
    }
}
