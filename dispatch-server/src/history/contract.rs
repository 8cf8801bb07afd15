//! What every store of positions must do. The contract tests hold each store to it.

use super::error::HistoryError;
use super::row::StoredFix;
use dispatch_core::model::{Timestamp, VehicleId};
use futures_util::future::BoxFuture;

/// Most fixes in one answer: a vehicle's day at one a second is 86 400; ask for parts of it.
pub(super) const MOST_FIXES: u32 = 50_000;

/// The answer of a store, when it comes.
pub(super) type Pending<'a, T> = BoxFuture<'a, Result<T, HistoryError>>;

/// The writing side; there is one in a process. After an error it starts afresh by itself.
pub(super) trait FixWriter: Send {
    /// Makes these fixes durable; those stored before stay as they are. A fix is known by its outbox, its number and
    /// its time: a number alone may be given again by a terminal whose storage was set back.
    fn write<'a>(&'a mut self, rows: &'a [StoredFix]) -> Pending<'a, ()>;

    /// Whether there is a step of [`Self::tidy`] to take.
    fn wants_tidying(&self) -> bool;

    /// Takes a small step towards forgetting what is too old and making room for what will come.
    fn tidy(&mut self, now: Timestamp) -> Pending<'_, ()>;
}

/// The reading side.
pub(super) trait FixReader: Send + Sync {
    /// The fixes of a vehicle measured from `from` to before `to`, in order of their time, at most
    /// `limit` and [`MOST_FIXES`].
    fn query<'a>(
        &'a self,
        vehicle: &'a VehicleId,
        from: Timestamp,
        to: Timestamp,
        limit: u32,
    ) -> Pending<'a, Vec<StoredFix>>;

    /// The newest fix of each outbox that was trusted and measured at `since` or later.
    fn newest(&self, since: Timestamp) -> Pending<'_, Vec<StoredFix>>;
}
