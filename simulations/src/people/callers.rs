//! Who calls, when, from where and about what. Pure: chance is an argument.
//!
//! Rates are those of Yinchuan 2017 (27 % of calls become runs) and the province's estimate of about
//! 300 runs a day; the daily curve has the morning and evening peaks that 120 centres report.

use crate::study::pattern::HOURLY_SHARE;
use crate::world::road_map::RoadMap;
use geometry::Wgs84;
use rand::prelude::*;
use rand_distr::Exp1;
use wire_protocol::vocabulary::{CancelReason, IncidentKind, Priority};

/// Share of calls that need a vehicle.
const RUN_SHARE: f64 = 0.27;
/// Share of runs that end without a patient.
const EMPTY_SHARE: f64 = 0.27;

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunEnd {
    /// The patient is carried to a hospital.
    Carried,
    /// The caller cancels while the vehicle is on its way.
    CancelledByCaller,
    /// The crew finds nobody.
    NobodyThere(CancelReason),
    /// Nobody is carried by this crew.
    Stays(Staying),
}

/// Why a crew at the scene carries nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Staying {
    /// The patient was treated there.
    Treated,
    /// The patient did not want to be carried.
    Refused,
    /// The patient is dead.
    Dead,
    /// Others carry the patient.
    NotNeeded,
}

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Where the help is wanted.
    pub scene: Wgs84,
    /// What the caller says.
    pub complaint: &'static str,
    /// Kind of incident.
    pub kind: IncidentKind,
    /// Priority as triaged.
    pub priority: Priority,
    /// Caller's number: of a block that no network assigns.
    pub caller_number: String,
    /// Age of the patient in years.
    pub age_years: u8,
    /// How the run ends; absent when the call needs none.
    pub run: Option<RunEnd>,
}

