//! How much is left: fewer late urgent patients than this no policy can have, even one that knows every call to come.
//!
//! A vehicle that reaches a patient in time is with that patient from the end of the target at the latest until the work
//! is done at the earliest, whatever was decided; driving on roads, waiting elsewhere and all other patients are left out, and
//! so vehicles may be wherever they are needed. The way from the nearest place of waiting would be no bound: vehicles are sent
//! from hospitals, from patients and from the road too, and a policy that knows the future may have them pass just then. The most patients that so many vehicles can reach in time is then the
//! largest set of intervals of which no more than so many overlap (Carlisle and Lloyd 1995).

use super::calls::Call;
use super::travel::Travel;
use std::collections::BTreeSet;

/// The least number of urgent patients called within `counted` (milliseconds) that are reached late, and how many
/// urgent patients there are. Calls that may be called off count in neither.
pub fn fewest_late(
    travel: &Travel<'_>,
    calls: &[Call],
    counted: &std::ops::Range<i64>,
) -> (usize, usize) {
    let system = travel.system;
    let (mut late, mut all) = (0, 0);
    let mut intervals: Vec<(i64, i64, usize)> = Vec::new();
    for (number, call) in calls.iter().enumerate() {
        let class = &system.classes[call.true_class];
        let counts = counted.contains(&call.at_ms) && call.cancelled_after_ms.is_none();
        if !class.urgent || !counts {
            continue;
        }
        all += 1;
        let target = system.target_seconds(call.true_class, call.cell) * 1000.0;
        let due = call.at_ms + target.floor() as i64;
        let earliest = call.at_ms
            + call.delay_ms
            + call.turnout_ms.min(call.road_turnout_ms)
            + last_metres_ms(travel, call);
        let end = earliest + work_ms(travel, call);
        if earliest > due {
            late += 1;
        } else if end > due {
            intervals.push((due, end, number));
        }
    }
    (late + dropped(intervals, system.ambulances.len()), all)
}

/// The way from the road to the patient, which every vehicle drives, wherever it comes from: even one that has just left the
/// same place sets out from the road, as the simulation has it.
fn last_metres_ms(travel: &Travel<'_>, call: &Call) -> i64 {
    let mode = travel.system.classes[call.class].mode;
    (f64::from(travel.last_metres_ms(call.cell, mode)) * call.factors[0]) as i64
}

/// The least time with a patient, from arrival until free.
fn work_ms(travel: &Travel<'_>, call: &Call) -> i64 {
    if !call.transport {
        return call.scene_ms;
    }
    let spot = travel.at_cell(call.cell);
    let driving = travel.ms_to_site(&spot, travel.nearest_hospital(call.cell));
    call.scene_ms + (f64::from(driving) * call.factors[1]) as i64 + call.handover_ms
}

/// How many intervals must go so that never more than `most` overlap: of too many the one that ends last.
fn dropped(mut intervals: Vec<(i64, i64, usize)>, most: usize) -> usize {
    intervals.sort_unstable();
    let mut under_way: BTreeSet<(i64, usize)> = BTreeSet::new();
    let mut dropped = 0;
    for (start, end, number) in intervals {
        while under_way.first().is_some_and(|(ends, _)| *ends <= start) {
            under_way.pop_first();
        }
        under_way.insert((end, number));
        if under_way.len() > most {
            under_way.pop_last();
            dropped += 1;
        }
    }
    dropped
}
