//! Whether a vehicle that just became free should take over a patient to whom another is on its way.

use crate::study::engine::world::World;
use crate::study::policy::TakeOver;

/// The call whose patient gains most, and enough; an urgent patient who would else be reached late goes before one who
/// gains more. Each time that a patient has been taken over the next must gain as much again, and after some times nobody
/// takes over any more: else two crews whose ways are alike could hand a patient to and fro.
pub(super) fn worth(world: &mut World<'_, '_>, unit: usize, rule: TakeOver) -> Option<usize> {
    let (travel, now_ms) = (world.travel, world.now_ms);
    let system = travel.system;
    let spot = world.units[unit].spot(travel, now_ms)?;
    let turnout = system.behaviour.turnout_on_road.mean_seconds();
    let mut best: Option<((bool, f64), usize)> = None;
    for other in 0..world.units.len() {
        let Some(number) = world.units[other].bound_for() else { continue };
        let swaps = world.cases[number].swaps;
        if swaps >= rule.most_of_a_patient {
            continue;
        }
        let call = world.call(number);
        let class = &system.classes[call.class];
        let Some(expected_ms) =
            world.units[other].expected_arrival_ms(travel, call.cell, class.mode, now_ms)
        else {
            continue;
        };
        let mine_ms = f64::from(travel.ms_to_cell(&spot, call.cell, class.mode)) + turnout * 1000.0;
        let saved = ((expected_ms - now_ms) as f64 - mine_ms) / 1000.0;
        if saved < rule.least_seconds * f64::from(swaps + 1) {
            continue;
        }
        let waited = (now_ms - call.at_ms) as f64;
        let due = system.target_seconds(call.class, call.cell) * 1000.0;
        let saves =
            class.urgent && waited + mine_ms <= due && (expected_ms - call.at_ms) as f64 > due;
        if best.is_none_or(|(gain, _)| (saves, saved) > gain) {
            best = Some(((saves, saved), number));
        }
    }
    best.map(|(_, number)| number)
}
