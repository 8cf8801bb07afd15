//! Dispatchers of a load run: notes on exercises, each begun at its moment whether those before are answered or not.

use super::shared::Load;
use crate::api::{Api, ApiError};
use crate::clock::unix_millis;
use crate::people::commands::{plain_details, plain_facts, take_call};
use geometry::Wgs84;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;
use wire_protocol::commands::*;
use wire_protocol::vocabulary::*;

/// Commands that wait for an answer at once. One that finds no room has failed: a server that is so far behind is lost.
const MOST_AT_ONCE: usize = 5_000;
/// Exercises over which the notes are spread, so that none gets more than an incident may have.
const NOTES_PER_EXERCISE: u64 = 400;

/// Where exercises are opened.
pub(super) struct Ground {
    pub(super) centre: String,
    pub(super) place: Wgs84,
    pub(super) run_name: String,
}

/// Gives commands at a rate until the run ends, and calls every exercise off again.
pub(super) async fn give(load: Arc<Load>, api: Api, ground: Ground, a_second: f64) {
    if a_second <= 0.0 {
        return;
    }
    let ground = Arc::new(ground);
    let room = Arc::new(Semaphore::new(MOST_AT_ONCE));
    let tasks = TaskTracker::new();
    let mut opened: Vec<String> = Vec::new();
    for number in 0_u64.. {
        let meant_at = number as f64 / a_second;
        tokio::select! {
            () = load.clock.wait_until(meant_at) => {}
            () = load.giving.cancelled() => break,
        }
        if number % NOTES_PER_EXERCISE == 0 {
            match open(&api, &ground, number).await {
                Ok(incident) => opened.extend(incident),
                Err(error) => tracing::warn!(%error, "an exercise of the load run was not opened"),
            }
        }
        let Some(incident) = opened.last().cloned() else { continue };
        let measured = load.is_measured(meant_at);
        if measured {
            load.commands.meant();
        }
        let Ok(seat) = room.clone().try_acquire_owned() else {
            if measured {
                load.commands.failed();
            }
            continue;
        };
        let (load, api, ground) = (load.clone(), api.clone(), ground.clone());
        tasks.spawn(async move {
            note(&load, &api, &ground, incident, number, meant_at).await;
            drop(seat);
        });
    }
    tasks.close();
    tasks.wait().await;
    for (number, incident) in opened.into_iter().enumerate() {
        let reason = CancelReason::Other;
        let note = "load run over".to_owned();
        let cancel = Command::CancelIncident { incident, reason, note, confirmed: true };
        let name = format!("{}-over-{number}", ground.run_name);
        if let Err(error) = api.execute(&name, &ground.centre, unix_millis(), cancel).await {
            tracing::warn!(%error, "an exercise of the load run was left open");
        }
    }
}

async fn note(
    load: &Load,
    api: &Api,
    ground: &Ground,
    incident: String,
    number: u64,
    meant_at: f64,
) {
    let measured = load.is_measured(meant_at);
    let name = format!("{}-{number}", ground.run_name);
    let command = Command::AddNote { incident, text: format!("load {number}") };
    let answer = api.execute(&name, &ground.centre, unix_millis(), command).await;
    if !measured {
        return;
    }
    match answer {
        Ok(answer) => {
            load.commands.done(load.clock.seconds() - meant_at);
            load.commands_shown.meant();
            load.answered(format!("{} {}", ground.centre, answer.version), meant_at);
        }
        Err(_) => load.commands.failed(),
    }
}

/// Opens an exercise; it is counted in no report.
async fn open(api: &Api, ground: &Ground, number: u64) -> Result<Option<String>, ApiError> {
    let scene = Place {
        address: "负载测试 load run".into(),
        position: Some(Position { lon: ground.place.lon, lat: ground.place.lat }),
        source: PlaceSource::MapClick,
        error_radius_m: None,
        measured_at: None,
    };
    let facts = IncidentFacts {
        kind: IncidentKind::Other,
        priority: Priority::NonUrgent,
        test: true,
        ..plain_facts(scene, "负载测试 load run".into())
    };
    let take = take_call(facts, plain_details(unix_millis()));
    let name = format!("{}-open-{number}", ground.run_name);
    Ok(api.execute(&name, &ground.centre, unix_millis(), take).await?.incident)
}
