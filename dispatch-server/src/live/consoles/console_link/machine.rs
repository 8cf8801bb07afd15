//! State machine of one console's link: what the console was shown, and what it is shown next.
//!
//! Knows no socket, no clock and no feed. The feed's frames pass through unread; the next ones are asked for
//! only when the ones before are written, so a console that reads slowly holds nothing but its own link.

use super::ending::CloseReason;
use super::frames::{Subscription, decode, subscription};
use crate::live::feed::encode_text;
use crate::live::limits::MOST_CATCH_UPS;
use crate::live::link::{Incoming, Input, Machine, Now, Output, Pulse, Skeleton};
use std::time::Duration;
use wire_protocol::console::{ConsoleMessage, FeedMessage, ServiceState};

/// What a console's link asks of the feed.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Ask {
    /// Tell when there is a picture to show.
    TellWhenReady,
    /// Go on from where the console was, if that is known: answered by `Resumed` or `Foreign`.
    Resume(Subscription),
    /// Go on from a snapshot: answered by `Snapshot`.
    Snapshot,
    /// Everything that is there now: answered by `CaughtUp` or `Behind`.
    CatchUp,
    /// The next messages: answered by `Changes` or `Behind`.
    Changes,
    /// The state of the service.
    Service,
    /// The list of arrivals, if it is newer than this number.
    Arrivals(u64),
    /// Positions of the newest tick, for a console that has seen this one.
    Positions(Option<u64>),
}

/// What the feed answers. `F` is a frame of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Answer<F> {
    /// The console goes on from its numbers within this epoch, after these frames.
    Resumed { epoch: String, links: Vec<F> },
    /// Its numbers mean nothing within this epoch.
    Foreign { epoch: String },
    /// The whole picture.
    Snapshot(F),
    /// Everything that is there now, the word that it is all at its end.
    CaughtUp(Vec<F>),
    /// The next messages; none when there are none.
    Changes(Vec<F>),
    /// The console fell off a ring of the feed that has this epoch now.
    Behind { epoch: String },
    /// The state of the service.
    Service(ServiceState),
    /// A newer list of arrivals and its number.
    Arrivals(Option<(u64, F)>),
    /// The newest tick, and what there is to show of it.
    Positions { tick: u64, frame: Option<F> },
}

/// What happens in the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// The session of who looks ended.
    SignedOut,
    /// The server stops, or its links are better held elsewhere.
    Stopping,
    /// There is a picture to show.
    Ready,
    /// Something may be new.
    News,
}

#[derive(Debug)]
enum Phase {
    /// Waits for the subscription.
    Subscribing,
    /// Waits until there is a picture.
    Waiting(Subscription),
    /// Follows the feed; this is asked once all is written.
    Following(Option<Ask>),
}

/// One console's link.
#[derive(Debug)]
pub(super) struct ConsoleLink<F> {
    skeleton: Skeleton<CloseReason, F, Ask>,
    phase: Phase,
    shown_tick: Option<u64>,
    shown_service: Option<ServiceState>,
    /// The number of the newest list of arrivals it has; 0 for none.
    shown_arrivals: u64,
    /// Whether it was brought up to date.
    is_level: bool,
    catch_ups: u8,
    /// The epoch within which it fell behind so often.
    epoch: String,
}

impl<F: From<String>> Machine for ConsoleLink<F> {
    type Frame = F;
    type Ask = Ask;
    type Answer = Answer<F>;
    type Event = Event;

    fn handle_input(&mut self, input: Input<'_, Answer<F>, Event>, now: Now) {
        if self.skeleton.is_over() {
            return;
        }
        if let Err(ending) = self.take(input, now) {
            self.skeleton.end(ending, |_| false, []);
        }
    }

    fn next_output(&mut self) -> Option<Output<F, Ask>> {
        if let Some(output) = self.skeleton.next_output() {
            return Some(output);
        }
        match &mut self.phase {
            Phase::Following(next) if !self.skeleton.is_over() => next.take().map(Output::Ask),
            Phase::Subscribing | Phase::Waiting(_) | Phase::Following(_) => None,
        }
    }

    fn next_timeout(&self) -> Option<Duration> {
        self.skeleton.next_timeout()
    }

    fn is_read(&self) -> bool {
        match self.phase {
            Phase::Subscribing | Phase::Following(_) => !self.skeleton.is_holding(),
            Phase::Waiting(_) => false,
        }
    }
}

impl<F: From<String>> ConsoleLink<F> {
    /// A link that begins now.
    pub(super) fn new(pulse: Pulse) -> Self {
        Self {
            skeleton: Skeleton::new(pulse),
            phase: Phase::Subscribing,
            shown_tick: None,
            shown_service: None,
            shown_arrivals: 0,
            is_level: false,
            catch_ups: 0,
            epoch: String::new(),
        }
    }

    fn take(&mut self, input: Input<'_, Answer<F>, Event>, now: Now) -> Result<(), CloseReason> {
        match input {
            Input::Frame(frame) => self.take_frame(frame, now)?,
            Input::Answer(answer) => return self.take_answer(answer, now),
            Input::Happened(event) => self.hear(event)?,
            Input::NotWritten(why) => {
                return Err(Skeleton::<CloseReason, F, Ask>::not_written(why));
            }
            Input::Tick => {
                if let Some(quiet_for) = self.skeleton.tick(now)? {
                    self.skeleton.judge_silence(quiet_for, true)?;
                }
            }
        }
        // Whatever woke the link, it looks for what is new.
        if let Phase::Following(next) = &mut self.phase {
            *next = Some(Ask::Changes);
        }
        Ok(())
    }

