//! A dispatcher at a console: what the feed shows is all that he knows, and what he commands goes by requests that may
//! be lost, be sent again and come twice.

use crate::network::LinkId;
use console_client::FeedState;
use dispatch_core::model::Confirmation;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wire_protocol::command_request::CommandRequest;
use wire_protocol::views::{IncidentStage, IncidentView, VehicleView};

/// Tries of one request before a dispatcher gives up.
pub(crate) const MOST_TRIES: u32 = 4;
/// After so long a request counts as lost, in milliseconds.
pub(crate) const ANSWER_LIMIT_MS: u64 = 8_000;

/// Answered requests kept for late copies of them.
const MOST_DONE: usize = 64;

/// A request on its way.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// What.
    pub(crate) request: CommandRequest,
    /// How often it was sent.
    pub(crate) tries: u32,
}

/// A person and their console.
#[derive(Debug)]
pub(crate) struct Dispatcher {
    /// Their name.
    pub(crate) person: String,
    /// What the console shows.
    pub(crate) feed: FeedState,
    /// The console's link.
    pub(crate) carried: Option<LinkId>,
    /// Requests that are not answered yet, by command id.
    pub(crate) asked: BTreeMap<String, Asked>,
    /// The newest that were answered, for copies of them that come late.
    pub(crate) done: BTreeMap<String, Asked>,
    /// When anything was heard on the link.
    pub(crate) heard_at: u64,
    rng: StdRng,
    /// Chance of one who writes down what crews say by radio.
    radio: Option<StdRng>,
    commands: u64,
    centres: Vec<String>,
    scene: (f64, f64),
}

impl Dispatcher {
    /// A person who has not begun to work; scenes lie around `scene`, in WGS-84 degrees.
    pub(crate) fn new(number: usize, seed: u64, centres: Vec<String>, scene: (f64, f64)) -> Self {
        let feed = FeedState { servers: console_client::Servers::Several, ..FeedState::default() };
        Self {
            person: format!("dispatcher-{number}"),
            feed,
            carried: None,
            asked: BTreeMap::new(),
            done: BTreeMap::new(),
            heard_at: 0,
            rng: StdRng::seed_from_u64(seed),
            radio: None,
            commands: 0,
            centres,
            scene,
        }
    }

    /// The same, who also writes down what crews say by radio.
    pub(crate) fn with_radio(self, seed: u64) -> Self {
        Self { radio: Some(StdRng::seed_from_u64(seed ^ 0x0ad1_0000)), ..self }
    }

    /// Keeps what was answered for copies of it that are under way.
    pub(crate) fn keep_done(&mut self, command: &str, asked: Asked) {
        self.done.insert(command.to_owned(), asked);
        while self.done.len() > MOST_DONE {
            self.done.pop_first();
        }
    }

    /// Whether a refusal for these dangers is answered by confirming them; the command then names them.
    pub(crate) fn confirms(&mut self, command: &str, dangers: Vec<Confirmation>) -> bool {
        if dangers.is_empty() || self.rng.random_bool(0.4) {
            return false;
        }
        let Some(asked) = self.asked.get_mut(command) else { return false };
        let written = serde_json::to_value(dangers).and_then(serde_json::from_value);
        asked.request.confirmed = written.expect("dangers are written as consoles confirm them");
        true
    }

    /// Milliseconds until they do something again.
    pub(crate) fn pause_ms(&mut self) -> u64 {
        self.rng.random_range(1_500..22_000)
    }

    /// What they command now. While `calls_come`, new calls are among it.
    pub(crate) fn next_commands(
        &mut self,
        now_wall_ms: i64,
        calls_come: bool,
    ) -> Vec<CommandRequest> {
        let chosen = match self.by_radio() {
            Some(by_radio) => Some(by_radio),
            None => self.of_his_own(now_wall_ms, calls_come),
        };
        let Some((centre, command)) = chosen else { return Vec::new() };
        self.commands += 1;
        let command_id = format!("{}-{}", self.person, self.commands);
        let confirmed: Vec<Value> = Vec::new();
        let request = json!({ "command_id": command_id, "centre": centre, "made_at": now_wall_ms,
            "command": command, "confirmed": confirmed });
        let request: CommandRequest =
            serde_json::from_value(request).expect("what a console commands can be read");
        // A double click sends the same command twice.
        let twice = self.rng.random_bool(0.06);
        if twice { vec![request.clone(), request] } else { vec![request] }
    }

