//! What a stranger may put into a field: texts that hide or turn, positions that are none, moments outside every
//! calendar. Walks every field there is, so that a new one is tried without a change here.

use crate::http_support::{CITY, REGIONAL, Server, take_call};
use dispatch_server::commands::read_command;
use expect_test::expect;
use region::Region;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use wire_protocol::command_request::CommandRequest;
use wire_protocol::vocabulary::Role;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// One command of each kind as it is sent, every call with all its fields.
fn every_command() -> Vec<Value> {
    let files = std::fs::read_dir(folder("wire-protocol/golden")).unwrap();
    let commands = files.filter_map(|file| {
        let path = file.unwrap().path();
        let name = path.file_name()?.to_str()?.to_owned();
        let is_request = name.starts_with("command_") && name != "command_answer.json";
        is_request.then(|| serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    });
    let mut commands: Vec<Value> = commands.collect();
    commands.push(json!({
        "command_id": "a", "centre": "yinchuan", "made_at": 1_700_000_000_000_i64,
        "command": { "type": "amend_incident", "incident": "yinchuan-1", "changes": {
            "scene": { "address": "解放西街", "source": "map_click", "measured_at": 1_700_000_000_000_i64 },
            "scene_address": "解放西街", "waiting_address": "路口", "complaint": "胸痛",
            "waiting": { "address": "路口", "source": "map_click" },
            "appointment_at": 1_700_000_000_000_i64, "needs": { "equipment": ["ventilator"] },
        } },
    }));
    let mut call = take_call();
    call["details"]["contact_name"] = json!("王五");
    call["details"]["contact_phone"] = json!("13909510000");
    call["details"]["patient_name"] = json!("王六");
    call["outcome"] = json!({ "outcome": "refused", "reason": "not_medical", "note": "n" });
    call["facts"]["scene"]["position"] = json!({ "lon": 106.2672, "lat": 38.4702 });
    commands.push(json!({
        "command_id": "a", "centre": "yinchuan", "made_at": 1_700_000_000_000_i64, "command": call,
    }));
    commands
}

/// The place of every value in a document for which `wanted` holds.
fn places(value: &Value, at: String, wanted: &impl Fn(&Value) -> bool, found: &mut Vec<String>) {
    if wanted(value) {
        found.push(at.clone());
    }
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, it)| (name.clone(), it)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(n, it)| (n.to_string(), it)).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    for (name, it) in inner {
        places(it, format!("{at}/{name}"), wanted, found);
    }
}

/// Every command with one value replaced, the place told with it.
fn spoilt(wanted: impl Fn(&Value) -> bool, with: &[Value]) -> Vec<(String, Value, Value)> {
    let mut all = Vec::new();
    for request in every_command() {
        let mut found = Vec::new();
        places(&request, String::new(), &wanted, &mut found);
        for place in found {
            for value in with {
                let mut changed = request.clone();
                *changed.pointer_mut(&place).unwrap() = value.clone();
                all.push((place.clone(), value.clone(), changed));
            }
        }
    }
    all
}

fn read(region: &Region, request: Value) -> Option<String> {
    let request: CommandRequest = serde_json::from_value(request).ok()?;
    read_command(region, request).ok().map(|read| format!("{read:?}"))
}

#[test]
fn no_text_of_any_command_keeps_what_nobody_sees() {
    let region = Region::load(&folder("regions/ningxia")).unwrap();
    let hidden = [
        "解放西街\u{202e}12号楼",
        "\u{2067}ab\u{2069}",
        "a\u{200b}b\u{feff}",
        "x\u{e0041}\u{e007f}",
        "\u{3164}",
        "\u{2800}\u{200f}",
        "a\u{ad}b\u{61c}",
        "\u{fff9}a\u{fffb}",
        "\u{180e}a\u{2064}",
    ];
    let hidden: Vec<Value> = hidden.iter().map(|text| json!(text)).collect();
    let mut cleaned = BTreeSet::new();
    for (place, value, request) in spoilt(Value::is_string, &hidden) {
        // The centre is looked up by whoever asks for the reading.
        let read = if place == "/centre" { None } else { read(&region, request) };
        if let Some(read) = read {
            // What has no form of its own is told by its number.
            assert!(!read.contains("\\u{"), "{place} keeps {value}: {read}");
            cleaned.insert(
                place.rsplit('/').find(|name| name.parse::<u8>().is_err()).unwrap().to_owned(),
            );
        }
    }
    let cleaned: Vec<String> = cleaned.into_iter().collect();
    expect!["address caller_number complaint contact_name contact_phone equipment name note patient_name scene_address seat special_needs text waiting_address"]
        .assert_eq(&cleaned.join(" "));
    let broken: Vec<Value> =
        ["a\0b", "a\u{7}", "\u{1b}[31m", "\u{9f}"].iter().map(|text| json!(text)).collect();
    for (place, value, request) in spoilt(Value::is_string, &broken) {
        if place != "/centre" {
            assert_eq!(read(&region, request), None, "{place} takes {value}");
        }
    }
}

