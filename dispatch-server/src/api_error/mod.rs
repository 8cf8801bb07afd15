//! Error responses: status, and a `Problem` with a stable code.

mod code;

pub use code::Code;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::collections::BTreeMap;
use wire_protocol::problem::{Confirmation, Danger, Problem};

/// A refused or failed request.
#[derive(Clone, Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    details: BTreeMap<String, String>,
    retry: bool,
    retry_after_seconds: Option<i64>,
    dangers: Vec<Danger>,
}

/// The code of a refusal, left on the response for the counters.
#[derive(Clone, Copy, Debug)]
pub struct RefusalCode(pub &'static str);

impl ApiError {
    /// A refusal of the core or of another part that has a code of its own.
    pub fn new(status: StatusCode, code: &'static str, message: String, retry: bool) -> Self {
        Self {
            status,
            code,
            message,
            details: BTreeMap::new(),
            retry,
            retry_after_seconds: None,
            dangers: Vec::new(),
        }
    }

    /// A field that is wrong: its wire name, and a fragment such as `must not be empty`.
    pub fn bad_field(field: &str, problem: &str) -> Self {
        Self::from(Code::BadField)
            .saying(format!("{field} {problem}"))
            .with("field", field)
            .with("problem", problem)
    }

    /// With a more telling sentence.
    pub fn saying(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// With what the sender may confirm so that the same request is carried out all the same.
    pub fn asking(mut self, dangers: Vec<Danger>) -> Self {
        self.dangers = dangers;
        self
    }

    /// This refusal as one of the dangers of another one.
    pub fn into_danger(self, confirm: Confirmation) -> Danger {
        let Self { code, message, details, .. } = self;
        Danger { code: code.to_owned(), message, details, confirm }
    }

    /// With something the sentence speaks of, by name.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }

    /// With the seconds after which to try again.
    pub fn after_seconds(mut self, seconds: i64) -> Self {
        self.retry_after_seconds = Some(seconds);
        self.with("seconds", seconds)
    }

    /// Its stable code.
    pub fn code(&self) -> &'static str {
        self.code
    }
}

impl From<Code> for ApiError {
    fn from(code: Code) -> Self {
        Self::new(code.status(), code.word(), code.message().to_owned(), code.retry())
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let problem = Problem {
            code: self.code.to_owned(),
            message: self.message,
            details: self.details,
            retry: self.retry,
            confirm: self.dangers.first().map(|danger| danger.confirm.clone()),
            dangers: self.dangers,
        };
        let mut response = (self.status, Json(problem)).into_response();
        response.extensions_mut().insert(RefusalCode(self.code));
        if let Some(seconds) = self.retry_after_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
