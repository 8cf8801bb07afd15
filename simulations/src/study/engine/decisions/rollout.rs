//! Where a vehicle that got free should wait, by trying: futures are sampled from the demand, not from the calls to come,
//! and each place is tried against the same ones.

use super::counts;
use crate::study::coverage::Coverage;
use crate::study::engine::world::{Stopped, World};
use rand::prelude::*;
use rand::rngs::StdRng;
use rand_distr::Exp1;
use rand_distr::weighted::WeightedAliasIndex;

/// How futures are tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trial {
    pub(super) samples: usize,
    pub(super) minutes: f64,
    pub(super) places: usize,
}

/// A sampled call: when in milliseconds, from which cell, of which class.
type Sampled = (f64, usize, usize);

/// Calls of one future at most; a city's busiest hour has a tenth.
const MOST_CALLS: usize = 500;

pub(super) fn place(
    world: &mut World<'_, '_>,
    unit: usize,
    coverage: &Coverage,
    trial: Trial,
) -> Result<(), Stopped> {
    let mut at_station = counts(world);
    let Some(station) = world.units[unit].station() else { return Ok(()) };
    at_station[station] -= 1;
    let gains = coverage.gains(&at_station);
    let mut places: Vec<usize> = (0..gains.len()).collect();
    places.sort_by(|&a, &b| gains[b].total_cmp(&gains[a]).then(a.cmp(&b)));
    places.truncate(trial.places.max(1));
    let seed = (world.now_ms as u64).wrapping_mul(31).wrapping_add(unit as u64);
    let mut chance = StdRng::seed_from_u64(seed);
    let futures: Vec<(Vec<Sampled>, Vec<f64>)> = (0..trial.samples)
        .map(|_| {
            let calls = sample(world, trial.minutes, &mut chance);
            let work = work_ms(world);
            let free_in = world.units.iter().map(|_| {
                let unit: f64 = chance.sample(Exp1);
                unit * work
            });
            (calls, free_in.collect())
        })
        .collect();
    let cost = |world: &mut World<'_, '_>, place: usize| {
        futures.iter().map(|(calls, free)| tried(world, unit, place, calls, free)).sum::<f64>()
    };
    let costs: Vec<f64> = places.iter().map(|&place| cost(world, place)).collect();
    let best = (0..places.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]));
    match best {
        Some(best) => world.send_to_wait(unit, places[best]),
        None => Ok(()),
    }
}

/// The usual work with a patient, in milliseconds.
fn work_ms(world: &World<'_, '_>) -> f64 {
    let way = &world.travel.system.behaviour;
    let driving = 600.0;
    (driving
        + way.on_scene.mean_seconds()
        + way.transport_share * (driving + way.handover.mean_seconds()))
        * 1000.0
}

fn sample(world: &World<'_, '_>, minutes: f64, chance: &mut StdRng) -> Vec<Sampled> {
    let system = world.travel.system;
    let weights = system.cells.iter().map(|cell| cell.weight).collect();
    let shares = system.classes.iter().map(|class| class.share).collect();
    let (Ok(cells), Ok(classes)) =
        (WeightedAliasIndex::new(weights), WeightedAliasIndex::new(shares))
    else {
        return Vec::new();
    };
    let mut calls = Vec::new();
    let mut at_ms = 0.0;
    while calls.len() < MOST_CALLS {
        let unit: f64 = chance.sample(Exp1);
        at_ms += unit * 86_400_000.0 / system.calls.per_day;
        if at_ms > minutes * 60_000.0 {
            break;
        }
        calls.push((at_ms, cells.sample(chance), classes.sample(chance)));
    }
    calls
}

/// Late urgent patients of one future, when the vehicle waits at a place: a simple model in which each vehicle is at its
/// station from some moment on.
fn tried(
    world: &mut World<'_, '_>,
    unit: usize,
    place: usize,
    calls: &[Sampled],
    free_in: &[f64],
) -> f64 {
    let (travel, now_ms) = (world.travel, world.now_ms);
    let system = travel.system;
    let mut from: Vec<(f64, usize)> = Vec::with_capacity(world.units.len());
    for (other, busy_ms) in free_in.iter().enumerate() {
        let station = if other == unit { Some(place) } else { world.units[other].station() };
        let there = match (station, world.units[other].spot(travel, now_ms)) {
            (Some(station), Some(spot)) => (f64::from(travel.ms_to_site(&spot, station)), station),
            (Some(station), None) => (0.0, station),
            (None, _) => (*busy_ms, world.units[other].home),
        };
        from.push(there);
    }
    let work = work_ms(world);
    let mut late = 0.0;
    for &(at_ms, cell, class) in calls {
        let mode = system.classes[class].mode;
        let arrival = |&(free_ms, station): &(f64, usize)| {
            at_ms.max(free_ms) + f64::from(travel.row(station, mode)[cell])
        };
        let sent = (0..from.len()).min_by(|&a, &b| arrival(&from[a]).total_cmp(&arrival(&from[b])));
        let Some(sent) = sent else { continue };
        let arrives = arrival(&from[sent]);
        from[sent].0 = arrives + work;
        let waited = (arrives - at_ms) / 1000.0 + system.behaviour.dispatch_delay.mean_seconds();
        let target = system.target_seconds(class, cell);
        if system.classes[class].urgent {
            late += f64::from(u8::from(waited > target)) + waited / target * 0.01;
        }
    }
    late
}
