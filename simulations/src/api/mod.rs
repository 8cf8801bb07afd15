//! The server's HTTP interface as a simulated dispatcher uses it: the same requests a console sends.

mod asking;
mod error;

pub use error::ApiError;

use error::succeeded;
use reqwest::{Client, RequestBuilder};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use wire_protocol::command_request::CommandRequest;
use wire_protocol::commands::{Command, CommandAnswer};
use wire_protocol::people::{SessionView, SignIn};
use wire_protocol::recommendation::Recommendation;
use wire_protocol::region::RegionView;
use wire_protocol::route::{RoadConditionRequest, RoadConditionView};
use wire_protocol::views::IncidentView;

/// Longest wait for an answer; a local server answers in milliseconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// How long a server that does not answer is asked again: the time in which a centre starts a server anew.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long where what comes late is no longer worth anything.
const HURRY: Duration = Duration::from_secs(2);

/// A signed-in person's door to the server. A session that ends is begun anew: a replay at the speed of the clock lasts longer
/// than any session.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
    person: Arc<SignIn>,
    /// The session's cookie, shared by all who work in this person's name.
    cookie: Arc<Mutex<String>>,
    /// Held by whoever begins a session anew, so that a hundred who find it ended begin one.
    renewing: Arc<tokio::sync::Mutex<()>>,
    patience: Duration,
}

impl Api {
    /// Signs in. `base` is the server's address, e.g. `http://127.0.0.1:8120`.
    pub async fn sign_in(base: &str, name: &str, password: &str) -> Result<Self, ApiError> {
        let api = Self {
            client: Client::builder().timeout(ANSWER_WITHIN).build()?,
            base: base.trim_end_matches('/').to_owned(),
            person: Arc::new(SignIn { name: name.to_owned(), password: password.to_owned() }),
            cookie: Arc::default(),
            renewing: Arc::default(),
            patience: PATIENCE,
        };
        api.begin_session().await?;
        Ok(api)
    }

    /// The same door for whoever has no time: two seconds, then the request has failed.
    #[must_use]
    pub fn in_a_hurry(&self) -> Self {
        Self { patience: HURRY, ..self.clone() }
    }

    /// The whole session cookie, for links that are opened beside.
    pub fn cookie(&self) -> String {
        self.cookie.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Has a command recorded; after a lost answer the same command is sent again under the same name.
    pub async fn execute(
        &self,
        command_id: &str,
        centre: &str,
        made_at: i64,
        command: Command,
    ) -> Result<CommandAnswer, ApiError> {
        let request = CommandRequest {
            command_id: command_id.to_owned(),
            centre: centre.to_owned(),
            made_at,
            command,
            confirmed: Vec::new(),
        };
        self.ask(self.post("/api/v1/commands").json(&request)).await
    }

    /// The ranked vehicles for an incident.
    pub async fn recommend(&self, incident: &str) -> Result<Recommendation, ApiError> {
        let of = [("incident", incident)];
        self.ask(self.get("/api/v1/recommendations").query(&of)).await
    }

    /// The incident as it stands.
    pub async fn incident(&self, incident: &str) -> Result<IncidentView, ApiError> {
        self.ask(self.get(&format!("/api/v1/incidents/{incident}"))).await
    }

    /// What the server serves.
    pub async fn region(&self) -> Result<RegionView, ApiError> {
        self.ask(self.get("/api/v1/region")).await
    }

    /// Closes roads or slows them down; gives the condition's id.
    pub async fn close_roads(&self, asked: &RoadConditionRequest) -> Result<String, ApiError> {
        let request = self.post("/api/v1/road-conditions").json(asked);
        let added: RoadConditionView = serde_json::from_str(&self.ask_once(request).await?)?;
        Ok(added.id)
    }

    /// Ends a condition of roads.
    pub async fn open_roads(&self, id: &str) -> Result<(), ApiError> {
        let url = format!("{}/api/v1/road-conditions/{id}", self.base);
        self.ask_once(self.client.delete(&url).header("origin", &self.base)).await.map(|_| ())
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base))
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base)).header("origin", &self.base)
    }

    /// Begins a session in the place of the one that `ended`, unless another has done so meanwhile.
    async fn renew_session(&self, ended: &str) -> Result<(), ApiError> {
        let _only_one = self.renewing.lock().await;
        if self.cookie() != ended {
            return Ok(());
        }
        self.begin_session().await
    }

    async fn begin_session(&self) -> Result<(), ApiError> {
        let response = self.post("/api/v1/session").json(&*self.person).send().await?;
        let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|it| it.split(';').next()).unwrap_or_default().to_owned();
        let _: SessionView = serde_json::from_str(&succeeded(response).await?.text().await?)?;
        *self.cookie.lock().unwrap_or_else(PoisonError::into_inner) = cookie;
        Ok(())
    }
}
