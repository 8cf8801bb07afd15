//! The model centre behind a real WebSocket.

use std::sync::{Arc, Mutex};

use futures_util::{SinkExt, StreamExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_util::sync::CancellationToken;
use wire_protocol::agent::ServerMessage;

use super::ModelCentre;

/// A centre on a port of its own.
pub(crate) struct CentreSocket {
    pub(crate) url: String,
    pub(crate) centre: Arc<Mutex<ModelCentre>>,
    pub(crate) changed: watch::Receiver<()>,
    pub(crate) duty: watch::Sender<Option<ServerMessage>>,
    /// Calling it cuts the links that are open now.
    pub(crate) cut: Arc<Mutex<CancellationToken>>,
}

impl CentreSocket {
    /// Listens; only this key is let in.
    pub(crate) async fn listen(key: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("works on this machine");
        let url =
            format!("ws://{}/ws/agent", listener.local_addr().expect("works on this machine"));
        let (changes, changed) = watch::channel(());
        let (duty, duties) = watch::channel(None);
        let centre = Arc::new(Mutex::new(ModelCentre::default()));
        let cut = Arc::new(Mutex::new(CancellationToken::new()));
        let (shared, cuts, key) = (Arc::clone(&centre), Arc::clone(&cut), format!("Bearer {key}"));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let link = serve(
                    stream,
                    Arc::clone(&shared),
                    changes.clone(),
                    duties.clone(),
                    key.clone(),
                );
                let token = cuts.lock().expect("works on this machine").clone();
                tokio::spawn(async move { token.run_until_cancelled(link).await });
            }
        });
        Self { url, centre, changed, duty, cut }
    }

    /// Cuts all links without a word.
    pub(crate) fn cut(&self) {
        std::mem::take(&mut *self.cut.lock().expect("works on this machine")).cancel();
    }

    /// Waits until the centre's record is as wanted.
    pub(crate) async fn until(&mut self, wanted: impl Fn(&ModelCentre) -> bool) {
        while !wanted(&self.centre.lock().expect("works on this machine")) {
            self.changed.changed().await.expect("works on this machine");
        }
    }
}

async fn serve(
    stream: TcpStream,
    centre: Arc<Mutex<ModelCentre>>,
    changes: watch::Sender<()>,
    mut duties: watch::Receiver<Option<ServerMessage>>,
    key: String,
) {
    #[expect(clippy::result_large_err, reason = "the shape that the handshake wants")]
    let check = |request: &Request, response: Response| {
        if request
            .headers()
            .get("authorization")
            .is_some_and(|given| given.as_bytes() == key.as_bytes())
        {
            Ok(response)
        } else {
            let mut refusal = ErrorResponse::new(None);
            *refusal.status_mut() = tokio_tungstenite::tungstenite::http::StatusCode::UNAUTHORIZED;
            Err(refusal)
        }
    };
    let Ok(mut socket) = tokio_tungstenite::accept_hdr_async(stream, check).await else { return };
    duties.mark_changed();
    loop {
        let answer = tokio::select! {
            message = socket.next() => {
                let Some(Ok(Message::Text(text))) = message else { return };
                let message = serde_json::from_str(&text).expect("works on this machine");
                let answer = centre.lock().expect("works on this machine").take(&message, super::NEW_YEAR_MS);
                changes.send_replace(());
                answer
            }
            _ = duties.changed() => duties.borrow_and_update().clone(),
        };
        if let Some(answer) = answer
            && socket
                .send(Message::text(serde_json::to_string(&answer).expect("works on this machine")))
                .await
                .is_err()
        {
            return;
        }
    }
}
