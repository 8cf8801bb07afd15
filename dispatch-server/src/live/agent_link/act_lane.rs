//! The acts of one link: strictly in the order in which they come, one at a time, each once.
//!
//! The centre's state says which press it has, by name, and how far an outbox's numbers go; this lane
//! keeps the order of what is under way and tries again what could not be recorded. An act is never
//! passed over, and never counts as recorded because of its number alone.

use super::command::command;
use super::greeting::Greeting;
use super::press_name::{bare_press_name, press_name};
use super::press_time;
use super::recording::{Answered, Outcome, Recording, Work};
use crate::live::limits::MOST_WAITING_ACTS;
use crate::live::shared::Shared;
use dispatch_core::model::{OutboxId, TerminalTrouble, Timestamp, VehicleId};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use wire_protocol::agent::{CrewAct, PressedAs, ReckonedTime, RenewalReason};

/// A terminal of an earlier release sends again every 20 s. One that still comes with the same number after
/// this time has forgotten what lies before it, and will never send it.
const GAP_INSISTED_ON_FOR: Duration = Duration::from_secs(45);

/// One press as it came.
#[derive(Debug)]
pub(super) struct Press {
    pub(super) number: u64,
    /// By the terminal's own clock.
    pub(super) made_at: Timestamp,
    pub(super) act: CrewAct,
    pub(super) pressed_as: Option<PressedAs>,
    pub(super) reckoned: Option<ReckonedTime>,
    /// How far the terminal's clock is behind the server's, as last compared.
    pub(super) clock_behind_ms: i64,
}

/// What is to be said after some work was recorded.
#[derive(Debug)]
pub(super) struct Said {
    /// A refusal, with the act's number.
    pub(super) refused: Option<(u64, dispatch_core::model::Rejection)>,
    /// Whether how far we are is to be told.
    pub(super) mark: bool,
    /// Whether a press was recorded that was not before.
    pub(super) counts: bool,
    /// Why the terminal has to open a new outbox.
    pub(super) renumber: Option<RenewalReason>,
}

type Doing = Pin<Box<dyn Future<Output = Answered> + Send>>;

pub(super) struct ActLane {
    shared: Arc<Shared>,
    vehicle: VehicleId,
    outbox: OutboxId,
    /// The terminal's clock as the link began.
    linked_at: Timestamp,
    /// The server's clock then.
    linked_at_here: Timestamp,
    /// Whether the terminal can open a new outbox when its numbers do not fit.
    renews: bool,
    /// What the terminal is told as recorded. For a terminal that renews: every act up to this one is
    /// recorded because this link saw it, or because the terminal said so itself.
    told: u64,
    waiting: VecDeque<Work>,
    doing: Option<(Option<u64>, Doing)>,
    /// The terminal was told to number anew: what comes under the old numbers comes again under new ones.
    is_given_up: bool,
    /// The number last answered as a gap, and since when: a terminal that insists on it knows of none before.
    gap_told: Option<(u64, Instant)>,
}

impl ActLane {
    /// The lane of an outbox, from where the centre's record of it ends.
    pub(super) fn open(shared: Arc<Shared>, vehicle: VehicleId, greeting: &Greeting) -> Self {
        let through = shared.acts_through(&vehicle, &greeting.outbox);
        let confirmed = greeting.terminal.as_ref().map(|it| it.first_act.saturating_sub(1));
        let linked_at_here = shared.clock.now();
        Self {
            shared,
            vehicle,
            outbox: greeting.outbox.clone(),
            linked_at: greeting.clock,
            linked_at_here,
            renews: confirmed.is_some(),
            told: confirmed.unwrap_or(through),
            waiting: VecDeque::new(),
            doing: None,
            is_given_up: false,
            gap_told: None,
        }
    }

    /// Every act up to this one is recorded.
    pub(super) fn told(&self) -> u64 {
        self.told
    }

