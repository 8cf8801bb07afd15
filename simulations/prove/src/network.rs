//! The network as seen from a server: sockets that end in the simulation's queue instead of in a cable.
//!
//! Within one link messages keep their order, as TCP keeps it; a lost packet shows as a late message, and a lost
//! link loses what was under way. Between links and for single requests there is no order.

use axum::Error;
use axum::extract::ws::Message;
use dispatch_core::model::Confirmation;
use dispatch_desk::desk::{CommandError, Done};
use dispatch_server::live::Socket;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, mpsc};

/// The number of a link or a request in the order in which they began.
pub(crate) type LinkId = u64;

/// What comes out of the servers; `S` is a server that is up, of which a network knows nothing.
#[derive(Debug)]
pub(crate) enum Outgoing<S> {
    /// A message on a link.
    Message(LinkId, Message),
    /// The server gave the link up.
    Closed(LinkId),
    /// What came of a request: its server, its number, the answer.
    Answer(usize, LinkId, Result<Done, NotDone>),
    /// A server is up, or could not start.
    Started(usize, Box<Result<S, String>>),
    /// A server has stopped in good order.
    Stopped(usize),
}

impl<S> Outgoing<S> {
    /// The link it is of; nothing for what comes from a task that waits for nobody's news.
    fn link(&self) -> Option<LinkId> {
        match self {
            Self::Message(link, _) | Self::Closed(link) => Some(*link),
            Self::Answer(..) | Self::Started(..) | Self::Stopped(_) => None,
        }
    }
}

/// Where servers put what they send, in the order in which they do.
#[derive(Debug)]
pub(crate) struct Wire<S> {
    outgoing: Mutex<VecDeque<Outgoing<S>>>,
    /// Something was put there.
    pub(crate) stirred: Notify,
}

impl<S> Default for Wire<S> {
    fn default() -> Self {
        Self { outgoing: Mutex::default(), stirred: Notify::new() }
    }
}

impl<S> Wire<S> {
    /// Puts something on it.
    pub(crate) fn put(&self, outgoing: Outgoing<S>) {
        self.queue().push_back(outgoing);
        self.stirred.notify_one();
    }

    /// Takes all that was put there, link by link. Within a link it stays in order; between links there is none that
    /// repeats, since tokio wakes those who wait for the same news by chance of its own.
    pub(crate) fn take_all(&self) -> Vec<Outgoing<S>> {
        let mut all: Vec<Outgoing<S>> = self.queue().drain(..).collect();
        all.sort_by_key(Outgoing::link);
        all
    }

    fn queue(&self) -> MutexGuard<'_, VecDeque<Outgoing<S>>> {
        self.outgoing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why a request was not carried out.
#[derive(Clone, Debug)]
pub(crate) struct NotDone {
    /// The words that are traced; they begin with `refused` where sending it again is of no use.
    pub(crate) words: String,
    /// The dangers that it was refused for, which whoever gave it may confirm.
    pub(crate) dangers: Vec<Confirmation>,
}

impl NotDone {
    /// Without a danger that could be confirmed.
    pub(crate) fn told(words: String) -> Self {
        Self { words, dangers: Vec::new() }
    }
}

/// A request's answer as a console gets it.
pub(crate) fn answered(done: Result<Done, CommandError>) -> Result<Done, NotDone> {
    done.map_err(|error| match error {
        CommandError::Rejected(rejection) => {
            let words = format!("refused: {}", rejection.code());
            NotDone { words, dangers: rejection.confirmations() }
        }
        CommandError::UnknownCentre(_) | CommandError::Barred(_) | CommandError::NotTheirs(_) => {
            NotDone::told(format!("refused: {error}"))
        }
        CommandError::Busy | CommandError::NotRecorded(_) | CommandError::Stopping => {
            NotDone::told(format!("failed: {error}"))
        }
    })
}

/// The server's end of a link.
#[derive(Debug)]
pub(crate) struct ServerEnd<S> {
    link: LinkId,
    incoming: mpsc::UnboundedReceiver<Message>,
    wire: Arc<Wire<S>>,
    is_lost: Arc<AtomicBool>,
}

/// The simulation's end of it.
#[derive(Debug)]
pub(crate) struct OtherEnd {
    to_server: mpsc::UnboundedSender<Message>,
    is_lost: Arc<AtomicBool>,
}

/// A link with both its ends.
pub(crate) fn link<S>(link: LinkId, wire: &Arc<Wire<S>>) -> (ServerEnd<S>, OtherEnd) {
    let (to_server, incoming) = mpsc::unbounded_channel();
    let is_lost = Arc::new(AtomicBool::new(false));
    let server = ServerEnd { link, incoming, wire: wire.clone(), is_lost: is_lost.clone() };
    (server, OtherEnd { to_server, is_lost })
}

impl OtherEnd {
    /// Hands a message to the server. One that has given the link up does not get it.
    pub(crate) fn hand_over(&self, message: Message) {
        self.to_server.send(message).ok();
    }

    /// The server's writes fail from now on; dropping this end then ends its reads as well.
    pub(crate) fn lose(&self) {
        self.is_lost.store(true, Ordering::SeqCst);
    }
}

impl<S: Send + 'static> Socket for ServerEnd<S> {
    async fn recv(&mut self) -> Option<Result<Message, Error>> {
        self.incoming.recv().await.map(Ok)
    }

    async fn send(&mut self, message: Message) -> Result<(), Error> {
        if self.is_lost.load(Ordering::SeqCst) {
            return Err(Error::new(std::io::Error::from(std::io::ErrorKind::ConnectionReset)));
        }
        self.wire.put(Outgoing::Message(self.link, message));
        Ok(())
    }
}

impl<S> Drop for ServerEnd<S> {
    fn drop(&mut self) {
        self.wire.put(Outgoing::Closed(self.link));
    }
}
