//! The eight times of a task, each with who, when and how sure.

use crate::model::*;
use serde::{Deserialize, Serialize};

/// When and by whom a milestone was reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When the key was pressed, by the presser's clock; after a correction, when it truly was.
    pub made_at: Timestamp,
    /// What the terminal's own clock said, when that is a second or more off.
    #[serde(default)]
    pub terminal_clock: Option<Timestamp>,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who or what pressed or corrected it.
    pub origin: Origin,
    /// Whether the vehicle was online then.
    pub vehicle_online: Option<bool>,
    /// True when `made_at` cannot be right.
    pub doubtful: bool,
    /// True when a second entry corrected or filled it in.
    pub corrected: bool,
    at: Timestamp,
}

/// The time of a step, by the best knowledge of when it happened: never before the step it follows, since two
/// healthy clocks may differ by a little, and of one told late never after the step that follows it.
pub fn time_of_step(
    happened_at: Timestamp,
    before: Option<Timestamp>,
    after: Option<Timestamp>,
) -> Timestamp {
    let at = before.map_or(happened_at, |before| happened_at.max(before));
    after.map_or(at, |after| at.min(after))
}

impl Stamp {
    /// The best knowledge of when it happened: [`Provenance::happened_at`], but never before the step
    /// it follows, since two healthy clocks may differ by a little.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    pub(crate) fn of(provenance: &Provenance) -> Self {
        Self::following(None, provenance)
    }

    pub(crate) fn following(step: Option<&Self>, provenance: &Provenance) -> Self {
        let happened_at = provenance.happened_at();
        Self {
            at: time_of_step(happened_at, step.map(|step| step.at), None),
            made_at: provenance.made_at,
            terminal_clock: provenance.terminal_clock,
            recorded_at: provenance.recorded_at,
            origin: provenance.origin.clone(),
            vehicle_online: provenance.vehicle_online,
            doubtful: provenance.clock_doubtful,
            corrected: false,
        }
    }

    /// A press that came late: its time, kept between those of its neighbours.
    pub(crate) fn reported(
        before: Option<&Self>,
        after: Option<&Self>,
        provenance: &Provenance,
    ) -> Self {
        let stamp = Self::following(before, provenance);
        let neighbours = (before.map(|it| it.at), after.map(|it| it.at));
        Self { at: time_of_step(provenance.happened_at(), neighbours.0, neighbours.1), ..stamp }
    }

    /// Takes a time that has not come yet back to `now`, and says so.
    pub(crate) fn not_after(&mut self, now: Timestamp) {
        if self.at > now {
            self.at = now;
            self.doubtful = true;
        }
        self.recorded_at = self.recorded_at.min(now);
    }

    /// A second entry that says when it truly was.
    pub(crate) fn corrected(truly_at: Timestamp, provenance: &Provenance) -> Self {
        let stamp = Self::of(provenance);
        Self {
            made_at: truly_at,
            terminal_clock: None,
            at: truly_at,
            doubtful: false,
            corrected: true,
            ..stamp
        }
    }
}

/// The eight milestones of one task; what was skipped is blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestones([Option<Stamp>; 8]);

impl Milestones {
    /// Those of a task just created.
    pub(crate) fn created(stamp: Stamp) -> Self {
        let mut stamps = [const { None }; 8];
        stamps[Milestone::Created as usize] = Some(stamp);
        Self(stamps)
    }

    /// The stamp of one milestone.
    pub fn get(&self, milestone: Milestone) -> Option<&Stamp> {
        self.0[milestone as usize].as_ref()
    }

    /// The furthest milestone reached.
    pub fn latest(&self) -> Milestone {
        self.iter().last().map_or(Milestone::Created, |(milestone, _)| milestone)
    }

    /// The nearest stamped milestone before this one.
    pub fn before(&self, milestone: Milestone) -> Option<&Stamp> {
        self.iter().take_while(|(m, _)| *m < milestone).last().map(|(_, stamp)| stamp)
    }

    /// The nearest stamped milestone after this one.
    pub fn after(&self, milestone: Milestone) -> Option<&Stamp> {
        self.iter().find(|(m, _)| *m > milestone).map(|(_, stamp)| stamp)
    }

    /// Those reached, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (Milestone, &Stamp)> {
        Milestone::ALL.into_iter().zip(&self.0).filter_map(|(m, s)| s.as_ref().map(|s| (m, s)))
    }

    pub(crate) fn set(&mut self, milestone: Milestone, stamp: Stamp) {
        self.0[milestone as usize] = Some(stamp);
    }

    /// Takes times that have not come yet back to `now`.
    pub(crate) fn not_after(&mut self, now: Timestamp) {
        self.0.iter_mut().flatten().for_each(|stamp| stamp.not_after(now));
    }

    pub(crate) fn clear(&mut self, milestone: Milestone) {
        self.0[milestone as usize] = None;
    }
}