    /// Whether no more acts can wait; then the link is read no further.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= MOST_WAITING_ACTS
    }

    /// Whether an answer is due.
    pub(super) fn is_busy(&self) -> bool {
        self.doing.is_some()
    }

    /// The terminal's numbers end before the journal's: none of them says anything any more. Calls for help
    /// are still taken, by name.
    pub(super) fn give_up_numbers(&mut self) {
        self.is_given_up = true;
    }

    /// Takes a press, unless that number is under way.
    pub(super) fn arrive(&mut self, press: Press) {
        let timing = press_time::judge(&press);
        let Press { number, made_at, act, pressed_as, reckoned, clock_behind_ms: _ } = press;
        let vehicle_online = match reckoned {
            Some(_) => timing.at >= self.linked_at_here,
            None => made_at >= self.linked_at,
        };
        if self.is_given_up && !matches!(act, CrewAct::Sos) {
            return;
        }
        let is_it = |work: &Work| matches!(work, Work::Press { number: it, .. } if *it == number);
        let is_under_way = self.doing.as_ref().is_some_and(|(it, _)| *it == Some(number));
        if is_under_way || self.waiting.iter().any(is_it) {
            return;
        }
        let own = PressedAs { outbox: self.outbox.as_str().to_owned(), number };
        let pressed_as = pressed_as.unwrap_or(own);
        // A terminal that has just been updated may send again what its earlier release sent.
        let bare = bare_press_name(&pressed_as, made_at, &act);
        let is_bare =
            !self.renews || self.shared.has_recorded(&self.vehicle, &self.outbox, number, &bare);
        let name = if is_bare { bare } else { press_name(&pressed_as, made_at, &act) };
        self.queue(Work::Press {
            number,
            made_at: timing.at,
            terminal: timing.clock,
            vehicle_online,
            name,
            command: Box::new(command(&self.vehicle, act)),
        });
    }

    /// Has trouble noted, in its turn.
    pub(super) fn note(&mut self, trouble: TerminalTrouble) {
        self.queue(Work::Trouble(trouble));
    }

    fn queue(&mut self, work: Work) {
        self.waiting.push_back(work);
        self.begin_next();
    }

    /// Waits for the work under way; for ever when there is none. May be dropped and called again
    /// without loss.
    pub(super) async fn answered(&mut self) -> Said {
        let Some((_, doing)) = &mut self.doing else { return std::future::pending().await };
        let answered = doing.as_mut().await;
        self.doing = None;
        let said = self.conclude(answered);
        self.begin_next();
        said
    }

    fn conclude(&mut self, Answered { work, outcome }: Answered) -> Said {
        let (number, trouble) = match &work {
            Work::Press { number, .. } => (*number, None),
            Work::Trouble(trouble) => (0, Some(trouble)),
        };
        let mut said = Said { refused: None, mark: true, counts: false, renumber: None };
        match outcome {
            Outcome::Done { is_news } => {
                self.recorded(number);
                said.counts = is_news;
                // A call for help is recorded whatever lies before it, and then the gap is dealt with.
                if self.shared.acts_through(&self.vehicle, &self.outbox) < number {
                    said.renumber = self.meet_gap(work);
                }
            }
            Outcome::Refused(rejection) => {
                self.recorded(number);
                said.refused = Some((number, rejection));
            }
            Outcome::NumberTaken(rejection) => {
                self.recorded(number);
                said.counts = rejection.is_none();
                said.refused = rejection.map(|rejection| (number, rejection));
                said.renumber = self.renews.then_some(RenewalReason::NumberUsedTwice);
                let outbox = self.outbox.clone();
                self.waiting
                    .push_front(Work::Trouble(TerminalTrouble::NumberUsedTwice { outbox, number }));
            }
            Outcome::Gap => said.renumber = self.meet_gap(work),
            Outcome::Noted(is_news) => {
                said.mark = false;
                let is_gap = matches!(
                    trouble,
                    Some(TerminalTrouble::ActsMissing { passed_over: false, .. })
                );
                said.renumber = (is_gap && is_news).then_some(RenewalReason::CentreBehind);
            }
        }
        said
    }

    /// For a terminal of an earlier release the mark is the journal's; one that renews is told only what
    /// follows without a gap.
    fn recorded(&mut self, number: u64) {
        if self.renews {
            if number == self.told.saturating_add(1) {
                self.told = number;
            }
        } else {
            let through = self.shared.acts_through(&self.vehicle, &self.outbox);
            self.told = self.told.max(through);
        }
    }

    /// What waits behind a gap does not follow either; the terminal sends all of it again, but calls for
    /// help are taken now. A terminal that cannot renew and insists goes on behind the gap.
    fn meet_gap(&mut self, work: Work) -> Option<RenewalReason> {
        let Work::Press { number, .. } = &work else { return None };
        let number = *number;
        if self.renews {
            return Some(RenewalReason::CentreBehind);
        }
        let since = match self.gap_told {
            Some((told, since)) if told == number => since,
            Some(_) | None => Instant::now(),
        };
        let insists = since.elapsed() >= GAP_INSISTED_ON_FOR;
        self.gap_told = (!insists).then_some((number, since));
        if insists {
            let outbox = self.outbox.clone();
            let from = self.shared.acts_through(&self.vehicle, &outbox).saturating_add(1);
            let through = number.saturating_sub(1);
            self.waiting.push_front(work);
            self.waiting.push_front(Work::Trouble(TerminalTrouble::ActsMissing {
                outbox,
                from,
                through,
                passed_over: true,
            }));
        }
        None
    }

    fn begin_next(&mut self) {
        if self.doing.is_none()
            && let Some(work) = self.waiting.pop_front()
        {
            let number = match &work {
                Work::Press { number, .. } => Some(*number),
                Work::Trouble(_) => None,
            };
            let recording = Recording {
                shared: self.shared.clone(),
                vehicle: self.vehicle.clone(),
                outbox: self.outbox.clone(),
            };
            self.doing = Some((number, Box::pin(recording.run(work))));
        }
    }
}
