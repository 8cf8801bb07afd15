//! The connection that listens: opened at need, opened anew after a cut, and never waited for without end.

use super::LOOK_EVERY;
use crate::clock::steady_now;
use crate::database::in_time;
use sqlx::PgPool;
use sqlx::postgres::{PgListener, PgNotification};
use tokio::time::Instant;

/// Words taken together; more wait for the next round.
const HEARD_AT_ONCE: usize = 64;

/// What a listener is woken by.
#[derive(Debug)]
pub(super) enum Heard {
    /// Words, each with its channel, in order.
    Words(Vec<(String, String)>),
    /// It is time to look; `anew` after words may have been missed.
    Look {
        /// Whether listening has just begun.
        anew: bool,
    },
}

#[derive(Debug)]
pub(super) struct WakeupListener {
    pool: PgPool,
    channels: [&'static str; 2],
    listener: Option<PgListener>,
    next_look: Instant,
}

impl WakeupListener {
    pub(super) fn new(pool: PgPool, channels: [&'static str; 2]) -> Self {
        Self { pool, channels, listener: None, next_look: Instant::from_std(steady_now()) }
    }

    /// Waits until something is heard or it is time to look.
    ///
    /// # Errors
    /// When the database cannot be reached; call again, it does not return at once then.
    pub(super) async fn next(&mut self) -> Result<Heard, sqlx::Error> {
        let Some(mut listener) = self.listener.take() else { return self.begin().await };
        let heard = tokio::time::timeout_at(self.next_look, listener.try_recv()).await;
        match heard {
            Ok(Ok(Some(first))) => {
                let words = gather(&mut listener, first);
                self.listener = Some(listener);
                Ok(Heard::Words(words))
            }
            // The connection was lost: listen anew, and look.
            Ok(Ok(None)) => self.begin().await,
            Ok(Err(error)) => Err(error),
            Err(_) => {
                self.next_look = Instant::from_std(steady_now()) + LOOK_EVERY;
                self.listener = Some(listener);
                Ok(Heard::Look { anew: false })
            }
        }
    }

    /// What was looked for could not be seen: the next step begins anew.
    pub(super) fn is_doubtful(&mut self) {
        self.listener = None;
    }

    async fn begin(&mut self) -> Result<Heard, sqlx::Error> {
        tokio::time::sleep_until(self.next_look).await;
        self.next_look = Instant::from_std(steady_now()) + LOOK_EVERY;
        let listener = in_time(listen(&self.pool, self.channels)).await?;
        self.listener = Some(listener);
        // What was told before we listened is not heard, so look now.
        Ok(Heard::Look { anew: true })
    }
}

async fn listen(pool: &PgPool, channels: [&'static str; 2]) -> Result<PgListener, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.eager_reconnect(false);
    listener.listen_all(channels).await?;
    Ok(listener)
}

/// The first and what came with it.
fn gather(listener: &mut PgListener, first: PgNotification) -> Vec<(String, String)> {
    let mut words = Vec::new();
    let mut next = Some(first);
    while let Some(word) = next {
        words.push((word.channel().to_owned(), word.payload().to_owned()));
        next = if words.len() < HEARD_AT_ONCE { listener.next_buffered() } else { None };
    }
    words
}
