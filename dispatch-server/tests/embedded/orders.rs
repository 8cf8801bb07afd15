//! Orders of a console over HTTP: amendments of everything somebody wrote, and one question for all dangers.

use crate::http_support::{Answer, CITY, Caller, REGIONAL, Server, take_call};
use serde_json::{Value, json};
use wire_protocol::vocabulary::Role;

async fn execute_confirming(li: &Caller, command: &Value, confirmed: &Value) -> Answer {
    let request = json!({
        "command_id": format!("command-{:016x}", rand::random::<u64>()), "centre": CITY,
        "made_at": 1_700_000_000_000_i64, "command": command, "confirmed": confirmed,
    });
    li.post("/api/v1/commands", request).await
}

async fn incident_opened(li: &Caller) -> String {
    let taken = li.execute(CITY, take_call()).await;
    assert_eq!(taken.status, 200, "{}", taken.body);
    taken.body["incident"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn whatever_was_written_of_a_call_is_amended_or_taken_back() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let incident = incident_opened(&li).await;
    let amend = |changes: Value| {
        li.execute(
            CITY,
            json!({ "type": "amend_incident", "incident": incident, "changes": changes }),
        )
    };
    let seen = async || li.get(&format!("/api/v1/incidents/{incident}")).await.body;
    let set = json!({
        "vehicles_wanted": 2, "patient_count": 3, "caller_number": "13995010003",
        "contact_name": "张伟", "contact_phone": "13995010002", "patient_name": "王芳",
        "patient_sex": "female", "patient_age_years": 67, "stretcher": true,
        "special_needs": "电梯停用", "source": "police", "test": true,
        "hazards": ["violence", "infection", "violence"],
    });
    let answer = amend(set.clone()).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let found = seen().await;
    assert_eq!((&found["vehicles_wanted"], &found["patients"]["reported"]), (&json!(2), &json!(3)));
    assert_eq!(
        (&found["facts"]["source"], &found["facts"]["test"]),
        (&json!("police"), &json!(true))
    );
    assert_eq!(found["facts"]["hazards"], json!(["infection", "violence"]), "each once");
    let call = &found["calls"][0]["details"];
    for field in ["caller_number", "contact_name", "contact_phone", "patient_name", "patient_sex"] {
        assert_eq!(call[field], set[field], "{field}");
    }
    assert_eq!(call["patient_count"], take_call()["details"]["patient_count"], "as the call told");
    let cleared = json!({
        "caller_number": null, "contact_name": null, "contact_phone": null, "patient_name": null,
        "patient_sex": null, "patient_age_years": null, "special_needs": "", "stretcher": false,
        "vehicles_wanted": 1, "patient_count": 1, "test": false,
        "hazards": [],
    });
    assert_eq!(amend(cleared.clone()).await.status, 200);
    let found = seen().await;
    let call = &found["calls"][0]["details"];
    for (field, value) in cleared.as_object().unwrap() {
        assert!(!value.is_null() || call[field].is_null(), "{field}: {}", call[field]);
    }
    assert_eq!(found["patients"]["reported"], 1);
    assert!(found["vehicles_wanted"].is_null(), "one is the usual");
    assert!(found["facts"]["hazards"].is_null(), "none are left");
    let of_the_call = json!({ "call_id": format!("{incident}.c1"), "patient_count": 2 });
    assert_eq!(amend(of_the_call).await.status, 200);
    let found = seen().await;
    assert_eq!(found["calls"][0]["details"]["patient_count"], 2);
    assert_eq!(found["patients"]["reported"], 2, "the call tells of more now");
    for (wrong, field) in [
        (json!({ "patient_count": 0 }), "patient_count"),
        (json!({ "vehicles_wanted": 0 }), "vehicles"),
        (json!({ "contact_name": "a\u{0}b" }), "contact_name"),
        (json!({ "call_id": format!("{incident}.c9"), "stretcher": true }), "call_id"),
        (json!({ "call_id": format!("{incident}.c1") }), "changes"),
    ] {
        let answer = amend(wrong.clone()).await;
        let told = (answer.status, answer.body["details"]["field"].as_str().unwrap());
        assert_eq!(told, (422, field), "{wrong}");
    }
}

#[tokio::test]
async fn one_question_names_every_danger_and_is_answered_once() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let incident = incident_opened(&li).await;
    let vehicle = "XN-01-1";
    let sent = li
        .execute(
            CITY,
            json!({ "type": "dispatch_vehicles", "incident": incident, "vehicles": [vehicle] }),
        )
        .await;
    let task = sent.body["tasks"][0].as_str().unwrap().to_owned();
    let reach = json!({ "type": "record_milestone", "task": task, "milestone": "at_scene" });
    assert_eq!(li.execute(CITY, reach).await.status, 200);
    let cancel =
        json!({ "type": "cancel_incident", "incident": incident, "reason": "caller_cancelled" });
    let asked = execute_confirming(&li, &cancel, &json!([])).await;
    assert_eq!((asked.status, &asked.body["code"]), (409, &json!("several_dangers")));
    let dangers = asked.body["dangers"].as_array().unwrap();
    let codes: Vec<&Value> = dangers.iter().map(|danger| &danger["code"]).collect();
    assert_eq!(codes, ["crew_at_scene", "crew_out_of_touch"]);
    assert!(dangers.iter().all(|danger| danger["details"]["vehicles"] == vehicle));
    assert_eq!(asked.body["confirm"], dangers[0]["confirm"], "for clients of the release before");
    let half = execute_confirming(&li, &cancel, &json!([dangers[0]["confirm"]])).await;
    assert_eq!((half.status, &half.body["code"]), (409, &json!("crew_out_of_touch")));
    assert_eq!(half.body["dangers"][0]["confirm"], dangers[1]["confirm"]);
    let all: Vec<&Value> = dangers.iter().map(|danger| &danger["confirm"]).collect();
    let done = execute_confirming(&li, &cancel, &json!(all)).await;
    assert_eq!(done.status, 200, "{}", done.body);
}

