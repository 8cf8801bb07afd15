//! Whatever is cut and resumed, a console's picture is that of the journal.

use super::journal_support as commands;
use super::picture::Picture;
use super::town::{Town, quick};
use dispatch_core::model::*;
use dispatch_server::live::LiveSettings;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;
use wire_protocol::views::{IncidentView, VehicleView};

const VEHICLES: [&str; 3] = ["XN-01-1", "XN-01-2", "XN-02-1"];
const CENTRES: [&str; 2] = ["xining", "qinghai"];

/// What the desk's state looks like in views.
fn truth(town: &Town) -> (BTreeMap<String, IncidentView>, BTreeMap<String, VehicleView>) {
    town.desk.read_all(|centres| {
        let incidents = centres.values().flat_map(|centre| {
            centre.incidents.values().map(move |it| town.live.incident_view(centre, it))
        });
        let vehicles = centres.values().flat_map(|centre| {
            centre.vehicles.values().map(move |it| town.live.vehicle_view(centre, it))
        });
        (
            incidents.map(|it| (it.id.clone(), it)).collect(),
            vehicles.map(|it| (it.id.clone(), it)).collect(),
        )
    })
}

/// Something a person might order next, sensible or not; refusals are part of life.
fn any_command(town: &Town, random: &mut StdRng) -> dispatch_desk::desk::CommandEnvelope {
    let centre = CENTRES[usize::from(random.random_bool(0.3))];
    let vehicle = VEHICLES[random.random_range(0..VEHICLES.len())];
    let incidents: Vec<IncidentId> =
        town.desk.read(&centre.into(), |state| state.incidents.keys().cloned().collect()).unwrap();
    let tasks: Vec<TaskId> = town
        .desk
        .read(&centre.into(), |state| {
            state.vehicles.values().filter_map(|it| it.running_task().cloned()).collect()
        })
        .unwrap();
    let Some(incident) = pick(&incidents, random) else { return commands::call(centre, "") };
    let command = match (random.random_range(0..12), pick(&tasks, random)) {
        (0, _) => return commands::call(centre, ""),
        (1 | 2, _) => return commands::send(centre, "", &incident, vehicle),
        (3, _) => return commands::note(centre, "", &incident, "a note"),
        (4, _) => Command::SuspendIncident {
            incident,
            reason: Reasoned::from(SuspendReason::AwaitingCaller),
        },
        (5, _) => Command::ResumeIncident { incident },
        (6, _) => Command::CancelIncident {
            incident,
            reason: Reasoned::from(CancelReason::CallerCancelled),
            confirmed: false,
        },
        (7, _) => Command::DivertVehicle {
            vehicle: vehicle.into(),
            to_incident: incident,
            reason: Reasoned::from(DivertReason::Nearer),
            confirmed: false,
        },
        (8, _) => Command::LendVehicle {
            vehicle: vehicle.into(),
            to: CENTRES[usize::from(centre == "xining")].into(),
            note: String::new(),
        },
        (_, Some(task)) => {
            let milestone = Milestone::ALL[random.random_range(1..8)];
            Command::RecordMilestone { task, milestone, details: MilestoneDetails::default() }
        }
        (_, None) => Command::ReopenIncident { incident, note: "again".into() },
    };
    commands::envelope(centre, "", command)
}

fn pick<T: Clone>(from: &[T], random: &mut StdRng) -> Option<T> {
    (!from.is_empty()).then(|| from[random.random_range(0..from.len())].clone())
}

async fn live_through(town: &Town, seed: u64) -> Picture {
    let mut random = StdRng::seed_from_u64(seed);
    let mut picture = Picture::default();
    let mut console = town.console("xining,qinghai").await;
    picture.catch_up(&mut console).await;
    for _ in 0..60 {
        for _ in 0..random.random_range(0..4) {
            let _refused_or_done = town.desk.execute(any_command(town, &mut random)).await;
        }
        // Sometimes the console reads a little, sometimes its line is cut, in the middle of anything.
        for _ in 0..random.random_range(0..3) {
            if !console_is_level(town, &picture) {
                picture.take_next(&mut console).await;
            }
        }
        if random.random_bool(0.2) {
            console = town.console("xining,qinghai").await;
            picture.catch_up(&mut console).await;
        }
    }
    for centre in CENTRES {
        let version = version(town, centre);
        picture.until(&mut console, centre, version).await;
    }
    picture
}

fn version(town: &Town, centre: &str) -> u64 {
    town.desk.read(&centre.into(), |state| state.version).unwrap()
}

fn console_is_level(town: &Town, picture: &Picture) -> bool {
    CENTRES.iter().all(|centre| picture.versions.get(*centre) == Some(&version(town, centre)))
}

#[tokio::test]
async fn after_any_life_with_any_cuts_the_console_shows_what_the_journal_says() {
    for seed in 0..6 {
        let town = Town::open().await;
        let picture = live_through(&town, seed).await;
        let (incidents, vehicles) = truth(&town);
        assert_eq!(picture.incidents, incidents, "seed {seed}");
        assert_eq!(picture.vehicles, vehicles, "seed {seed}");
        assert_eq!(picture.snapshots, 1, "every cut was resumed, seed {seed}");
    }
}

#[tokio::test]
async fn with_a_ring_too_small_to_resume_the_picture_is_the_same() {
    for seed in 10..14 {
        let town = Town::with(LiveSettings { ring_entries: 2, ..quick() }).await;
        let mut random = StdRng::seed_from_u64(seed);
        let mut picture = Picture::default();
        for _ in 0..15 {
            for _ in 0..random.random_range(0..8) {
                let _refused_or_done = town.desk.execute(any_command(&town, &mut random)).await;
            }
            let mut console = town.console("xining,qinghai").await;
            picture.catch_up(&mut console).await;
            for centre in CENTRES {
                let version = version(&town, centre);
                picture.until(&mut console, centre, version).await;
            }
            let (incidents, vehicles) = truth(&town);
            assert_eq!(picture.incidents, incidents, "seed {seed}");
            assert_eq!(picture.vehicles, vehicles, "seed {seed}");
        }
        assert!(picture.snapshots > 1, "the ring was too small, seed {seed}");
    }
}
