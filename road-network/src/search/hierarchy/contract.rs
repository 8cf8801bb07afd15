//! Making the hierarchy: state after state is taken out, the least important first, and where the
//! fastest route between two others led over it an arc is put in its place.

use super::{Arcs, Effort, Hierarchy, PLAIN};
use crate::cost::costs::{CLOSED, Costs};
use crate::search::dijkstra::FAR_MS;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Before an arc is added, a witness search for a route around the state looks at so many others; where it finds none
/// it adds an arc too many, which costs memory but never an answer.
const LOOKED_AT: usize = 300;
/// So many where importance is only guessed, which happens several times for every state.
const GLANCED_AT: usize = 8;
/// Importance is counted in these parts of one.
const PARTS: u64 = 64;

/// An arc while the hierarchy is being made, seen from one of its ends.
#[derive(Clone, Copy)]
struct Link {
    other: u32,
    ms: u32,
    over: u32,
    /// How many arcs of the network it stands for.
    hops: u32,
}

/// An arc to be put in the place of a state.
struct Shortcut {
    from: u32,
    to: u32,
    ms: u32,
    hops: u32,
}

struct Contraction {
    out: Vec<Vec<Link>>,
    into: Vec<Vec<Link>>,
    level: Vec<u32>,
    around: Around,
    found: Vec<Shortcut>,
}

pub(super) fn contract(costs: &Costs) -> Hierarchy {
    let mut work = Contraction::new(costs);
    let states = work.out.len();
    let mut waiting: BinaryHeap<Reverse<(u64, u32)>> =
        (0..states as u32).map(|state| Reverse((work.importance(state), state))).collect();
    while let Some(Reverse((before, state))) = waiting.pop() {
        let now = work.importance(state);
        let next = waiting.peek().map(|Reverse((next, _))| *next);
        if now > before && next.is_some_and(|next| now > next) {
            waiting.push(Reverse((now, state)));
            continue;
        }
        work.shortcuts(state, LOOKED_AT);
        work.take_out(state);
    }
    work.finish()
}

impl Contraction {
    fn new(costs: &Costs) -> Contraction {
        let network = &costs.network;
        let states = network.states();
        let mut work = Contraction {
            out: vec![Vec::new(); states],
            into: vec![Vec::new(); states],
            level: vec![0; states],
            around: Around::new(states),
            found: Vec::new(),
        };
        for from in 0..states as u32 {
            if costs.state_ms[from as usize] == CLOSED {
                continue;
            }
            for (to, code) in network.turns(from) {
                let (along, turn) = (costs.state_ms[to as usize], costs.turn_ms[usize::from(code)]);
                if along != CLOSED && turn != CLOSED && from != to {
                    work.join(Shortcut { from, to, ms: along + turn, hops: 1 }, PLAIN);
                }
            }
        }
        work
    }

    /// How important a state is: how many arcs taking it out would add for each it removes, and how
    /// much already hangs on it.
    fn importance(&mut self, state: u32) -> u64 {
        self.shortcuts(state, GLANCED_AT);
        let (out, into) = (&self.out[state as usize], &self.into[state as usize]);
        let hops = |links: &[Link]| links.iter().map(|it| u64::from(it.hops)).sum::<u64>();
        let removed = (out.len() + into.len()).max(1) as u64;
        let removed_hops = (hops(out) + hops(into)).max(1);
        let added_hops: u64 = self.found.iter().map(|it| u64::from(it.hops)).sum();
        u64::from(self.level[state as usize]) * PARTS
            + self.found.len() as u64 * 2 * PARTS / removed
            + added_hops * PARTS / removed_hops
    }

    /// Leaves in `found` the arcs without which taking a state out would make a route longer.
    fn shortcuts(&mut self, state: u32, looked_at: usize) {
        self.found.clear();
        let (out, into) = (&self.out[state as usize], &self.into[state as usize]);
        for link in into {
            let targets = out.iter().filter(|it| it.other != link.other);
            let wanted = targets.map(|it| (it.other, link.ms.saturating_add(it.ms)));
            self.around.search(&self.out, link.other, state, wanted, looked_at);
            for next in out.iter().filter(|it| it.other != link.other) {
                let ms = link.ms.saturating_add(next.ms);
                if ms < FAR_MS && self.around.label(next.other) > ms {
                    let (from, to, hops) = (link.other, next.other, link.hops + next.hops);
                    self.found.push(Shortcut { from, to, ms, hops });
                }
            }
        }
    }

