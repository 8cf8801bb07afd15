//! The norms of a centre as measured on one incident: what every screen, report and metric shows of them.
//!
//! | norm | from | until |
//! |---|---|---|
//! | order | the call taken, or the incident opened again by hand | the first order sent that its vehicle received |
//! | departure | the order sent | the vehicle set out |
//! | response | the call taken, or the incident opened again by hand | the first vehicle at the scene |
//!
//! What is sent is recorded by the server, so orders count by the server's clock; everything else counts by the best
//! knowledge of its time. An order sent again counts as sent then, since nobody had it before. An incident opened
//! again by hand begins a new turn with every timer anew; in figures it counts once for each norm, by the first of
//! its turns in which that norm's end was reached. An exercise counts in no figure, unless
//! the whole installation is for exercises: [`Norms::exercises_count`].

use super::measure::{Measure, Reached};
use super::norms::Norms;
use super::response::by_appointment;
use super::{response, turns::Turn};
use crate::model::{Milestone, TaskId};
use crate::state::{Incident, Task};

/// What a centre is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Norm {
    /// A vehicle gets its order (1分钟派车率).
    Order,
    /// It sets out (3分钟出车率).
    Departure,
    /// The first vehicle is at the scene.
    Response,
}

/// One norm measured on an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Which norm.
    pub norm: Norm,
    /// The task it is about; the norms of order and response are the incident's own.
    pub task: Option<TaskId>,
    /// How it stands.
    pub measure: Measure,
}

/// Every norm that applies to an incident, as figures count it. `norms` are those of its surroundings:
/// [`Norms::within`].
pub fn measured(incident: &Incident, norms: &Norms) -> Vec<Measured> {
    let of_incident = |norm, measure| Measured { norm, task: None, measure };
    let order = counted(incident, |turn| order(incident, turn, norms));
    let response = counted(incident, |turn| response::in_turn(incident, turn, norms));
    let departures = incident.tasks.iter().filter_map(|task| {
        let measure = departure(incident, task, norms)?;
        Some(Measured { norm: Norm::Departure, task: Some(task.id.clone()), measure })
    });
    let order = order.map(|measure| of_incident(Norm::Order, measure));
    let response = response.map(|measure| of_incident(Norm::Response, measure));
    order.into_iter().chain(departures).chain(response).collect()
}

/// Of all turns the first in which the end was reached, else the present one.
fn counted(incident: &Incident, measure: impl Fn(&Turn) -> Option<Measure>) -> Option<Measure> {
    let mut last = None;
    for turn in incident.turns() {
        let found = measure(&turn);
        if found.is_some_and(|it| it.reached != Reached::NotYet) {
            return found;
        }
        last = found;
    }
    last
}

/// How the sending of a vehicle stands in a turn; nothing for an appointment, whose order has its own time.
pub(super) fn order(incident: &Incident, turn: &Turn, norms: &Norms) -> Option<Measure> {
    if by_appointment(incident, turn) {
        return None;
    }
    let sent = turn.tasks(incident).filter(|task| task.is_received()).filter_map(Task::sent_at);
    let reached = sent.min().map_or(Reached::NotYet, Reached::At);
    Some(Measure::of(incident, norms, (turn.from, norms.order_seconds), reached))
}

/// How the setting out of a vehicle stands; its order's first sending begins it, for the patient has waited since.
pub fn departure(incident: &Incident, task: &Task, norms: &Norms) -> Option<Measure> {
    let reached = match task.milestones.get(Milestone::Departed) {
        Some(stamp) => Reached::At(stamp.at()),
        None if task.has_departed() => Reached::AtUnknownTime,
        None => Reached::NotYet,
    };
    let span = (task.ordered_at()?, norms.departure_seconds);
    Some(Measure::of(incident, norms, span, reached))
}
