//! The words of a script as commands.

use super::script::{HOME, Stage, moment};
use crate::region;
use dispatch_core::model::*;
use serde::de::DeserializeOwned;

/// Takes the words that begin with `!` off an order: `!at_scene=YC-1,YC-2`, `!on_board=YC-1`, `!unaccounted=2`.
pub(crate) fn confirmed(order: &str) -> (Vec<Confirmation>, String) {
    let (given, words): (Vec<&str>, Vec<&str>) =
        order.split_whitespace().partition(|word| word.starts_with('!'));
    let read = |word: &&str| match word.split_once('=').expect("!WHAT=WHICH") {
        ("!at_scene", vehicles) => {
            let vehicles = vehicles.split(',').map(VehicleId::from).collect();
            Confirmation::CrewAtScene { vehicles }
        }
        ("!out_of_touch", vehicles) => {
            let vehicles = vehicles.split(',').map(VehicleId::from).collect();
            Confirmation::CrewOutOfTouch { vehicles }
        }
        ("!on_board", vehicle) => Confirmation::PatientOnBoard { vehicle: vehicle.into() },
        ("!unaccounted", patients) => {
            Confirmation::PatientsUnaccounted { patients: patients.parse().unwrap() }
        }
        (other, _) => panic!("nobody confirms {other}"),
    };
    (given.iter().map(read).collect(), words.join(" "))
}