/// A joined call is seen with its own words, raises the priority, and becomes an incident of its own again.
#[tokio::test]
async fn a_joined_call_keeps_its_words_and_is_taken_apart() {
    let server = Server::start().await;
    let taker = server.person("zhao", Role::CallTaker, CITY).await;
    let incident = incident_opened(&taker).await;
    let mut further = take_call();
    further["link_to"] = json!(incident);
    further["facts"]["priority"] = json!("critical");
    further["facts"]["complaint"] = json!("没有呼吸");
    further["facts"]["scene"] = json!({ "address": "鼓楼西侧3号楼", "source": "caller_words" });
    let joined = taker.execute(CITY, further).await;
    assert_eq!(joined.status, 200, "{}", joined.body);
    let call = joined.body["call"].as_str().unwrap().to_owned();
    let seen = async |id: &str| taker.get(&format!("/api/v1/incidents/{id}")).await.body;
    let found = seen(&incident).await;
    let said = &found["calls"][1]["said"];
    assert_eq!(
        (&said["scene"]["address"], &said["complaint"], &said["priority"]),
        (&json!("鼓楼西侧3号楼"), &json!("没有呼吸"), &json!("critical"))
    );
    assert_eq!(found["facts"]["priority"], json!("critical"));
    let apart = json!({ "type": "separate_call", "incident": incident, "call": call });
    let separated = taker.execute(CITY, apart.clone()).await;
    assert_eq!(separated.status, 200, "{}", separated.body);
    let own = separated.body["incident"].as_str().unwrap().to_owned();
    assert_eq!(seen(&incident).await["calls"][1]["separated_to"], json!(own));
    let found = seen(&own).await;
    assert_eq!(found["facts"]["scene"]["address"], json!("鼓楼西侧3号楼"));
    assert_eq!(taker.execute(CITY, apart).await.short(), "409 call_already_separated");
}

#[tokio::test]
async fn a_vehicles_past_stays_with_the_centre_it_belonged_to() {
    let server = Server::start().await;
    let own = server.person("own", Role::Dispatcher, CITY).await;
    let officer = server.person("officer", Role::RegionalDutyOfficer, REGIONAL).await;
    let vehicle = "/api/v1/vehicles/XN-01-1";
    let track = format!("{vehicle}/positions?from=0&to=4102444800000");
    let statuses = async || {
        [
            own.get(vehicle).await.status,
            own.get(&track).await.status,
            officer.get(&track).await.status,
        ]
    };
    assert_eq!(statuses().await, [200, 200, 200]);
    let lend = |to: &str| json!({ "type": "lend_vehicle", "vehicle": "XN-01-1", "to": to });
    let lent = own.execute(CITY, lend(REGIONAL)).await;
    assert_eq!(lent.status, 200, "{}", lent.body);
    assert_eq!(
        statuses().await,
        [403, 200, 200],
        "what it did here stays ours, where it is does not"
    );
    assert_eq!(officer.execute(REGIONAL, lend(CITY)).await.status, 200);
    assert_eq!(statuses().await, [200, 200, 200]);
    assert_eq!(own.get("/api/v1/vehicles/XN-99-9/positions?from=0&to=1").await.status, 404);
}