#[test]
fn no_moment_of_any_command_lies_outside_the_calendar() {
    let region = Region::load(&folder("regions/ningxia")).unwrap();
    let extremes = [i64::MIN, -1, 4_102_444_800_001, 253_402_300_800_000, i64::MAX];
    let extremes: Vec<Value> = extremes.iter().map(|number| json!(number)).collect();
    let mut moments = BTreeSet::new();
    for (place, value, request) in spoilt(Value::is_number, &extremes) {
        let read = read(&region, request);
        if place.ends_with("_at") {
            assert_eq!(read, None, "{place} takes {value}");
            moments.insert(place.rsplit('/').next().unwrap().to_owned());
        }
    }
    let moments: Vec<String> = moments.into_iter().collect();
    expect!["appointment_at began_at made_at measured_at rang_at truly_at"]
        .assert_eq(&moments.join(" "));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_number_of_any_question_is_told_as_a_fault_of_the_server() {
    let server = Server::start().await;
    let duty = server.person("duty", Role::RegionalDutyOfficer, REGIONAL).await;
    let asked = crate::http_support::numbers::every_number_at_its_extremes(&duty).await;
    assert!(asked > 500, "{asked} questions");
}

#[tokio::test]
async fn an_address_is_kept_without_what_hides_and_an_empty_one_refused() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    let mut told = String::new();
    for address in [
        "解放西街\u{202e}12号楼3单元",
        "\u{200b}\u{200b}",
        "\u{3164}",
        "\u{2800} \u{3000}",
        "\u{ad}",
        "东大街\n1号",
        "东大街\u{2028}1号",
        "东大街１号\u{a0}",
    ] {
        let mut call = take_call();
        call["facts"]["scene"]["address"] = json!(address);
        let answer = li.execute(CITY, call).await;
        let kept = match answer.body["incident"].as_str() {
            Some(incident) => {
                let view = li.get(&format!("/api/v1/incidents/{incident}")).await.body;
                view["facts"]["scene"]["address"].as_str().unwrap().to_owned()
            }
            None => answer.body["message"].as_str().unwrap().to_owned(),
        };
        writeln!(told, "{address:?}: {} {kept}", answer.short()).unwrap();
    }
    expect![[r#"
        "解放西街\u{202e}12号楼3单元": 200 解放西街12号楼3单元
        "\u{200b}\u{200b}": 422 bad_field scene must not be empty
        "ㅤ": 422 bad_field scene must not be empty
        "⠀ \u{3000}": 422 bad_field scene must not be empty
        "\u{ad}": 422 bad_field scene must not be empty
        "东大街\n1号": 422 bad_field scene must not hold the control character U+000A
        "东大街\u{2028}1号": 422 bad_field scene must not hold the control character U+2028
        "东大街１号\u{a0}": 200 东大街１号 
    "#]]
    .assert_eq(&told);
}

#[tokio::test]
async fn a_place_that_is_none_is_refused_at_every_door() {
    let server = Server::start().await;
    let chief = server.person("chief", Role::Supervisor, CITY).await;
    let called = chief.execute(CITY, take_call()).await;
    let incident = called.body["incident"].as_str().unwrap().to_owned();
    let mut told = String::new();
    for (what, lon, lat) in [
        ("unset", 0.0, 0.0),
        ("nearly unset", 0.0001, -0.0002),
        ("exchanged", 36.62, 101.78),
        ("another continent", -101.78, 36.62),
        ("a slip of one digit", 111.78, 36.62),
        ("Beijing", 116.40, 39.90),
        ("over the border", 103.2, 36.06),
    ] {
        let at = json!({ "lon": lon, "lat": lat });
        let place = json!({ "address": "桥头", "source": "map_click", "position": at });
        let mut scene = take_call();
        scene["facts"]["scene"]["position"] = at.clone();
        let mut waiting = take_call();
        waiting["facts"]["waiting"] = place.clone();
        let amended = |changes: Value| json!({ "type": "amend_incident", "incident": incident, "changes": changes });
        let point = json!({ "position": at, "source": "map_click" });
        let commands = [
            ("scene", scene),
            ("waiting", waiting),
            ("amended scene", amended(json!({ "scene": place }))),
            ("amended point", amended(json!({ "scene_point": point }))),
            ("amended waiting", amended(json!({ "waiting": place }))),
        ];
        let mut answers = BTreeSet::new();
        let say = |answer: crate::http_support::Answer| {
            let problem = answer.body["details"]["problem"].as_str().unwrap_or("").to_owned();
            format!("{} {problem}", answer.short()).trim_end().to_owned()
        };
        for (_, request) in commands {
            answers.insert(say(chief.execute(CITY, request).await));
        }
        for path in [
            "recommendations?",
            "duplicates?centre=xining&",
            "isochrones?minutes=5&",
            "hospital-choices?",
        ] {
            answers.insert(say(chief.get(&format!("/api/v1/{path}lon={lon}&lat={lat}")).await));
        }
        let area = json!([[lon, lat], [101.79, 36.62], [101.78, 36.63]]);
        let closed = json!({ "kind": "closed", "area": area, "note": "" });
        answers.insert(say(chief.post("/api/v1/road-conditions", closed).await));
        let answers: Vec<String> = answers.into_iter().collect();
        writeln!(told, "{what}: {}", answers.join("; ")).unwrap();
    }
    expect![[r#"
        unset: 422 bad_field must be a place: 0, 0 stands for an unknown position; leave it out
        nearly unset: 422 bad_field must be a place: 0, 0 stands for an unknown position; leave it out
        exchanged: 422 bad_field must lie in the region: longitude and latitude seem exchanged
        another continent: 422 bad_field must lie in the region or within 200 km of it; without a sure position leave it out
        a slip of one digit: 422 bad_field must lie in the region or within 200 km of it; without a sure position leave it out
        Beijing: 422 bad_field must lie in the region or within 200 km of it; without a sure position leave it out
        over the border: 200; 403 wrong_centre; 422 bad_field must be named for a place outside the region
    "#]].assert_eq(&told);
}
