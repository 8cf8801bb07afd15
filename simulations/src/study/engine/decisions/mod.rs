//! What a policy decides in the world as it is.

mod rearrange;
mod rollout;
mod swap;

use super::world::{Stopped, World};
use crate::study::coverage::Coverage;
use crate::study::desk::Offer;
use crate::study::policy::{Dispatch, MoveUp, Policy};
use rearrange::Bounds;

/// Offers of the ranking that are weighed against each other.
const WEIGHED_OFFERS: usize = 8;

/// The vehicle to send to a waiting call; nothing when none can go.
pub(super) fn choose(world: &mut World<'_, '_>, number: usize, policy: &Policy) -> Option<Offer> {
    match &policy.dispatch {
        Dispatch::Nearest | Dispatch::Ranking { .. } => {
            world.rank(number, 1, policy).into_iter().next()
        }
        Dispatch::Covering {
            most_delay_seconds,
            most_delay_other_seconds,
            seconds_per_hundredth,
        } => {
            let offers = world.rank(number, WEIGHED_OFFERS, policy);
            let call = world.call(number);
            let urgent = world.travel.system.classes[call.class].urgent;
            let most = if urgent { *most_delay_seconds } else { *most_delay_other_seconds };
            let coverage = policy.coverage.as_deref()?;
            covering(world, &offers, coverage, most, *seconds_per_hundredth, number)
        }
    }
}

fn covering(
    world: &World<'_, '_>,
    offers: &[Offer],
    coverage: &Coverage,
    most_delay_seconds: f64,
    seconds_per_hundredth: f64,
    number: usize,
) -> Option<Offer> {
    let nearest = offers.first()?;
    let call = world.call(number);
    let waited = (world.now_ms - call.at_ms) as f64 / 1000.0;
    let target = world.travel.system.target_seconds(call.class, call.cell);
    let is_late = |offer: &Offer| waited + offer.arrival_seconds > target;
    let counts = counts(world);
    let price = |offer: &Offer| {
        let loss = match world.units[offer.unit].station() {
            Some(station) => coverage.loss(&counts, station),
            None => 0.0,
        };
        offer.arrival_seconds + loss * 100.0 * seconds_per_hundredth
    };
    let may = |offer: &&Offer| {
        let delay = offer.arrival_seconds - nearest.arrival_seconds;
        delay <= most_delay_seconds && (!is_late(offer) || is_late(nearest))
    };
    let best = offers.iter().filter(may).min_by(|a, b| price(a).total_cmp(&price(b)));
    best.or(Some(nearest)).copied()
}

/// Free vehicles that wait or will wait at each station.
pub(super) fn counts(world: &World<'_, '_>) -> Vec<u32> {
    let mut counts = vec![0; world.travel.system.stations.len()];
    world.free().for_each(|(_, station)| counts[station] += 1);
    counts
}

/// A vehicle got free and nobody waits: it may take over a patient, else goes where it is wanted.
pub(super) fn after_free(
    world: &mut World<'_, '_>,
    unit: usize,
    policy: &Policy,
) -> Result<(), Stopped> {
    if let Some(rule) = policy.take_over
        && let Some(number) = swap::worth(world, unit, rule)
    {
        return world.swap(number, unit, policy);
    }
    let Some(coverage) = policy.coverage.as_deref() else { return Ok(()) };
    match &policy.move_up {
        MoveUp::Home => Ok(()),
        MoveUp::Compliance { order } => match first_wanting(world, unit, order) {
            Some(station) => world.send_to_wait(unit, station),
            None => Ok(()),
        },
        MoveUp::Dmexclp => dmexclp(world, unit, coverage),
        MoveUp::Rollout { samples, minutes, places } => {
            let trial = rollout::Trial { samples: *samples, minutes: *minutes, places: *places };
            rollout::place(world, unit, coverage, trial)
        }
        MoveUp::Advised { .. } => after_change(world, policy),
        MoveUp::Rearrange { .. } => {
            if let Some(bounds) = Bounds::of(&policy.move_up) {
                rearrange::place(world, unit, coverage, bounds)?;
            }
            after_change(world, policy)
        }
    }
}

/// A vehicle was sent or got free: others may be moved to where it is missed.
pub(super) fn after_change(world: &mut World<'_, '_>, policy: &Policy) -> Result<(), Stopped> {
    match (Bounds::of(&policy.move_up), policy.coverage.as_deref()) {
        (Some(bounds), Some(coverage)) => rearrange::improve(world, coverage, bounds),
        (Some(_), None) | (None, _) => Ok(()),
    }
}

/// The station where one more vehicle adds most; of equal ones the first.
fn dmexclp(world: &mut World<'_, '_>, unit: usize, coverage: &Coverage) -> Result<(), Stopped> {
    let mut counts = counts(world);
    if let Some(station) = world.units[unit].station() {
        counts[station] -= 1;
    }
    let gains = coverage.gains(&counts);
    let best = (0..gains.len()).max_by(|&a, &b| gains[a].total_cmp(&gains[b]).then(b.cmp(&a)));
    match best {
        Some(station) => world.send_to_wait(unit, station),
        None => Ok(()),
    }
}

/// The most important station of a list that has fewer vehicles than the free ones allow.
fn first_wanting(world: &World<'_, '_>, unit: usize, order: &[usize]) -> Option<usize> {
    let mut counts = counts(world);
    if let Some(station) = world.units[unit].station() {
        counts[station] -= 1;
    }
    let free = world.free().count();
    for &station in &order[..free.min(order.len())] {
        match counts[station].checked_sub(1) {
            Some(left) => counts[station] = left,
            None => return Some(station),
        }
    }
    None
}