    fn of_his_own(&mut self, now_wall_ms: i64, calls_come: bool) -> Option<(String, Value)> {
        match self.rng.random_range(0..100) {
            0..22 if calls_come => Some(self.take_call(now_wall_ms)),
            0..70 => self.for_waiting(),
            70..94 => self.tidy_up(),
            _ => self.disturb(),
        }
    }

    fn take_call(&mut self, now_wall_ms: i64) -> (String, Value) {
        let centre = self.centres[self.rng.random_range(0..self.centres.len())].clone();
        let (lon, lat) = self.scene;
        let off = |rng: &mut StdRng| rng.random_range(-0.05..0.05);
        let position = json!({ "lon": lon + off(&mut self.rng), "lat": lat + off(&mut self.rng) });
        let priority = ["critical", "severe", "urgent", "non_urgent"][self.rng.random_range(0..4)];
        let patients = if self.rng.random_bool(0.2) { 3 } else { 1 };
        let mut call = json!({
            "type": "take_call",
            "facts": {
                "kind": "illness", "priority": priority, "source": "phone",
                "accident_level": "ordinary", "complaint": "胸痛",
                "scene": { "address": "解放街1号", "source": "map_click", "position": position },
            },
            "details": { "began_at": now_wall_ms, "patient_count": patients },
        });
        let open = self.feed.incidents.values().filter(|it| it.centre == centre && !is_over(it));
        let open: Vec<&IncidentView> = open.collect();
        if !open.is_empty() && self.rng.random_bool(0.15) {
            let of = open[self.rng.random_range(0..open.len())];
            call["link_to"] = json!(of.id);
        }
        (centre, call)
    }

    /// Sends whatever is shown as free to what is shown as waiting; two may choose the same vehicle.
    fn for_waiting(&mut self) -> Option<(String, Value)> {
        let waits = |it: &&IncidentView| match it.stage {
            IncidentStage::Waiting | IncidentStage::ToDecide => true,
            IncidentStage::Appointment
            | IncidentStage::Running
            | IncidentStage::NotReceived
            | IncidentStage::Suspended
            | IncidentStage::Refused
            | IncidentStage::Cancelled
            | IncidentStage::Closed => false,
        };
        let waiting: Vec<&IncidentView> = self.feed.incidents.values().filter(waits).collect();
        let incident = waiting.get(self.rng.random_range(0..waiting.len().max(1)))?;
        let free = self.feed.vehicles.values().filter(|it| it.centre == incident.centre);
        let free: Vec<&VehicleView> = free.filter(|it| is_free(it)).collect();
        let vehicle = free.get(self.rng.random_range(0..free.len().max(1)))?;
        let command = json!({ "type": "dispatch_vehicles", "incident": incident.id,
            "vehicles": [vehicle.id] });
        Some((incident.centre.clone(), command))
    }

    /// Closes, settles, clears: what consoles ask for.
    fn tidy_up(&mut self) -> Option<(String, Value)> {
        let reported = self.feed.vehicles.values().find(|it| it.report.is_some());
        if let Some(vehicle) = reported {
            let keep = self.rng.random_bool(0.7);
            let command = json!({ "type": "settle_crew_report", "vehicle": vehicle.id,
                "keep": keep, "note": "by radio" });
            return Some((vehicle.centre.clone(), command));
        }
        let calling = self.feed.vehicles.values().find(|it| it.sos_since.is_some());
        if let (Some(vehicle), true) = (calling, self.rng.random_bool(0.5)) {
            let command =
                json!({ "type": "clear_sos", "vehicle": vehicle.id, "note": "spoken with" });
            return Some((vehicle.centre.clone(), command));
        }
        let to_decide = |it: &&IncidentView| it.stage == IncidentStage::ToDecide;
        let incident = self.feed.incidents.values().find(to_decide)?;
        let command = if self.rng.random_bool(0.5) {
            json!({ "type": "account_for_patients", "incident": incident.id,
                "patients": { "not_found": 1 }, "note": "by phone" })
        } else {
            json!({ "type": "close_incident", "incident": incident.id })
        };
        Some((incident.centre.clone(), command))
    }

