//! The ticker: when every vehicle under way will be there, whether it keeps to its route, what was learned.

use super::journey::{route_from, route_view, start, underway, whereabouts};
use crate::live::arrivals::{Kept, Underway, line, metres_off};
use crate::live::shared::Shared;
use crate::roads::{Journey, TravelGauges, VehicleRoute};
use dispatch_core::model::{Milestone, TaskId, Timestamp};
use dispatch_core::recommend::{PositionSource, RankingSettings};
use dispatch_desk::clock::steady_now;
use dispatch_desk::simulated::on_own_thread;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use wire_protocol::recommendation::TravelMethod;
use wire_protocol::route::{ArrivalGoal, ArrivalView};

/// Routes worked out in one tick; each takes about a millisecond. A province has some dozens under way; in a
/// disaster the rest keep their last times until a later tick.
const MOST_ROUTES: usize = 250;
/// After a look at what changed the next waits so long: a burst of presses costs one look.
const CHANGES_APART: Duration = Duration::from_millis(200);
/// Farther from its route than this, in metres, a vehicle has left it. A wide crossing and a bad fix are less.
const OFF_WAY_M: f64 = 150.0;
/// So many fixes in a row must say so.
const FIXES_OFF_ROUTE: u8 = 2;
/// A departure seen later than this, in seconds, is not predicted: the server was not there.
const SEEN_LATE_SECONDS: f64 = 60.0;
/// Journeys shorter or longer than this, in seconds, are presses by mistake and teach nothing.
const TEACHING_SECONDS: std::ops::RangeInclusive<f64> = 30.0..=14_400.0;

/// Ticks until the server stops.
pub(in crate::live) async fn run(shared: Arc<Shared>) {
    let every: Duration = shared.settings.arrivals_tick;
    let mut ticks = interval_at(Instant::from_std(steady_now()) + every, every);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut first = 0;
    let mut gauges = TravelGauges::default();
    let mut rested_at = Instant::from_std(steady_now());
    loop {
        gauges.publish(&shared.roads, shared.clock.now());
        let is_tick = tokio::select! {
            biased;
            _ = ticks.tick() => true,
            () = changed(&shared, rested_at) => false,
            () = shared.stop.cancelled() => return,
        };
        let working = shared.clone();
        let begin = first;
        let look =
            move || if is_tick { tick(&working, begin) } else { (begin, catch_up(&working)) };
        let Ok((next, learned)) = on_own_thread(look).await else {
            tracing::error!("working out arrivals died of a bug");
            continue;
        };
        first = next;
        rested_at = Instant::from_std(steady_now()) + CHANGES_APART;
        for journey in learned {
            learn(&shared, journey).await;
        }
    }
}

/// Waits for a change, not before a moment.
async fn changed(shared: &Shared, not_before: Instant) {
    tokio::time::sleep_until(not_before).await;
    shared.arrivals.changed().await;
}

async fn learn(shared: &Shared, journey: Journey) {
    if let Err(failure) = shared.roads.learn(journey).await {
        tracing::warn!(%failure, "a journey was not kept; the report lacks it");
    }
}

/// One tick, beginning with the task at place `first`; gives where the next begins, and what was learned.
fn tick(shared: &Shared, first: usize) -> (usize, Vec<Journey>) {
    let now = shared.clock.now();
    let tasks = underway(shared);
    let learned = forget_ended(shared, &tasks);
    let first = if first < tasks.len() { first } else { 0 };
    let order = tasks[first..].iter().chain(&tasks[..first]);
    for journey in order.take(MOST_ROUTES) {
        look_at(shared, journey, now);
    }
    show(shared, now);
    let next = if tasks.len() > MOST_ROUTES { first + MOST_ROUTES } else { 0 };
    (if next < tasks.len() { next } else { 0 }, learned)
}

/// Between ticks only what leads elsewhere than it was told, or was not told yet: nobody is shown a time of
/// arrival at a place that has been amended.
fn catch_up(shared: &Shared) -> Vec<Journey> {
    let now = shared.clock.now();
    let tasks = underway(shared);
    let before = shared.arrivals.kept().len();
    let learned = forget_ended(shared, &tasks);
    let kept = shared.arrivals.kept();
    let mut is_other = kept.len() != before;
    let leads_elsewhere = |journey: &&Underway| {
        kept.get(&journey.task).is_none_or(|it| {
            let was = &it.journey;
            was.target != journey.target
                || was.departed_at.is_some() != journey.departed_at.is_some()
        })
    };
    let others: Vec<&Underway> = tasks.iter().filter(leads_elsewhere).take(MOST_ROUTES).collect();
    drop(kept);
    for journey in others {
        look_at(shared, journey, now);
        is_other = true;
    }
    if is_other {
        show(shared, now);
    }
    learned
}

fn show(shared: &Shared, now: Timestamp) {
    let kept = shared.arrivals.kept();
    let list = kept.values().filter_map(|it| {
        let centre = shared.feed.centres().iter().position(|known| *known == it.journey.centre)?;
        Some((centre as u16, it.view.clone()))
    });
    let list = list.collect();
    drop(kept);
    shared.arrivals.show(now, list);
}