    fn take_frame(&mut self, frame: Incoming<'_>, now: Now) -> Result<(), CloseReason> {
        match (&self.phase, frame) {
            (_, Incoming::Closed) => Err(CloseReason::Lost),
            (_, Incoming::Unreadable) => Err(CloseReason::Unreadable),
            (Phase::Subscribing, frame) => {
                self.skeleton.admit(now)?;
                let Some(asked) = subscription(frame)? else { return Ok(()) };
                self.phase = Phase::Waiting(asked);
                self.skeleton.ask(Ask::TellWhenReady);
                Ok(())
            }
            // What was read before the link ceased to be is of no use.
            (Phase::Waiting(_), _) => Ok(()),
            (Phase::Following(_), frame) => {
                self.skeleton.admit(now)?;
                match decode(frame)? {
                    None => Ok(()),
                    Some(ConsoleMessage::Ping { clock }) => {
                        let server_time = now.wall.0;
                        self.say(&FeedMessage::Pong { clock, server_time });
                        Ok(())
                    }
                    // A second subscription: the scope of a link never changes.
                    Some(ConsoleMessage::Subscribe { .. }) => Err(CloseReason::BadFrame),
                }
            }
        }
    }

    fn hear(&mut self, event: Event) -> Result<(), CloseReason> {
        match (event, &mut self.phase) {
            (Event::SignedOut, _) => Err(CloseReason::SignedOut),
            (Event::Stopping, _) => Err(CloseReason::Stopping),
            (Event::Ready, Phase::Waiting(asked)) => {
                let asked = Subscription {
                    epoch: asked.epoch.take(),
                    seen: std::mem::take(&mut asked.seen),
                };
                self.skeleton.opening();
                self.phase = Phase::Following(None);
                self.skeleton.ask(Ask::Resume(asked));
                Ok(())
            }
            (Event::Ready, Phase::Subscribing | Phase::Following(_)) | (Event::News, _) => Ok(()),
        }
    }

    fn take_answer(&mut self, answer: Answer<F>, now: Now) -> Result<(), CloseReason> {
        let waiting = self.skeleton.set_aside();
        self.follow(answer, now)?;
        self.skeleton.put_back(waiting);
        Ok(())
    }

    /// What follows from an answer: frames to be written, and what is asked after them.
    fn follow(&mut self, answer: Answer<F>, now: Now) -> Result<(), CloseReason> {
        // Until it was level once, the console may be as slow and as silent as its line is.
        if self.is_level {
            self.skeleton.open(now);
        }
        match answer {
            Answer::Resumed { epoch, links } => {
                self.epoch = epoch;
                self.send_all(links);
                self.next(Ask::CatchUp);
            }
            Answer::Foreign { epoch } => {
                self.epoch = epoch;
                self.show_anew();
            }
            Answer::Snapshot(snapshot) => self.skeleton.send(snapshot),
            Answer::CaughtUp(messages) => {
                self.send_all(messages);
                self.is_level = true;
                self.next(Ask::Changes);
            }
            Answer::Behind { epoch } => self.fall_behind(epoch)?,
            Answer::Changes(messages) => {
                let next = if messages.is_empty() { Ask::Service } else { Ask::Changes };
                self.send_all(messages);
                self.next(next);
            }
            Answer::Service(service) => {
                if self.shown_service.as_ref() != Some(&service) {
                    self.say(&FeedMessage::Service(service.clone()));
                    self.shown_service = Some(service);
                }
                self.next(Ask::Arrivals(self.shown_arrivals));
            }
            Answer::Arrivals(newer) => {
                if let Some((number, list)) = newer {
                    self.shown_arrivals = number;
                    self.skeleton.send(list);
                }
                self.next(Ask::Positions(self.shown_tick));
            }
            Answer::Positions { tick, frame } => {
                self.shown_tick = Some(tick);
                if let Some(frame) = frame {
                    self.skeleton.send(frame);
                }
            }
        }
        Ok(())
    }

    /// A console that fell off the rings gets a snapshot, once within an epoch: where the feed itself began
    /// anew, every console falls behind.
    fn fall_behind(&mut self, epoch: String) -> Result<(), CloseReason> {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.catch_ups = 0;
        }
        self.catch_ups += 1;
        if self.catch_ups > MOST_CATCH_UPS {
            return Err(CloseReason::TooSlow);
        }
        self.show_anew();
        Ok(())
    }

    fn show_anew(&mut self) {
        self.shown_service = None;
        self.shown_arrivals = 0;
        self.shown_tick = None;
        self.skeleton.ask(Ask::Snapshot);
        self.next(Ask::CatchUp);
    }

    fn next(&mut self, ask: Ask) {
        self.phase = Phase::Following(Some(ask));
    }

    fn say(&mut self, message: &FeedMessage) {
        self.skeleton.send(encode_text(message));
    }

    fn send_all(&mut self, frames: Vec<F>) {
        frames.into_iter().for_each(|frame| self.skeleton.send(frame));
    }
}
