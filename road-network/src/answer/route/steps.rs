//! From a chain of directions to instructions: one step where the driver must do something.

use super::course::pieces;
use super::{Manoeuvre, Path, Step};
use crate::cost::costs::Costs;
use crate::graph::network::RoadNetwork;
use crate::graph::parts::EdgeId;
use crate::graph::road::{Passage, Road, RoadClass};
use crate::graph::snap::OnRoad;
use crate::graph::turn::{Bend, TurnKind};
use geometry::along;

pub(super) fn steps(costs: &Costs, path: &Path, goal: &OnRoad) -> Vec<Step> {
    let network = &costs.network;
    let pieces = pieces(network, path);
    let (first, from, _) = pieces[0];
    let departs =
        if path.leave.round_ms > 0 { Manoeuvre::DepartTurningRound } else { Manoeuvre::Depart };
    let start = network.course(EdgeId(first / 2));
    let place = if first.is_multiple_of(2) { from } else { 1.0 - from };
    let mut steps = vec![Step {
        at: along(&start, place).unwrap_or(goal.position),
        travel_ms: path.leave.round_ms,
        ..step(network, departs, first)
    }];
    let mut state = first;
    for (number, &(arc, from, to)) in pieces.iter().enumerate() {
        let mut turn_ms = 0;
        if number > 0 {
            let next = path.states[number - 1];
            if let Some(kind) = network.turn_between(state, next) {
                turn_ms = costs.turn_ms[usize::from(kind.code())];
                change(network, &mut steps, state, next, kind);
            }
            state = next;
        }
        if let Some(last) = steps.last_mut() {
            last.length_m += network.length_m(EdgeId(arc / 2)) * (to - from);
            let whole = f64::from(costs.state_ms[arc as usize]);
            last.travel_ms += turn_ms + (whole * (to - from)).round() as u32;
        }
    }
    let last = pieces[pieces.len() - 1].0;
    steps.push(Step { at: goal.position, ..step(network, Manoeuvre::Arrive, last) });
    steps
}

fn step(network: &RoadNetwork, manoeuvre: Manoeuvre, arc: u32) -> Step {
    let road = network.road(EdgeId(arc / 2));
    Step {
        manoeuvre,
        at: network.node_position(network.start(arc)),
        name: network.text(road.name).to_owned(),
        name_en: network.text(road.name_en).to_owned(),
        reference: network.text(road.reference).to_owned(),
        length_m: 0.0,
        travel_ms: 0,
    }
}

/// Adds a step where one road turning into the next needs an instruction.
fn change(network: &RoadNetwork, steps: &mut Vec<Step>, state: u32, next: u32, kind: TurnKind) {
    let [before, after] = [state, next].map(|it| network.arc_of(it));
    let [old, new] = [before, after].map(|arc| network.road(EdgeId(arc / 2)));
    if old.roundabout {
        count_exit(network, steps, before, after, new);
        return;
    }
    let manoeuvre = if new.roundabout {
        Some(Manoeuvre::Roundabout { exit: 0 })
    } else if new.class == RoadClass::Motorway && old.class != RoadClass::Motorway {
        Some(Manoeuvre::EnterExpressway)
    } else if old.class == RoadClass::Motorway && new.class != RoadClass::Motorway {
        Some(Manoeuvre::LeaveExpressway)
    } else {
        bend(kind, same_name(old, new))
    };
    if let Some(manoeuvre) = manoeuvre {
        steps.push(step(network, manoeuvre, after));
    }
}

fn bend(kind: TurnKind, same_name: bool) -> Option<Manoeuvre> {
    if kind.goes_on && same_name {
        return None;
    }
    match kind.bend {
        Bend::Straight if same_name => None,
        Bend::Straight => Some(Manoeuvre::Continue),
        Bend::SlightRight => Some(Manoeuvre::SlightRight),
        Bend::Right => Some(Manoeuvre::Right),
        Bend::SharpRight => Some(Manoeuvre::SharpRight),
        Bend::Back => Some(Manoeuvre::TurnBack),
        Bend::SharpLeft => Some(Manoeuvre::SharpLeft),
        Bend::Left => Some(Manoeuvre::Left),
        Bend::SlightLeft => Some(Manoeuvre::SlightLeft),
    }
}

fn same_name(old: &Road, new: &Road) -> bool {
    (old.name, old.reference) == (new.name, new.reference)
}

/// Inside a roundabout each way out that is passed or taken counts as an exit.
fn count_exit(network: &RoadNetwork, steps: &mut [Step], before: u32, after: u32, new: &Road) {
    let out = |&(state, _): &(u32, u8)| {
        let arc = network.arc_of(state);
        !network.road(EdgeId(arc / 2)).roundabout && network.passage(arc) == Passage::Open
    };
    let leads_out = network.turns(before).any(|turn| out(&turn));
    let Some(last) = steps.last_mut() else { return };
    if let Manoeuvre::Roundabout { exit } = &mut last.manoeuvre
        && leads_out
    {
        *exit = exit.saturating_add(1);
    }
    if !new.roundabout {
        let taken = step(network, last.manoeuvre, after);
        (last.name, last.name_en, last.reference) = (taken.name, taken.name_en, taken.reference);
    }
}
