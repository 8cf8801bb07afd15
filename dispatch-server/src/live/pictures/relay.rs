//! Pictures between servers: what each says is looked at, and the way of the fragments over Redis.
//!
//! A fragment goes out on a channel of its picture's name, which nobody can guess, with one letter in front: `t` for news
//! as text, `b` for a frame. Whoever looks hears it there; nothing is kept in Redis.

use super::Shared;
use crate::live::cameras::Shown;
use crate::live::redis_address::RedisAddress;
use axum::body::Bytes;
use futures_util::StreamExt;
use redis::AsyncConnectionConfig;
use redis::aio::MultiplexedConnection;
use std::sync::Arc;
use std::time::Duration;
use wire_protocol::picture::{FragmentKind, MAX_FRAGMENT_BYTES, PictureNews};

/// Longest wait for an answer of Redis.
const ANSWER_WAIT: Duration = Duration::from_secs(2);
/// Pause before Redis is tried again.
const TRY_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// Hears a picture that may come to another server, for as long as it is looked at from here.
pub(super) fn listen(shared: &Arc<Shared>, picture: &str) {
    let Some(address) = shared.settings.redis.clone() else { return };
    let (shared, picture) = (Arc::clone(shared), picture.to_owned());
    // Ends by itself: with the picture, or with the server.
    tokio::spawn(async move {
        while !shared.stop.is_cancelled() && shared.cameras.is_looked_at(&picture) {
            if let Err(why) = hear(&shared, &address, &picture).await {
                tracing::debug!(%why, "a picture of another server cannot be heard");
            }
            tokio::time::sleep(TRY_AGAIN_AFTER).await;
        }
    });
}

async fn hear(
    shared: &Shared,
    address: &RedisAddress,
    picture: &str,
) -> Result<(), redis::RedisError> {
    let mut listener = address.client().get_async_pubsub().await?;
    listener.subscribe(channel(shared, picture)).await?;
    let mut messages = listener.into_on_message();
    loop {
        let next = tokio::time::timeout(ANSWER_WAIT, messages.next());
        match next.await {
            Err(_) if shared.cameras.is_looked_at(picture) && !shared.stop.is_cancelled() => {}
            Err(_) | Ok(None) => return Ok(()),
            Ok(Some(message)) => {
                let Some(shown) = read(message.get_payload_bytes()) else { continue };
                if !shared.cameras.pass_relayed(picture, shown) {
                    return Ok(());
                }
            }
        }
    }
}

/// The way to those who look from other servers.
pub(super) struct Relay {
    mouth: MultiplexedConnection,
    channel: String,
}

impl Relay {
    /// # Errors
    /// When Redis is away.
    pub(super) async fn open(shared: &Shared, picture: &str) -> Option<Self> {
        let address = shared.settings.redis.as_ref()?;
        let limits = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(ANSWER_WAIT))
            .set_response_timeout(Some(ANSWER_WAIT));
        let client = address.client();
        let mouth = client.get_multiplexed_async_connection_with_config(&limits).await.ok()?;
        Some(Self { mouth, channel: channel(shared, picture) })
    }

    /// Whether it could be said.
    pub(super) async fn say(&mut self, shown: &Shown) -> bool {
        let mut said = redis::cmd("PUBLISH");
        said.arg(&self.channel).arg(written(shown));
        said.exec_async(&mut self.mouth).await.is_ok()
    }
}

fn channel(shared: &Shared, picture: &str) -> String {
    format!("helan:1:{}:picture:{picture}", shared.region.settings.id)
}

fn written(shown: &Shown) -> Vec<u8> {
    match shown {
        Shown::News(news) => {
            let text = serde_json::to_vec(news).unwrap_or_default();
            [b"t", text.as_slice()].concat()
        }
        Shown::Fragment(_, frame) => [b"b", frame.as_ref()].concat(),
    }
}

fn read(said: &[u8]) -> Option<Shown> {
    match said {
        [b't', text @ ..] => serde_json::from_slice::<PictureNews>(text).ok().map(Shown::News),
        [b'b', frame @ ..] if frame.len() <= MAX_FRAGMENT_BYTES => {
            let kind = FragmentKind::of(frame)?;
            Some(Shown::Fragment(kind, Bytes::copy_from_slice(frame)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_and_rubbish_is_not() {
        let begins = Shown::News(PictureNews::Begins { codec: "avc1.42c01e".to_owned() });
        let key = Shown::Fragment(FragmentKind::Key, Bytes::from_static(&[1, 7, 7]));
        for shown in [begins, key] {
            assert_eq!(read(&written(&shown)), Some(shown));
        }
        let rubbish: [&[u8]; 6] = [b"", b"t", b"t{}", b"b", b"b\x07\x01", b"x1"];
        assert!(rubbish.iter().all(|said| read(said).is_none()));
    }
}
