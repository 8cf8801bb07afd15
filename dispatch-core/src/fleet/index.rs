//! The fleet index: where every vehicle is now, found by nearness. Shared by all threads.
//!
//! Writers take turns and never hold up readers; readers take a [`Look`] and never wait for a
//! writer. Positions are single words that are always current; the tree behind a look may be a few
//! seconds old and the search allows for it, so answers are exact all the same.

use super::look::Look;
use super::packed::{NOWHERE, unpack};
use super::snapshot::{Full, Snapshot, kept, words};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use thiserror::Error;

/// Why a vehicle cannot be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CannotPlace {
    /// The slot is beyond the capacity the index was made with.
    #[error("slot {slot} is beyond the {capacity} slots of the index")]
    NoSuchSlot {
        /// The slot asked for.
        slot: u32,
        /// How many slots there are.
        capacity: usize,
    },
    /// The point is not a number or further than 21 000 km from the middle of the plane.
    #[error("the point is off the plane")]
    OffThePlane,
}

/// Where every vehicle is, in metres of one [`super::LocalPlane`], to the centimetre.
///
/// A vehicle is a slot number given out by the caller. Each search sees every vehicle at a place
/// where it was at some moment during that search.
pub struct FleetIndex {
    positions: Box<[AtomicU64]>,
    published: RwLock<Arc<Snapshot>>,
    /// Writers take turns: place, remove, and the two short ends of a rebuild.
    writer: Mutex<()>,
    /// One rebuild at a time.
    rebuild: Mutex<()>,
}

impl FleetIndex {
    /// An empty index with room for slots `0..capacity`; takes 8 bytes a slot, 20 with its tree.
    pub fn with_capacity(capacity: u32) -> Self {
        let positions: Box<[AtomicU64]> = (0..capacity).map(|_| AtomicU64::new(NOWHERE)).collect();
        let empty = Arc::new(Snapshot::build(words(&positions)));
        Self {
            positions,
            published: RwLock::new(empty),
            writer: Mutex::new(()),
            rebuild: Mutex::new(()),
        }
    }

    /// Places many vehicles and builds one tree for all. For start-up: a search that runs meanwhile
    /// may see some vehicles at neither their old nor their new place.
    pub fn load(&self, all: impl IntoIterator<Item = (u32, [f64; 2])>) -> Result<(), CannotPlace> {
        let _turn = lock(&self.writer);
        let stored = all.into_iter().try_for_each(|(slot, metres)| {
            self.cell(slot)?.store(checked(metres)?.0, Ordering::Release);
            Ok(())
        });
        self.publish(Snapshot::build(words(&self.positions)));
        stored
    }

    /// Places a vehicle, new or known, at a point in metres.
    ///
    /// Usually 20 to 50 ns. Once in a few seconds of driving the caller also builds the next tree
    /// (about 0.2 µs for each vehicle of the fleet) unless [`FleetIndex::refresh`] has been called.
    pub fn place(&self, slot: u32, metres: [f64; 2]) -> Result<(), CannotPlace> {
        let cell = self.cell(slot)?;
        let (word, point) = checked(metres)?;
        let worn = {
            let _turn = lock(&self.writer);
            let snapshot = self.snapshot();
            let worn = match snapshot.expect_at(slot, point) {
                Ok(()) => snapshot.is_worn(),
                Err(Full) => {
                    self.rebuild_expecting(slot, point)?;
                    false
                }
            };
            cell.store(word, Ordering::Release);
            worn
        };
        if worn {
            self.refresh();
        }
        Ok(())
    }

    /// Takes a vehicle out of the index; nothing happens when it is not in it.
    pub fn remove(&self, slot: u32) {
        if let Ok(cell) = self.cell(slot) {
            let _turn = lock(&self.writer);
            cell.store(NOWHERE, Ordering::Release);
        }
    }

    /// Builds a new tree if anything has moved, so that searches stay short. Answers are exact
    /// without it. Writers go on meanwhile; a second caller returns at once.
    pub fn refresh(&self) {
        let Ok(_one_at_a_time) = self.rebuild.try_lock() else { return };
        if self.snapshot().is_exact() {
            return;
        }
        let as_of_now = {
            let _turn = lock(&self.writer);
            words(&self.positions)
        };
        let snapshot = Snapshot::build(as_of_now);
        let _turn = lock(&self.writer);
        match snapshot.catch_up(&self.positions) {
            Ok(()) => self.publish(snapshot),
            Err(Full) => self.publish(Snapshot::build(words(&self.positions))),
        }
    }

    /// The point of a vehicle now.
    pub fn position(&self, slot: u32) -> Option<[f64; 2]> {
        unpack(self.cell(slot).ok()?.load(Ordering::Acquire))
    }

    /// A view for one or a few searches; holding it for long keeps an old tree in memory.
    pub fn look(&self) -> Look<'_> {
        Look::new(&self.positions, self.snapshot())
    }

    fn cell(&self, slot: u32) -> Result<&AtomicU64, CannotPlace> {
        let capacity = self.positions.len();
        self.positions.get(slot as usize).ok_or(CannotPlace::NoSuchSlot { slot, capacity })
    }

    /// Publishes a tree in which one more vehicle is expected, while the caller has the writer's turn.
    fn rebuild_expecting(&self, slot: u32, point: [f64; 2]) -> Result<(), CannotPlace> {
        let snapshot = Snapshot::build(words(&self.positions));
        // A new tree always has room for a stray; the error only keeps the types honest.
        snapshot.expect_at(slot, point).map_err(|Full| CannotPlace::OffThePlane)?;
        self.publish(snapshot);
        Ok(())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.published.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn publish(&self, snapshot: Snapshot) {
        let snapshot = Arc::new(snapshot);
        let old = {
            let mut published = self.published.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *published, snapshot)
        };
        // The old tree is dropped outside the lock: freeing a large one takes longer than a search.
        drop(old);
    }
}

fn checked(metres: [f64; 2]) -> Result<(u64, [f64; 2]), CannotPlace> {
    kept(metres).ok_or(CannotPlace::OffThePlane)
}

/// A panic elsewhere leaves positions whole, since each is one word: the lock is taken all the same.
fn lock(mutex: &Mutex<()>) -> MutexGuard<'_, ()> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
