//! From one store of journals to another.

use super::{ArchiveError, EVENTS_PER_STEP};
use dispatch_core::model::CentreId;
use dispatch_desk::journal::{Append, Head, Journal, holds, verify};
use std::collections::BTreeMap;

/// How far each journal goes at both ends, after both were checked.
pub type Arrived = BTreeMap<CentreId, u64>;

/// Copies every journal and checks both ends, event by event and hash by hash. A copy that was broken
/// off goes on where it stopped. Nobody may write to the source meanwhile.
///
/// # Errors
/// When a store fails, the source is damaged, or the target holds other events.
pub async fn copy_journal(from: &dyn Journal, to: &dyn Journal) -> Result<Arrived, ArchiveError> {
    let source = verify(from).await?;
    if !source.has_whole_events() {
        return Err(ArchiveError::SourceDamaged(Box::new(source)));
    }
    let there = to.heads().await?;
    for centre in from.heads().await?.into_keys() {
        let mut after = there.get(&centre).copied().unwrap_or_else(|| Head::empty(&centre));
        // Each hash covers all before it, so with the same hash it is the same journal.
        if !holds(from, &centre, &after).await? {
            return Err(ArchiveError::OtherEvents(centre));
        }
        loop {
            let events = from.read(&centre, after.version, EVENTS_PER_STEP).await?;
            let Some(last) = events.last() else { break };
            to.append(&[Append { centre: &centre, after, events: &events }]).await?;
            after = Head { version: last.version, hash: last.hash };
        }
    }
    let arrived = verify(to).await?;
    if !arrived.is_clean() || arrived.centres != source.centres {
        return Err(ArchiveError::ArrivedDamaged(Box::new(arrived)));
    }
    Ok(arrived.centres.into_iter().collect())
}
