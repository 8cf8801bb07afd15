//! Positions in memory, for simulations: what a server made durable outlives its restarts, and the disk fails for as
//! long as it is told to.

use super::contract::{FixReader, FixWriter, MOST_FIXES, Pending};
use super::error::HistoryError;
use super::handle::History;
use super::row::StoredFix;
use super::task::HistoryTask;
use dispatch_core::fleet::FixQuality;
use dispatch_core::model::{OutboxId, Timestamp, VehicleId};
use dispatch_desk::clock::Clock;
use std::collections::BTreeMap;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The fixes of each outbox by their time and number.
type Tracks = BTreeMap<(VehicleId, OutboxId), BTreeMap<(Timestamp, u64), StoredFix>>;

/// A store of positions in memory; clones are the same store.
#[derive(Clone, Debug, Default)]
pub struct MemoryFixes(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    tracks: Tracks,
    is_failing: bool,
}

impl MemoryFixes {
    /// Lets every write and read fail from now on, or work again.
    pub fn fail(&self, is_failing: bool) {
        self.inside().is_failing = is_failing;
    }

    /// Whether a fix is durable.
    pub fn holds(&self, vehicle: &VehicleId, outbox: &OutboxId, number: u64) -> bool {
        let key = (vehicle.clone(), outbox.clone());
        self.inside()
            .tracks
            .get(&key)
            .is_some_and(|track| track.keys().any(|(_, known)| *known == number))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn working(&self) -> Result<MutexGuard<'_, Inside>, HistoryError> {
        let inside = self.inside();
        if inside.is_failing {
            return Err(HistoryError::Failed("the disk fails, as it was told to".to_owned()));
        }
        Ok(inside)
    }

    fn store(&self, rows: &[StoredFix]) -> Result<(), HistoryError> {
        let mut inside = self.working()?;
        for row in rows {
            let track = inside.tracks.entry((row.vehicle.clone(), row.outbox.clone())).or_default();
            track.entry((row.fix_time, row.number)).or_insert_with(|| row.clone());
        }
        Ok(())
    }
}

impl FixWriter for MemoryFixes {
    fn write<'a>(&'a mut self, rows: &'a [StoredFix]) -> Pending<'a, ()> {
        Box::pin(ready(self.store(rows)))
    }

    fn wants_tidying(&self) -> bool {
        false
    }

    fn tidy(&mut self, _now: Timestamp) -> Pending<'_, ()> {
        Box::pin(ready(Ok(())))
    }
}

impl FixReader for MemoryFixes {
    fn query<'a>(
        &'a self,
        vehicle: &'a VehicleId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Pending<'a, Vec<StoredFix>> {
        let found = self.working().map(|inside| {
            let tracks = inside.tracks.iter().filter(|((of, _), _)| of == vehicle);
            let fixes = tracks.flat_map(|(_, track)| track.values());
            let mut found: Vec<StoredFix> =
                fixes.filter(|it| it.fix_time >= from && it.fix_time < to).cloned().collect();
            found.sort_by_key(|it| (it.fix_time, it.number));
            found.truncate(limit.min(MOST_FIXES) as usize);
            found
        });
        Box::pin(ready(found))
    }

    fn newest(&self, since: Timestamp) -> Pending<'_, Vec<StoredFix>> {
        let found = self.working().map(|inside| {
            let newest = inside.tracks.values().filter_map(|track| {
                let trusted =
                    |it: &&StoredFix| matches!(it.quality, FixQuality::Fresh | FixQuality::Late);
                let fixes = track.values().filter(trusted).filter(|it| it.fix_time >= since);
                fixes.max_by_key(|it| it.fix_time).cloned()
            });
            newest.collect()
        });
        Box::pin(ready(found))
    }
}

impl History {
    /// Over a store in memory. Fixes are written while [`HistoryTask::run`] runs.
    pub fn in_memory(store: &MemoryFixes, clock: Clock) -> (Self, HistoryTask) {
        Self::over(Arc::new(store.clone()), Box::new(store.clone()), clock)
    }
}
