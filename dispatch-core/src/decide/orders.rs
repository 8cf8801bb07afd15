//! Orders that nobody has received: sending them again, and letting them lapse.

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
