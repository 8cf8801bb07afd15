//! One question to the server for its map.

use std::io;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderName, Request, Response, StatusCode, header};

use super::stored::{MOST_BYTES, StoredMap};
use crate::shell::{AnswerBounds, ServerUrl, VehicleKey};

/// Where the server is asked.
const PATH: &str = "/api/v1/vehicle/map";
const KIND: &str = "application/geo+json";
/// The shipped region's map comes in 20 s over a line of 2 KiB a second, the slowest in use.
const ANSWER: AnswerBounds =
    AnswerBounds { within: Duration::from_secs(120), most_bytes: MOST_BYTES };

/// What a server says of its map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapAnswer {
    /// It has this one.
    Changed(StoredMap),
    /// It has the one that was named.
    Unchanged,
    /// It has none for terminals: a server of an earlier release.
    Nothing,
}

/// Why the server's map is not known, in words that fit "failed to ...".
#[derive(Debug, thiserror::Error)]
pub enum MapError {
    /// No whole answer came.
    #[error("fetch the region's map: {0}")]
    Network(#[from] io::Error),
    /// The server refuses.
    #[error("fetch the region's map: the server refuses with status {0}")]
    Refused(StatusCode),
    /// Somebody else answered, such as a sign-in page of a network.
    #[error("fetch the region's map: what came is no map")]
    NoMap,
}

/// Asks for the map unless it is the one that `known` names.
pub(super) async fn ask(
    server: &ServerUrl,
    key: &VehicleKey,
    known: Option<&str>,
) -> Result<MapAnswer, MapError> {
    let mut request = Request::get(PATH).header(header::ACCEPT_ENCODING, "gzip");
    if let Some(key) = key.header() {
        request = request.header(header::AUTHORIZATION, key);
    }
    if let Some(known) = known {
        request = request.header(header::IF_NONE_MATCH, known);
    }
    let request = request.body(String::new()).map_err(io::Error::other)?;
    let answer = server.ask(request, ANSWER).await?;
    match answer.status() {
        StatusCode::OK => map_in(answer).map(MapAnswer::Changed).ok_or(MapError::NoMap),
        StatusCode::NOT_MODIFIED if known.is_some() => Ok(MapAnswer::Unchanged),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Ok(MapAnswer::Nothing),
        other => Err(MapError::Refused(other)),
    }
}

fn map_in(answer: Response<Bytes>) -> Option<StoredMap> {
    let (head, body) = answer.into_parts();
    let header = |name: HeaderName| head.headers.get(name).and_then(|it| it.to_str().ok());
    let is_gzip = match header(header::CONTENT_ENCODING) {
        Some("gzip") => true,
        None | Some("identity") => false,
        Some(_) => return None,
    };
    let is_map = header(header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with(KIND));
    (is_map && !body.is_empty()).then(|| StoredMap::new(header(header::ETAG), is_gzip, body))
}
