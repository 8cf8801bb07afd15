//! The server's HTTP interface as a simulated dispatcher uses it: the same requests a console sends.

use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde::de::DeserializeOwned;
use std::time::Duration;
use thiserror::Error;
use wire_protocol::commands::{Command, CommandAnswer, CommandRequest};
use wire_protocol::people::{SessionView, SignIn};
use wire_protocol::problem::Problem;
use wire_protocol::recommendation::Recommendation;
use wire_protocol::region::RegionView;
use wire_protocol::route::{RoadConditionRequest, RoadConditionView};
use wire_protocol::views::IncidentView;

/// Longest wait for an answer; a local server answers in milliseconds.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Tries of one command before it is given up.
const COMMAND_TRIES: u32 = 5;

/// Why a request was not carried out.
#[derive(Debug, Error)]
pub enum ApiError {
    /// The server refused it and said why.
    #[error("{} ({})", .0.message, .0.code)]
    Refused(Problem),
    /// No answer, or none that can be read.
    #[error("no answer from the server: {0}")]
    Unreachable(#[from] reqwest::Error),
}

/// A signed-in person's door to the server.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
    cookie: String,
}

impl Api {
    /// Signs in. `base` is the server's address, e.g. `http://127.0.0.1:8120`.
    pub async fn sign_in(base: &str, name: &str, password: &str) -> Result<Self, ApiError> {
        let client = Client::builder().cookie_store(true).timeout(ANSWER_WITHIN).build()?;
        let base = base.trim_end_matches('/').to_owned();
        let mut api = Self { client, base, cookie: String::new() };
        let person = SignIn { name: name.to_owned(), password: password.to_owned() };
        let response = api.post("/api/v1/session").json(&person).send().await?;
        let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        api.cookie = cookie.and_then(|it| it.split(';').next()).unwrap_or_default().to_owned();
        let _: SessionView = read(response).await?;
        Ok(api)
    }

    /// The whole session cookie, for links that are opened beside.
    pub fn cookie(&self) -> &str {
        &self.cookie
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
        let mut tries = 1;
        loop {
            let result = answer(self.post("/api/v1/commands").json(&request)).await;
            let again = match &result {
                Err(ApiError::Refused(problem)) => problem.retry,
                Err(ApiError::Unreachable(_)) => true,
                Ok(_) => false,
            };
            if !again || tries == COMMAND_TRIES {
                return result;
            }
            tokio::time::sleep(Duration::from_millis(200 * u64::from(tries))).await;
            tries += 1;
        }
    }

    /// The ranked vehicles for an incident.
    pub async fn recommend(&self, incident: &str) -> Result<Recommendation, ApiError> {
        answer(self.get("/api/v1/recommendations").query(&[("incident", incident)])).await
    }

    /// The incident as it stands.
    pub async fn incident(&self, incident: &str) -> Result<IncidentView, ApiError> {
        answer(self.get(&format!("/api/v1/incidents/{incident}"))).await
    }

    /// What the server serves.
    pub async fn region(&self) -> Result<RegionView, ApiError> {
        answer(self.get("/api/v1/region")).await
    }

    /// Closes roads or slows them down; gives the condition's id.
    pub async fn close_roads(&self, asked: &RoadConditionRequest) -> Result<String, ApiError> {
        let added: RoadConditionView =
            answer(self.post("/api/v1/road-conditions").json(asked)).await?;
        Ok(added.id)
    }

    /// Ends a condition of roads.
    pub async fn open_roads(&self, id: &str) -> Result<(), ApiError> {
        let url = format!("{}/api/v1/road-conditions/{id}", self.base);
        let response = self.client.delete(url).header("origin", &self.base).send().await?;
        match response.status() {
            status if status.is_success() => Ok(()),
            _ => read(response).await,
        }
    }

    fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base))
    }

    fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base)).header("origin", &self.base)
    }
}

async fn answer<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, ApiError> {
    read(request.send().await?).await
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, ApiError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response.json().await?);
    }
    let problem = response.json().await.unwrap_or_else(|_| no_problem_body(status));
    Err(ApiError::Refused(problem))
}

fn no_problem_body(status: StatusCode) -> Problem {
    Problem {
        confirm: None,
        dangers: Vec::new(),
        code: "unexplained".into(),
        message: format!("the server answered {status} without saying why"),
        details: Default::default(),
        retry: status.is_server_error(),
    }
}
