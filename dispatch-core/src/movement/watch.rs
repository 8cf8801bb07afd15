//! The memory of one vehicle's movement: since when it stands, is near, is outside, is too fast.

use super::goals::Goal;
use super::norms::MovementNorms;
use crate::fleet::{FixQuality, LiveFix};
use crate::model::{Movement, MovementKind, Timestamp, Wgs84};
use crate::state::{Duty, TaskStage, Vehicle};

/// A vehicle as it is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looked<'a> {
    /// The fix that its marker stands at.
    pub live: LiveFix,
    /// When it is looked.
    pub now: Timestamp,
    /// The vehicle as its centre has it.
    pub vehicle: &'a Vehicle,
    /// Where it is under way to.
    pub goal: Option<&'a Goal>,
    /// Whether the fix lies in the region.
    pub is_in_region: bool,
}

/// What was found: a movement that is not noted yet, or one that is noted and over.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What.
    pub movement: Movement,
    /// Since when.
    pub since: Timestamp,
    /// True when it is over.
    pub over: bool,
}

/// What is remembered of one vehicle; about 120 bytes. Forgotten with the server, and after a gap.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    last: Option<(Timestamp, Wgs84)>,
    /// Since when the vehicle does what it does: an arrival belongs to one step.
    doing_since: Option<Timestamp>,
    there_since: Option<Timestamp>,
    /// Where it came to stand, and when.
    stood: Option<(Timestamp, Wgs84)>,
    /// Since when it is on the other side of the region's border than the journal has it.
    crossed_since: Option<Timestamp>,
    fast_since: Option<Timestamp>,
}

impl Watch {
    /// Whether a fix of this time is newer than what was looked at.
    pub fn is_older_than(&self, fix_time: Timestamp) -> bool {
        self.last.is_none_or(|(at, _)| at < fix_time)
    }

    /// Looks at where the vehicle is now. What is found comes again at each look until it is noted.
    pub fn look(&mut self, looked: &Looked, norms: &MovementNorms) -> Vec<Found> {
        let fix = looked.live.fix;
        let age_seconds = looked.now.seconds_since(fix.fix_time);
        let is_live =
            looked.live.quality == FixQuality::Fresh && age_seconds.abs() <= norms.live_seconds;
        if !is_live || !self.is_older_than(fix.fix_time) {
            return Vec::new();
        }
        if self.last.is_some_and(|(at, _)| fix.fix_time.seconds_since(at) > norms.gap_seconds) {
            *self = Self::default();
        }
        if self.doing_since != Some(looked.vehicle.since) {
            self.doing_since = Some(looked.vehicle.since);
            (self.there_since, self.stood) = (None, None);
        }
        let driven_mps = self.last.map(|(at, from)| {
            from.metres_to(fix.position) / fix.fix_time.seconds_since(at).max(0.1)
        });
        self.last = Some((fix.fix_time, fix.position));
        let found = [
            self.arrival(looked, driven_mps, norms),
            self.idling(looked, norms),
            self.border(looked, norms),
            self.speeding(looked, driven_mps, norms),
        ];
        found.into_iter().flatten().collect()
    }

    fn arrival(
        &mut self,
        looked: &Looked,
        driven: Option<f64>,
        norms: &MovementNorms,
    ) -> Option<Found> {
        let at = looked.live.fix.fix_time;
        let noted = looked.vehicle.seen_movement(MovementKind::Arrival);
        let goal = looked.goal?;
        if let Some(noted) = noted.filter(|noted| noted.movement == goal.arrival) {
            let has_left = !goal.holds(looked.live.fix.position, norms.left_times);
            self.there_since = self.there_since.filter(|_| !has_left);
            let movement = noted.movement.clone();
            return has_left.then_some(Found { movement, since: at, over: true });
        }
        let mps = looked.live.fix.speed_mps.map(f64::from).or(driven);
        let stands = mps.is_some_and(|mps| mps < norms.slow_mps);
        let times = if self.there_since.is_some() { norms.left_times } else { 1.0 };
        if !(stands && goal.holds(looked.live.fix.position, times)) {
            self.there_since = None;
            return None;
        }
        let since = *self.there_since.get_or_insert(at);
        let is_there = at.seconds_since(since) >= norms.arrival_seconds;
        is_there.then(|| Found { movement: goal.arrival.clone(), since, over: false })
    }

    fn idling(&mut self, looked: &Looked, norms: &MovementNorms) -> Option<Found> {
        let (at, position) = (looked.live.fix.fix_time, looked.live.fix.position);
        let noted = looked.vehicle.seen_movement(MovementKind::Idling);
        let near = |(_, stood): &(Timestamp, Wgs84)| stood.metres_to(position) <= norms.idling_m;
        let stood = self.stood.filter(near);
        let drove_on = self.stood.is_some() && stood.is_none();
        let (since, _) = *self.stood.insert(stood.unwrap_or((at, position)));
        if let Some(noted) = noted {
            let movement = noted.movement.clone();
            return drove_on.then_some(Found { movement, since: at, over: true });
        }
        let Duty::OnTask { task, stage: TaskStage::ToScene | TaskStage::PatientOnBoard } =
            &looked.vehicle.duty
        else {
            return None;
        };
        let is_there = looked.goal.is_some_and(|goal| goal.holds(position, norms.left_times));
        let is_long = at.seconds_since(since) >= norms.idling_seconds;
        let movement = Movement::Idling { task: task.clone() };
        (is_long && !is_there).then_some(Found { movement, since, over: false })
    }

    fn border(&mut self, looked: &Looked, norms: &MovementNorms) -> Option<Found> {
        let at = looked.live.fix.fix_time;
        let is_noted = looked.vehicle.seen_movement(MovementKind::OutsideRegion).is_some();
        if looked.is_in_region != is_noted {
            self.crossed_since = None;
            return None;
        }
        let since = *self.crossed_since.get_or_insert(at);
        let is_across = at.seconds_since(since) >= norms.outside_seconds;
        is_across.then_some(Found { movement: Movement::OutsideRegion, since, over: is_noted })
    }

    /// The receiver's speed alone, or two places alone, may be wrong: both have to say it.
    fn speeding(
        &mut self,
        looked: &Looked,
        driven: Option<f64>,
        norms: &MovementNorms,
    ) -> Option<Found> {
        let at = looked.live.fix.fix_time;
        let told = looked.live.fix.speed_mps.map(f64::from);
        let mps = driven.map(|driven| told.map_or(driven, |told| told.min(driven)));
        let is_fast = |mps: &f64| *mps >= norms.fast_mps && *mps <= norms.fastest_mps;
        let Some(mps) = mps.filter(is_fast) else {
            self.fast_since = None;
            return None;
        };
        let since = *self.fast_since.get_or_insert(at);
        let kmh = (mps * 3.6).round() as u16;
        let is_long = at.seconds_since(since) >= norms.fast_seconds;
        is_long.then_some(Found { movement: Movement::Speeding { kmh }, since, over: false })
    }
}
