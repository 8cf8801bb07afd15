//! Asks until there is an answer: through a server that is started anew, and past the end of a session.

use super::error::{ApiError, succeeded};
use super::{Api, PATIENCE};
use reqwest::RequestBuilder;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Wait before a request is sent again; doubles up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

impl Api {
    /// A request that may be sent twice: one that only reads, or a command, which has a name of its own.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        request: RequestBuilder,
    ) -> Result<T, ApiError> {
        Ok(serde_json::from_str(&self.until_answered(request, ApiError::may_pass).await?)?)
    }

    /// A request that would do its work twice: sent again only where it never got through. Gives the answer's text.
    pub(super) async fn ask_once(&self, request: RequestBuilder) -> Result<String, ApiError> {
        self.until_answered(request, ApiError::was_never_sent).await
    }

    async fn until_answered(
        &self,
        request: RequestBuilder,
        may_be_sent_again: fn(&ApiError) -> bool,
    ) -> Result<String, ApiError> {
        let (mut waited, mut pause, mut is_renewed) = (Duration::ZERO, FIRST_PAUSE, false);
        loop {
            let cookie = self.cookie();
            let error = match self.send(&request, &cookie).await {
                Ok(answer) => return Ok(answer),
                Err(error) if error.is_of_an_ended_session() && !is_renewed => {
                    match self.renew_session(&cookie).await {
                        Ok(()) => {
                            is_renewed = true;
                            continue;
                        }
                        Err(error) => error,
                    }
                }
                Err(error) => error,
            };
            if !may_be_sent_again(&error) || waited >= self.patience {
                return Err(error);
            }
            if pause == LONGEST_PAUSE && self.patience == PATIENCE {
                tracing::warn!(%error, "the server does not answer; it is asked again");
            }
            tokio::time::sleep(pause).await;
            waited += pause;
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    }

    async fn send(&self, request: &RequestBuilder, cookie: &str) -> Result<String, ApiError> {
        let request = request.try_clone().ok_or(ApiError::SentOnce)?;
        let response = request.header("cookie", cookie).send().await?;
        Ok(succeeded(response).await?.text().await?)
    }
}
