//! The outbox over a file that may fail: what is told as stored is stored, whatever the file does.
//!
//! A connection on which anything failed is closed and never used again. The next one first reads what
//! is in the file and holds it against what was told as stored; a file that holds something else is set
//! aside and written anew from memory.

use tracing::warn;

use super::{Change, Outbox, OutboxContent, OutboxError, StoredCommand};

/// Length of an outbox's name; 16 random bytes as hexadecimal. The protocol allows 40 characters.
const ID_BYTES: usize = 16;

/// A file that holds an outbox: SQLite's on a terminal, a model of it in a simulation.
pub trait OutboxFile: Send + 'static {
    /// The file opened. Dropping it closes it.
    type Connection: Send;

    /// Opens the file, or makes it with this name. Gives what it holds, and how many batches it took.
    fn open(
        &mut self,
        new_id: &str,
    ) -> impl Future<Output = Result<(Self::Connection, OutboxContent, u64), OutboxError>> + Send;

    /// Makes a batch durable in one transaction and counts it. After an error it is not known whether it is.
    fn write(
        &mut self,
        connection: &mut Self::Connection,
        changes: &[Change],
    ) -> impl Future<Output = Result<(), OutboxError>> + Send;

    /// Gives space back after a batch. After an error the connection is not to be trusted any more.
    fn tidy(
        &mut self,
        connection: &mut Self::Connection,
        batch: u64,
    ) -> impl Future<Output = Result<(), OutboxError>> + Send;

    /// Puts a new file with this content in the place of whatever is there, which is kept under the name given.
    fn replace(
        &mut self,
        content: &OutboxContent,
        batch: u64,
    ) -> impl Future<Output = Result<(Self::Connection, String), OutboxError>> + Send;

    /// Closes a connection in good order.
    fn close(
        &mut self,
        connection: Self::Connection,
    ) -> impl Future<Output = Result<(), OutboxError>> + Send;

    /// What can be read of a file that cannot be used, as the beginning of a new outbox with this name.
    fn salvage(&mut self, new_id: String) -> impl Future<Output = OutboxContent> + Send;

    /// Whether the trouble lies in the file, so that another one may do better; a full or failing disk has to
    /// be waited for.
    fn is_not_usable(&self, error: &OutboxError) -> bool;
}

/// The outbox of a terminal.
#[derive(Debug)]
pub struct KeptOutbox<F: OutboxFile> {
    file: F,
    /// Absent after a failure, until the file was opened again and held what it should.
    connection: Option<F::Connection>,
    /// What was told as stored.
    content: OutboxContent,
    /// Batches stored so far.
    batch: u64,
    /// Whether the file at its place is ours; it is not when it could not be read at the start.
    is_ours: bool,
    salvaged: Vec<StoredCommand>,
}

impl<F: OutboxFile> KeptOutbox<F> {
    /// Opens the file, or makes it with a new random name.
    ///
    /// # Errors
    /// When the file cannot be made, opened or is no outbox.
    pub async fn over(mut file: F) -> Result<Self, (F, OutboxError)> {
        match file.open(&new_id()).await {
            Ok((connection, content, batch)) => {
                let (connection, salvaged) = (Some(connection), Vec::new());
                Ok(Self { file, connection, content, batch, is_ours: true, salvaged })
            }
            Err(error) => Err((file, error)),
        }
    }

    /// Opens the file whatever its state. One that cannot be used is set aside and a new outbox takes up
    /// what could be read of it; with a disk that does not even allow that, the new outbox is in memory
    /// until it does.
    pub async fn over_or_begin(file: F) -> Self {
        let (mut file, error) = match Self::over(file).await {
            Ok(outbox) => return outbox,
            Err(failed) => failed,
        };
        warn!(%error, "the outbox cannot be used; beginning a new one");
        let mut content = file.salvage(new_id()).await;
        if file.is_not_usable(&error) {
            match file.replace(&content, 0).await {
                Ok((connection, aside)) => {
                    warn!(aside, commands = content.salvaged.len(), "the old outbox was set aside");
                    let (connection, salvaged) = (Some(connection), Vec::new());
                    return Self { file, connection, content, batch: 0, is_ours: true, salvaged };
                }
                Err(error) => warn!(%error, "no new outbox can be made; going on in memory"),
            }
        }
        content.is_unsaved = true;
        let (connection, salvaged) = (None, Vec::new());
        Self { file, connection, content, batch: 0, is_ours: false, salvaged }
    }

