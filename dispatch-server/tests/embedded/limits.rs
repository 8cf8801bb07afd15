//! Bounds stand once, in the core's `Limits`: what reads requests never refuses what the rules take, and
//! whatever is beyond a bound is refused by one of the two under the same field.

use dispatch_core::model::*;
use dispatch_core::{CentreState, Decision, Limits, Rules, apply, decide};
use dispatch_server::commands::{ReadCommand, read_command};
use region::Region;
use serde_json::{Value, json};
use std::path::Path;

/// One field: how much of it is the most, and the command that holds so much of it.
struct Field {
    name: &'static str,
    most: usize,
    request: Box<dyn Fn(usize) -> Value>,
}

fn field(name: &'static str, most: usize, request: impl Fn(usize) -> Value + 'static) -> Field {
    Field { name, most, request: Box::new(request) }
}

fn chars(n: usize) -> String {
    "站".repeat(n)
}

fn call(change: impl FnOnce(&mut Value, &mut Value)) -> Value {
    let mut facts = json!({
        "kind": "illness", "priority": "urgent", "source": "phone", "accident_level": "ordinary",
        "scene": { "address": "x", "source": "caller_words" }, "complaint": "", "test": false,
    });
    let mut details = json!({ "began_at": 1, "patient_count": 1, "special_needs": "" });
    change(&mut facts, &mut details);
    json!({ "type": "take_call", "facts": facts, "details": details })
}

fn detail(name: &'static str, most: usize) -> Field {
    field(name, most, move |n| call(|_, details| details[name] = chars(n).into()))
}

fn number(name: &'static str, most: usize) -> Field {
    field(name, most, move |n| call(|_, details| details[name] = n.into()))
}

fn told(name: &'static str, most: usize) -> Field {
    field(
        name,
        most,
        move |n| json!({ "type": "record_milestone", "task": "xining-1.t1", "milestone": "departed", "details": { name: n } }),
    )
}

fn amended(name: &'static str, most: usize) -> Field {
    field(
        name,
        most,
        move |n| json!({ "type": "amend_incident", "incident": "xining-1", "changes": { name: chars(n) } }),
    )
}

fn accounted(name: &'static str, most: usize) -> Field {
    field(
        name,
        most,
        move |n| json!({ "type": "account_for_patients", "incident": "xining-1", "patients": { name: n } }),
    )
}

fn noted(kind: &'static str, more: Value, most: usize) -> Field {
    field("note", most, move |n| {
        let mut request = json!({ "type": kind, "incident": "xining-1", "note": chars(n) });
        let more = more.as_object().expect("an object").clone();
        request.as_object_mut().expect("an object").extend(more);
        request
    })
}

fn written(kind: &'static str, most: usize) -> Field {
    field(
        "text",
        most,
        move |n| json!({ "type": kind, "vehicle": "XN-01-1", "through": 1, "text": chars(n) }),
    )
}

fn logged(name: &'static str, most: usize, entry: fn(usize) -> Value) -> Field {
    field(
        name,
        most,
        move |n| json!({ "type": "log_vehicle", "vehicle": "XN-01-1", "entry": entry(n) }),
    )
}

/// The bounds of what a vehicle's log may hold.
fn of_the_log() -> [Field; 2] {
    let Limits { odometer_km, fuel_litres, .. } = Limits::default();
    [
        logged(
            "odometer_km",
            odometer_km as usize,
            |n| json!({ "type": "checked", "odometer_km": n }),
        ),
        logged(
            "litres",
            fuel_litres as usize,
            |n| json!({ "type": "refuelled", "odometer_km": 1, "litres": n }),
        ),
    ]
}