pub(crate) fn parse(order: &str, now: Timestamp, stage: &Stage) -> Command {
    let words: Vec<&str> = order.split_whitespace().collect();
    let word = |n: usize| words.get(n).copied().unwrap_or_default();
    let rest = |n: usize| words.get(n..).unwrap_or_default().join(" ");
    let incident = || incident(word(1));
    let vehicle = || VehicleId::from(word(1));
    let task = || task(word(1));
    let confirmed = || words.last() == Some(&"confirmed");
    match word(0) {
        "call" => Command::TakeCall(Box::new(call(&words[1..], now))),
        "amend" => {
            Command::AmendIncident { incident: incident(), changes: Box::new(changes(&words[2..])) }
        }
        "suspend" => Command::SuspendIncident { incident: incident(), reason: reason(word(2)) },
        "resume" => Command::ResumeIncident { incident: incident() },
        "refuse" => Command::RefuseIncident { incident: incident(), reason: reason(word(2)) },
        "cancel" => Command::CancelIncident {
            incident: incident(),
            reason: reason(word(2)),
            confirmed: confirmed(),
        },
        "close" => Command::CloseIncident { incident: incident() },
        "reopen" => Command::ReopenIncident { incident: incident(), note: rest(2) },
        "want" => {
            Command::WantVehicles { incident: incident(), vehicles: word(2).parse().unwrap() }
        }
        "account" => {
            let (carried, patients) = account(&words[2..]);
            Command::AccountForPatients {
                incident: incident(),
                carried,
                patients,
                note: String::new(),
            }
        }
        "separate" => Command::SeparateCall {
            incident: incident(),
            call_id: CallId::new(format!("{}.{}", incident(), word(2))),
        },
        "was" => Command::ChangeOutcome {
            incident: incident(),
            call_id: CallId::new(format!("{}.{}", incident(), word(2))),
            outcome: serde_json::from_value(
                serde_json::json!({ "outcome": word(3), "reason": word(4), "note": "" }),
            )
            .expect("an outcome with its reason"),
        },
        "details" => Command::CorrectDetails {
            task: task(),
            changes: Box::new(serde_json::from_str(&rest(2)).expect("changes to details")),
            note: String::new(),
        },
        "resend" => Command::ResendOrder { task: task() },
        "lapse" => Command::LapseOrder { task: task() },
        "note" => Command::AddNote { incident: incident(), text: rest(2) },
        "send" => Command::DispatchVehicles {
            incident: incident(),
            vehicles: words[2..].iter().map(|v| VehicleId::from(*v)).collect(),
            offer: None,
        },
        "divert" => Command::DivertVehicle {
            vehicle: vehicle(),
            to_incident: self::incident(word(2)),
            reason: reason(word(3)),
            confirmed: confirmed(),
        },
        "seen_change" => {
            Command::AcknowledgeOrderChange { task: task(), through: word(2).parse().unwrap() }
        }
        "receipt" => Command::RecordDeviceReceipt { task: task() },
        "correct" => Command::CorrectMilestone {
            task: task(),
            milestone: name(word(2)),
            truly_at: moment(word(3)),
            note: rest(4),
        },
        "undo" => Command::UndoMilestone { task: task(), milestone: name(word(2)) },
        "abort" => {
            Command::AbortTask { task: task(), reason: reason(word(2)), confirmed: confirmed() }
        }
        "pause" => Command::PauseVehicle { vehicle: vehicle(), reason: reason(word(2)) },
        "unpause" => Command::ResumeVehicle { vehicle: vehicle() },
        "off_duty" => Command::GoOffDuty { vehicle: vehicle() },
        "on_duty" => Command::GoOnDuty { vehicle: vehicle() },
        "return" => Command::ReturnToStation { vehicle: vehicle() },
        "crew" => Command::AssignCrew { vehicle: vehicle(), crew: crew(&words[2..]) },
        "log" => Command::LogVehicle {
            vehicle: vehicle(),
            entry: serde_json::from_str(&rest(2)).expect("an entry"),
        },
        "watch" => Command::WatchCamera { vehicle: vehicle(), channel: word(2).parse().unwrap() },
        "sos" => Command::RaiseSos { vehicle: vehicle() },
        "clear_sos" => Command::ClearSos { vehicle: vehicle(), note: rest(2) },
        "write" => Command::Message { vehicle: vehicle(), act: MessageAct::Send { text: rest(2) } },
        "read" => Command::Message {
            vehicle: vehicle(),
            act: MessageAct::Read { through: word(2).parse().unwrap() },
        },
        "tell" => Command::Message {
            vehicle: vehicle(),
            act: MessageAct::Write { need: None, text: rest(2) },
        },
        "need" => Command::Message {
            vehicle: vehicle(),
            act: MessageAct::Write { need: Some(name(word(2))), text: rest(3) },
        },
        "answer" => Command::Message {
            vehicle: vehicle(),
            act: MessageAct::Answer { through: word(2).parse().unwrap(), text: rest(3) },
        },
        "keep" | "wrong" => {
            Command::SettleCrewReport { vehicle: vehicle(), keep: word(0) == "keep", note: rest(2) }
        }
        "see" => Command::SeeRefusedPresses { vehicle: vehicle() },
        "promise" => {
            Command::GiveFollowOn { vehicle: vehicle(), incident: self::incident(word(2)) }
        }
        "seen_next" => {
            Command::AcknowledgeFollowOn { vehicle: vehicle(), incident: self::incident(word(2)) }
        }
        "withdraw" => Command::WithdrawFollowOn { vehicle: vehicle() },
        "advice" => Command::SetMoveAdvice { advice: name(word(1)) },
        "suggest" => Command::SuggestMove { suggestion: Box::new(suggestion(&words[1..])) },
        "end" => Command::EndSuggestion {
            vehicle: vehicle(),
            number: word(2).parse().unwrap(),
            end: serde_json::from_value(serde_json::json!({ "end": word(3) })).unwrap(),
        },
        "accept" => Command::AcceptMove { vehicle: vehicle(), number: word(2).parse().unwrap() },
        "ignore" => Command::IgnoreMove {
            vehicle: vehicle(),
            number: word(2).parse().unwrap(),
            reason: reason(word(3)),
        },
        "move" => Command::GiveMove { vehicle: vehicle(), station: word(2).into() },
        "seen_move" => Command::AcknowledgeMove { vehicle: vehicle(), station: word(2).into() },
        "stay" => Command::WithdrawMove { vehicle: vehicle() },
        "hand_over" => {
            Command::LendVehicle { vehicle: vehicle(), to: word(2).into(), note: rest(3) }
        }
        "take_over" => {
            Command::TakeOverVehicle { transfer: Box::new(transfer(stage, word(1), word(2))) }
        }
        "confirm" => {
            Command::ConfirmHandOver { vehicle: vehicle(), number: word(2).parse().unwrap() }
        }
        "seen" | "unseen" => Command::NoteMovement {
            vehicle: vehicle(),
            movement: movement(word(2), word(3)),
            since: now,
            over: word(0) == "unseen",
        },
        "enrol" => Command::EnrolVehicle { vehicle: vehicle(), record: record(&words[1..]) },
        "amend_vehicle" => {
            Command::AmendVehicle { vehicle: vehicle(), record: record(&words[1..]) }
        }
        "correct_clock" => Command::CorrectClock,
        "retire" => Command::RetireVehicle { vehicle: vehicle() },
        milestone => Command::RecordMilestone {
            task: task(),
            milestone: name(milestone),
            details: details(&words[2..]),
        },
    }
}

