//! Milliseconds for every direction of every road and every kind of turn: one profile, one
//! time of day, the conditions in force. Immutable; knows nothing of how ways are searched for.

use crate::cost::conditions::{Condition, Effect};
use crate::cost::learned::{DayPart, Learned};
use crate::cost::profile::Profile;
use crate::graph::network::RoadNetwork;
use crate::graph::road::{Access, Area, Passage, Road, RoadClass, Surface};
use crate::graph::turn::{Bend, Signed, TurnKind};
use std::sync::Arc;

/// The weight of what may not be driven.
pub(crate) const CLOSED: u32 = u32::MAX;
/// No edge takes longer than this (18 hours), so that sums stay inside 32 bits.
const LONGEST_MS: f64 = 67_108_864.0;
/// The bounds of how much slower a condition may make a road.
const SLOWER: std::ops::RangeInclusive<f64> = 1.0..=100.0;

/// The part of the day at a moment, by the profile's local hours.
pub(crate) fn part_at(profile: &Profile, now_unix_seconds: i64) -> DayPart {
    let minutes = now_unix_seconds.div_euclid(60) + i64::from(profile.utc_offset_minutes);
    profile.part_at(minutes.div_euclid(60).rem_euclid(24) as u8)
}

/// The share of the speeds by day that is driven.
fn share(profile: &Profile, part: DayPart) -> f64 {
    let slower_percent = match part {
        DayPart::Day => 0.0,
        DayPart::Night => profile.night.slower_percent,
        DayPart::Rush => profile.rush.slower_percent,
    };
    1.0 - slower_percent / 100.0
}

/// What the searches run on.
#[derive(Debug)]
pub(crate) struct Costs {
    pub(crate) network: Arc<RoadNetwork>,
    /// Milliseconds by state.
    pub(crate) state_ms: Vec<u32>,
    pub(crate) turn_ms: [u32; 256],
    /// Turning round in the middle of an edge.
    pub(crate) round_ms: u32,
    pub(crate) off_road_ms_per_m: f64,
    /// Nothing moves faster than this.
    pub(crate) top_m_per_ms: f64,
    closed_edges: usize,
    slowed_edges: usize,
    /// By road: how many times as long as without what was learned; empty where nothing was.
    learned: Arc<Vec<f64>>,
    /// States that conditions made slower or closed.
    pub(crate) slower: Vec<u32>,
}

impl Costs {
    pub(crate) fn base(network: &Arc<RoadNetwork>, profile: &Profile, part: DayPart) -> Costs {
        let speeds: Vec<[f64; 2]> = network
            .parts
            .roads
            .iter()
            .map(|road| [Passage::Open, Passage::AgainstOneWay].map(|it| kmh(road, profile, it)))
            .collect();
        let share = share(profile, part);
        let learned = learned(network, profile, part);
        let mut top_kmh = 1.0_f64;
        let mut state_ms = Vec::with_capacity(network.states());
        for arc in 0..network.arcs() {
            let edge = (arc / 2) as usize;
            let [open, against] = speeds[network.parts.edge_road[edge] as usize];
            let slower = learned.get(network.parts.edge_road[edge] as usize).unwrap_or(&1.0);
            let kmh = share / slower
                * match network.passage(arc) {
                    Passage::Open => open,
                    Passage::AgainstOneWay => against,
                    Passage::Never => 0.0,
                };
            top_kmh = top_kmh.max(kmh);
            let cm = f64::from(network.parts.edge_length_cm[edge]);
            state_ms.push(if kmh > 0.0 { milliseconds(cm * 36.0 / kmh) } else { CLOSED });
        }
        state_ms.extend(
            network
                .parts
                .copy_arc
                .iter()
                .map(|&arc| arc as usize)
                .map(|arc| state_ms[arc])
                .collect::<Vec<_>>(),
        );
        Costs {
            network: Arc::clone(network),
            state_ms,
            turn_ms: std::array::from_fn(|code| turn_ms(TurnKind::of_code(code as u8), profile)),
            round_ms: milliseconds(profile.turns.round * 1000.0),
            off_road_ms_per_m: 3600.0 / profile.off_road_kmh,
            top_m_per_ms: top_kmh / 3600.0,
            closed_edges: 0,
            slowed_edges: 0,
            learned: Arc::new(learned),
            slower: Vec::new(),
        }
    }

