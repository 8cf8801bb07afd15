//! How the crew's page, or a simulated crew, talks to a running session.

use std::sync::Arc;

use tokio::sync::{oneshot, watch};
use wire_protocol::agent::CrewCommand;

use crate::link::{PressRefused, Reported, ScreenState};
use crate::nmea::Fix;
use crate::queue;

/// A press that was not taken, in words for the crew.
#[derive(Debug, thiserror::Error)]
pub enum PressFailed {
    /// It was refused on the spot.
    #[error(transparent)]
    Refused(#[from] PressRefused),
    /// The session ended, or the disk fails and it is not known to be safe.
    #[error("the terminal could not store the press; tell the centre by radio")]
    NotStored,
}

impl PressFailed {
    /// Stable code; the screen has the words.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.code(),
            Self::NotStored => "not_stored",
        }
    }
}

/// Positions that were not taken.
#[derive(Debug, thiserror::Error)]
#[error("the positions are not stored; they have to be sent again")]
pub struct NotReported;

/// What a person does at the terminal, and what a terminal of another maker reports.
#[derive(Debug)]
pub(super) enum Touch {
    Press { command: Box<CrewCommand>, answer: oneshot::Sender<Result<u64, PressRefused>> },
    Displayed { task: String },
    CloseRefusal { number: u64 },
    Report { fixes: Vec<Fix>, what: Reported, answer: oneshot::Sender<()> },
}

/// A running session, for any number of watchers and pressers.
#[derive(Clone, Debug)]
pub struct AgentHandle {
    pub(super) touches: queue::Sender<Touch>,
    pub(super) pictures: watch::Receiver<Arc<ScreenState>>,
}

impl AgentHandle {
    /// Presses a button. Answers once the press is durable in the outbox.
    ///
    /// # Errors
    /// When the press is refused, or the session ended before it was stored.
    pub async fn press(&self, command: CrewCommand) -> Result<u64, PressFailed> {
        let (answer, answered) = oneshot::channel();
        let touch = Touch::Press { command: Box::new(command), answer };
        self.touches.send(touch).await.map_err(|_| PressFailed::NotStored)?;
        Ok(answered.await.map_err(|_| PressFailed::NotStored)??)
    }

    /// Reports positions that a terminal of another maker sent. Answers once they are durable in the outbox or with
    /// the server.
    ///
    /// # Errors
    /// When there is no room for them, or the session ended before they were stored: whoever sent them keeps them.
    pub async fn report(&self, fixes: Vec<Fix>, what: Reported) -> Result<(), NotReported> {
        let (answer, answered) = oneshot::channel();
        let touch = Touch::Report { fixes, what, answer };
        self.touches.send(touch).await.map_err(|_| NotReported)?;
        answered.await.map_err(|_| NotReported)
    }

    /// The page shows the order of this task.
    pub async fn displayed(&self, task: String) {
        self.touches.send(Touch::Displayed { task }).await.ok();
    }

    /// The crew closed a refusal.
    pub async fn close_refusal(&self, number: u64) {
        self.touches.send(Touch::CloseRefusal { number }).await.ok();
    }

    /// What the screen shows now.
    pub fn picture(&self) -> Arc<ScreenState> {
        self.pictures.borrow().clone()
    }

    /// Every picture from now on, the latest only.
    pub fn pictures(&self) -> watch::Receiver<Arc<ScreenState>> {
        self.pictures.clone()
    }
}