/// `3` is `yinchuan-3`; a full number stays.
fn incident(short: &str) -> IncidentId {
    IncidentId::new(if short.contains('-') { short.to_owned() } else { format!("{HOME}-{short}") })
}

fn task(short: &str) -> TaskId {
    TaskId::new(if short.contains('-') { short.to_owned() } else { format!("{HOME}-{short}") })
}

/// `at_scene 1.t1`, `at_station YC-01`, `outside_region`.
fn movement(what: &str, whom: &str) -> Movement {
    match what {
        "at_scene" => Movement::AtScene { task: task(whom) },
        "at_hospital" => Movement::AtHospital { task: task(whom) },
        "idling" => Movement::Idling { task: task(whom) },
        "at_station" => Movement::AtStation { station: whom.into() },
        "speeding" => Movement::Speeding { kmh: whom.parse().unwrap() },
        "outside_region" => Movement::OutsideRegion,
        other => panic!("nobody sees {other}"),
    }
}

/// A name of one of the model's tables.
fn name<T: DeserializeOwned>(word: &str) -> T {
    serde_json::from_value(word.into()).unwrap_or_else(|_| panic!("no such word: {word}"))
}

fn reason<R: DeserializeOwned>(word: &str) -> Reasoned<R> {
    Reasoned { reason: name(word), note: String::new() }
}

/// `call ADDRESS [about=N] [outcome=..] [why=..] [at=..] [by=PHONE] [complaint=..] [patients=N]
/// [exercise=yes] [vehicles=N] [kind=..]`.
fn call(words: &[&str], now: Timestamp) -> TakeCall {
    let address = words.first().filter(|word| !word.contains('=')).copied().unwrap_or_default();
    let mut call = TakeCall {
        link_to: None,
        facts: region::facts(address),
        details: region::call_details(now),
        outcome: CallOutcome::Open,
        vehicles_wanted: None,
    };
    let (mut outcome, mut why) = ("open", None);
    for (key, value) in words.iter().filter_map(|word| word.split_once('=')) {
        match key {
            "about" => call.link_to = Some(incident(value)),
            "outcome" => outcome = value,
            "why" => why = Some(value),
            "at" => call.facts.appointment_at = Some(moment(value)),
            "by" => call.details.caller_number = Some(value.to_owned()),
            "complaint" => call.facts.complaint = value.to_owned(),
            "vehicles" => call.vehicles_wanted = Some(value.parse().unwrap()),
            "kind" => call.facts.kind = name(value),
            "priority" => call.facts.priority = name(value),
            "hazards" => call.facts.hazards = hazards(value),
            "patients" => call.details.patient_count = value.parse().unwrap(),
            "exercise" => call.facts.test = value == "yes",
            "lon" => {
                let lon = value.parse().unwrap();
                call.facts.scene.position = Some(Wgs84 { lon, lat: 38.0 });
            }
            other => panic!("a call has no {other}"),
        }
    }
    let table = serde_json::json!({ "outcome": outcome, "reason": why, "note": "" });
    call.outcome = serde_json::from_value(table).expect("an outcome with its reason");
    call
}

fn changes(words: &[&str]) -> IncidentChanges {
    let mut changes = IncidentChanges::default();
    for (key, value) in words.iter().filter_map(|word| word.split_once('=')) {
        match key {
            "kind" => changes.kind = Some(name(value)),
            "priority" => changes.priority = Some(name(value)),
            "level" => changes.accident_level = Some(name(value)),
            "scene" => changes.scene = Some(region::place(value)),
            "waiting" => changes.waiting = change(value, region::place),
            "destination" => changes.destination = change(value, |id| HospitalId::from(id)),
            "scene_words" => changes.scene_address = Some(value.to_owned()),
            "scene_point" => changes.scene_point = change(value, point),
            "waiting_words" => changes.waiting_address = change(value, str::to_owned),
            "waiting_point" => changes.waiting_point = change(value, point),
            "hazards" => changes.hazards = Some(hazards(value)),
            "complaint" => changes.complaint = Some(value.to_owned()),
            "at" => changes.appointment_at = change(value, moment),
            "source" => changes.source = Some(name(value)),
            "exercise" => changes.test = Some(value == "yes"),
            "patients" => changes.patient_count = Some(value.parse().unwrap()),
            "wanted" => changes.vehicles_wanted = Some(value.parse().unwrap()),
            "call" => changes.call = Some(serde_json::from_str(value).expect("changes to a call")),
            other => panic!("an incident has no {other}"),
        }
    }
    changes
}

