//! A journey under way: where its vehicle is at any moment, found along its nodes when somebody asks.

use crate::study::roads::UNREACHABLE;
use crate::study::travel::{Goal, Lead, Spot, Travel};

/// A journey has no more nodes than this; a longer chain is a circle in the tables.
const MOST_NODES: usize = 1_000_000;

/// A journey.
#[derive(Clone, Debug)]
pub struct Trip {
    /// Where it began.
    pub from: Spot,
    /// Where it goes.
    pub goal: Goal,
    /// How one drives.
    pub mode: usize,
    /// When the wheels turned, in simulated milliseconds.
    pub start_ms: i64,
    /// How long it takes as expected.
    pub expected_ms: u32,
    /// Actual over expected time.
    pub factor: f64,
    /// Expected milliseconds from the start to nodes passed so far, found as they are asked for. Between the last two
    /// there is no other; before them some are left out.
    passed: Vec<(u32, u32)>,
}

impl Trip {
    /// A journey that begins at `start_ms`; nothing where there is no way.
    pub fn begin(
        travel: &Travel<'_>,
        from: Spot,
        goal: Goal,
        mode: usize,
        start_ms: i64,
        factor: f64,
    ) -> Option<Self> {
        let expected_ms = match goal {
            Goal::Site(site) => travel.ms_to_site(&from, site),
            Goal::Cell(cell) => travel.ms_to_cell(&from, cell, mode),
        };
        (expected_ms != UNREACHABLE).then(|| Self {
            from,
            goal,
            mode,
            start_ms,
            expected_ms,
            factor,
            passed: Vec::new(),
        })
    }

    /// When it arrives, in simulated milliseconds.
    pub fn arrives_ms(&self) -> i64 {
        self.start_ms + (f64::from(self.expected_ms) * self.factor).round() as i64
    }

    /// How much of the expected time is driven at a moment, in milliseconds.
    fn elapsed_ms(&self, now_ms: i64) -> u32 {
        let elapsed = (now_ms - self.start_ms).max(0) as f64 / self.factor.max(1e-9);
        (elapsed.round() as u32).min(self.expected_ms)
    }

    /// How much of the expected time is still to be driven at a moment, in milliseconds.
    pub fn left_ms(&self, now_ms: i64) -> u32 {
        self.expected_ms - self.elapsed_ms(now_ms)
    }

    /// The share of the way that is driven at a moment, by its expected time.
    pub fn share_driven(&self, now_ms: i64) -> f64 {
        f64::from(self.elapsed_ms(now_ms)) / f64::from(self.expected_ms.max(1))
    }

    /// Where the vehicle is at a moment.
    pub fn spot_at(&mut self, travel: &Travel<'_>, now_ms: i64) -> Spot {
        let elapsed = self.elapsed_ms(now_ms);
        if self.passed.is_empty() {
            self.passed.push((self.from.node, travel.lead_ms(&self.from, self.mode)));
        }
        if elapsed == 0 {
            return self.from;
        }
        if self.passed.len() > 2 && elapsed <= self.passed[self.passed.len() - 2].1 {
            // Asked for an earlier moment than before.
            self.passed.truncate(1);
        }
        while let Some(&(node, reached)) = self.passed.last()
            && reached < elapsed
            && self.passed.len() < MOST_NODES
        {
            let far = travel.leap(node, self.goal);
            let far =
                far.filter(|&(far, step)| far != node && reached.saturating_add(step) < elapsed);
            let next =
                far.or_else(|| travel.next_node(node, self.node_before(), self.goal, self.mode));
            let Some((next, step)) = next else { break };
            self.passed.push((next, reached.saturating_add(step)));
        }
        let ahead = self.passed.partition_point(|&(_, reached)| reached < elapsed);
        match self.passed.get(ahead) {
            Some(&(node, reached)) => self.before(travel, ahead, node, reached, elapsed),
            // Off the road on the last metres: it would come back the same way.
            None => {
                let &(node, reached) = &self.passed[self.passed.len() - 1];
                let position = travel.system.roads.positions[node as usize];
                Spot { position, node, lead: Lead::Ms(elapsed - reached), site: None }
            }
        }
    }

    /// The node passed before the last.
    fn node_before(&self) -> Option<u32> {
        let before = self.passed.len().checked_sub(2)?;
        self.passed.get(before).map(|(node, _)| *node)
    }

    fn before(
        &self,
        travel: &Travel<'_>,
        ahead: usize,
        node: u32,
        reached: u32,
        elapsed: u32,
    ) -> Spot {
        let there = travel.system.roads.positions[node as usize];
        let (behind, left) = match ahead.checked_sub(1) {
            Some(before) => {
                let (node, left) = self.passed[before];
                (travel.system.roads.positions[node as usize], left)
            }
            None => (self.from.position, 0),
        };
        let share = f64::from(elapsed - left) / f64::from((reached - left).max(1));
        let position = behind.towards(there, share.clamp(0.0, 1.0));
        Spot { position, node, lead: Lead::Ms(reached - elapsed), site: None }
    }
}