    /// Takes a state out; `found` holds its arcs.
    fn take_out(&mut self, state: u32) {
        let level = self.level[state as usize] + 1;
        for place in 0..self.out[state as usize].len() {
            let other = self.out[state as usize][place].other as usize;
            self.into[other].retain(|it| it.other != state);
            self.level[other] = self.level[other].max(level);
        }
        for place in 0..self.into[state as usize].len() {
            let other = self.into[state as usize][place].other as usize;
            self.out[other].retain(|it| it.other != state);
            self.level[other] = self.level[other].max(level);
        }
        for shortcut in std::mem::take(&mut self.found) {
            self.join(shortcut, state);
        }
    }

    /// Adds an arc; of two between the same states the faster stays.
    fn join(&mut self, new: Shortcut, over: u32) {
        let Shortcut { from, to, ms, hops } = new;
        for (links, other) in
            [(&mut self.out[from as usize], to), (&mut self.into[to as usize], from)]
        {
            let link = Link { other, ms, over, hops };
            match links.iter_mut().find(|it| it.other == other) {
                Some(known) if known.ms <= ms => {}
                Some(known) => *known = link,
                None => links.push(link),
            }
        }
    }

    /// States in the order of their levels; within one they stay in their order on the ground.
    fn finish(self) -> Hierarchy {
        let mut order: Vec<u32> = (0..self.level.len() as u32).collect();
        order.sort_by_key(|&state| self.level[state as usize]);
        let mut number = vec![0; order.len()];
        for (place, &state) in order.iter().enumerate() {
            number[state as usize] = place as u32;
        }
        let arcs = |links: &[Vec<Link>]| {
            let mut arcs = Arcs { first: vec![0], ..Arcs::default() };
            for &state in &order {
                for link in &links[state as usize] {
                    arcs.arcs.push((number[link.other as usize], link.ms));
                    arcs.over.push(number.get(link.over as usize).copied().unwrap_or(PLAIN));
                }
                arcs.first.push(arcs.arcs.len() as u32);
            }
            arcs
        };
        let (onwards, backwards) = (arcs(&self.out), arcs(&self.into));
        Hierarchy { number, effort: Effort::of(&onwards), onwards, backwards }
    }
}

/// Witness searches: short ones for a route around a state.
struct Around {
    labels: Vec<u32>,
    /// By state, while it is a target for which nothing as fast is found yet: as fast as what.
    wanted: Vec<u32>,
    reached: Vec<u32>,
    queue: BinaryHeap<Reverse<(u32, u32)>>,
    /// Targets still wanted.
    open: usize,
}

/// Of a state that is no target.
const UNWANTED: u32 = 0;

impl Around {
    fn new(states: usize) -> Around {
        Around {
            labels: vec![CLOSED; states],
            wanted: vec![UNWANTED; states],
            reached: Vec::new(),
            queue: BinaryHeap::new(),
            open: 0,
        }
    }

    fn label(&self, state: u32) -> u32 {
        self.labels[state as usize]
    }

    fn reach(&mut self, state: u32, ms: u32) {
        let label = &mut self.labels[state as usize];
        if ms < *label {
            if *label == CLOSED {
                self.reached.push(state);
            }
            *label = ms;
            if ms <= self.wanted[state as usize] {
                self.settled(state);
            }
            self.queue.push(Reverse((ms, state)));
        }
    }

    /// Nothing more need be known of a state.
    fn settled(&mut self, state: u32) {
        if std::mem::replace(&mut self.wanted[state as usize], UNWANTED) != UNWANTED {
            self.open -= 1;
        }
    }

    /// Labels from `from` without `state`, until every target is reached as fast as wanted or cannot be;
    /// settles at most `left` states.
    fn search(
        &mut self,
        out: &[Vec<Link>],
        from: u32,
        state: u32,
        targets: impl Iterator<Item = (u32, u32)> + Clone,
        mut left: usize,
    ) {
        for reached in self.reached.drain(..) {
            self.labels[reached as usize] = CLOSED;
        }
        self.queue.clear();
        let mut most = 0;
        for (target, ms) in targets.clone().filter(|it| it.1 != UNWANTED) {
            self.wanted[target as usize] = ms;
            self.open += 1;
            most = most.max(ms);
        }
        self.reach(from, 0);
        while let Some(Reverse((ms, here))) = self.queue.pop() {
            if ms > self.labels[here as usize] {
                continue;
            }
            self.settled(here);
            if ms > most || left == 0 || self.open == 0 {
                break;
            }
            left -= 1;
            for link in &out[here as usize] {
                let next = ms.saturating_add(link.ms);
                if link.other != state && next <= most {
                    self.reach(link.other, next);
                }
            }
        }
        for (target, _) in targets {
            self.wanted[target as usize] = UNWANTED;
        }
        self.open = 0;
    }
}
