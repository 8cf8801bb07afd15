//! Plays the script of an exercise into an installation that is for exercises, so that a dispatcher trains on the real
//! console: calls come in, crews drive, roads close, a city's vehicles lose their link. Whoever trains dispatches. At the end,
//! also after Ctrl-C, roads are open again and what was opened is called off.

mod relay;
mod script;
mod settings;

pub use script::{Script, ScriptError};
pub use settings::ExerciseSettings;

use crate::api::{Api, ApiError};
use crate::clock::unix_millis;
use crate::fleet::{FleetError, FleetSettings, OnTheRoad, set_out_by};
use crate::people::commands::{plain_details, plain_facts};
use crate::province::Province;
use relay::Relay;
use script::{CallStep, LinkStep, RoadStep};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;
use wire_protocol::commands::*;
use wire_protocol::route::RoadConditionRequest;
use wire_protocol::vocabulary::*;

/// Why no exercise was played.
#[derive(Debug, thiserror::Error)]
pub enum ExerciseError {
    /// The script.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// Vehicles, keys or region.
    #[error(transparent)]
    Fleet(#[from] FleetError),
    /// The server is not one for exercises.
    #[error(
        "the server at {0} is not for exercises: its region.toml must say `exercise = true`. Nothing was sent"
    )]
    Real(String),
    /// The server does not answer.
    #[error("the server at {0}: {1}")]
    Server(String, Box<ApiError>),
    /// A line for the vehicles cannot be laid.
    #[error("a line for the vehicles cannot be laid: {0}")]
    Line(#[from] std::io::Error),
}

/// What an exercise left behind: nothing, unless the server refused.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// Calls that were taken.
    pub calls: u64,
    /// Roads that were closed, and opened again.
    pub roads: [u64; 2],
    /// Times a line was cut.
    pub cuts: u64,
    /// Incidents called off at the end; the others had ended.
    pub called_off: u64,
    /// What the server refused, as sentences.
    pub refused: Vec<String>,
}

struct Play {
    api: Api,
    road: OnTheRoad,
    relays: BTreeMap<String, Relay>,
    run_name: String,
    /// The script's incidents that are open, with centre and id at the server.
    opened: Mutex<BTreeMap<String, (String, String)>>,
    played: Mutex<Played>,
}

/// Plays a script to its end, or until stopped, and cleans up.
///
/// # Errors
/// Whatever keeps it from beginning; before that nothing is sent.
pub async fn run(
    settings: ExerciseSettings,
    stop: CancellationToken,
) -> Result<Played, ExerciseError> {
    let province = Province::load(&settings.access.region).map_err(FleetError::from)?;
    let script = Script::read(&settings.script, &province)?;
    let fleet_stop = CancellationToken::new();
    let play = Arc::new(begin(&settings, province, &fleet_stop).await?);
    println!("{} · {}: {} s", script.name.zh, script.name.en, script.last_seconds());
    let ends = f64::from(script.last_seconds().saturating_add(settings.afterwards));
    tokio::select! {
        () = steps(&play, &script) => {}
        () = play.road.fleet.clock.wait_until(ends) => {}
        () = stop.cancelled() => println!("stopped"),
    }
    if !stop.is_cancelled() {
        println!("the script is played; {} s go on, Ctrl-C ends them", settings.afterwards);
        tokio::select! {
            () = play.road.fleet.clock.wait_until(ends) => {}
            () = stop.cancelled() => {}
        }
    }
    play.clean_up().await;
    fleet_stop.cancel();
    let played = play.played.lock().unwrap_or_else(PoisonError::into_inner).clone();
    println!(
        "{} calls, {} roads closed and {} opened, {} lines cut, {} incidents called off, {} refused",
        played.calls,
        played.roads[0],
        played.roads[1],
        played.cuts,
        played.called_off,
        played.refused.len()
    );
    Ok(played)
}

async fn begin(
    settings: &ExerciseSettings,
    province: Province,
    stop: &CancellationToken,
) -> Result<Play, ExerciseError> {
    let fleet = FleetSettings::vehicles_alone(&settings.access, settings.seed);
    let api = crate::fleet::sign_in(&settings.access).await?;
    let told = |error| ExerciseError::Server(settings.access.server.clone(), Box::new(error));
    if !api.region().await.map_err(told)?.exercise {
        return Err(ExerciseError::Real(settings.access.server.clone()));
    }
    let server = crate::fleet::plain_address(&settings.access).await?;
    let mut relays = BTreeMap::new();
    for centre in &province.region.centres {
        relays.insert(centre.id.clone(), Relay::lay(server.clone(), stop.clone()).await?);
    }
    let homes: BTreeMap<String, String> = province
        .region
        .vehicles
        .iter()
        .filter_map(|it| {
            Some((it.id.clone(), format!("http://{}", relays.get(&it.centre)?.address)))
        })
        .collect();
    let road =
        set_out_by(fleet, province, stop.clone(), |vehicle| homes.get(vehicle).cloned()).await?;
    Ok(Play {
        api,
        road,
        relays,
        run_name: format!("exercise-{}", unix_millis()),
        opened: Mutex::default(),
        played: Mutex::default(),
    })
}

async fn steps(play: &Arc<Play>, script: &Script) {
    let calls = async {
        for (number, call) in in_order(&script.call, |call| call.after_seconds) {
            play.until(call.after_seconds).await;
            play.call(number, call).await;
        }
    };
    let roads = async {
        let closing = script.road.iter().map(|road| play.close(road));
        futures_util::future::join_all(closing).await;
    };
    let links = async {
        let cutting = script.link.iter().map(|link| play.cut(link));
        futures_util::future::join_all(cutting).await;
    };
    tokio::join!(calls, roads, links);
}

