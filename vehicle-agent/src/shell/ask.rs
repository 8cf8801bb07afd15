//! A question to the server over HTTP/1.1, on a line of its own that is encrypted and believed as vehicles' links are.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum::http::{HeaderValue, Request, Response, header};
use http_body::Body;
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use transport_tls::tls_words;

use super::ServerUrl;
use super::socket::{Shows, is_own_certificate_refused, line, look_at_files};

/// How long an answer may take and be.
#[derive(Clone, Copy, Debug)]
pub struct AnswerBounds {
    /// Longest wait for the whole of it.
    pub within: Duration,
    /// Most bytes of its body.
    pub most_bytes: usize,
}

impl ServerUrl {
    /// Asks; gives the whole answer. The request's address is a path of the server's HTTP interface. A server that does
    /// not take the vehicle's certificate is asked once more by the key that the request shows, as with links.
    ///
    /// # Errors
    /// When no answer came within the bounds, in words that say what is wrong with certificates.
    pub async fn ask(
        &self,
        mut request: Request<String>,
        bounds: AnswerBounds,
    ) -> io::Result<Response<Bytes>> {
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
        *request.uri_mut() = self.http_path(path).parse().map_err(io::Error::other)?;
        let host = HeaderValue::from_str(self.authority()).map_err(io::Error::other)?;
        request.headers_mut().insert(header::HOST, host);
        let asking = async {
            look_at_files(self).await;
            let shows_key = request.headers().contains_key(header::AUTHORIZATION);
            let most = bounds.most_bytes;
            match asked(self, Shows::OwnCertificate, request.clone(), most).await {
                Err(error) if shows_key && is_refused(&error) => {
                    asked(self, Shows::KeyAlone, request, most).await
                }
                answered => answered,
            }
        };
        let late = |_| {
            let seconds = bounds.within.as_secs();
            io::Error::new(
                io::ErrorKind::TimedOut,
                format!("it took longer than {seconds} seconds"),
            )
        };
        let answered = tokio::time::timeout(bounds.within, asking).await.map_err(late)?;
        answered.map_err(|error| match tls_words(&error) {
            Some((_, words)) => io::Error::other(words),
            None => error,
        })
    }
}

async fn asked(
    server: &ServerUrl,
    shows: Shows,
    request: Request<String>,
    most_bytes: usize,
) -> io::Result<Response<Bytes>> {
    let line = TokioIo::new(line(server, shows).await?);
    let (mut sender, connection) = http1::handshake(line).await.map_err(io::Error::other)?;
    let answering = async {
        let answer = sender.send_request(request).await.map_err(io::Error::other)?;
        let (head, body) = answer.into_parts();
        Ok(Response::from_parts(head, whole(body, most_bytes).await?))
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

/// Whether the server did not take the vehicle's certificate, which it says only as its first answer is read.
fn is_refused(error: &io::Error) -> bool {
    let within = error.get_ref().and_then(|it| it.source()?.downcast_ref::<io::Error>());
    is_own_certificate_refused(error) || within.is_some_and(is_own_certificate_refused)
}

async fn whole(mut body: Incoming, most_bytes: usize) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let data: Bytes = frame.map_err(io::Error::other)?.into_data().unwrap_or_default();
        if bytes.len() + data.len() > most_bytes {
            return Err(io::Error::other(format!("the answer is longer than {most_bytes} bytes")));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes.into())
}
