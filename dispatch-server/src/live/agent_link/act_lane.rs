//! The acts of one link: strictly in the order of their numbers, one at a time, each once.
//!
//! The centre's state says how far an outbox is recorded; this lane only keeps the order of what is
//! under way and tries again what could not be recorded. An act is never passed over.

use super::command::command;
use super::greeting::Greeting;
use crate::desk::{Act, ActError};
use crate::live::limits::{ACT_RETRY_FIRST, ACT_RETRY_LONGEST, MOST_WAITING_ACTS};
use crate::live::shared::Shared;
use dispatch_core::model::{Command, Origin, OutboxId, Rejection, Timestamp, VehicleId};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use wire_protocol::agent::CrewAct;

/// One press as it came.
#[derive(Debug)]
pub(super) struct Press {
    pub(super) number: u64,
    pub(super) made_at: Timestamp,
    pub(super) act: CrewAct,
}

/// What became of an act that was brought to the desk.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) number: u64,
    pub(super) outcome: Outcome,
}

/// How an act ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It is durable, as done.
    Done,
    /// It is durable, as refused.
    Refused(Rejection),
    /// It does not follow what the centre has of this outbox, and nothing was written.
    Gap,
}

/// What became of a press on its arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// It is under way; the answer comes.
    Taken,
    /// It is recorded already, or it does not follow: the sender is told how far we are.
    TellMark,
    /// It was under way already.
    Underway,
}

type Doing = Pin<Box<dyn Future<Output = Answered> + Send>>;

pub(super) struct ActLane {
    shared: Arc<Shared>,
    vehicle: VehicleId,
    outbox: OutboxId,
    /// The terminal's clock as the link began.
    linked_at: Timestamp,
    /// Every act up to this one is recorded.
    through: u64,
    waiting: VecDeque<Press>,
    doing: Option<Doing>,
}

impl ActLane {
    /// The lane of an outbox, from where the centre's record of it ends.
    pub(super) fn open(shared: Arc<Shared>, vehicle: VehicleId, greeting: Greeting) -> Self {
        let Greeting { outbox, clock: linked_at } = greeting;
        let through = shared.acts_through(&vehicle, &outbox);
        Self { shared, vehicle, outbox, linked_at, through, waiting: VecDeque::new(), doing: None }
    }

    /// Every act up to this one is recorded.
    pub(super) fn through(&self) -> u64 {
        self.through
    }

    /// Whether no more acts can wait; then the link is read no further.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= MOST_WAITING_ACTS
    }

    /// Whether an answer is due.
    pub(super) fn is_busy(&self) -> bool {
        self.doing.is_some()
    }

    /// Takes a press.
    pub(super) fn arrive(&mut self, press: Press) -> Arrival {
        let under_way = self.waiting.len() as u64 + u64::from(self.is_busy());
        let last_taken = self.through.saturating_add(under_way);
        // A terminal that comes from another server may be ahead of what is known here: then the desk, which asks
        // the journal before it refuses, is to say whether there is a gap.
        let is_gap = press.number > last_taken.saturating_add(1) && under_way > 0;
        if press.number <= self.through || is_gap {
            return Arrival::TellMark;
        }
        if press.number <= last_taken {
            return Arrival::Underway;
        }
        self.waiting.push_back(press);
        self.begin_next();
        Arrival::Taken
    }

    /// Waits for the act under way; for ever when there is none. May be dropped and called again
    /// without loss.
    pub(super) async fn answered(&mut self) -> Answered {
        let Some(doing) = &mut self.doing else { return std::future::pending().await };
        let answered = doing.as_mut().await;
        self.doing = None;
        match answered.outcome {
            Outcome::Done | Outcome::Refused(_) => {
                self.through = self.through.max(answered.number);
                self.begin_next();
            }
            // What waits behind it does not follow either; the terminal sends all of it again.
            Outcome::Gap => {
                self.waiting.clear();
                self.through = self.shared.acts_through(&self.vehicle, &self.outbox);
            }
        }
        answered
    }

    fn begin_next(&mut self) {
        if self.doing.is_none()
            && let Some(press) = self.waiting.pop_front()
        {
            let recording = Recording {
                shared: self.shared.clone(),
                vehicle: self.vehicle.clone(),
                outbox: self.outbox.clone(),
                number: press.number,
                made_at: press.made_at,
                vehicle_online: press.made_at >= self.linked_at,
                command: command(&self.vehicle, press.act),
            };
            self.doing = Some(Box::pin(recording.run()));
        }
    }
}

/// One press on its way into the journal.
struct Recording {
    shared: Arc<Shared>,
    vehicle: VehicleId,
    outbox: OutboxId,
    number: u64,
    made_at: Timestamp,
    /// Whether it was pressed while this link lived, by the terminal's own clock.
    vehicle_online: bool,
    command: Command,
}

impl Recording {
    /// Has the press recorded, however long the desk needs. If the link ends meanwhile, the terminal
    /// sends it again on the next one.
    async fn run(self) -> Answered {
        let mut pause = ACT_RETRY_FIRST;
        loop {
            if let Some(answered) = self.try_once().await {
                return answered;
            }
            self.shared.counters.acts_retried.increment(1);
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(ACT_RETRY_LONGEST);
        }
    }

    /// The answer, once the press is recorded one way or the other.
    async fn try_once(&self) -> Option<Answered> {
        // Nothing for the moment in which a vehicle is between two centres.
        let centre = self.shared.desk.centre_of_vehicle(&self.vehicle)?;
        let origin = Origin::CrewTerminal {
            vehicle: self.vehicle.clone(),
            outbox: self.outbox.clone(),
            number: self.number,
        };
        let act = Act {
            centre,
            command: self.command.clone(),
            made_at: self.made_at,
            origin,
            vehicle_online: Some(self.vehicle_online),
            act_id: None,
        };
        let outcome = match self.shared.desk.act(act).await {
            Ok(_) => Outcome::Done,
            Err(ActError::Rejected(Rejection::ActGap { .. })) => Outcome::Gap,
            // A refusal counts only once it is recorded; it is not when the vehicle was just handed over.
            Err(ActError::Rejected(rejection)) if self.is_recorded() => Outcome::Refused(rejection),
            Err(ActError::Rejected(_)) => return None,
            Err(
                error @ (ActError::Busy
                | ActError::NotRecorded(_)
                | ActError::Stopping
                | ActError::UnknownCentre(_)),
            ) => {
                tracing::debug!(vehicle = %self.vehicle, number = self.number, %error, "act to be tried again");
                return None;
            }
        };
        Some(Answered { number: self.number, outcome })
    }

    fn is_recorded(&self) -> bool {
        self.shared.acts_through(&self.vehicle, &self.outbox) >= self.number
    }
}
