//! The talk over Redis: speaking at every tick, hearing all the while, and beginning anew whenever it breaks.

use super::messages::{self, PeerMessage, PeerNews};
use super::others::Others;
use super::{ANSWER_WAIT, HOLDS_EVERY, LOST_AFTER, TRY_AGAIN_AFTER, gather, hear};
use crate::fleet::ServerRun;
use crate::live::pictures;
use crate::live::redis_address::RedisAddress;
use crate::live::shared::Shared;
use dispatch_desk::clock::steady_now;
use dispatch_desk::health::HealthMonitor;
use futures_util::{Stream, StreamExt};
use metrics::{counter, gauge};
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Msg};
use std::convert::Infallible;
use std::pin::pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::{Instant, MissedTickBehavior, interval, timeout};

/// Why a talk ended.
#[derive(Debug, thiserror::Error)]
enum Broken {
    #[error("{0}")]
    Redis(#[from] redis::RedisError),
    #[error("Redis did not answer in time")]
    Slow,
    #[error("nothing came back from Redis for {} seconds", LOST_AFTER.as_secs())]
    Silent,
    #[error("Redis closed the line")]
    Closed,
    #[error("this server stops")]
    Stopping,
}

/// This server's part in the talk.
struct Talk {
    shared: Arc<Shared>,
    address: RedisAddress,
    run: ServerRun,
    channel: String,
    others: Mutex<Others>,
    asked: Notify,
    monitor: Mutex<HealthMonitor>,
}

/// Talks until the server stops.
pub(in crate::live) async fn run(
    shared: Arc<Shared>,
    address: RedisAddress,
    monitor: HealthMonitor,
) {
    // The region's name keeps two provinces on one Redis apart; the number is that of the words.
    let channel = format!("helan:1:{}", shared.region.settings.id);
    let talk = Talk {
        shared,
        address,
        run: ServerRun::begin(),
        channel,
        others: Mutex::default(),
        asked: Notify::new(),
        monitor: Mutex::new(monitor),
    };
    tokio::select! {
        biased;
        () = talk.keep_on() => {}
        never = talk.miss_the_lost() => match never {},
    }
}

impl Talk {
    /// Begins again after every break, until the server stops.
    async fn keep_on(&self) {
        let mut told = false;
        loop {
            let began = Instant::from_std(steady_now());
            let why = match self.converse().await {
                Ok(never) => match never {},
                Err(Broken::Stopping) => return,
                Err(why) => why,
            };
            lock(&self.monitor).failed();
            // Once for each time Redis goes away; the consoles are told by the health.
            if !told || began.elapsed() > LOST_AFTER {
                tracing::warn!(%why, "the other servers cannot be heard over Redis; trying again");
                told = true;
            }
            tokio::select! {
                biased;
                () = tokio::time::sleep(TRY_AGAIN_AFTER) => {}
                () = self.shared.stop.cancelled() => return,
            }
        }
    }

    /// Other servers that fall silent lose their links here, also while Redis is away.
    async fn miss_the_lost(&self) -> Infallible {
        let mut looks = interval(TRY_AGAIN_AFTER);
        loop {
            looks.tick().await;
            let lost = lock(&self.others).take_lost(Instant::from_std(steady_now()));
            for run in lost {
                tracing::warn!(?run, "another server has fallen silent; its links count as gone");
                hear::release(&self.shared, run, |_| true);
            }
            let (count, better) = {
                let others = lock(&self.others);
                (others.count(), others.has_better_clock())
            };
            gauge!("helan_other_servers").set(count as f64);
            self.shared.better_clock_elsewhere.store(better, Ordering::Relaxed);
        }
    }

    async fn converse(&self) -> Result<Infallible, Broken> {
        let stop = self.shared.stop.cancelled();
        let client = self.address.client();
        let opened = async {
            let limits = AsyncConnectionConfig::new()
                .set_connection_timeout(Some(ANSWER_WAIT))
                .set_response_timeout(Some(ANSWER_WAIT));
            let mouth = client.get_multiplexed_async_connection_with_config(&limits).await?;
            let mut listener = client.get_async_pubsub().await?;
            listener.subscribe(&self.channel).await?;
            Ok::<_, redis::RedisError>((mouth, listener))
        };
        let (mut mouth, listener) = tokio::select! {
            biased;
            opened = timeout(ANSWER_WAIT * 2, opened) => opened.map_err(|_| Broken::Slow)??,
            () = stop => return Err(Broken::Stopping),
        };
        self.say(&mut mouth, PeerNews::Asks).await?;
        tokio::select! {
            biased;
            ended = self.speak(mouth) => ended,
            ended = self.listen(listener.into_on_message()) => ended,
        }
    }