fn in_order<T>(steps: &[T], after: impl Fn(&T) -> u32) -> Vec<(usize, &T)> {
    let mut ordered: Vec<(usize, &T)> = steps.iter().enumerate().collect();
    ordered.sort_by_key(|(number, step)| (after(step), *number));
    ordered
}

impl Play {
    async fn until(&self, seconds: u32) {
        self.road.fleet.clock.wait_until(f64::from(seconds)).await;
    }

    async fn call(&self, number: usize, call: &CallStep) {
        println!("{:>6} s  call 呼入: {} {}", call.after_seconds, call.address, call.complaint);
        let known = self.lock_opened().get(&call.incident).cloned();
        let owner = || self.road.fleet.province.region.centre_of(call.lon, call.lat);
        let centre = match &known {
            Some((centre, _)) => centre.clone(),
            None => owner().map(|centre| centre.id.clone()).unwrap_or_default(),
        };
        let take = take_call(call, known.map(|(_, incident)| incident));
        let name = format!("{}-call-{number}", self.run_name);
        match self.api.execute(&name, &centre, unix_millis(), take).await {
            Ok(answer) => {
                self.count(|played| played.calls += 1);
                if let Some(incident) = answer.incident {
                    let opened = &mut *self.lock_opened();
                    opened.entry(call.incident.clone()).or_insert((centre, incident));
                }
            }
            Err(error) => self.refused("the call", &error),
        }
    }

    async fn close(&self, road: &RoadStep) {
        self.until(road.after_seconds).await;
        println!("{:>6} s  roads closed 封路: {}", road.after_seconds, road.note);
        let asked = RoadConditionRequest {
            kind: wire_protocol::route::RoadConditionKind::Closed,
            factor: None,
            area: road.area.clone(),
            note: road.note.clone(),
            until: None,
        };
        match self.api.close_roads(&asked).await {
            Ok(id) => {
                self.count(|played| played.roads[0] += 1);
                self.lock_opened().insert(format!("road {id}"), (String::new(), id.clone()));
                if let Some(open) = road.open_after_seconds {
                    self.until(open).await;
                    println!("{open:>6} s  roads open 通行: {}", road.note);
                    self.open(&id).await;
                }
            }
            Err(error) => self.refused("closing roads", &error),
        }
    }

    async fn open(&self, id: &str) {
        match self.api.open_roads(id).await {
            Ok(()) => {
                self.count(|played| played.roads[1] += 1);
                self.lock_opened().remove(&format!("road {id}"));
            }
            Err(error) => self.refused("opening roads", &error),
        }
    }

    async fn cut(&self, link: &LinkStep) {
        self.until(link.after_seconds).await;
        let Some(relay) = self.relays.get(&link.centre) else { return };
        println!(
            "{:>6} s  link lost 断网: {} for {} s",
            link.after_seconds, link.centre, link.seconds
        );
        relay.cut(true);
        self.count(|played| played.cuts += 1);
        self.until(link.after_seconds.saturating_add(link.seconds)).await;
        println!("{:>6} s  link back 恢复: {}", link.after_seconds + link.seconds, link.centre);
        relay.cut(false);
    }

    /// Lines whole, roads open, incidents over.
    async fn clean_up(&self) {
        self.relays.values().for_each(|relay| relay.cut(false));
        let left = std::mem::take(&mut *self.lock_opened());
        for (name, (centre, id)) in left {
            if name.starts_with("road ") {
                self.open(&id).await;
                continue;
            }
            let api = self.api.in_a_hurry();
            let is_over = api.incident(&id).await.is_ok_and(|view| view.ended_at.is_some());
            if is_over {
                continue;
            }
            let reason = CancelReason::Other;
            let note = "演练结束 exercise over".to_owned();
            let cancel =
                Command::CancelIncident { incident: id.clone(), reason, note, confirmed: true };
            let command_id = format!("{}-over-{id}", self.run_name);
            match api.execute(&command_id, &centre, unix_millis(), cancel).await {
                Ok(_) => self.count(|played| played.called_off += 1),
                Err(error) => self.refused("calling off", &error),
            }
        }
    }

    fn refused(&self, what: &str, error: &ApiError) {
        println!("refused: {what}: {error}");
        self.count(|played| played.refused.push(format!("{what}: {error}")));
    }

    fn count(&self, change: impl FnOnce(&mut Played)) {
        change(&mut self.played.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn lock_opened(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, (String, String)>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn take_call(call: &CallStep, link_to: Option<String>) -> Command {
    let now = unix_millis();
    let scene = Place {
        address: call.address.clone(),
        position: Some(Position { lon: call.lon, lat: call.lat }),
        source: PlaceSource::AddressSearch,
        error_radius_m: None,
        measured_at: None,
    };
    let facts = IncidentFacts {
        kind: call.kind,
        priority: call.priority,
        accident_level: call.level,
        test: true,
        ..plain_facts(scene, call.complaint.clone())
    };
    let details = CallDetails {
        rang_at: Some(now),
        patient_count: call.patients,
        stretcher: call.priority <= Priority::Severe,
        ..plain_details(now)
    };
    let (facts, details) = (Box::new(facts), Box::new(details));
    let vehicles_wanted = call.vehicles_wanted;
    Command::TakeCall { link_to, facts, details, outcome: None, vehicles_wanted }
}
