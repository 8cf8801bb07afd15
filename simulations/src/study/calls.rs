//! The calls of one replication, with everything that chance says about each, drawn before any policy decides: all
//! policies see the same patients. Each draw hangs on seed, replication, call and purpose alone.

use super::system::System;
use rand::prelude::*;
use rand::rngs::StdRng;
use rand_distr::weighted::WeightedAliasIndex;
use rand_distr::{Exp1, StandardNormal};

/// The first moment of a replication: a Monday at midnight, local time, in milliseconds since 1970.
pub const MONDAY_MS: i64 = 1_780_272_000_000;
const HOUR_MS: f64 = 3_600_000.0;
/// A replication of more calls is refused: ten years of a large city.
pub const MOST_CALLS: usize = 2_000_000;

/// One call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// When it comes, in milliseconds after the replication began.
    pub at_ms: i64,
    /// From where, an index of cells.
    pub cell: usize,
    /// What the call-taker hears, an index of classes.
    pub class: usize,
    /// What it truly is; the late share counts by this.
    pub true_class: usize,
    /// Until a vehicle can be sent.
    pub delay_ms: i64,
    /// Until the wheels turn, waiting at a station.
    pub turnout_ms: i64,
    /// The same on the road.
    pub road_turnout_ms: i64,
    /// With the patient.
    pub scene_ms: i64,
    /// Whether the patient is taken to a hospital.
    pub transport: bool,
    /// At the hospital.
    pub handover_ms: i64,
    /// Actual over expected driving time: to the scene, to the hospital, back.
    pub factors: [f64; 3],
    /// Called off so long after the call, unless somebody is there before.
    pub cancelled_after_ms: Option<i64>,
    /// Nobody is found.
    pub empty: bool,
}

/// What a draw is for.
#[derive(Clone, Copy, Debug)]
enum Purpose {
    Arrival = 1,
    Cell = 2,
    Class = 3,
    Delays = 4,
    Scene = 5,
    Handover = 6,
    Travel = 7,
    Fate = 8,
}

/// Mixes words into a seed (the finaliser of SplitMix64, Steele and others 2014).
fn mixed(words: [u64; 4]) -> u64 {
    words.into_iter().fold(0x9e37_79b9_7f4a_7c15, |hash, word| {
        let mut z = (hash ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    })
}

fn chance(seed: u64, replication: u64, call: u64, purpose: Purpose) -> StdRng {
    StdRng::seed_from_u64(mixed([seed, replication, call, purpose as u64]))
}

/// Draws the calls of a replication, in order of time.
pub fn draw(system: &System, seed: u64, replication: u64, duration_ms: i64) -> Vec<Call> {
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
        let number = calls.len() as u64;
        let of = |purpose| chance(seed, replication, number, purpose);
        at_ms = next_call(system, at_ms, &mut of(Purpose::Arrival));
        if at_ms >= duration_ms as f64 {
            break;
        }
        let cell = cells.sample(&mut of(Purpose::Cell));
        let class = classes.sample(&mut of(Purpose::Class));
        calls.push(one(system, at_ms as i64, cell, class, of));
    }
    calls
}

fn one(
    system: &System,
    at_ms: i64,
    cell: usize,
    class: usize,
    of: impl Fn(Purpose) -> StdRng,
) -> Call {
    let way = &system.behaviour;
    let ms = |seconds: f64| (seconds * 1000.0).round() as i64;
    let mut fate = of(Purpose::Fate);
    let cancelled = fate.random_bool(way.cancelled_share.clamp(0.0, 1.0));
    let empty = fate.random_bool(way.empty_share.clamp(0.0, 1.0));
    let transport = fate.random_bool(way.transport_share.clamp(0.0, 1.0));
    let wrong = fate.random_bool(way.wrong_priority_share.clamp(0.0, 1.0));
    let other = fate.random_range(0..system.classes.len());
    let cancelled_after_ms = ms(way.cancelled_after.draw(&mut fate));
    let mut delays = of(Purpose::Delays);
    let mut scene = of(Purpose::Scene);
    let on_scene = way.on_scene.draw(&mut scene);
    let looking = way.empty_on_scene.draw(&mut scene);
    let mut travel = of(Purpose::Travel);
    let sigma = way.travel_sigma;
    let mut factor = || {
        let unit: f64 = travel.sample(StandardNormal);
        // Around the expected time: the mean of the factor is 1.
        (sigma * unit - sigma * sigma / 2.0).exp()
    };
    Call {
        at_ms,
        cell,
        class,
        true_class: if wrong { other } else { class },
        delay_ms: ms(way.dispatch_delay.draw(&mut delays)),
        turnout_ms: ms(way.turnout.draw(&mut delays)),
        road_turnout_ms: ms(way.turnout_on_road.draw(&mut delays)),
        scene_ms: ms(if empty { looking } else { on_scene }),
        transport: transport && !empty,
        handover_ms: ms(way.handover.draw(&mut of(Purpose::Handover))),
        factors: [factor(), factor(), factor()],
        cancelled_after_ms: cancelled.then_some(cancelled_after_ms),
        empty,
    }
}

/// The next call of a Poisson process whose rate changes by the hour: one unit of expected calls is used up hour by hour.
fn next_call(system: &System, from_ms: f64, chance: &mut StdRng) -> f64 {
    let per_ms = system.calls.per_day / (24.0 * HOUR_MS);
    let mut wanted: f64 = chance.sample(Exp1);
    if system.calls.hourly.is_empty() && system.calls.weekday.is_empty() {
        return from_ms + wanted / per_ms;
    }
    let mut at = from_ms;
    // A rate above 0 in some hour is checked as a system is read, so a week is enough.
    for _ in 0..24 * 7 * 520 {
        let hour = (at / HOUR_MS).floor();
        let end = (hour + 1.0) * HOUR_MS;
        let rate = per_ms * busy(system, hour as usize);
        let left = rate * (end - at);
        if left >= wanted && rate > 0.0 {
            return at + wanted / rate;
        }
        wanted -= left;
        at = end;
    }
    at
}

/// How busy an hour since the Monday is, against the mean.
fn busy(system: &System, hour: usize) -> f64 {
    let of = |list: &[f64], at: usize| list.get(at % list.len().max(1)).copied().unwrap_or(1.0);
    of(&system.calls.hourly, hour % 24) * of(&system.calls.weekday, (hour / 24) % 7)
}
