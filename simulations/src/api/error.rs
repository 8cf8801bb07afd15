//! Why a request was not carried out, and how an answer is read.

use reqwest::{Response, StatusCode};
use thiserror::Error;
use wire_protocol::problem::Problem;

/// Why a request was not carried out.
#[derive(Debug, Error)]
pub enum ApiError {
    /// The server refused it and said why.
    #[error("{} ({})", .0.message, .0.code)]
    Refused(Problem),
    /// No answer.
    #[error("no answer from the server: {0}")]
    Unreachable(#[from] reqwest::Error),
    /// An answer of another kind than was asked for.
    #[error("the server's answer cannot be read: {0}; is it of the same version?")]
    Unreadable(#[from] serde_json::Error),
    /// A request whose body can be sent only once; none of ours is.
    #[error("the request cannot be sent again")]
    SentOnce,
}

impl ApiError {
    /// Whether nobody is signed in any more.
    pub(super) fn is_of_an_ended_session(&self) -> bool {
        matches!(self, Self::Refused(problem) if problem.code == "not_signed_in")
    }

    /// Whether the same request may succeed later.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Self::Refused(problem) => problem.retry,
            Self::Unreachable(_) => true,
            Self::Unreadable(_) | Self::SentOnce => false,
        }
    }

    /// Whether the server never got the request.
    pub(super) fn was_never_sent(&self) -> bool {
        matches!(self, Self::Unreachable(error) if error.is_connect())
    }
}

/// The answer, if it is one of success.
pub(super) async fn succeeded(response: Response) -> Result<Response, ApiError> {
    let status = response.status();
    if status.is_success() {
        return Ok(response);
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
