//! Broken requests of somebody who is signed in, of somebody who is not, and one good command sent many times.

use super::{Sent, count};
use crate::gear::{Person, now_ms};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use wire_protocol::commands::CommandAnswer;
use wire_protocol::problem::Problem;

/// Times the one good command is sent.
const REPLAYS: u32 = 300;
/// One request in so many has a body of megabytes; they cost the sender most.
const HUGE_ONE_IN: u32 = 2_000;
const HUGE_BYTES: usize = 50 * 1024 * 1024;
const CALL: &str = include_str!("../../../wire-protocol/golden/command_take_call.json");

/// Sends so many broken requests.
pub(super) async fn send(person: Person, requests: u64, seed: u64) -> Sent {
    let mut random = StdRng::seed_from_u64(seed);
    let mut sent = Sent::new();
    for _ in 0..requests {
        let (request, codes) = broken(&person, &mut random);
        let answer = match request.send().await {
            Ok(answer) => answer,
            // The server may hang up on a body that it does not want to read.
            Err(_) if codes == ["body_too_large"] => continue,
            Err(other) => panic!("{other}"),
        };
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_client_error(), "{status}: {text}");
        let problem: Problem = serde_json::from_str(&text).unwrap();
        assert!(codes.contains(&problem.code.as_str()), "{}, not one of {codes:?}", problem.code);
        count(&mut sent, &format!("helan_refusals_total{{code=\"{}\"}}", problem.code));
    }
    sent
}

/// A request that must be refused, and the codes with which it may be.
fn broken(person: &Person, random: &mut StdRng) -> (RequestBuilder, &'static [&'static str]) {
    let call = |change: &dyn Fn(&mut Value)| {
        let mut call: Value = serde_json::from_str(CALL).unwrap();
        call["command_id"] = json!(format!("{:032x}", rand::random::<u128>()));
        change(&mut call);
        call.to_string()
    };
    if random.random_ratio(1, HUGE_ONE_IN) {
        return (request(person, " ".repeat(HUGE_BYTES)), &["body_too_large"]);
    }
    match random.random_range(0..13) {
        0 => {
            let whole = call(&|_| {});
            let cut = random.random_range(0..whole.len() - 1);
            (request(person, whole.as_bytes()[..cut].to_vec()), &["malformed_json"])
        }
        1 => {
            let noise: Vec<u8> =
                (0..random.random_range(1..300)).map(|_| random.random()).collect();
            (request(person, [b"\x00", &noise[..]].concat()), &["malformed_json"])
        }
        2 => {
            let field = ["command_id", "centre", "made_at", "command"][random.random_range(0..4)];
            let wrong = [json!([]), json!(null), json!({ "type": 5 }), json!(true)];
            let wrong = &wrong[random.random_range(0..wrong.len())];
            (request(person, call(&|call| call[field] = wrong.clone())), &["wrong_shape"])
        }
        3 => {
            let scene = "/command/facts/scene/position/lon";
            let far = call(&|call| *call.pointer_mut(scene).unwrap() = json!(906.2));
            (request(person, far), &["bad_field"])
        }
        4 => {
            let elsewhere = call(&|call| call["centre"] = json!("guyuan"));
            (request(person, elsewhere), &["wrong_centre"])
        }
        5 => {
            let command = json!({ "type": "dispatch_vehicles", "incident": "yinchuan-999999",
                "vehicles": ["YC-01-2"] });
            let nobody = call(&|call| call["command"] = command.clone());
            (request(person, nobody), &["unknown_incident"])
        }
        6 => (request(person, " ".repeat(64 * 1024 + 1)), &["body_too_large"]),
        7 => {
            let request =
                person.client.post(commands(person)).header("content-type", "application/json");
            (request.body(call(&|_| {})), &["not_signed_in"])
        }
        8 => {
            let request = person.client.post(commands(person)).header("cookie", &person.cookie);
            let origin = request.header("origin", "http://evil.example");
            (origin.header("content-type", "application/json").body(call(&|_| {})), &["cross_site"])
        }
        9 => {
            let request = person.client.post(commands(person)).header("cookie", &person.cookie);
            (request.header("content-type", "text/plain").body(call(&|_| {})), &["not_json"])
        }
        10 => (asking(person, "/api/v1/vehicles/YC-01-1/positions?from=x&to=1"), &["bad_query"]),
        11 => {
            let path = format!("/api/v1/{}", random.random::<u64>());
            (asking(person, &path), &["not_found"])
        }
        _ => {
            let request = person.client.request(Method::DELETE, commands(person));
            (request.header("cookie", &person.cookie), &["method_not_allowed"])
        }
    }
}

fn commands(person: &Person) -> String {
    format!("http://{}/api/v1/commands", person.address)
}

fn request(person: &Person, body: impl Into<reqwest::Body>) -> RequestBuilder {
    let request = person.client.post(commands(person)).header("cookie", &person.cookie);
    request.header("content-type", "application/json").body(body)
}

fn asking(person: &Person, path: &str) -> RequestBuilder {
    let url = format!("http://{}{path}", person.address);
    person.client.get(url).header("cookie", &person.cookie)
}

/// One good command, sent many times under one name: recorded once.
pub(super) async fn replay(person: Person) -> Sent {
    let mut call: Value = serde_json::from_str(CALL).unwrap();
    call["made_at"] = json!(now_ms());
    let mut first_version = None;
    for _ in 0..REPLAYS {
        let answer = person.post("/api/v1/commands", &call).await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        let answer: CommandAnswer = answer.json().await.unwrap();
        assert_eq!(answer.already_recorded, first_version.is_some());
        first_version.get_or_insert(answer.version);
    }
    Sent::new()
}
