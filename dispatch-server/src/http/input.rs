//! What comes in with a request, checked for size, type and shape, with a `Problem` for each way it can be
//! wrong. Never logs what came.

use crate::api_error::ApiError;
use crate::api_error::Code;
use axum::body::Bytes;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

/// Largest body of a request in bytes. The longest command, a call with every field full of Chinese text,
/// takes some 20 KiB.
pub const BODY_BYTES_MOST: usize = 64 * 1024;

/// A JSON body.
pub(super) struct Body<T>(pub(in crate::http) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &S) -> Result<Self, ApiError> {
        if !is_json(request.headers()) {
            return Err(Code::NotJson.into());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiError::from(Code::BodyTooLarge).with("most_bytes", BODY_BYTES_MOST)
            } else {
                Code::MalformedJson.into()
            }
        })?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| match error.classify() {
            Category::Data => ApiError::from(Code::WrongShape).saying(error.to_string()),
            Category::Io | Category::Syntax | Category::Eof => {
                ApiError::from(Code::MalformedJson).saying(error.to_string())
            }
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = content_type.and_then(|value| value.split(';').next()).map(str::trim);
    essence.is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"))
}

/// The query of an address.
pub(super) struct Query<T>(pub(in crate::http) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let query = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        query.map(|axum::extract::Query(query)| Self(query)).map_err(|rejection: QueryRejection| {
            ApiError::from(Code::BadQuery).saying(rejection.body_text())
        })
    }
}

/// The variable parts of an address.
pub(super) struct Path<T>(pub(in crate::http) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let path = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        path.map(|axum::extract::Path(path)| Self(path)).map_err(|rejection: PathRejection| {
            ApiError::from(Code::BadQuery).saying(rejection.body_text())
        })
    }
}
