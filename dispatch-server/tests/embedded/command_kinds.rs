//! Commands of every kind of the API; a test of the permissions holds the list to the API's description.

use crate::http_support::take_call;
use serde_json::{Value, json};

/// A command of each kind about one incident, its task and one vehicle, which is lent to each of these centres. What ends
/// the incident comes last.
pub(crate) fn command_of_each_kind(incident: &str, vehicle: &str, lent_to: &[&str]) -> Vec<Value> {
    let task = format!("{incident}.t1");
    let about = json!({ "note": "", "incident": incident, "task": task, "vehicle": vehicle });
    let command = |kind: &str, more: Value| {
        let mut command = about.clone();
        command["type"] = kind.into();
        command.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        command
    };
    let reason = || json!({ "reason": "other" });
    let mut all = vec![
        take_call(),
        command("amend_incident", json!({ "changes": { "complaint": "x" } })),
        command("add_note", json!({ "text": "x" })),
        command("dispatch_vehicles", json!({ "vehicles": [vehicle] })),
        command("divert_vehicle", json!({ "to_incident": incident, "reason": "other" })),
        command("record_milestone", json!({ "milestone": "departed" })),
        command("undo_milestone", json!({ "milestone": "departed" })),
        command(
            "correct_milestone",
            json!({ "milestone": "departed", "truly_at": 1, "note": "x" }),
        ),
        command("abort_task", reason()),
        command("pause_vehicle", json!({ "reason": "meal" })),
        command("resume_vehicle", json!({})),
        command("go_off_duty", json!({})),
        command("go_on_duty", json!({})),
        command("return_to_station", json!({})),
        command("assign_crew", json!({ "crew": [] })),
        command("clear_sos", json!({ "note": "x" })),
        command(
            "log_vehicle",
            json!({ "entry": { "type": "refuelled", "litres": 40, "odometer_km": 1 } }),
        ),
        command("send_message", json!({ "text": "x" })),
        command("answer_crew", json!({ "through": 1 })),
        command("settle_crew_report", json!({ "keep": true })),
        command("see_refused_presses", json!({})),
        command("give_follow_on", json!({})),
        command("withdraw_follow_on", json!({})),
        command("accept_move", json!({ "number": 1 })),
        command("ignore_move", json!({ "number": 1, "reason": "other" })),
        command("give_move", json!({ "station": "XN-01" })),
        command("acknowledge_move", json!({ "station": "XN-01" })),
        command("withdraw_move", json!({})),
        command("set_move_advice", json!({ "advice": "advise" })),
        command("acknowledge_order_change", json!({ "through": 1 })),
        command("separate_call", json!({ "call": format!("{incident}.c2") })),
        command(
            "change_outcome",
            json!({ "call": format!("{incident}.c2"), "outcome": { "outcome": "nuisance" } }),
        ),
        command("correct_details", json!({ "changes": { "distance_km": null } })),
        command("want_vehicles", json!({ "vehicles": 2 })),
        command("account_for_patients", json!({ "patients": { "not_found": 1 } })),
        command("resend_order", json!({})),
        command("suspend_incident", reason()),
        command("resume_incident", json!({})),
        command("refuse_incident", reason()),
        command("reopen_incident", json!({})),
        command("cancel_incident", reason()),
        command("close_incident", json!({})),
    ];
    all.extend(lent_to.iter().map(|to| command("lend_vehicle", json!({ "to": to }))));
    all
}
