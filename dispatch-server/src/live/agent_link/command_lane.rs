//! The commands of one link: strictly in the order in which they come, one at a time, each once.
//!
//! The centre's state says which press it has, by name, and how far an outbox's numbers go; this lane
//! keeps the order of what is under way and says when to try again what could not be recorded. A command is never
//! passed over, and never counts as recorded because of its number alone.

use super::command::core_command;
use super::greeting::Greeting;
use super::press::Press;
use super::press_name::{bare_press_name, press_name};
use super::press_time;
use super::recording::{Outcome, PressNames, Work};
use crate::live::limits::{COMMAND_RETRY_FIRST, COMMAND_RETRY_LONGEST, MOST_WAITING_COMMANDS};
use dispatch_core::model::{OutboxId, TerminalTrouble, Timestamp, VehicleId};
use std::collections::VecDeque;
use std::time::Duration;
use wire_protocol::agent::{CrewCommand, PressedAs, RenewalReason};

/// A terminal of an earlier release sends again every 20 s. One that still comes with the same number after
/// this time has forgotten what lies before it, and will never send it.
const GAP_INSISTED_ON_FOR: Duration = Duration::from_secs(45);

/// What is to be said after some work was recorded.
#[derive(Debug)]
pub(super) struct Said {
    /// A refusal, with the command's number.
    pub(super) refused: Option<(u64, dispatch_core::model::Rejection)>,
    /// Whether how far we are is to be told.
    pub(super) mark: bool,
    /// Whether a press was recorded that was not before.
    pub(super) counts: bool,
    /// Why the terminal has to open a new outbox.
    pub(super) renumber: Option<RenewalReason>,
}

/// Work on its way into the journal.
#[derive(Debug)]
struct Doing {
    work: Work,
    /// The pause before it is tried again, should it fail.
    pause: Duration,
    /// When it is tried again; nothing while it is being tried.
    retry_at: Option<Duration>,
}

#[derive(Debug)]
pub(super) struct CommandLane {
    vehicle: VehicleId,
    outbox: OutboxId,
    /// The terminal's clock as the link began.
    linked_at: Timestamp,
    /// The server's clock then.
    linked_at_here: Timestamp,
    /// Whether the terminal can open a new outbox when its numbers do not fit.
    renews: bool,
    /// What the terminal is told as recorded. For a terminal that renews: every command up to this one is
    /// recorded because this link saw it, or because the terminal said so itself.
    told: u64,
    waiting: VecDeque<Work>,
    doing: Option<Doing>,
    /// The terminal was told to number anew: what comes under the old numbers comes again under new ones.
    is_given_up: bool,
    /// The number last answered as a gap, and since when: a terminal that insists on it knows of none before.
    gap_told: Option<(u64, Duration)>,
}

impl CommandLane {
    /// The lane of an outbox, from where the centre's record of it ends. `here` is the server's clock.
    pub(super) fn open(
        vehicle: VehicleId,
        greeting: &Greeting,
        through: u64,
        here: Timestamp,
    ) -> Self {
        let confirmed = greeting.terminal.as_ref().map(|it| it.first_command.saturating_sub(1));
        Self {
            vehicle,
            outbox: greeting.outbox.clone(),
            linked_at: greeting.clock,
            linked_at_here: here,
            renews: confirmed.is_some(),
            told: confirmed.unwrap_or(through),
            waiting: VecDeque::new(),
            doing: None,
            is_given_up: false,
            gap_told: None,
        }
    }

    /// Every command up to this one is recorded.
    pub(super) fn told(&self) -> u64 {
        self.told
    }