    /// Cancels, calls back, diverts, lends, notes: what makes trouble.
    fn disturb(&mut self) -> Option<(String, Value)> {
        let open: Vec<&IncidentView> =
            self.feed.incidents.values().filter(|it| !is_over(it)).collect();
        let incident = open.get(self.rng.random_range(0..open.len().max(1)))?;
        let centre = incident.centre.clone();
        let busy = self.feed.vehicles.values().filter(|it| it.centre == centre);
        let busy: Vec<&VehicleView> = busy.filter(|it| it.task.is_some()).collect();
        let vehicle = busy.get(self.rng.random_range(0..busy.len().max(1)));
        Some(match (self.rng.random_range(0..5), vehicle) {
            (0, _) => {
                let command = json!({ "type": "cancel_incident", "incident": incident.id,
                    "reason": "caller_cancelled", "confirmed": true });
                (centre, command)
            }
            (1, Some(vehicle)) => {
                let command = json!({ "type": "divert_vehicle", "vehicle": vehicle.id,
                    "to_incident": incident.id, "reason": "nearer", "confirmed": true });
                (centre, command)
            }
            (2, Some(vehicle)) => {
                let command = json!({ "type": "abort_task", "task": vehicle.task,
                    "reason": "crew_unable", "confirmed": true });
                (centre, command)
            }
            (3, _) => {
                let note = note(incident);
                self.lend().unwrap_or((centre, note))
            }
            _ => (centre, note(incident)),
        })
    }

    /// Writes down a step that a crew tells by radio: any of them, for crews tell it late, press it as well, and are
    /// misheard. Or calls back one that is not heard.
    fn by_radio(&mut self) -> Option<(String, Value)> {
        let radio = self.radio.as_mut()?;
        let is_heard = match radio.random_range(0..10) {
            0..2 => true,
            2..6 => false,
            _ => return None,
        };
        let busy = self.feed.vehicles.values().filter(|it| it.task.is_some());
        let busy: Vec<&VehicleView> = busy.filter(|it| is_heard || !it.online).collect();
        let vehicle = busy.get(radio.random_range(0..busy.len().max(1)))?;
        let command = if is_heard {
            let steps = ["departed", "at_scene", "left_scene", "at_hospital", "finished"];
            json!({ "type": "record_milestone", "task": vehicle.task,
                "milestone": steps[radio.random_range(0..steps.len())] })
        } else {
            json!({ "type": "abort_task", "task": vehicle.task, "reason": "crew_unable",
                "confirmed": true })
        };
        Some((vehicle.centre.clone(), command))
    }

    fn lend(&mut self) -> Option<(String, Value)> {
        let free = self.feed.vehicles.values().filter(|it| is_free(it));
        let free: Vec<&VehicleView> = free.collect();
        let vehicle = free.get(self.rng.random_range(0..free.len().max(1)))?;
        let others: Vec<&String> =
            self.centres.iter().filter(|it| **it != vehicle.centre).collect();
        let to = others.get(self.rng.random_range(0..others.len().max(1)))?;
        let command = json!({ "type": "lend_vehicle", "vehicle": vehicle.id, "to": to });
        Some((vehicle.centre.clone(), command))
    }
}

fn note(incident: &IncidentView) -> Value {
    json!({ "type": "add_note", "incident": incident.id, "text": "三楼" })
}

fn is_over(incident: &IncidentView) -> bool {
    incident.ended_at.is_some()
}

fn is_free(vehicle: &VehicleView) -> bool {
    vehicle.state.group().is_available()
}
