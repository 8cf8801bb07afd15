//! From one store of journals to another.

use super::{ArchiveError, EVENTS_PER_STEP};
use crate::journal::{Append, Journal, verify};
use dispatch_core::model::CentreId;
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
    if !source.is_clean() {
        return Err(ArchiveError::SourceDamaged(Box::new(source)));
    }
    let there = to.heads().await?;
    for centre in from.heads().await?.into_keys() {
        let mut after = there.get(&centre).copied().unwrap_or(0);
        if !same_at(from, to, &centre, after).await? {
            return Err(ArchiveError::OtherEvents(centre));
        }
        loop {
            let events = from.read(&centre, after, EVENTS_PER_STEP).await?;
            let Some(last) = events.last() else { break };
            to.append(&[Append { centre: &centre, after, events: &events }]).await?;
            after = last.version;
        }
    }
    let arrived = verify(to).await?;
    if !arrived.is_clean() || arrived.centres != source.centres {
        return Err(ArchiveError::ArrivedDamaged(Box::new(arrived)));
    }
    Ok(arrived.centres.into_iter().collect())
}

/// Whether both hold the same event at a version; since each hash covers all before, the same journal.
async fn same_at(
    from: &dyn Journal,
    to: &dyn Journal,
    centre: &CentreId,
    version: u64,
) -> Result<bool, ArchiveError> {
    let Some(before) = version.checked_sub(1) else { return Ok(true) };
    let (a, b) = (from.read(centre, before, 1).await?, to.read(centre, before, 1).await?);
    Ok(a.first().map(|event| event.hash) == b.first().map(|event| event.hash))
}