    async fn try_apply(
        &mut self,
        mut connection: F::Connection,
        changes: &[Change],
    ) -> Result<(), OutboxError> {
        self.file.write(&mut connection, changes).await?;
        self.count(changes);
        if let Err(error) = self.file.tidy(&mut connection, self.batch).await {
            // The batch is stored; only this connection is not to be trusted any more.
            warn!(%error, "the outbox gives no space back");
            return Ok(());
        }
        self.connection = Some(connection);
        Ok(())
    }

    fn count(&mut self, changes: &[Change]) {
        self.content.apply(changes);
        self.content.is_unsaved = false;
        self.batch += 1;
    }

    /// Opens the file anew and holds it against memory. Gives a connection, or `None` if these very
    /// changes turn out to be stored.
    async fn reopen(&mut self, changes: &[Change]) -> Result<Option<F::Connection>, OutboxError> {
        let id = self.content.id.clone();
        let found = match self.file.open(&id).await {
            Ok(found) => Some(found),
            Err(error) if self.file.is_not_usable(&error) => {
                warn!(%error, "the outbox's file cannot be used; writing a new one");
                None
            }
            Err(error) => return Err(error),
        };
        if let Some((connection, content, batch)) = found {
            let mut then = self.content.clone();
            if (&content, batch) == (&then, self.batch) && self.is_ours {
                return Ok(Some(connection));
            }
            then.apply(changes);
            if (&content, batch) == (&then, self.batch + 1) && self.is_ours {
                self.count(changes);
                self.connection = Some(connection);
                return Ok(None);
            }
            self.file.close(connection).await.ok();
            self.take_over(content);
        }
        self.content.is_unsaved = false;
        let replaced = self.file.replace(&self.content, self.batch).await;
        self.content.is_unsaved = replaced.is_err();
        let (connection, aside) = replaced?;
        self.is_ours = true;
        warn!(aside, "the outbox was written anew from memory");
        Ok(Some(connection))
    }

    /// Takes up commands of an outbox that could not be read before.
    fn take_over(&mut self, found: OutboxContent) {
        if found.id == self.content.id {
            return;
        }
        let OutboxContent { id, commands, salvaged, .. } = found;
        let first = |command: StoredCommand| {
            let (outbox, number) = (id.clone(), command.number);
            let own = wire_protocol::agent::PressedAs { outbox, number };
            StoredCommand { pressed_as: Some(command.pressed_as.unwrap_or(own)), ..command }
        };
        let commands: Vec<StoredCommand> =
            commands.into_iter().map(first).chain(salvaged).collect();
        self.content.salvaged.extend(commands.iter().cloned());
        self.content.order_salvaged();
        self.salvaged.extend(commands);
    }
}

/// A name nobody else has.
pub(super) fn new_id() -> String {
    crate::machine::random::<[u8; ID_BYTES]>().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<F: OutboxFile> Outbox for KeptOutbox<F> {
    async fn load(&mut self) -> Result<OutboxContent, OutboxError> {
        Ok(self.content.clone())
    }

    async fn apply(&mut self, changes: &[Change]) -> Result<(), OutboxError> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            // On the heap, since it is rare and holds whole outboxes: each batch would make room for them.
            None => match Box::pin(self.reopen(changes)).await? {
                Some(connection) => connection,
                None => return Ok(()),
            },
        };
        self.try_apply(connection, changes).await
    }

    fn take_salvaged(&mut self) -> Vec<StoredCommand> {
        std::mem::take(&mut self.salvaged)
    }

    async fn close(&mut self) -> Result<(), OutboxError> {
        match self.connection.take() {
            Some(connection) => self.file.close(connection).await,
            None => Ok(()),
        }
    }
}
