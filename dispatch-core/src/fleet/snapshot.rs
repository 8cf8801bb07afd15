//! An R-tree of where vehicles were when it was built, with a bound on how far they have moved since.
//!
//! The tree never changes. A vehicle that moves raises `slack`; one that moves far, or is new, is
//! written into the list of strays, which every search reads first. So a search that allows for the
//! slack stays exact however old the tree is.

use super::packed::{metres_between, pack, unpack};
use rstar::{RTree, primitives::GeomWithData};
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicUsize, Ordering};

/// A vehicle that moved further than this from its point in the tree becomes a stray, so that one
/// jump does not widen every search. Two seconds of driving would be too little, a town too much.
const STRAY_METRES: f64 = 300.0;

/// Slack in metres from which a new tree pays: a tenth of the usual distance to the eighth nearest.
const SLACK_WORTH_A_TREE_METRES: f64 = 100.0;

/// Room for strays in the smallest fleet; scanning as many costs a search a tenth of a microsecond.
const LEAST_STRAYS: usize = 64;

/// One stray for so many vehicles at most: then trees built while a fleet signs on cost O(n log n).
const VEHICLES_PER_STRAY: usize = 16;

/// Marks a slot that is no stray.
const NO_STRAY: u32 = u32::MAX;

pub(super) type TreePoint = GeomWithData<[f64; 2], u32>;

pub(super) struct Snapshot {
    pub(super) tree: RTree<TreePoint>,
    /// Packed point of each slot in the tree, nowhere for the others.
    indexed: Box<[u64]>,
    slack_cm: AtomicU32,
    strays: Box<[AtomicU32]>,
    stray_count: AtomicUsize,
    /// Place of each slot in `strays`.
    stray_place: Box<[AtomicU32]>,
}

/// There is no room for another stray: a new tree is due before the vehicle can be placed.
pub(super) struct Full;

impl Snapshot {
    /// A tree over the points of all slots that are somewhere.
    pub(super) fn build(indexed: Box<[u64]>) -> Self {
        let points: Vec<TreePoint> = (0u32..)
            .zip(&indexed)
            .filter_map(|(slot, &word)| Some(TreePoint::new(unpack(word)?, slot)))
            .collect();
        let room = LEAST_STRAYS.max(points.len() / VEHICLES_PER_STRAY);
        Self {
            tree: RTree::bulk_load(points),
            slack_cm: AtomicU32::new(0),
            strays: (0..room).map(|_| AtomicU32::new(0)).collect(),
            stray_count: AtomicUsize::new(0),
            stray_place: indexed.iter().map(|_| AtomicU32::new(NO_STRAY)).collect(),
            indexed,
        }
    }

    /// Makes sure that searches find the slot at its new point. Called by one writer at a time,
    /// before the point is made known.
    pub(super) fn expect_at(&self, slot: u32, point: [f64; 2]) -> Result<(), Full> {
        let index = slot as usize;
        let moved = unpack(self.indexed[index]).map(|from| metres_between(from, point));
        match moved {
            Some(metres) if metres <= STRAY_METRES => {
                self.slack_cm.fetch_max((metres * 100.0).ceil() as u32, Ordering::Release);
                Ok(())
            }
            Some(_) | None if self.stray_place[index].load(Ordering::Relaxed) != NO_STRAY => Ok(()),
            Some(_) | None => self.add_stray(slot),
        }
    }

    fn add_stray(&self, slot: u32) -> Result<(), Full> {
        let place = self.stray_count.load(Ordering::Relaxed);
        self.strays.get(place).ok_or(Full)?.store(slot, Ordering::Relaxed);
        self.stray_place[slot as usize].store(place as u32, Ordering::Relaxed);
        self.stray_count.store(place + 1, Ordering::Release);
        Ok(())
    }

    /// How far in metres any slot that is no stray may be from its point in the tree.
    pub(super) fn slack_metres(&self) -> f64 {
        f64::from(self.slack_cm.load(Ordering::Acquire)) / 100.0
    }

    /// How many strays a search that begins now has to read.
    pub(super) fn stray_count(&self) -> usize {
        self.stray_count.load(Ordering::Acquire)
    }

    /// The slot of the stray at a place below [`Snapshot::stray_count`].
    pub(super) fn stray(&self, place: usize) -> u32 {
        self.strays[place].load(Ordering::Relaxed)
    }

    /// Whether the slot is among the first `count` strays.
    pub(super) fn is_stray(&self, slot: u32, count: usize) -> bool {
        (self.stray_place[slot as usize].load(Ordering::Relaxed) as usize) < count
    }

    /// Whether searches would gain by a new tree.
    pub(super) fn is_worn(&self) -> bool {
        self.slack_metres() > SLACK_WORTH_A_TREE_METRES
            || self.stray_count() * 2 > self.strays.len()
    }

    /// Whether anything has moved since the tree was built.
    pub(super) fn is_exact(&self) -> bool {
        self.slack_metres() == 0.0 && self.stray_count() == 0
    }

    /// Takes account of what moved while the tree was being built.
    pub(super) fn catch_up(&self, now: &[AtomicU64]) -> Result<(), Full> {
        for (slot, word) in (0u32..).zip(now) {
            let word = word.load(Ordering::Relaxed);
            if word == self.indexed[slot as usize] {
                continue;
            }
            if let Some(point) = unpack(word) {
                self.expect_at(slot, point)?;
            }
        }
        Ok(())
    }
}

/// The words of all slots now.
pub(super) fn words(positions: &[AtomicU64]) -> Box<[u64]> {
    positions.iter().map(|word| word.load(Ordering::Relaxed)).collect()
}

/// The point as the index keeps it, to the centimetre; nothing when it is off the plane.
pub(super) fn kept(metres: [f64; 2]) -> Option<(u64, [f64; 2])> {
    let word = pack(metres)?;
    Some((word, unpack(word)?))
}
