//! Skeleton of both WebSocket links, the terminals' and the consoles': state machines without sockets and
//! clocks, and the one shell that runs them over axum.
//!
//! Sans-IO, as the vehicle's side of its link: the caller feeds in what happened and the time, and carries out
//! what comes out, in its order. What a machine wants of the rest of the server (desk, history, tracker, feed)
//! is an [`Output::Ask`]; what is found at once comes back as [`Input::Answer`] before the next output is taken,
//! and what follows from it goes before everything that waits. What needs time comes later as
//! [`Input::Happened`].
//!
//! # Drain rule
//! A link ends when the server stops, a newer link takes over, its journal is set back, its session ends, a
//! bound is broken, or the peer is gone. All of them end it in the same way:
//! 1. Nothing more is read, and what was to be sent and is not written yet is dropped: the next link begins
//!    with the whole picture.
//! 2. Positions that were gathered are handed to history once; that they are durable is not waited for. They
//!    are not acknowledged, so the terminal sends them again, and they are stored once.
//! 3. Presses that wait are dropped, and the one under way at the desk is not waited for. Whether it is
//!    recorded or not, it was not acknowledged: the terminal sends it again and it is known by its name.
//! 4. The vehicle counts as offline, unless a newer link took over.
//! 5. A peer that may still be there is told the code and the sentence as its last message, and then the link
//!    is closed with the code as the reason. What it still sends is read away until it closes in turn, so that
//!    the last words are not torn, for at most one second in all.
//!
//! A link whose vehicle's key was changed, or that gives way to others of the same vehicle or person, is dropped by
//! its owner without a word: only step 4 is left.

mod allowance;
mod shell;
mod skeleton;
mod socket;

pub(super) use shell::{Surroundings, farewell, run};
pub(super) use skeleton::{CloseReason, Pulse, Skeleton};
pub use socket::Socket;

use dispatch_core::model::Timestamp;
use std::time::Duration;

/// A moment, read by the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Now {
    /// The server's clock.
    pub(super) wall: Timestamp,
    /// Time since the link began, by a clock that never jumps.
    pub(super) steady: Duration,
}

/// What came from the peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Incoming<'a> {
    /// A text frame.
    Text(&'a str),
    /// A binary frame.
    Binary,
    /// A sign of life of the WebSocket layer.
    SignOfLife,
    /// Something that is no WebSocket frame, or one far too large.
    Unreadable,
    /// The peer closed the link, or it was lost.
    Closed,
}

/// Why a frame was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unwritten {
    /// The link is lost.
    Lost,
    /// The peer did not read for too long.
    NotReading,
}

/// What happened.
#[derive(Clone, Debug)]
pub(super) enum Input<'a, Answer, Event> {
    /// A frame, or the end of them.
    Frame(Incoming<'a>),
    /// What was asked for by the output taken last.
    Answer(Answer),
    /// Something happened in the server.
    Happened(Event),
    /// The output taken last could not be written.
    NotWritten(Unwritten),
    /// The time given by `next_timeout` has come.
    Tick,
}

/// What is to be done, in this order, each to its end before the next is taken.
#[derive(Debug, PartialEq)]
pub(super) enum Output<Frame, Ask> {
    /// Write a frame; what goes wrong comes back as `NotWritten`.
    Send(Frame),
    /// Ask the peer for a sign of life.
    Ping,
    /// Do this elsewhere in the server.
    Ask(Ask),
    /// The link is over; nothing follows.
    End(End),
}

/// How a link ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// The stable code.
    pub(super) code: &'static str,
    /// The last message to the peer; nothing when nobody is there to be told.
    pub(super) last_words: Option<String>,
}

/// One link as a state machine.
pub(super) trait Machine {
    /// What is written to the peer.
    type Frame;
    /// What is asked of the rest of the server.
    type Ask;
    /// What it answers at once.
    type Answer;
    /// What happens there meanwhile.
    type Event;

    /// Takes what happened.
    fn handle_input(&mut self, input: Input<'_, Self::Answer, Self::Event>, now: Now);

    /// What is to be done next; nothing until something else happens.
    fn next_output(&mut self) -> Option<Output<Self::Frame, Self::Ask>>;

    /// When a `Tick` is wanted, as a time since the link began.
    fn next_timeout(&self) -> Option<Duration>;

    /// Whether the peer is read; it is not while too much of it is under way.
    fn is_read(&self) -> bool;
}