    /// These costs with the conditions that hold at `now` added.
    pub(crate) fn with(&self, conditions: &[Condition], now_unix_seconds: i64) -> Costs {
        let network = &self.network;
        let mut factor: std::collections::BTreeMap<u32, f64> = Default::default();
        for condition in conditions.iter().filter(|it| it.holds_at(now_unix_seconds)) {
            let by = match condition.effect {
                Effect::Closed => f64::INFINITY,
                Effect::Slower(by) if by.is_nan() => *SLOWER.start(),
                Effect::Slower(by) => by.clamp(*SLOWER.start(), *SLOWER.end()),
            };
            for edge in condition.extent.edges(network) {
                let known = factor.entry(edge.0).or_insert(1.0);
                *known = known.max(by);
            }
        }
        let mut costs = Costs {
            network: Arc::clone(network),
            state_ms: self.state_ms.clone(),
            closed_edges: factor.values().filter(|by| by.is_infinite()).count(),
            slowed_edges: factor.values().filter(|by| by.is_finite()).count(),
            learned: Arc::clone(&self.learned),
            slower: Vec::new(),
            ..*self
        };
        for (edge, by) in factor {
            for arc in [edge * 2, edge * 2 + 1] {
                let base = self.state_ms[arc as usize];
                let changed = if base == CLOSED || by.is_infinite() {
                    CLOSED
                } else {
                    milliseconds(f64::from(base) * by)
                };
                for state in network.states_of(arc) {
                    costs.state_ms[state as usize] = changed;
                    if changed != base {
                        costs.slower.push(state);
                    }
                }
            }
        }
        costs
    }

    /// How many times as long a direction takes as without what was learned.
    pub(crate) fn learned_factor(&self, arc: u32) -> f64 {
        let road = self.network.parts.edge_road[(arc / 2) as usize];
        self.learned.get(road as usize).copied().unwrap_or(1.0)
    }

    /// Milliseconds for so many metres beside the roads, on foot or over a yard.
    pub(crate) fn off_road_ms(&self, metres: f64) -> u32 {
        (metres * self.off_road_ms_per_m).round().clamp(0.0, f64::from(1 << 26)) as u32
    }

    /// How many edges conditions close and slow down.
    pub(crate) fn affected_edges(&self) -> (usize, usize) {
        (self.closed_edges, self.slowed_edges)
    }

    /// Seconds along a direction; `None` where it is not driven.
    pub(crate) fn seconds(&self, arc: u32) -> Option<f64> {
        let ms = self.state_ms[arc as usize];
        (ms != CLOSED).then(|| f64::from(ms) / 1000.0)
    }
}

fn learned(network: &RoadNetwork, profile: &Profile, part: DayPart) -> Vec<f64> {
    if profile.learned == Learned::default() {
        return Vec::new();
    }
    let factor = |road: &Road| profile.learned.factor(road.class, road.area, part);
    network.parts.roads.iter().map(factor).collect()
}

fn milliseconds(value: f64) -> u32 {
    value.ceil().clamp(0.0, LONGEST_MS) as u32
}

fn kmh(road: &Road, profile: &Profile, passage: Passage) -> f64 {
    let speeds = match road.area {
        Area::Urban => &profile.urban_kmh,
        Area::Rural => &profile.rural_kmh,
    };
    let mut kmh = speeds.of(road.class);
    let percent = &profile.percent;
    let mut slow = |by: f64| kmh *= by / 100.0;
    if road.link {
        slow(percent.link);
    }
    match road.surface {
        Surface::Unknown | Surface::Paved => {}
        Surface::Unpaved => slow(percent.unpaved),
        Surface::Rough => slow(percent.rough),
    }
    match road.access {
        Access::Open => {}
        Access::Private => slow(percent.private),
        Access::Reserved => slow(percent.reserved),
    }
    if road.max_speed_kmh > 0 {
        kmh = kmh.min(f64::from(road.max_speed_kmh) * percent.of_speed_limit / 100.0);
    }
    match passage {
        Passage::Open => kmh,
        Passage::AgainstOneWay if profile.against_one_way.classes.contains(&road.class) => {
            kmh * profile.against_one_way.percent / 100.0
        }
        Passage::AgainstOneWay | Passage::Never => 0.0,
    }
}

fn turn_ms(kind: TurnKind, profile: &Profile) -> u32 {
    let turns = &profile.turns;
    let signs = match kind.signed {
        Signed::Allowed => Some(0.0),
        Signed::ForbiddenOnMinor if profile.signs.obey_on_minor => None,
        Signed::ForbiddenOnMajor if profile.signs.obey_on_major => None,
        Signed::ForbiddenOnMinor | Signed::ForbiddenOnMajor => Some(profile.signs.ignoring_seconds),
    };
    let Some(signs) = signs else { return CLOSED };
    if kind.goes_on {
        return 0;
    }
    let bend = match kind.bend {
        Bend::Straight => turns.straight,
        Bend::SlightRight | Bend::SlightLeft => turns.slight,
        Bend::Right => turns.right,
        Bend::Left => turns.left,
        Bend::SharpRight | Bend::SharpLeft => turns.sharp,
        Bend::Back => turns.back,
    };
    let way = if kind.gives_way { turns.give_way } else { 0.0 };
    let lights = if kind.lights { turns.lights } else { 0.0 };
    milliseconds((bend + way + lights + signs) * 1000.0)
}

/// Whether a vehicle may turn round in the middle of such a road.
pub(crate) fn may_turn_round(road: &Road) -> bool {
    road.class != RoadClass::Motorway && !road.roundabout && !road.tunnel
}
