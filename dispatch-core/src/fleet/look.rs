//! One reader's view of the fleet: the walk outwards, the nearest few, and a box.

use super::packed::{metres_between, unpack};
use super::snapshot::{Snapshot, TreePoint};
use rstar::AABB;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A view of the index for one or a few searches. Never waits and never makes anybody wait.
pub struct Look<'a> {
    positions: &'a [AtomicU64],
    snapshot: Arc<Snapshot>,
}

/// A vehicle met on the walk outwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Met {
    /// The vehicle.
    pub slot: u32,
    /// Where it is, in metres of the plane.
    pub metres: [f64; 2],
    /// No vehicle still to be met, this one included, is nearer than this many metres of the plane.
    pub at_least_m: f64,
}

/// A vehicle and how far it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The vehicle.
    pub slot: u32,
    /// Straight metres of the plane.
    pub distance_m: f64,
}

impl<'a> Look<'a> {
    pub(super) fn new(positions: &'a [AtomicU64], snapshot: Arc<Snapshot>) -> Self {
        Self { positions, snapshot }
    }

    /// Walks outwards from a point over every vehicle, each met once. Vehicles are met roughly by
    /// nearness; `at_least_m` tells when nothing nearer can follow.
    pub fn outwards(&self, from: [f64; 2]) -> Outwards<'_> {
        let strays = self.snapshot.stray_count();
        let tree = self.snapshot.tree.nearest_neighbor_iter_with_distance_2(from);
        Outwards { look: self, strays, next_stray: 0, tree: Box::new(tree) }
    }

    /// The `k` nearest vehicles that `keep` accepts, nearest first, equally near ones by slot.
    pub fn nearest(&self, to: [f64; 2], k: usize, keep: impl Fn(u32) -> bool) -> Vec<Near> {
        let mut best: Vec<Near> = Vec::with_capacity(k.min(self.positions.len()) + 1);
        if k == 0 {
            return best;
        }
        for met in self.outwards(to) {
            if best.len() == k && met.at_least_m > best[k - 1].distance_m {
                break;
            }
            let near = Near { slot: met.slot, distance_m: metres_between(met.metres, to) };
            let is_before = |other: &Near| {
                other
                    .distance_m
                    .total_cmp(&near.distance_m)
                    .then(other.slot.cmp(&near.slot))
                    .is_lt()
            };
            let place = best.partition_point(is_before);
            if place < k && keep(met.slot) {
                best.insert(place, near);
                best.truncate(k);
            }
        }
        best
    }

    /// Every vehicle in the box between two corners, edges included, by slot.
    pub fn within(&self, south_west: [f64; 2], north_east: [f64; 2]) -> Vec<u32> {
        let slack = self.snapshot.slack_metres();
        let inflated = AABB::from_corners(
            south_west.map(|metres| metres - slack),
            north_east.map(|metres| metres + slack),
        );
        let strays = (0..self.snapshot.stray_count()).map(|place| self.snapshot.stray(place));
        let settled = self.snapshot.tree.locate_in_envelope(inflated).map(|point| point.data);
        let inside = |slot: &u32| {
            self.position(*slot).is_some_and(|[x, y]| {
                (south_west[0]..=north_east[0]).contains(&x)
                    && (south_west[1]..=north_east[1]).contains(&y)
            })
        };
        let mut found: Vec<u32> = strays.chain(settled).filter(inside).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The point of a vehicle now.
    pub fn position(&self, slot: u32) -> Option<[f64; 2]> {
        unpack(self.positions.get(slot as usize)?.load(Ordering::Acquire))
    }
}

/// The walk outwards; see [`Look::outwards`].
pub struct Outwards<'a> {
    look: &'a Look<'a>,
    strays: usize,
    next_stray: usize,
    tree: Box<dyn Iterator<Item = (&'a TreePoint, f64)> + 'a>,
}

impl Iterator for Outwards<'_> {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        while self.next_stray < self.strays {
            let slot = self.look.snapshot.stray(self.next_stray);
            self.next_stray += 1;
            if let Some(metres) = self.look.position(slot) {
                return Some(Met { slot, metres, at_least_m: 0.0 });
            }
        }
        for (point, distance_2) in self.tree.by_ref() {
            let slot = point.data;
            if self.look.snapshot.is_stray(slot, self.strays) {
                continue;
            }
            if let Some(metres) = self.look.position(slot) {
                let at_least_m = (distance_2.sqrt() - self.look.snapshot.slack_metres()).max(0.0);
                return Some(Met { slot, metres, at_least_m });
            }
        }
        None
    }
}