/// Every bound of what one command may hold. Those of a whole incident are counted by the rules alone.
fn fields() -> Vec<Field> {
    let Limits {
        calls_per_incident: _,
        tasks_per_incident: _,
        notes_per_incident: _,
        reopenings_per_incident: _,
        equipment_codes: _,
        vehicles_per_order: _,
        crew_members,
        offered_vehicles,
        address_chars,
        text_chars,
        message_chars,
        name_chars,
        patients_per_call,
        patients_carried,
        age_years,
        task_km,
        error_radius_m,
        odometer_km: _,
        fuel_litres: _,
        suggestions: _,
    } = Limits::default();
    let member = |_| json!({ "person": "p", "name": "x", "role": "driver" });
    let line = |n| json!({ "vehicle": "XN-01-1", "rank": n, "total_seconds": 1 });
    let place = |n: usize| json!({ "address": "x", "source": "map_click", "error_radius_m": n, "position": { "lon": 101.8, "lat": 36.6 } });
    vec![
        field("scene", address_chars, |n| {
            call(|facts, _| facts["scene"]["address"] = chars(n).into())
        }),
        field("scene", error_radius_m as usize, move |n| {
            call(|facts, _| facts["scene"] = place(n))
        }),
        field("waiting", address_chars, |n| {
            call(|facts, _| {
                facts["waiting"] = json!({ "address": chars(n), "source": "caller_words" })
            })
        }),
        field("complaint", text_chars, |n| call(|facts, _| facts["complaint"] = chars(n).into())),
        detail("special_needs", text_chars),
        detail("seat", name_chars),
        detail("caller_number", name_chars),
        detail("contact_name", name_chars),
        detail("contact_phone", name_chars),
        detail("patient_name", name_chars),
        number("patient_count", patients_per_call.into()),
        number("patient_age_years", age_years.into()),
        told("patients_carried", patients_carried.into()),
        accounted("treated_at_scene", patients_per_call.into()),
        accounted("counted_at_scene", patients_per_call.into()),
        told("distance_km", task_km as usize),
        amended("complaint", text_chars),
        amended("scene_address", address_chars),
        amended("waiting_address", address_chars),
        noted("suspend_incident", json!({ "reason": "other" }), text_chars),
        noted("refuse_incident", json!({ "reason": "other" }), text_chars),
        noted("cancel_incident", json!({ "reason": "other" }), text_chars),
        field("crew", crew_members, move |n| {
            let crew: Vec<Value> = (0..n).map(member).collect();
            json!({ "type": "assign_crew", "vehicle": "XN-01-1", "crew": crew })
        }),
        written("send_message", message_chars),
        written("answer_crew", message_chars),
        field("offered", offered_vehicles, move |n| {
            let offered: Vec<Value> = (0..n).map(line).collect();
            let offer = json!({ "offered": offered, "method": "road" });
            json!({ "type": "dispatch_vehicles", "incident": "xining-1", "vehicles": ["XN-01-1"], "offer": offer })
        }),
    ]
}

fn context() -> CommandContext {
    let now = Timestamp(1_000_000);
    let origin = Origin::Person { person: "li".into() };
    CommandContext {
        terminal: None,
        made_at: now,
        now,
        origin,
        vehicle_online: None,
        command_id: None,
        confirmed: Vec::new(),
    }
}

/// A centre with one vehicle and one open incident.
fn centre() -> CentreState {
    let mut state = CentreState::new("xining".into());
    let record = VehicleRecord {
        home_centre: "xining".into(),
        station: "XN-01".into(),
        plate: String::new(),
        call_sign: String::new(),
        kind: VehicleKind::Basic,
        equipment: Vec::new(),
    };
    let enrol = Command::EnrolVehicle { vehicle: "XN-01-1".into(), record };
    let taken = read(call(|_, _| {})).expect("a plain call");
    for command in [enrol, taken] {
        if let Ok(Decision::Events(events)) =
            decide(&state, &Rules::default(), &command, &context())
        {
            events.iter().for_each(|event| apply(&mut state, event));
        }
    }
    state
}

fn read(command: Value) -> Result<Command, String> {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/regions/tiny");
    let region = Region::load(Path::new(dir)).expect("the tiny region");
    let request =
        json!({ "command_id": "a", "centre": "xining", "made_at": 1, "command": command });
    let request = serde_json::from_value(request).expect("a command of the wire");
    let read = read_command(&region, request).map_err(|refusal| format!("{refusal:?}"))?;
    match read.command {
        ReadCommand::AtCentre(command) => Ok(*command),
        ReadCommand::Lend { .. } => panic!("an order to one centre"),
    }
}

/// The field that was refused by its size, at the door or by the rules.
fn refused(state: &CentreState, command: Value) -> Option<String> {
    match read(command).map(|command| decide(state, &Rules::default(), &command, &context())) {
        Err(at_the_door) => Some(at_the_door),
        Ok(Err(Rejection::BadField { field, .. })) => Some(format!("{field:?}")),
        Ok(_) => None,
    }
}

#[test]
fn every_bound_is_the_same_at_the_door_and_in_the_rules() {
    let state = centre();
    for Field { name, most, request } in fields().into_iter().chain(of_the_log()) {
        assert_eq!(refused(&state, request(most)), None, "{name}: {most} is allowed");
        let beyond = refused(&state, request(most + 1));
        assert!(beyond.is_some_and(|it| it.contains(&format!("{name:?}"))), "{name}: {most} + 1");
    }
}