/// A complaint with its weight among calls.
struct Complaint(f64, &'static str, IncidentKind, Priority);

const COMPLAINTS: &[Complaint] = &[
    Complaint(14.0, "胸痛，出冷汗", IncidentKind::Illness, Priority::Severe),
    Complaint(12.0, "突然说话不清，一侧肢体无力", IncidentKind::Illness, Priority::Severe),
    Complaint(10.0, "呼吸困难", IncidentKind::Illness, Priority::Severe),
    Complaint(3.0, "呼之不应，没有呼吸", IncidentKind::Illness, Priority::Critical),
    Complaint(9.0, "晕倒，已醒", IncidentKind::Illness, Priority::Urgent),
    Complaint(9.0, "腹痛", IncidentKind::Illness, Priority::Urgent),
    Complaint(6.0, "高热抽搐", IncidentKind::Illness, Priority::Urgent),
    Complaint(12.0, "摔伤，腿不能动", IncidentKind::Injury, Priority::Urgent),
    Complaint(11.0, "车祸，有人受伤", IncidentKind::TrafficAccident, Priority::Severe),
    Complaint(4.0, "临产，规律腹痛", IncidentKind::Maternity, Priority::Urgent),
    Complaint(3.0, "一氧化碳中毒", IncidentKind::Poisoning, Priority::Critical),
    Complaint(4.0, "转院", IncidentKind::Transfer, Priority::NonUrgent),
    Complaint(3.0, "醉酒，呕吐", IncidentKind::Other, Priority::NonUrgent),
];

/// Seconds until the next call, by the hour of the day and the runs wanted a day.
pub fn seconds_to_next_call(rng: &mut impl Rng, local_hour: usize, runs_a_day: f64) -> f64 {
    let calls_a_second = runs_a_day / RUN_SHARE * HOURLY_SHARE[local_hour % 24] / 3600.0;
    let unit: f64 = rng.sample(Exp1);
    unit / calls_a_second
}

/// A call from somewhere near one of the stations; stations with more vehicles have more callers.
/// `stations` are positions with weights.
pub fn call(rng: &mut impl Rng, stations: &[(Wgs84, f64)], roads: &RoadMap) -> Option<Call> {
    let (station, _) = stations.choose_weighted(rng, |(_, weight)| *weight).ok()?;
    let complaint = COMPLAINTS.choose_weighted(rng, |complaint| complaint.0).ok()?;
    Some(Call {
        scene: scene_near(rng, *station, roads),
        complaint: complaint.1,
        kind: complaint.2,
        priority: complaint.3,
        caller_number: format!("1000{:07}", rng.random_range(0..10_000_000)),
        age_years: rng.random_range(1..95),
        run: rng.random_bool(RUN_SHARE).then(|| run_end(rng)),
    })
}

/// A call that needs a vehicle, for the runs that are under way when a simulation begins.
pub fn call_with_run(
    rng: &mut impl Rng,
    stations: &[(Wgs84, f64)],
    roads: &RoadMap,
) -> Option<Call> {
    let mut call = call(rng, stations, roads)?;
    call.run = Some(run_end(rng));
    Some(call)
}

/// A house within 250 m of a road leg near the station: two in three within 4 km, the rest
/// further out along the country roads.
fn scene_near(rng: &mut impl Rng, station: Wgs84, roads: &RoadMap) -> Wgs84 {
    let reach_m = if rng.random_bool(0.67) { 2500.0 } else { 9000.0 };
    let aside = [rng.random_range(-250.0..250.0), rng.random_range(-250.0..250.0)];
    let legs = roads.legs_within(station, reach_m);
    let on_road = legs.choose(rng).map(|[from, to]| {
        let furthest = (6000.0 / from.metres_to(*to).max(1.0)).min(1.0);
        let near_end =
            if from.metres_to(station) < to.metres_to(station) { (from, to) } else { (to, from) };
        near_end.0.towards(*near_end.1, rng.random_range(0.0..=furthest))
    });
    on_road.unwrap_or(station).moved_by(aside[0], aside[1])
}

/// Published shares of empty runs: 37 % cancelled by the caller, 25 % gone on arrival, 17 % went by
/// themselves, the rest for other reasons found at the scene.
fn run_end(rng: &mut impl Rng) -> RunEnd {
    if !rng.random_bool(EMPTY_SHARE) {
        return RunEnd::Carried;
    }
    let roll: f64 = rng.random();
    if roll < 0.37 {
        RunEnd::CancelledByCaller
    } else if roll < 0.62 {
        RunEnd::NobodyThere(CancelReason::GoneOnArrival)
    } else if roll < 0.79 {
        RunEnd::NobodyThere(CancelReason::WentByThemselves)
    } else {
        RunEnd::NobodyThere(CancelReason::DealtWithByOthers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::StdRng;

    #[test]
    fn the_daily_curve_is_whole() {
        let sum: f64 = HOURLY_SHARE.iter().sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn a_day_has_the_runs_asked_for() {
        let mut rng = StdRng::seed_from_u64(7);
        let stations = [(Wgs84 { lon: 106.2, lat: 38.4 }, 1.0)];
        let roads = RoadMap::new(&[]);
        let (mut seconds, mut runs, mut empty) = (0.0, 0, 0);
        const DAYS: f64 = 20.0;
        while seconds < DAYS * 86_400.0 {
            let hour = (seconds / 3600.0) as usize % 24;
            seconds += seconds_to_next_call(&mut rng, hour, 300.0);
            let call = call(&mut rng, &stations, &roads).expect("there is a station");
            runs += usize::from(call.run.is_some());
            empty += usize::from(call.run.is_some_and(|end| end != RunEnd::Carried));
        }
        assert!((5400..6600).contains(&runs), "{runs} runs in {DAYS} days of 300");
        let share = empty as f64 / runs as f64;
        assert!((0.24..0.30).contains(&share), "{share} of the runs were empty");
    }

    #[test]
    fn the_same_seed_makes_the_same_call() {
        let stations = [(Wgs84 { lon: 106.2, lat: 38.4 }, 1.0)];
        let roads = RoadMap::new(&[]);
        let once = call(&mut StdRng::seed_from_u64(3), &stations, &roads);
        let again = call(&mut StdRng::seed_from_u64(3), &stations, &roads);
        assert_eq!(once, again);
    }
}