/// Drops what no longer leads where it led, and learns from those who reached the scene.
fn forget_ended(shared: &Shared, tasks: &[Underway]) -> Vec<Journey> {
    let running: BTreeSet<(&TaskId, ArrivalGoal)> =
        tasks.iter().map(|it| (&it.task, it.goal)).collect();
    let mut learned = Vec::new();
    shared.arrivals.kept().retain(|task, it| {
        let stays = running.contains(&(task, it.journey.goal));
        if !stays {
            let prediction = it.prediction.take();
            learned.extend(prediction.and_then(|journey| taught(shared, &it.journey, journey)));
        }
        stays
    });
    learned
}

/// What a prediction teaches once the scene was reached.
fn taught(shared: &Shared, journey: &Underway, predicted: Journey) -> Option<Journey> {
    let (departed, arrived) = shared.desk.read(&journey.centre, |state| {
        let (_, task) = state.task(&journey.task)?;
        let of = |milestone| task.milestones.get(milestone).cloned();
        Some((of(Milestone::Departed)?, of(Milestone::AtScene)?))
    })??;
    let is_sure = [&departed, &arrived].iter().all(|it| !it.doubtful && !it.corrected);
    let actual_seconds = arrived.at().seconds_since(departed.at());
    let teaches = is_sure && TEACHING_SECONDS.contains(&actual_seconds);
    teaches.then_some(Journey { actual_seconds, ..predicted })
}

fn look_at(shared: &Shared, journey: &Underway, now: Timestamp) {
    let at = whereabouts(shared, journey, now);
    let found = at.as_ref().and_then(|at| {
        let from = start(at)?;
        Some((from, at.source, route_from(shared, journey, &from, now)?))
    });
    let Some((from, source, route)) = found else {
        // A time worked out from where it was believed to be once would go on looking like one.
        shared.arrivals.kept().remove(&journey.task);
        return;
    };
    let revision = shared.roads.revision(now);
    let fix = shared.fleet.find(&journey.vehicle).and_then(|cell| cell.live_fix());
    let is_seen = source == PositionSource::Fix;
    let fix_time = fix.filter(|_| is_seen).map(|live| live.fix.fix_time);
    let place = [from.position.lon, from.position.lat];
    let mut kept = shared.arrivals.kept();
    let known = kept
        .remove(&journey.task)
        .filter(|it| it.journey.target == journey.target && it.revision == revision);
    let prediction = known.as_ref().and_then(|it| it.prediction.clone());
    let prediction = prediction.or_else(|| predicted(shared, journey, &route, now));
    let strayed = known.as_ref().map_or(0, |it| strayed(it, &route, place, fix_time));
    let off_route = strayed >= FIXES_OFF_ROUTE;
    let view = view(journey, &route, now, off_route);
    let is_new = off_route || known.is_none();
    let next = match known {
        Some(known) if !off_route => {
            Kept { journey: journey.clone(), strayed, fix_time, prediction, view, ..known }
        }
        Some(_) | None => Kept {
            given: Arc::new(route_view(journey, &route, now)),
            line: line(place, &route, journey),
            journey: journey.clone(),
            revision,
            strayed: 0,
            fix_time,
            prediction,
            view,
        },
    };
    kept.insert(journey.task.clone(), next);
    drop(kept);
    if is_new && let Some(link) = shared.fleet.find(&journey.vehicle).and_then(|cell| cell.link()) {
        link.tell_route();
    }
}

/// Fixes in a row away from the route; the same fix counts once.
fn strayed(kept: &Kept, route: &VehicleRoute, place: [f64; 2], fix_time: Option<Timestamp>) -> u8 {
    if route.method == TravelMethod::StraightLine || fix_time.is_none() {
        return 0;
    }
    if fix_time == kept.fix_time {
        return kept.strayed;
    }
    if metres_off(&kept.line, place) > OFF_WAY_M { kept.strayed.saturating_add(1) } else { 0 }
}

fn view(journey: &Underway, route: &VehicleRoute, now: Timestamp, off_route: bool) -> ArrivalView {
    let leaves_after = RankingSettings::default().departure_from_station_seconds;
    let still_waits = match journey.departed_at {
        Some(_) => 0.0,
        None => (leaves_after - now.seconds_since(journey.created_at)).max(0.0),
    };
    let arrives_at = now.0 + ((still_waits + route.seconds) * 1000.0).round() as i64;
    let response = journey.response.filter(|_| journey.goal == ArrivalGoal::Scene);
    let misses = response.and_then(|it| it.missed_by_seconds(Timestamp(arrives_at)));
    ArrivalView {
        task: journey.task.as_str().to_owned(),
        vehicle: journey.vehicle.as_str().to_owned(),
        incident: journey.incident.as_str().to_owned(),
        goal: journey.goal,
        arrives_at,
        metres_left: route.metres.round() as u32,
        method: route.method,
        misses_norm_by_seconds: misses,
        off_route,
    }
}

/// What is predicted as a vehicle sets out; nothing by straight line.
fn predicted(
    shared: &Shared,
    journey: &Underway,
    route: &VehicleRoute,
    now: Timestamp,
) -> Option<Journey> {
    let departed_at = journey.departed_at.filter(|_| journey.goal == ArrivalGoal::Scene)?;
    let seen_after = now.seconds_since(departed_at).max(0.0);
    let class = route.class.filter(|_| seen_after <= SEEN_LATE_SECONDS)?;
    Some(Journey {
        task: journey.task.clone(),
        departed_at,
        predicted_seconds: seen_after + route.plain_seconds,
        actual_seconds: 0.0,
        hour: shared.roads.local_hour(departed_at),
        class: class.word().to_owned(),
        area: if route.is_urban { "urban" } else { "rural" }.to_owned(),
    })
}
