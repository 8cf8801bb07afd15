//! Route from one place to another: the time, the course, the turns a driver must make. The
//! words for the turns come from the caller, by code; names of roads come from the network.

mod course;
mod steps;

use crate::answer::ranking::seed_onwards;
use crate::cost::costs::{CLOSED, Costs};
use crate::graph::network::RoadNetwork;
use crate::graph::parts::EdgeId;
use crate::graph::snap::OnRoad;
use crate::search::dijkstra::{NONE, Next, Sense, Workspace, with_workspace};
use crate::search::ends::{End, arrivals, departures, direct, off_road_ms};
use geometry::{Wgs84, along};
use serde::Serialize;

/// What the driver does at the beginning of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Manoeuvre {
    /// Sets off.
    Depart,
    /// Sets off after turning round.
    DepartTurningRound,
    /// Goes on, the road has another name.
    Continue,
    /// Bears right.
    SlightRight,
    /// Turns right.
    Right,
    /// Turns sharply right.
    SharpRight,
    /// Turns back.
    TurnBack,
    /// Turns sharply left.
    SharpLeft,
    /// Turns left.
    Left,
    /// Bears left.
    SlightLeft,
    /// Enters a roundabout and leaves it at the given exit, counted from 1.
    Roundabout {
        /// Which exit; 0 where the journey ends inside.
        exit: u8,
    },
    /// Drives onto an expressway.
    EnterExpressway,
    /// Leaves an expressway.
    LeaveExpressway,
    /// Is there.
    Arrive,
}

/// A piece of the way that needs one instruction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What to do.
    pub manoeuvre: Manoeuvre,
    /// Where.
    pub at: Wgs84,
    /// Name of the road then taken; may be empty.
    pub name: String,
    /// The same in English; may be empty.
    pub name_en: String,
    /// Its number; may be empty.
    pub reference: String,
    /// How far until the next step, metres.
    pub length_m: f64,
    /// How long until the next step, milliseconds, turns included.
    pub travel_ms: u32,
}

/// A way from one place to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Route {
    /// Driving time, access to and from the road included, milliseconds.
    pub travel_ms: u32,
    /// What it would be without what the profile learned from recorded runs, milliseconds.
    pub plain_ms: u32,
    /// Length on the road, metres.
    pub length_m: f64,
    /// The course on the road, WGS-84.
    pub course: Vec<Wgs84>,
    /// The turns; the first is a departure, the last the arrival.
    pub steps: Vec<Step>,
    /// The edges driven, in order.
    pub edges: Vec<EdgeId>,
}

/// The states driven and the ends of the way.
pub(crate) struct Path {
    pub(crate) leave: End,
    pub(crate) arrive: End,
    /// States after the first direction, in order; empty where the edge is not left.
    pub(crate) states: Vec<u32>,
    pub(crate) on_road_ms: u32,
}

/// The fastest route, or `None` where there is none.
pub(crate) fn route(costs: &Costs, start: &OnRoad, goal: &OnRoad) -> Option<Route> {
    let path = fastest(costs, start, goal)?;
    let off_road = off_road_ms(costs, start) + off_road_ms(costs, goal);
    let course = course::course(&costs.network, &path);
    Some(Route {
        travel_ms: path.on_road_ms + off_road,
        plain_ms: plain_ms(costs, &path) + off_road,
        length_m: course::length_m(&costs.network, &path),
        steps: steps::steps(costs, &path, goal),
        edges: arcs(&costs.network, &path).into_iter().map(|arc| EdgeId(arc / 2)).collect(),
        course,
    })
}

/// The time on the road without what was learned: turns stay, driving is so much shorter or longer.
fn plain_ms(costs: &Costs, path: &Path) -> u32 {
    let (leave, arrive) = (&path.leave, &path.arrive);
    let mut learned = 0.0;
    let mut driven = |arc: u32, ms: u32| {
        learned += f64::from(ms) * (1.0 - 1.0 / costs.learned_factor(arc));
    };
    match path.states.split_last() {
        None => driven(leave.arc, path.on_road_ms.saturating_sub(leave.round_ms)),
        Some((_, between)) => {
            driven(leave.arc, leave.ms - leave.round_ms);
            for &state in between {
                driven(costs.network.arc_of(state), costs.state_ms[state as usize]);
            }
            driven(arrive.arc, arrive.ms);
        }
    }
    (f64::from(path.on_road_ms) - learned).round() as u32
}

