//! Where a vehicle that got free should wait, by trying: futures are sampled from the demand, not from the calls to come,
//! and each place is tried against the same ones.

use super::counts;
use crate::study::coverage::Coverage;
use crate::study::engine::futures::{Dice, Sampled};
use crate::study::engine::units::Unit;
use crate::study::engine::world::{Stopped, World};
use crate::study::travel::Spot;
use rand::prelude::*;
use rand::rngs::StdRng;
use rand_distr::Exp1;

/// How futures are tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Trial {
    pub(super) samples: usize,
    pub(super) minutes: f64,
    pub(super) places: usize,
}

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
    let Some(dice) = world.dice.take().or_else(|| Dice::of(world.travel.system)) else {
        return Ok(());
    };
    let futures: Vec<(Vec<Sampled>, Vec<f64>)> = (0..trial.samples)
        .map(|_| {
            let calls = dice.sample(world.travel.system, trial.minutes, &mut chance);
            let work = work_ms(world);
            let free_in = world.units.iter().map(|_| {
                let unit: f64 = chance.sample(Exp1);
                unit * work
            });
            (calls, free_in.collect())
        })
        .collect();
    world.dice = Some(dice);
    let (work, there) = (work_ms(world), there(world));
    let cost = |place: usize| {
        let tried = |(calls, free_in): &(Vec<Sampled>, Vec<f64>)| {
            let from =
                there.iter().zip(free_in).enumerate().map(|(other, (it, busy_ms))| match it {
                    Where::At(_, spot) if other == unit => {
                        let way = spot
                            .map_or(0.0, |spot| f64::from(world.travel.ms_to_site(&spot, place)));
                        (way, place)
                    }
                    Where::At((way, station), _) => (*way, *station),
                    Where::Busy(home) => (*busy_ms, *home),
                });
            tried(world, from.collect(), calls, work)
        };
        futures.iter().map(tried).sum::<f64>()
    };
    let costs: Vec<f64> = places.iter().map(|&place| cost(place)).collect();
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

/// Where a vehicle is, as far as futures go.
enum Where {
    /// It is at a station so many milliseconds from now; and its spot.
    At((f64, usize), Option<Spot>),
    /// It has a patient, and will then be at its home.
    Busy(usize),
}

fn there(world: &mut World<'_, '_>) -> Vec<Where> {
    let (travel, now_ms) = (world.travel, world.now_ms);
    let of = |it: &mut Unit| match it.station() {
        Some(station) => {
            let spot = it.spot(travel, now_ms);
            let way = spot.map_or(0.0, |spot| f64::from(travel.ms_to_site(&spot, station)));
            Where::At((way, station), spot)
        }
        None => Where::Busy(it.home),
    };
    world.units.iter_mut().map(of).collect()
}

/// Late urgent patients of one future: a simple model in which each vehicle is at its station from some moment on, in
/// milliseconds from now.
fn tried(world: &World<'_, '_>, mut from: Vec<(f64, usize)>, calls: &[Sampled], work: f64) -> f64 {
    let travel = world.travel;
    let system = travel.system;
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
