//! What both kinds of link have in common: the first message in time, the heartbeat, silence, the allowance of
//! frames, the outputs in their order, and the end. The links differ by their [`CloseReason`] and their [`Pulse`].

use super::allowance::{Bucket, Pace};
use super::{End, Now, Output, Unwritten};
use crate::live::limits::FrameAllowance;
use std::collections::VecDeque;
use std::fmt::Display;
use std::time::Duration;

/// A pause of a third of the silence limit: then a quiet peer is asked for a sign of life.
const ASKED_AFTER: u32 = 3;

/// The reasons for which a kind of link ends. The sentence is its `Display`.
pub(in crate::live) trait CloseReason: Copy + Display {
    /// The peer closed the link, or it was lost.
    const LOST: Self;
    /// The first message did not come in time.
    const NO_FIRST_MESSAGE: Self;
    /// Frames come too fast.
    const FLOOD: Self;
    /// Nothing was heard for too long.
    const SILENT: Self;
    /// The peer does not read.
    const NOT_READING: Self;

    /// The stable code.
    fn code(self) -> &'static str;

    /// The last message, where there may be somebody to read it.
    fn last_words(self) -> Option<String>;
}

/// The times and the allowance of one kind of link.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::live) struct Pulse {
    /// The first message must come within this time.
    pub(in crate::live) first_message_limit: Duration,
    /// The link looks around so often.
    pub(in crate::live) heartbeat: Duration,
    /// A peer from which nothing came for this long is gone.
    pub(in crate::live) silence_limit: Duration,
    /// How many frames the peer may send.
    pub(in crate::live) allowance: FrameAllowance,
}

#[derive(Debug)]
enum Stage {
    /// Waits for the first message.
    First { until: Duration },
    /// The first message came, and its link is being made.
    Opening,
    /// Frames, heartbeat and silence count.
    Open(Watch),
    /// It has ended.
    Over,
}

#[derive(Debug)]
struct Watch {
    bucket: Bucket,
    heartbeat_at: Duration,
    /// Until when no frame is read, because they came too fast.
    held_until: Option<Duration>,
    last_heard: Duration,
}

/// A link's common part.
#[derive(Debug)]
pub(in crate::live) struct Skeleton<E, F, A> {
    pulse: Pulse,
    stage: Stage,
    outputs: VecDeque<Output<F, A>>,
    ending: std::marker::PhantomData<E>,
}

impl<E: CloseReason, F: From<String>, A> Skeleton<E, F, A> {
    /// A link that begins now and waits for its first message.
    pub(in crate::live) fn new(pulse: Pulse) -> Self {
        let until = pulse.first_message_limit;
        Self {
            pulse,
            stage: Stage::First { until },
            outputs: VecDeque::new(),
            ending: std::marker::PhantomData,
        }
    }

    /// The first message came, and all that it needs is there: it is late no more.
    pub(in crate::live) fn opening(&mut self) {
        self.stage = Stage::Opening;
    }

    /// From now on frames, heartbeat and silence count, unless they do already.
    pub(in crate::live) fn open(&mut self, now: Now) {
        match self.stage {
            Stage::First { .. } | Stage::Opening => {
                self.stage = Stage::Open(Watch {
                    bucket: Bucket::full(&self.pulse.allowance, now.steady),
                    heartbeat_at: now.steady + self.pulse.heartbeat,
                    held_until: None,
                    last_heard: now.steady,
                });
            }
            Stage::Open(_) | Stage::Over => {}
        }
    }

    /// Counts a frame. Gives whether the next one has to wait.
    pub(in crate::live) fn admit(&mut self, now: Now) -> Result<bool, E> {
        let watch = match &mut self.stage {
            // Frames may come so fast that no tick does.
            Stage::First { until } if now.steady >= *until => return Err(E::NO_FIRST_MESSAGE),
            Stage::First { .. } | Stage::Opening | Stage::Over => return Ok(false),
            Stage::Open(watch) => watch,
        };
        watch.last_heard = now.steady;
        match watch.bucket.take(&self.pulse.allowance, now.steady) {
            Pace::Go => Ok(false),
            Pace::Hold(pause) => {
                watch.held_until = Some(now.steady + pause);
                Ok(true)
            }
            Pace::Flood => Err(E::FLOOD),
        }
    }

