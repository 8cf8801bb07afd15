//! A real server on a free port with the tiny region, and people who talk to it over real sockets.

pub(crate) mod links;
pub(crate) mod numbers;

use dispatch_core::model::VehicleId;
use dispatch_server::http::SESSION_COOKIE;
use dispatch_server::people::PersonToAdd;
use dispatch_server::serve::{Running, Stopped, serve};
use dispatch_server::settings::ServeSettings;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use std::path::PathBuf;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use wire_protocol::vocabulary::Role;

pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const CITY: &str = "xining";
pub(crate) const REGIONAL: &str = "qinghai";

pub(crate) fn region() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/regions/tiny")
}

/// A server and the folder it lives in.
pub(crate) struct Server {
    pub(crate) running: Running,
    pub(crate) stop: CancellationToken,
    pub(crate) base: String,
    pub(crate) data: TempDir,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut ServeSettings)) -> Self {
        Self::over(tempfile::tempdir().unwrap(), change).await
    }

    async fn over(data: TempDir, change: impl FnOnce(&mut ServeSettings)) -> Self {
        let mut settings = ServeSettings::new(data.path().to_owned(), region());
        // Whatever else fills the disk of the machine that tests.
        settings.disk_reserve_bytes = Some(0);
        change(&mut settings);
        let stop = CancellationToken::new();
        let running = serve(settings, stop.clone()).await.unwrap();
        let base = format!("http://{}", running.address);
        Self { running, stop, base, data }
    }

    /// Ends it and waits until it is over.
    pub(crate) async fn end(self) -> Stopped {
        self.stop.cancel();
        self.running.stopped().await
    }

    /// Ends it and begins the next over the same data.
    pub(crate) async fn restarted_with(self, change: impl FnOnce(&mut ServeSettings)) -> Self {
        self.stop.cancel();
        assert_eq!(self.running.stopped().await, Stopped::InTime);
        Self::over(self.data, change).await
    }

    /// Adds a person named after the role and signs them in.
    pub(crate) async fn person(&self, name: &str, role: Role, centre: &str) -> Caller {
        let hospital = (role == Role::Hospital).then(|| "H-XN-01".into());
        let (display_name, centre) = (name, centre.into());
        let person = PersonToAdd { name, display_name, password: PASSWORD, role, centre, hospital };
        self.running.people.add(person).await.unwrap();
        self.nobody().signed_in(name, PASSWORD).await
    }

    pub(crate) async fn key(&self, vehicle: &str) -> String {
        let keys = self.running.people.make_keys(&[VehicleId::from(vehicle)]).await.unwrap();
        keys.into_iter().next().unwrap().1
    }

    /// Somebody who is signed in already, at this server.
    pub(crate) fn again(&self, caller: Caller) -> Caller {
        Caller { base: self.base.clone(), ..caller }
    }

    pub(crate) fn nobody(&self) -> Caller {
        Caller { client: Client::new(), base: self.base.clone(), cookie: None, key: None }
    }
}

/// Somebody who sends requests.
#[derive(Clone)]
pub(crate) struct Caller {
    pub(crate) client: Client,
    pub(crate) base: String,
    pub(crate) cookie: Option<String>,
    pub(crate) key: Option<String>,
}

impl Caller {
    pub(crate) fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if let Some(cookie) = &self.cookie {
            request = request.header("cookie", format!("{SESSION_COOKIE}={cookie}"));
        }
        if let Some(key) = &self.key {
            request = request.bearer_auth(key);
        }
        request
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request("GET", path).send().await.unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request("DELETE", path).send().await.unwrap()).await
    }

    pub(crate) async fn send(&self, method: &str, path: &str, body: Value) -> Answer {
        Answer::of(self.request(method, path).json(&body).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, body).await
    }

    pub(crate) async fn sign_in(&self, name: &str, password: &str) -> Answer {
        self.post("/api/v1/session", json!({ "name": name, "password": password })).await
    }

    /// Signs in and keeps the cookie.
    pub(crate) async fn signed_in(mut self, name: &str, password: &str) -> Self {
        let answer = self.sign_in(name, password).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.cookie = Some(answer.cookie.unwrap());
        self
    }

    /// Sends a command for a centre under a fresh id.
    pub(crate) async fn execute(&self, centre: &str, command: Value) -> Answer {
        let command_id = format!("command-{:016x}", rand::random::<u64>());
        let made_at = 1_700_000_000_000_i64;
        let request = json!({ "command_id": command_id, "centre": centre, "made_at": made_at, "command": command });
        self.post("/api/v1/commands", request).await
    }
}

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
    pub(crate) text: String,
    pub(crate) cookie: Option<String>,
    pub(crate) cookie_line: String,
    pub(crate) headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let line = headers.get("set-cookie").map(|line| line.to_str().unwrap().to_owned());
        let cookie_line = line.unwrap_or_default();
        let cookie = cookie_line
            .strip_prefix(&format!("{SESSION_COOKIE}="))
            .and_then(|rest| rest.split(';').next())
            .map(str::to_owned);
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self { status, body, text, cookie, cookie_line, headers }
    }

    pub(crate) fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or("")
    }

    /// Status, and the code of a problem.
    pub(crate) fn short(&self) -> String {
        format!("{} {}", self.status, self.code()).trim_end().to_owned()
    }
}

/// A call with every field that can be left out left out.
pub(crate) fn take_call() -> Value {
    json!({
        "type": "take_call",
        "facts": {
            "kind": "illness", "priority": "severe", "source": "phone",
            "accident_level": "ordinary",
            "scene": {
                "address": "东大街1号", "source": "map_click",
                "position": { "lon": 101.78, "lat": 36.62 },
            },
            "complaint": "胸痛",
        },
        "details": { "began_at": 1_700_000_000_000_i64, "patient_count": 1 },
    })
}
