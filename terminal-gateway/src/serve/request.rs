//! A question to the server over HTTP/1.1, on a line of its own that is encrypted and believed as vehicles' links are.

use http_body::Body;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use serde::Serialize;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::time::Duration;
use transport_tls::tls_words;
use vehicle_agent::shell::ServerUrl;

/// Longest wait for the server's whole answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// Longest answer: 10 000 terminals come to two megabytes.
const MOST_ANSWER_BYTES: usize = 16 * 1_024 * 1_024;

/// Posts JSON with a key to this path; gives the answer's status and body.
///
/// # Errors
/// When no answer came, in words that say what is wrong with certificates.
pub(super) async fn post(
    server: &ServerUrl,
    path: &str,
    key: &str,
    content: &impl Serialize,
) -> io::Result<(StatusCode, Vec<u8>)> {
    let request = Request::post(server.http_path(path))
        .header(header::HOST, server.authority())
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(serde_json::to_string(content)?)
        .map_err(io::Error::other)?;
    let answered = tokio::time::timeout(ANSWER_WITHIN, exchange(server, request)).await;
    let late = |_| io::Error::new(io::ErrorKind::TimedOut, "it took longer than ten seconds");
    answered.map_err(late)?.map_err(|error| match tls_words(&error) {
        Some((_, words)) => io::Error::other(words),
        None => error,
    })
}

async fn exchange(
    server: &ServerUrl,
    request: Request<String>,
) -> io::Result<(StatusCode, Vec<u8>)> {
    let line = TokioIo::new(server.connect().await?);
    let (mut sender, connection) = http1::handshake(line).await.map_err(io::Error::other)?;
    let answering = async {
        let answer = sender.send_request(request).await.map_err(io::Error::other)?;
        Ok((answer.status(), whole(answer.into_body()).await?))
    };
    tokio::pin!(connection, answering);
    tokio::select! {
        biased;
        answered = &mut answering => answered,
        ended = &mut connection => match ended {
            // The answer may be there, whole, behind a line that has ended.
            Ok(()) => answering.await,
            Err(error) => Err(io::Error::other(error)),
        },
    }
}

async fn whole(mut body: Incoming) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let data: Bytes = frame.map_err(io::Error::other)?.into_data().unwrap_or_default();
        if bytes.len() + data.len() > MOST_ANSWER_BYTES {
            return Err(io::Error::other("the answer is longer than any list of terminals"));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}
