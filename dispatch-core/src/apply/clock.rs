//! What a wrong clock left behind: times that have not come yet begin to count when the clock is right again.
//!
//! Without it nothing that was opened or sent under a clock years ahead would ever be due, expire or be forgotten.
//! Only what runs is changed; the events themselves keep what they say.

use crate::model::{Messages, Timestamp, VehicleLog};
use crate::state::{CentreState, Incident, IncidentStage, OverMemory, Task, TaskEnd, Vehicle};

/// Takes every time after `now` back to `now`.
pub(super) fn corrected(state: &mut CentreState, now: Timestamp) {
    let mut over = OverMemory::default();
    for incident in state.incidents.values_mut() {
        of_incident(incident, now);
        if let Some(since) = incident.stage.over_since() {
            over.add(since, &incident.id);
        }
    }
    state.over = over;
    state.stays.not_after(now);
    state.move_up.end_silences();
    state.vehicles.values_mut().for_each(|vehicle| of_vehicle(vehicle, now));
    for transfer in state.transfers_out.values_mut() {
        transfer.sos = transfer.sos.map(|since| since.min(now));
        of_messages(&mut transfer.messages, now);
        of_log(&mut transfer.log, now);
    }
}

fn of_incident(incident: &mut Incident, now: Timestamp) {
    not_after(&mut incident.opened_at, now);
    incident.first_dispatch_at = incident.first_dispatch_at.map(|at| at.min(now));
    incident.reopenings.iter_mut().for_each(|reopening| not_after(&mut reopening.at, now));
    not_after(&mut incident.wanted_since, now);
    let counts = incident.scene_counts.iter_mut().chain(&mut incident.amended_count);
    let counted = counts.map(|count| &mut count.at);
    let told = incident.calls.iter_mut().map(|call| &mut call.patients_told_at);
    in_order(counted.chain(told).collect(), now);
    not_after(&mut incident.account.at, now);
    match &mut incident.stage {
        IncidentStage::Open => {}
        IncidentStage::Suspended { since: at, .. }
        | IncidentStage::Refused { at, .. }
        | IncidentStage::Cancelled { at, .. }
        | IncidentStage::Closed { at, .. } => not_after(at, now),
    }
    for call in &mut incident.calls {
        not_after(&mut call.taken_at, now);
        call.concluded_at = call.concluded_at.map(|at| at.min(now));
        call.order_sent_at = call.order_sent_at.map(|at| at.min(now));
    }
    incident.notes.iter_mut().for_each(|note| not_after(&mut note.written_at, now));
    incident.tasks.iter_mut().for_each(|task| of_task(task, now));
    for promised in &mut incident.promised {
        live_on(&mut promised.given_at, &mut promised.expires_at, now);
    }
}

fn of_task(task: &mut Task, now: Timestamp) {
    if let Some(mut created) = task.milestones.iter().next().map(|(_, stamp)| stamp.at()) {
        live_on(&mut created, &mut task.order_expires_at, now);
    }
    if let Some(receipt) = &mut task.device_receipt {
        receipt.not_after(now);
    }
    task.milestones.not_after(now);
    task.resent_at = task.resent_at.map(|at| at.min(now));
    task.lapsed_at = task.lapsed_at.map(|at| at.min(now));
    task.changes.iter_mut().for_each(|change| not_after(&mut change.since, now));
    match &mut task.end {
        TaskEnd::Running | TaskEnd::Finished => {}
        TaskEnd::Aborted { at, .. } | TaskEnd::Diverted { at, .. } => not_after(at, now),
    }
}

fn of_messages(messages: &mut Messages, now: Timestamp) {
    for message in &mut messages.kept {
        not_after(&mut message.at, now);
        message.seen_at = message.seen_at.map(|at| at.min(now));
    }
}

fn of_log(log: &mut VehicleLog, now: Timestamp) {
    let entries = [&mut log.checked, &mut log.refuelled].into_iter().flatten();
    entries.for_each(|logged| not_after(&mut logged.at, now));
}

fn of_vehicle(vehicle: &mut Vehicle, now: Timestamp) {
    not_after(&mut vehicle.since, now);
    vehicle.sos = vehicle.sos.map(|since| since.min(now));
    if let Some(answer) = &mut vehicle.sos_answer {
        not_after(&mut answer.at, now);
    }
    of_messages(&mut vehicle.messages, now);
    of_log(&mut vehicle.log, now);
    if let Some(report) = &mut vehicle.report {
        not_after(&mut report.pressed_at, now);
        not_after(&mut report.recorded_at, now);
    }
    if let Some(said) = &mut vehicle.away {
        not_after(&mut said.pressed_at, now);
    }
    if let Some(refused) = &mut vehicle.refused {
        not_after(&mut refused.pressed_at, now);
    }
    if let Some(next) = &mut vehicle.follow_on {
        live_on(&mut next.given_at, &mut next.expires_at, now);
        next.changed_at = next.changed_at.map(|at| at.min(now));
        next.acknowledged.iter_mut().for_each(|stamp| stamp.not_after(now));
    }
    of_moves(vehicle, now);
}

/// A suggestion made in that time lives from now as long as it was given; a move counts from now.
fn of_moves(vehicle: &mut Vehicle, now: Timestamp) {
    if let Some(it) = &mut vehicle.suggested {
        live_on(&mut it.since, &mut it.suggestion.expires_at, now);
    }
    if let Some(it) = &mut vehicle.moving {
        not_after(&mut it.given_at, now);
        it.acknowledged.iter_mut().for_each(|stamp| stamp.not_after(now));
        it.reached = it.reached.map(|at| at.min(now));
    }
}

/// What was given in that time lives from now as long as it was given to live.
fn live_on(given_at: &mut Timestamp, expires_at: &mut Timestamp, now: Timestamp) {
    if *given_at > now {
        *expires_at = now.plus_millis(expires_at.millis_since(*given_at));
        *given_at = now;
    }
}

/// Of two numbers of patients the one told later counts: they keep their order, some milliseconds apart where both were
/// told in that time.
fn in_order(mut told: Vec<&mut Timestamp>, now: Timestamp) {
    told.sort_unstable_by_key(|at| std::cmp::Reverse(**at));
    let mut later: Option<(Timestamp, Timestamp)> = None;
    for at in told {
        let was = *at;
        let latest = match later {
            None => now,
            Some((its_own, taken_back)) if its_own == was => taken_back,
            Some((_, taken_back)) => taken_back.plus_millis(-1),
        };
        *at = was.min(latest);
        later = Some((was, *at));
    }
}

fn not_after(at: &mut Timestamp, now: Timestamp) {
    *at = (*at).min(now);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_told_of_patients_in_a_wrong_time_keeps_its_order() {
        let corrected = |told: [i64; 5]| {
            let mut told = told.map(Timestamp);
            in_order(told.iter_mut().collect(), Timestamp(50));
            told.map(|at| at.0)
        };
        assert_eq!(corrected([90, 100, 10, 100, 95]), [48, 50, 10, 50, 49]);
        // What was told in the very moment is older than all that came later.
        assert_eq!(corrected([50, 100, 49, 20, 20]), [49, 50, 48, 20, 20]);
        assert_eq!(corrected([1, 2, 3, 3, 50]), [1, 2, 3, 3, 50]);
    }
}
