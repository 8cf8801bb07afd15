//! Moving free vehicles to where they add most expected coverage, the way there taken off.

use super::counts;
use crate::study::coverage::Coverage;
use crate::study::engine::units::Doing;
use crate::study::engine::world::{Stopped, World};
use crate::study::policy::MoveUp;

/// When a move is worth it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) least_gain: f64,
    pub(super) loss_per_minute: f64,
    /// Milliseconds of the longest way.
    pub(super) most_ms: f64,
    pub(super) most_moves: usize,
}

impl Bounds {
    /// Those of a policy that moves waiting vehicles.
    pub(super) fn of(move_up: &MoveUp) -> Option<Self> {
        match move_up {
            MoveUp::Home | MoveUp::Compliance { .. } | MoveUp::Dmexclp | MoveUp::Rollout { .. } => {
                None
            }
            MoveUp::Advised { pays, most_minutes } => Some(Self {
                least_gain: *pays,
                loss_per_minute: 0.0,
                most_ms: most_minutes * 60_000.0,
                most_moves: 1,
            }),
            MoveUp::Rearrange { least_gain, loss_per_minute, most_minutes, most_moves } => {
                Some(Self {
                    least_gain: *least_gain,
                    loss_per_minute: *loss_per_minute,
                    most_ms: most_minutes * 60_000.0,
                    most_moves: *most_moves,
                })
            }
        }
    }
}

/// Sends a vehicle that got free to the station where it adds most, a longer way counting against it.
pub(super) fn place(
    world: &mut World<'_, '_>,
    unit: usize,
    coverage: &Coverage,
    bounds: Bounds,
) -> Result<(), Stopped> {
    let mut counts = counts(world);
    let Some(station) = world.units[unit].station() else { return Ok(()) };
    counts[station] -= 1;
    let gains = coverage.gains(&counts);
    let Some(spot) = world.units[unit].spot(world.travel, world.now_ms) else { return Ok(()) };
    let ms = |to: usize| f64::from(world.travel.ms_to_site(&spot, to));
    let worth = |to: usize| gains[to] - bounds.loss_per_minute * ms(to) / 60_000.0;
    let may = |to: &usize| *to == station || ms(*to) <= bounds.most_ms;
    let best =
        (0..gains.len()).filter(may).max_by(|&a, &b| worth(a).total_cmp(&worth(b)).then(b.cmp(&a)));
    match best {
        Some(to) => world.send_to_wait(unit, to),
        None => Ok(()),
    }
}

/// Moves free vehicles, one at a time, while coverage gains enough by it.
pub(super) fn improve(
    world: &mut World<'_, '_>,
    coverage: &Coverage,
    bounds: Bounds,
) -> Result<(), Stopped> {
    for _ in 0..bounds.most_moves {
        let leavings = coverage.leavings(&counts(world));
        let mut best: Option<(f64, usize, usize)> = None;
        let mut by_station: Vec<(usize, usize)> = world.free().collect();
        by_station.sort_by_key(|&(unit, station)| (station, unit));
        let mut looked_at = None;
        for (unit, station) in by_station {
            // Of those that wait at one station the first stands for all.
            if matches!(world.units[unit].doing, Doing::Waiting { .. })
                && looked_at.replace(station) == Some(station)
            {
                continue;
            }
            let Some((loss, gains)) = &leavings[station] else { continue };
            let Some(spot) = world.units[unit].spot(world.travel, world.now_ms) else { continue };
            let back = f64::from(world.travel.ms_to_site(&spot, station)) / 60_000.0;
            for (to, gain) in gains.iter().enumerate().filter(|(to, _)| *to != station) {
                let way = f64::from(world.travel.ms_to_site(&spot, to));
                if way > bounds.most_ms {
                    continue;
                }
                let minutes = way / 60_000.0 - back;
                let worth = gain - loss - bounds.loss_per_minute * minutes;
                if worth > bounds.least_gain && best.is_none_or(|(most, ..)| worth > most) {
                    best = Some((worth, unit, to));
                }
            }
        }
        let Some((_, unit, to)) = best else { return Ok(()) };
        world.send_to_wait(unit, to)?;
    }
    Ok(())
}