    async fn speak(&self, mut mouth: MultiplexedConnection) -> Result<Infallible, Broken> {
        let mut ticks = interval(self.shared.settings.position_tick);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let mut signs = interval(HOLDS_EVERY);
        signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
        // What moved while nobody could hear it.
        self.asked.notify_one();
        loop {
            let news = tokio::select! {
                biased;
                () = self.shared.stop.cancelled() => {
                    self.say(&mut mouth, PeerNews::Leaves).await?;
                    return Err(Broken::Stopping);
                }
                () = self.asked.notified() => Some(gather::held(&self.shared, true)),
                _ = signs.tick() => {
                    if let Some(word) = self.shared.cameras.word() {
                        self.say(&mut mouth, PeerNews::Pictures(word)).await?;
                    }
                    pictures::forget_old(&self.shared);
                    Some(gather::held(&self.shared, false))
                }
                () = self.shared.cameras.changed() => {
                    Some(PeerNews::Pictures(self.shared.cameras.word().unwrap_or_default()))
                }
                _ = ticks.tick() => gather::changed(&self.shared),
            };
            if let Some(news) = news {
                self.say(&mut mouth, news).await?;
            }
        }
    }

    async fn say(&self, mouth: &mut MultiplexedConnection, news: PeerNews) -> Result<(), Broken> {
        let word = PeerMessage { from: self.run, journal: self.journal(), news };
        let Ok(text) = serde_json::to_string(&word) else {
            // Names and finite numbers are always JSON; if not, the others hear the next word.
            tracing::error!("a word to the other servers could not be written");
            return Ok(());
        };
        redis::cmd("PUBLISH").arg(&self.channel).arg(text).exec_async(mouth).await?;
        counter!("helan_peer_messages_said_total").increment(1);
        Ok(())
    }

    /// Hears until nothing comes any more: one's own signs of life come back too, and prove the whole way.
    async fn listen(&self, messages: impl Stream<Item = Msg>) -> Result<Infallible, Broken> {
        let mut messages = pin!(messages);
        loop {
            let next = timeout(LOST_AFTER, messages.next()).await.map_err(|_| Broken::Silent)?;
            let message = next.ok_or(Broken::Closed)?;
            match messages::read(message.get_payload_bytes()) {
                Some(word) if word.from == self.run => lock(&self.monitor).worked(),
                Some(word) if self.is_foreign(&word) => {
                    counter!("helan_peer_messages_of_another_journal_total").increment(1);
                }
                Some(word) => self.hear(word),
                None => counter!("helan_peer_messages_refused_total").increment(1),
            }
        }
    }

    /// Whether a word speaks of another journal: a training system made from a backup has the same vehicles and keys.
    /// One who was heard of this journal is heard on while the name changes, as the database is started again.
    fn is_foreign(&self, word: &PeerMessage) -> bool {
        let (ours, its) = (self.journal(), &word.journal);
        its.is_some() && ours.is_some() && *its != ours && !lock(&self.others).knows(word.from)
    }

    /// The journal's name as words carry it.
    fn journal(&self) -> Option<String> {
        let settings = &self.shared.settings;
        let run = settings.database_run.as_ref().and_then(|run| run.borrow().clone());
        run.or_else(|| settings.journal_name.clone()).map(|name| messages::short_name(&name))
    }

    fn hear(&self, PeerMessage { from, journal: _, news }: PeerMessage) {
        if !lock(&self.others).heard(from, Instant::from_std(steady_now())) {
            counter!("helan_peer_messages_refused_total").increment(1);
            return;
        }
        counter!("helan_peer_messages_heard_total").increment(1);
        match news {
            PeerNews::Asks => self.asked.notify_one(),
            PeerNews::Leaves => lock(&self.others).forget(from),
            PeerNews::Holds { clock_doubtful, .. } => {
                lock(&self.others).tells_of_clock(from, clock_doubtful);
            }
            PeerNews::Changed { .. } | PeerNews::Pictures(_) => {}
        }
        hear::take(&self.shared, from, news);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
