//! Orders on their way: sending again what nobody has received, letting it lapse, and the acknowledgement
//! of what changed in them.

use super::draft::Draft;
use crate::model::*;

/// Sends an order once more; its time begins anew.
pub(super) fn resend(draft: &mut Draft, task: &TaskId) -> Result<(), Rejection> {
    let (_, found) = draft.task(task)?;
    if !found.is_running() {
        return Err(Rejection::TaskOver { task: task.clone() });
    }
    if found.is_received() {
        return Err(Rejection::OrderReceived { task: task.clone() });
    }
    let order_expires_at = draft.context.now.plus_seconds(draft.rules.order_expiry_seconds);
    draft.push(Event::OrderResent { task: task.clone(), order_expires_at });
    Ok(())
}

/// Notes that an order ran out unreceived. Several servers may notice at once, and a receipt may come
/// in between: what no longer holds changes nothing.
pub(super) fn lapse(draft: &mut Draft, task: &TaskId) -> Result<(), Rejection> {
    let (_, found) = draft.task(task)?;
    if found.is_unanswered(draft.context.now) && found.lapsed_at.is_none() {
        draft.push(Event::OrderLapsed { task: task.clone() });
    }
    Ok(())
}

/// The crew has seen what changed. A crew that says so of changes which somebody acknowledged for it
/// meanwhile is not bothered with a refusal; a version that is not reached yet comes from a journal that
/// was set back, and says nothing of the changes since.
pub(super) fn acknowledge_change(
    draft: &mut Draft,
    task: &TaskId,
    through: u64,
) -> Result<(), Rejection> {
    let (_, found) = draft.task(task)?;
    let report = draft.vehicle(&found.vehicle).ok().and_then(|vehicle| vehicle.standing_report());
    let goes_on = report.is_some_and(|report| report.task == *task);
    if !found.is_running() && !goes_on {
        return Err(Rejection::TaskOver { task: task.clone() });
    }
    let pending = found.changes.iter().any(|change| change.version <= through);
    if through > draft.state.version || !(pending || draft.by_crew()) {
        return Err(Rejection::NoOrderChange { task: task.clone() });
    }
    draft.push(Event::OrderChangeAcknowledged { task: task.clone(), through });
    Ok(())
}
