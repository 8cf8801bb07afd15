//! Somebody signed in who goes on at another server when one does not answer, as a console behind a balancer
//! does.

use super::{PASSWORD, now_ms};
use reqwest::{Client, StatusCode};
use serde::de::DeserializeOwned;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use wire_protocol::command_request::CommandRequest;
use wire_protocol::commands::{Command, CommandAnswer};
use wire_protocol::people::SignIn;
use wire_protocol::problem::Problem;

/// Longest wait for an answer: a little more than twice what a server waits for its database.
const ANSWER_WAIT: Duration = Duration::from_secs(12);
/// Pause before something that did not go through is tried at the next server.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(100);

/// Why a request got no good answer.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The server's refusal.
    Refused(StatusCode, Box<Problem>),
    /// None came.
    NoAnswer,
}

impl Trouble {
    /// The server's stable word, if there was any.
    pub(crate) fn code(&self) -> Option<&str> {
        match self {
            Self::Refused(_, problem) => Some(&problem.code),
            Self::NoAnswer => None,
        }
    }
}

/// Whether the same will not go through elsewhere or later either.
fn is_final(status: StatusCode, problem: &Problem) -> bool {
    !problem.retry && status != StatusCode::UNAUTHORIZED
}

/// A command that found its end.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) result: Result<CommandAnswer, Box<Problem>>,
    pub(crate) tries: u32,
    /// When the last of them began, and at which server.
    pub(crate) tried_at: Instant,
    pub(crate) server: usize,
}

/// A person with a session.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    client: Client,
    name: String,
    servers: Vec<SocketAddr>,
    cookie: String,
    /// How often a server did not know the session and wanted a new sign-in.
    pub(crate) signed_in_anew: u32,
}

impl Person {
    /// Signs in at the first of these servers that answers.
    pub(crate) async fn sign_in(servers: &[SocketAddr], name: &str) -> Self {
        let client = Client::builder().timeout(ANSWER_WAIT).build().unwrap();
        let (name, servers) = (name.to_owned(), servers.to_vec());
        let mut person = Self { client, name, servers, cookie: String::new(), signed_in_anew: 0 };
        let mut at = 0;
        while person.sign_in_at(at).await.is_err() {
            at = (at + 1) % person.servers.len();
            tokio::time::sleep(TRY_AGAIN_AFTER).await;
        }
        person
    }

    /// Has a command recorded or refused, beginning at a server, however long that takes; one who does not roam
    /// stays there. `told` hears what servers say that ask to be tried again.
    pub(crate) async fn execute(
        &mut self,
        first: usize,
        roams: bool,
        command: &CommandRequest,
        mut told: impl FnMut(Problem),
    ) -> Ended {
        let (mut at, mut tries) = (first, 0);
        loop {
            tries += 1;
            let tried_at = Instant::now();
            match self.try_execute(at, command).await {
                Ok(answer) => return Ended { result: Ok(answer), tries, tried_at, server: at },
                Err(Trouble::Refused(status, problem)) if is_final(status, &problem) => {
                    return Ended { result: Err(problem), tries, tried_at, server: at };
                }
                Err(Trouble::Refused(_, problem)) => told(*problem),
                Err(Trouble::NoAnswer) => {}
            }
            at = (at + usize::from(roams)) % self.servers.len();
            tokio::time::sleep(TRY_AGAIN_AFTER).await;
        }
    }

    /// Tries once at one server; a session that it does not know is made anew there.
    pub(crate) async fn try_execute(
        &mut self,
        at: usize,
        command: &CommandRequest,
    ) -> Result<CommandAnswer, Trouble> {
        let url = format!("http://{}/api/v1/commands", self.servers[at]);
        let request = self.client.post(url).header("cookie", &self.cookie).json(command);
        let answer = answer(request).await;
        if matches!(&answer, Err(Trouble::Refused(StatusCode::UNAUTHORIZED, _))) {
            self.sign_in_at(at).await?;
            self.signed_in_anew += 1;
        }
        answer
    }

    /// Whether a server says that it is ready, and what it says.
    pub(crate) async fn readiness(&self, at: usize) -> (bool, String) {
        let asked = self.client.get(format!("http://{}/readyz", self.servers[at])).send().await;
        let Ok(answer) = asked else { return (false, String::new()) };
        let ready = answer.status().is_success();
        (ready, answer.text().await.unwrap_or_default())
    }

    /// The session's cookie.
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Makes a new session at one server.
    pub(crate) async fn sign_in_at(&mut self, at: usize) -> Result<(), Trouble> {
        let who = SignIn { name: self.name.clone(), password: PASSWORD.to_owned() };
        let url = format!("http://{}/api/v1/session", self.servers[at]);
        let sent = self.client.post(url).json(&who).send().await;
        let answer = sent.map_err(|_| Trouble::NoAnswer)?;
        let cookie = answer.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        self.cookie = cookie.ok_or(Trouble::NoAnswer)?;
        Ok(())
    }
}

/// A command under a name of its own.
pub(crate) fn named(command_id: String, centre: &str, command: Command) -> CommandRequest {
    CommandRequest {
        command_id,
        centre: centre.to_owned(),
        made_at: now_ms(),
        command,
        confirmed: Vec::new(),
    }
}

async fn answer<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> Result<T, Trouble> {
    let response = request.send().await.map_err(|_| Trouble::NoAnswer)?;
    let status = response.status();
    if status.is_success() {
        return response.json().await.map_err(|_| Trouble::NoAnswer);
    }
    let problem = response.json().await.map_err(|_| Trouble::NoAnswer)?;
    Err(Trouble::Refused(status, Box::new(problem)))
}