/// `violence/fire`, or `none`.
fn hazards(value: &str) -> Hazards {
    value.split('/').filter(|it| *it != "none").map(name).collect()
}

/// `none` clears.
fn change<T>(value: &str, set: impl Fn(&str) -> T) -> Change<T> {
    if value == "none" { Change::Clear } else { Change::Set(set(value)) }
}

/// `106.25/38.5`.
fn point(value: &str) -> PlacePoint {
    let (lon, lat) = value.split_once('/').expect("LON/LAT");
    PlacePoint {
        position: Wgs84 { lon: lon.parse().unwrap(), lat: lat.parse().unwrap() },
        source: PlaceSource::MapClick,
        error_radius_m: None,
        measured_at: None,
    }
}

fn details(words: &[&str]) -> MilestoneDetails {
    let mut details = MilestoneDetails::default();
    for (key, value) in words.iter().filter_map(|word| word.split_once('=')) {
        match key {
            "hospital" => details.hospital = Some(value.into()),
            "patients" => details.patients_carried = Some(value.parse().unwrap()),
            "counted" => details.patients.counted_at_scene = Some(value.parse().unwrap()),
            "treated" => details.patients.treated_at_scene = Some(value.parse().unwrap()),
            "refused" => details.patients.refused_transport = Some(value.parse().unwrap()),
            "dead" => details.patients.dead_at_scene = Some(value.parse().unwrap()),
            "not_found" => details.patients.not_found = Some(value.parse().unwrap()),
            "others" => details.patients.carried_by_others = Some(value.parse().unwrap()),
            "km" => details.distance_km = Some(value.parse().unwrap()),
            other => panic!("a milestone has no {other}"),
        }
    }
    details
}

/// As the details of a milestone; `none` takes back.
fn account(words: &[&str]) -> (Change<u16>, PatientChanges) {
    let (mut carried, mut patients) = (Change::Keep, PatientChanges::default());
    for (key, value) in words.iter().filter_map(|word| word.split_once('=')) {
        let told = change(value, |number| number.parse().unwrap());
        match key {
            "patients" => carried = told,
            "counted" => patients.counted_at_scene = told,
            "treated" => patients.treated_at_scene = told,
            "refused" => patients.refused_transport = told,
            "dead" => patients.dead_at_scene = told,
            "not_found" => patients.not_found = told,
            "others" => patients.carried_by_others = told,
            other => panic!("nobody tells of patients {other}"),
        }
    }
    (carried, patients)
}

fn crew(names: &[&str]) -> Vec<CrewMember> {
    let member = |name: &&str| CrewMember {
        person: (*name).into(),
        name: (*name).to_owned(),
        role: CrewRole::Doctor,
        shift: Some(Shift::Night),
    };
    names.iter().map(member).collect()
}

/// `VEHICLE [home=CENTRE] [plate=..]`.
fn record(words: &[&str]) -> VehicleRecord {
    let mut record = region::record(HOME, words[0]);
    for (key, value) in words.iter().filter_map(|word| word.split_once('=')) {
        match key {
            "home" => record.home_centre = value.into(),
            "plate" => record.plate = value.to_owned(),
            other => panic!("a vehicle has no {other}"),
        }
    }
    record
}

/// `VEHICLE STATION [for=SECONDS]`: the station uncovered for so long, or a move that covers more.
fn suggestion(words: &[&str]) -> MoveSuggestion {
    let waited = words.iter().find_map(|word| word.strip_prefix("for="));
    MoveSuggestion {
        reason: waited.map_or(MoveWhy::CoversMore, |seconds| MoveWhy::StationUncovered {
            seconds: seconds.parse().unwrap(),
        }),
        ..region::suggestion(words[0], words[1])
    }
}

/// The n-th hand-over of the script, from 1, for this vehicle.
fn transfer(stage: &Stage, vehicle: &str, nth: &str) -> VehicleTransfer {
    let nth: usize = nth.parse().expect("which hand-over");
    let mut of_vehicle = stage.transfers.iter().filter(|h| h.vehicle.as_str() == vehicle);
    of_vehicle.nth(nth - 1).expect("a hand-over that was made").clone()
}
