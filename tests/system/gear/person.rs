//! A signed-in person who sends what a console sends.

use super::{Console, PASSWORD, now_ms};
use reqwest::Client;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use wire_protocol::command_request::CommandRequest;
use wire_protocol::commands::{Command, CommandAnswer};
use wire_protocol::people::SignIn;
use wire_protocol::problem::Problem;

/// Somebody with a session.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) client: Client,
    pub(crate) address: String,
    pub(crate) cookie: String,
}

impl Person {
    pub(crate) async fn sign_in(address: &str, name: &str) -> Self {
        let client = Client::new();
        let who = SignIn { name: name.to_owned(), password: PASSWORD.to_owned() };
        let url = format!("http://{address}/api/v1/session");
        let answer = client.post(url).json(&who).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
        let cookie = answer.headers()["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { client, address: address.to_owned(), cookie }
    }

    /// Has something done at a centre.
    ///
    /// # Errors
    /// The server's refusal.
    pub(crate) async fn execute(
        &self,
        centre: &str,
        command: Command,
    ) -> Result<CommandAnswer, Problem> {
        let command_id = format!("{:032x}", rand::random::<u128>());
        let command = CommandRequest {
            command_id,
            centre: centre.to_owned(),
            made_at: now_ms(),
            command,
            confirmed: Vec::new(),
        };
        let answer = self.post("/api/v1/commands", &serde_json::to_value(command).unwrap()).await;
        if answer.status().is_success() {
            Ok(answer.json().await.unwrap())
        } else {
            Err(answer.json().await.unwrap())
        }
    }

    /// The same, where a refusal fails the test.
    pub(crate) async fn record(&self, centre: &str, command: Command) -> CommandAnswer {
        self.execute(centre, command).await.unwrap_or_else(|refused| panic!("{refused:?}"))
    }

    /// Takes a call about a patient at a place; gives the incident.
    pub(crate) async fn take_call(&self, centre: &str, lon: f64, lat: f64) -> String {
        let call = json!({
            "type": "take_call",
            "facts": {
                "kind": "illness", "priority": "severe", "source": "phone",
                "accident_level": "ordinary", "complaint": "胸痛",
                "scene": {
                    "address": "东大街1号", "source": "map_click",
                    "position": { "lon": lon, "lat": lat },
                },
            },
            "details": { "began_at": now_ms(), "patient_count": 1 },
        });
        self.record(centre, serde_json::from_value(call).unwrap()).await.incident.unwrap()
    }

    /// Sends a vehicle; gives the task.
    pub(crate) async fn dispatch(&self, centre: &str, incident: &str, vehicle: &str) -> String {
        let command = Command::DispatchVehicles {
            incident: incident.to_owned(),
            vehicles: vec![vehicle.to_owned()],
            offer: None,
        };
        self.record(centre, command).await.tasks.remove(0)
    }

    /// Asks for something.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let url = format!("http://{}{path}", self.address);
        let answer = self.client.get(url).header("cookie", &self.cookie).send().await.unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Sends a body as it is.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> reqwest::Response {
        let url = format!("http://{}{path}", self.address);
        let request = self.client.post(url).header("cookie", &self.cookie).json(body);
        request.send().await.unwrap()
    }

    /// Opens the console's feed and reads until it is up to date.
    pub(crate) async fn console(&self) -> Console {
        Console::open(&self.address, &self.cookie).await
    }
}