    /// The time has come: frames that were held back are read again. Gives for how long the peer has been
    /// quiet when a heartbeat is due.
    pub(in crate::live) fn tick(&mut self, now: Now) -> Result<Option<Duration>, E> {
        match &mut self.stage {
            Stage::First { until } if now.steady >= *until => Err(E::NO_FIRST_MESSAGE),
            Stage::First { .. } | Stage::Opening | Stage::Over => Ok(None),
            Stage::Open(watch) => {
                watch.held_until = watch.held_until.filter(|until| *until > now.steady);
                if now.steady < watch.heartbeat_at {
                    return Ok(None);
                }
                // Counted from now: a link that was late does not make up for it.
                watch.heartbeat_at = now.steady + self.pulse.heartbeat;
                Ok(Some(now.steady.saturating_sub(watch.last_heard)))
            }
        }
    }

    /// Judges a silence: a peer that is quiet is asked for a sign of life, and later taken to be gone. One that
    /// is not read cannot be heard.
    pub(in crate::live) fn judge_silence(
        &mut self,
        quiet_for: Duration,
        is_read: bool,
    ) -> Result<(), E> {
        let limit = self.pulse.silence_limit;
        if is_read && quiet_for >= limit {
            return Err(E::SILENT);
        }
        if quiet_for >= limit / ASKED_AFTER {
            self.outputs.push_back(Output::Ping);
        }
        Ok(())
    }

    /// Whether frames are held back because they came too fast.
    pub(in crate::live) fn is_holding(&self) -> bool {
        match &self.stage {
            Stage::Open(watch) => watch.held_until.is_some(),
            Stage::First { .. } | Stage::Opening | Stage::Over => false,
        }
    }

    /// When something is due.
    pub(in crate::live) fn next_timeout(&self) -> Option<Duration> {
        match &self.stage {
            Stage::First { until } => Some(*until),
            Stage::Open(watch) => {
                Some(watch.held_until.map_or(watch.heartbeat_at, |it| it.min(watch.heartbeat_at)))
            }
            Stage::Opening | Stage::Over => None,
        }
    }

    /// What ends a link whose frame was not written.
    pub(in crate::live) fn not_written(why: Unwritten) -> E {
        match why {
            Unwritten::Lost => E::LOST,
            Unwritten::NotReading => E::NOT_READING,
        }
    }

    /// Has a frame sent.
    pub(in crate::live) fn send(&mut self, frame: impl Into<F>) {
        self.outputs.push_back(Output::Send(frame.into()));
    }

    /// Asks something of the rest of the server.
    pub(in crate::live) fn ask(&mut self, ask: A) {
        self.outputs.push_back(Output::Ask(ask));
    }

    /// What is to be done next.
    pub(in crate::live) fn next_output(&mut self) -> Option<Output<F, A>> {
        self.outputs.pop_front()
    }

    /// Takes what waits out of the way, so that what follows from an answer goes before it.
    pub(in crate::live) fn set_aside(&mut self) -> VecDeque<Output<F, A>> {
        std::mem::take(&mut self.outputs)
    }

    /// Puts it back.
    pub(in crate::live) fn put_back(&mut self, mut waiting: VecDeque<Output<F, A>>) {
        if !self.is_over() {
            self.outputs.append(&mut waiting);
        }
    }

    /// Whether the link has ended.
    pub(in crate::live) fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Over)
    }

    /// Ends the link by the drain rule: of what waits only these asks are kept, `last` is done, then the peer
    /// is told.
    pub(in crate::live) fn end(
        &mut self,
        ending: E,
        is_kept: impl Fn(&A) -> bool,
        last: impl IntoIterator<Item = A>,
    ) {
        self.stage = Stage::Over;
        self.outputs.retain(|output| match output {
            Output::Ask(ask) => is_kept(ask),
            Output::Send(_) | Output::Ping | Output::End(_) => false,
        });
        self.outputs.extend(last.into_iter().map(Output::Ask));
        let end = End { code: ending.code(), last_words: ending.last_words() };
        self.outputs.push_back(Output::End(end));
    }
}