/// Every direction driven, the first included.
pub(crate) fn arcs(network: &RoadNetwork, path: &Path) -> Vec<u32> {
    let rest = path.states.iter().map(|&state| network.arc_of(state));
    std::iter::once(path.leave.arc).chain(rest).collect()
}

fn fastest(costs: &Costs, start: &OnRoad, goal: &OnRoad) -> Option<Path> {
    let leaves = departures(costs, start);
    let ends = arrivals(costs, goal);
    let mut best: Option<Path> = None;
    for leave in leaves.iter() {
        for end in ends.iter() {
            if let Some(ms) = direct(costs, leave, end)
                && best.as_ref().is_none_or(|best| ms < best.on_road_ms)
            {
                best =
                    Some(Path { leave: *leave, arrive: *end, states: Vec::new(), on_road_ms: ms });
            }
        }
    }
    with_workspace(costs, |work| {
        let limit = best.as_ref().map_or(CLOSED, |best| best.on_road_ms);
        match search(costs, work, &leaves, &ends, goal, limit) {
            Some((state, ms)) => trace(costs, work, &leaves, &ends, state, ms),
            None => best,
        }
    })
}

/// The state over which the goal is reached fastest, if faster than `limit`.
fn search(
    costs: &Costs,
    work: &mut Workspace,
    leaves: &[End],
    ends: &[End],
    goal: &OnRoad,
    limit: u32,
) -> Option<(u32, u32)> {
    let bound = lower_bound(costs, goal);
    for leave in leaves {
        seed_onwards(costs, work, leave, &bound);
    }
    let mut best = (None, limit);
    work.run_towards(costs, Sense::Onwards, &bound, |_, state, label| {
        if label.saturating_add(bound(state)) >= best.1 {
            return Next::Stop;
        }
        let arc = costs.network.arc_of(state);
        for end in ends.iter().filter(|end| end.arc == arc) {
            let total = label.saturating_add(end.ms);
            if total < best.1 {
                best = (Some(state), total);
            }
        }
        Next::Go
    });
    best.0.map(|state| (state, best.1))
}

/// Nothing is faster than the straight line at top speed: milliseconds from the start of a
/// state's road to the goal, a thousandth less for rounding.
fn lower_bound<'a>(costs: &'a Costs, goal: &OnRoad) -> impl Fn(u32) -> u32 + use<'a> {
    let network = &costs.network;
    // From the road itself: the position in the question is the caller's word.
    let goal = along(&network.course(goal.edge), goal.share).unwrap_or(goal.position);
    let widest = network.parts.nodes.iter().map(|node| node.lat.unsigned_abs()).max().unwrap_or(0);
    let north = (f64::from(widest) / 1e7).max(goal.lat.abs()).min(90.0);
    let per_degree = geometry::METRES_PER_DEGREE;
    let east = per_degree * north.to_radians().cos();
    let share = 0.999 / costs.top_m_per_ms;
    move |state| {
        let from = network.parts.nodes[network.start(network.arc_of(state)) as usize].position();
        let (dx, dy) = ((from.lon - goal.lon) * east, (from.lat - goal.lat) * per_degree);
        (dx.hypot(dy) * share) as u32
    }
}

fn trace(
    costs: &Costs,
    work: &Workspace,
    leaves: &[End],
    ends: &[End],
    last: u32,
    ms: u32,
) -> Option<Path> {
    let network = &costs.network;
    let mut states = vec![last];
    let mut state = last;
    while work.parent(state) != NONE {
        state = work.parent(state);
        states.push(state);
    }
    states.reverse();
    let arc = network.arc_of(last);
    let arrive = ends.iter().find(|end| end.arc == arc).copied()?;
    let label = work.label(states[0]);
    let leave = leaves.iter().copied().find(|leave| {
        network.turns(leave.arc).any(|(next, code)| {
            let turn = costs.turn_ms[usize::from(code)];
            next == states[0] && turn != CLOSED && leave.ms + turn == label
        })
    })?;
    Some(Path { leave, arrive, states, on_road_ms: ms })
}