    /// Whether no more commands can wait; then the link is read no further.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= MOST_WAITING_COMMANDS
    }

    /// When what could not be recorded is tried again.
    pub(super) fn retry_at(&self) -> Option<Duration> {
        self.doing.as_ref()?.retry_at
    }

    /// What is to be tried again now.
    pub(super) fn retry(&mut self, now: Duration) -> Option<Work> {
        let doing = self.doing.as_mut()?;
        doing.retry_at.take_if(|at| *at <= now)?;
        Some(doing.work.clone())
    }

    /// The terminal's numbers end before the journal's: none of them says anything any more. Calls for help
    /// are still taken, by name.
    pub(super) fn give_up_numbers(&mut self) {
        self.is_given_up = true;
    }

    /// Takes a press, unless that number is under way. Gives what is to be recorded now.
    pub(super) fn arrive(&mut self, press: Press) -> Option<Work> {
        let timing = press_time::assess(&press);
        let Press { number, made_at, command, pressed_as, reckoned, clock_behind_ms: _ } = press;
        let vehicle_online = match reckoned {
            Some(_) => timing.at >= self.linked_at_here,
            None => made_at >= self.linked_at,
        };
        if self.is_given_up && !matches!(command, CrewCommand::Sos) {
            return None;
        }
        let is_it = |work: &Work| matches!(work, Work::Press { number: it, .. } if *it == number);
        let mut under_way = self.doing.iter().map(|doing| &doing.work).chain(&self.waiting);
        if under_way.any(is_it) {
            return None;
        }
        let own = PressedAs { outbox: self.outbox.as_str().to_owned(), number };
        let pressed_as = pressed_as.unwrap_or(own);
        let bare = bare_press_name(&pressed_as, made_at, &command);
        let full = self.renews.then(|| press_name(&pressed_as, made_at, &command));
        self.queue(Work::Press {
            number,
            made_at: timing.at,
            terminal: timing.clock,
            vehicle_online,
            names: PressNames { bare, full },
            command: Box::new(core_command(&self.vehicle, command)),
        })
    }

    /// Has trouble noted, in its turn. Gives what is to be recorded now.
    pub(super) fn note(&mut self, trouble: TerminalTrouble) -> Option<Work> {
        self.queue(Work::Trouble(trouble))
    }

    fn queue(&mut self, work: Work) -> Option<Work> {
        self.waiting.push_back(work);
        self.begin_next()
    }

    /// Takes what became of the work under way, and how far the centre has the outbox now. Gives what is to be
    /// said; nothing when the work could not be recorded and will be tried again.
    pub(super) fn conclude(
        &mut self,
        outcome: Option<Outcome>,
        through: u64,
        now: Duration,
    ) -> Option<Said> {
        let Some(outcome) = outcome else {
            let doing = self.doing.as_mut()?;
            doing.retry_at = Some(now + doing.pause);
            doing.pause = (doing.pause * 2).min(COMMAND_RETRY_LONGEST);
            return None;
        };
        let Doing { work, .. } = self.doing.take()?;
        Some(self.follow(work, outcome, through, now))
    }

    fn follow(&mut self, work: Work, outcome: Outcome, through: u64, now: Duration) -> Said {
        let (number, trouble) = match &work {
            Work::Press { number, .. } => (*number, None),
            Work::Trouble(trouble) => (0, Some(trouble)),
        };
        let mut said = Said { refused: None, mark: true, counts: false, renumber: None };
        match outcome {
            Outcome::Done { is_news } => {
                self.recorded(number, through);
                said.counts = is_news;
                // A call for help is recorded whatever lies before it, and then the gap is dealt with.
                if through < number {
                    said.renumber = self.meet_gap(work, through, now);
                }
            }
            Outcome::Refused(rejection) => {
                self.recorded(number, through);
                said.refused = Some((number, rejection));
            }
            Outcome::NumberTaken(rejection) => {
                self.recorded(number, through);
                said.counts = rejection.is_none();
                said.refused = rejection.map(|rejection| (number, rejection));
                said.renumber = self.renews.then_some(RenewalReason::NumberUsedTwice);
                let outbox = self.outbox.clone();
                self.waiting
                    .push_front(Work::Trouble(TerminalTrouble::NumberUsedTwice { outbox, number }));
            }
            Outcome::Gap => said.renumber = self.meet_gap(work, through, now),
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
    fn recorded(&mut self, number: u64, through: u64) {
        if self.renews {
            if number == self.told.saturating_add(1) {
                self.told = number;
            }
        } else {
            self.told = self.told.max(through);
        }
    }

    /// What waits behind a gap does not follow either; the terminal sends all of it again, but calls for
    /// help are taken now. A terminal that cannot renew and insists goes on behind the gap.
    fn meet_gap(&mut self, work: Work, recorded: u64, now: Duration) -> Option<RenewalReason> {
        let Work::Press { number, .. } = &work else { return None };
        let number = *number;
        if self.renews {
            return Some(RenewalReason::CentreBehind);
        }
        let since = match self.gap_told {
            Some((told, since)) if told == number => since,
            Some(_) | None => now,
        };
        let insists = now.saturating_sub(since) >= GAP_INSISTED_ON_FOR;
        self.gap_told = (!insists).then_some((number, since));
        if insists {
            let outbox = self.outbox.clone();
            let from = recorded.saturating_add(1);
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

    /// Gives what is to be recorded next, when nothing is under way.
    pub(super) fn begin_next(&mut self) -> Option<Work> {
        if self.doing.is_some() {
            return None;
        }
        let work = self.waiting.pop_front()?;
        self.doing = Some(Doing { work: work.clone(), pause: COMMAND_RETRY_FIRST, retry_at: None });
        Some(work)
    }

    /// How many presses and notes wait.
    #[cfg(test)]
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }
}
