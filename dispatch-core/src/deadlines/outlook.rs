//! All deadlines of a centre at one moment: which are near, which are past, when to look again.

use super::deadline::{Deadline, DeadlineKind, Urgency};
use super::norms::Norms;
use super::{deadlines_of_incident, deadlines_of_task, deadlines_of_vehicle};
use crate::Rules;
use crate::model::{TaskId, Timestamp, VehicleId};
use crate::state::CentreState;

/// How the deadlines stand at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Missed, the longest missed first; exercises after everybody else.
    pub past: Vec<Deadline>,
    /// A miss can still be avoided, the next due first; exercises after everybody else.
    pub near: Vec<Deadline>,
    /// When anything changes if nobody does anything: a server may sleep until then.
    pub next_change: Option<Timestamp>,
}

/// Every deadline of a centre. `last_heard` tells the last sign of life of a vehicle's terminal.
pub fn deadlines_of_centre(
    state: &CentreState,
    last_heard: impl Fn(&VehicleId) -> Option<Timestamp>,
    norms: &Norms,
) -> Vec<Deadline> {
    let of_incidents = state.open_incidents().flat_map(|incident| {
        let of_tasks =
            incident.running_tasks().flat_map(move |task| deadlines_of_task(incident, task, norms));
        deadlines_of_incident(incident, norms).into_iter().chain(of_tasks)
    });
    let of_vehicles = state.vehicles.values().flat_map(|vehicle| {
        let of_vehicle = deadlines_of_vehicle(vehicle, last_heard(&vehicle.id), norms);
        let in_exercise = || {
            let task = vehicle.running_task().and_then(|task| state.task(task));
            task.is_some_and(|(incident, _)| incident.facts.test)
        };
        of_vehicle.into_iter().map(move |deadline| Deadline {
            // A silent vehicle is silent for every patient; a long stay at an exercise is part of it.
            test: matches!(deadline.kind, DeadlineKind::OverdueInState(_)) && in_exercise(),
            ..deadline
        })
    });
    of_incidents.chain(of_vehicles).collect()
}

/// The tasks whose orders have run out unreceived and whose incidents do not know it yet; a server gives
/// [`crate::model::Command::LapseOrder`] for each.
pub fn lapsed_orders(state: &CentreState, now: Timestamp) -> Vec<TaskId> {
    let running = state.open_incidents().flat_map(|incident| incident.running_tasks());
    let lapsed = running.filter(|task| task.is_unanswered(now) && task.lapsed_at.is_none());
    lapsed.map(|task| task.id.clone()).collect()
}

/// Vehicles whose crews have not said in time that they have seen their move; a server gives
/// [`crate::model::Command::WithdrawMove`] for each.
pub fn lapsed_moves(state: &CentreState, rules: &Rules, now: Timestamp) -> Vec<VehicleId> {
    let lapsed = state.vehicles.values().filter(|vehicle| vehicle.move_has_lapsed(rules, now));
    lapsed.map(|vehicle| vehicle.id.clone()).collect()
}

/// Sorts deadlines by how they stand now.
pub fn outlook(deadlines: impl IntoIterator<Item = Deadline>, now: Timestamp) -> Outlook {
    let mut outlook = Outlook::default();
    for deadline in deadlines {
        let change = deadline.next_change(now);
        outlook.next_change = outlook.next_change.into_iter().chain(change).min();
        match deadline.urgency(now) {
            Urgency::Calm => {}
            Urgency::Near => outlook.near.push(deadline),
            Urgency::Past => outlook.past.push(deadline),
        }
    }
    for list in [&mut outlook.past, &mut outlook.near] {
        let order = |it: &Deadline| (it.test, it.due_at);
        list.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.subject.cmp(&b.subject)));
    }
    outlook
}
