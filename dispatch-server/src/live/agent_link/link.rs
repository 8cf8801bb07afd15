//! The life of a link after its hello: what wakes it and what it then does.

use super::act_lane::{ActLane, Answered, Arrival, Outcome, Press};
use super::closing::Ending;
use super::decode::{Frame, decode};
use super::fix_lane::FixLane;
use super::greeting::Greeting;
use super::speaker::Speaker;
use crate::live::allowance::{Bucket, Pace};
use crate::live::limits::MOST_BAD_FRAMES;
use crate::live::shared::Shared;
use crate::live::tracker::{LinkSignal, Told, VehicleCell};
use axum::extract::ws::{Message, WebSocket};
use dispatch_core::model::{OutboxId, Timestamp};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;
use tokio::time::{Interval, MissedTickBehavior};
use wire_protocol::MAX_FIXES_PER_FRAME;
use wire_protocol::agent::{AgentMessage, AgentOrder, FixReport};

pub(super) struct Link<'a> {
    shared: Arc<Shared>,
    cell: Arc<VehicleCell>,
    outbox: OutboxId,
    socket: &'a mut WebSocket,
    acts: ActLane,
    fixes: FixLane,
    bucket: Bucket,
    heartbeat: Interval,
    /// Until when no frame is read, because they came too fast.
    held_until: Option<tokio::time::Instant>,
    last_heard: Instant,
    bad_frames: u8,
}

/// What can wake a link.
enum Wake {
    Told(Told),
    Answered(Answered),
    Settled,
    Frame(Option<Result<Message, axum::Error>>),
    Released,
    Heartbeat,
}

impl<'a> Link<'a> {
    pub(super) fn new(
        shared: Arc<Shared>,
        cell: Arc<VehicleCell>,
        greeting: Greeting,
        socket: &'a mut WebSocket,
    ) -> Self {
        let outbox = greeting.outbox.clone();
        let acts = ActLane::open(shared.clone(), cell.id.clone(), greeting);
        let mut heartbeat = tokio::time::interval_at(
            tokio::time::Instant::now() + shared.settings.heartbeat,
            shared.settings.heartbeat,
        );
        heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let last_heard = Instant::now();
        let bucket = Bucket::full(&shared.settings.agent_frames, last_heard);
        let (fixes, held_until, bad_frames) = (FixLane::default(), None, 0);
        Self {
            shared,
            cell,
            outbox,
            socket,
            acts,
            fixes,
            bucket,
            heartbeat,
            held_until,
            last_heard,
            bad_frames,
        }
    }

    /// Serves the link until it ends.
    pub(super) async fn serve(mut self, signal: &LinkSignal) -> Ending {
        let ending = match self.try_serve(signal).await {
            Ok(never) => match never {},
            Err(ending) => ending,
        };
        self.fixes.hand_over(&self.shared);
        ending
    }

    async fn try_serve(&mut self, signal: &LinkSignal) -> Result<Infallible, Ending> {
        self.welcome().await?;
        loop {
            match self.wake(signal).await {
                Wake::Told(told) => self.hear(told).await?,
                Wake::Answered(answered) => self.answer(answered).await?,
                Wake::Settled => self.acknowledge_fixes().await?,
                Wake::Frame(frame) => self.take(frame).await?,
                Wake::Released => self.held_until = None,
                Wake::Heartbeat => self.look_around().await?,
            }
        }
    }

    /// Waits for the next thing to do. Every branch may be dropped and polled again without loss.
    async fn wake(&mut self, signal: &LinkSignal) -> Wake {
        let reads = self.is_read();
        let settles = self.fixes.is_awaited() || self.fixes.is_full();
        let held_until = self.held_until;
        tokio::select! {
            biased;
            told = signal.told() => Wake::Told(told),
            answered = self.acts.answered(), if self.acts.is_busy() => Wake::Answered(answered),
            () = self.fixes.oldest(), if settles => Wake::Settled,
            () = released(held_until), if held_until.is_some() => Wake::Released,
            _ = self.heartbeat.tick() => Wake::Heartbeat,
            frame = self.socket.recv(), if reads => Wake::Frame(frame),
        }
    }

    /// Whether the link is being read; it is not while too much of it is under way.
    fn is_read(&self) -> bool {
        self.held_until.is_none() && !self.acts.is_full() && !self.fixes.is_full()
    }

    async fn welcome(&mut self) -> Result<(), Ending> {
        let welcome = AgentOrder::Welcome {
            vehicle: self.cell.id.as_str().to_owned(),
            server_time: self.shared.clock.now().0,
            acts_through: self.acts.through(),
            report_seconds: self.shared.settings.report_seconds,
        };
        self.say(&welcome).await?;
        self.show_duty().await?;
        self.show_route().await
    }

    async fn hear(&mut self, told: Told) -> Result<(), Ending> {
        if told.replaced {
            return Err(Ending::Replaced);
        }
        if told.stopping {
            return Err(Ending::Stopping);
        }
        if told.duty {
            self.show_duty().await?;
        }
        if told.route { self.show_route().await } else { Ok(()) }
    }

    async fn take(&mut self, frame: Option<Result<Message, axum::Error>>) -> Result<(), Ending> {
        let frame = frame.ok_or(Ending::Lost)?.map_err(|_| Ending::Unreadable)?;
        self.last_heard = Instant::now();
        self.shared.counters.agent_frames.increment(1);
        match self.bucket.take(&self.shared.settings.agent_frames, self.last_heard) {
            Pace::Go => {}
            Pace::Hold(pause) => {
                self.shared.counters.agent_frames_held.increment(1);
                self.held_until = Some(tokio::time::Instant::now() + pause);
            }
            Pace::Flood => return Err(Ending::Flood),
        }
        match decode(&frame)? {
            Frame::Alive => Ok(()),
            Frame::Message(AgentMessage::Fixes { fixes }) => self.take_fixes(&fixes),
            Frame::Message(AgentMessage::Act { number, made_at, act }) => {
                self.take_act(Press { number, made_at: Timestamp(made_at), act }).await
            }
            Frame::Message(AgentMessage::Ping { clock }) => {
                let server_time = self.shared.clock.now().0;
                self.say(&AgentOrder::Pong { clock, server_time }).await
            }
            // A second hello is as bad: the outbox of a link never changes.
            Frame::Bad | Frame::Message(AgentMessage::Hello { .. }) => self.count_bad(),
        }
    }

    fn count_bad(&mut self) -> Result<(), Ending> {
        self.shared.counters.agent_bad_frames.increment(1);
        self.bad_frames += 1;
        if self.bad_frames >= MOST_BAD_FRAMES { Err(Ending::BadFrames) } else { Ok(()) }
    }

    fn take_fixes(&mut self, fixes: &[FixReport]) -> Result<(), Ending> {
        if fixes.len() > MAX_FIXES_PER_FRAME {
            return Err(Ending::TooManyFixes);
        }
        // Numbers are stored as signed 64-bit integers and count from 1.
        if fixes.iter().any(|fix| fix.number == 0 || i64::try_from(fix.number).is_err()) {
            return self.count_bad();
        }
        self.fixes.take(&self.shared, &self.cell, &self.outbox, fixes);
        Ok(())
    }

    async fn take_act(&mut self, press: Press) -> Result<(), Ending> {
        match self.acts.arrive(press) {
            Arrival::Taken | Arrival::Underway => Ok(()),
            Arrival::TellMark => self.tell_mark().await,
        }
    }

    async fn answer(&mut self, answered: Answered) -> Result<(), Ending> {
        match answered.outcome {
            Outcome::Done => self.shared.counters.acts.increment(1),
            Outcome::Refused(rejection) => {
                self.shared.counters.acts_refused.increment(1);
                let refused = AgentOrder::ActRefused {
                    number: answered.number,
                    code: rejection.code().to_owned(),
                    message: rejection.to_string(),
                };
                self.say(&refused).await?;
            }
            Outcome::Gap => {}
        }
        self.tell_mark().await
    }

    /// Tells how far the acts are recorded, and along with it what fixes are durable.
    async fn tell_mark(&mut self) -> Result<(), Ending> {
        let fixes = self.fixes.acknowledge();
        let acts_through = self.acts.through();
        self.say(&AgentOrder::Recorded { acts_through, fixes }).await
    }

    async fn acknowledge_fixes(&mut self) -> Result<(), Ending> {
        let fixes = self.fixes.acknowledge();
        if fixes.is_empty() {
            return Ok(());
        }
        let acts_through = self.acts.through();
        self.say(&AgentOrder::Recorded { acts_through, fixes }).await
    }

    async fn look_around(&mut self) -> Result<(), Ending> {
        self.acknowledge_fixes().await?;
        self.fixes.hand_over(&self.shared);
        let limit = self.shared.settings.silence_limit;
        let quiet_for = self.last_heard.elapsed();
        // While we do not read it, a link cannot be heard.
        if self.is_read() && quiet_for >= limit {
            return Err(Ending::Silent);
        }
        if quiet_for >= limit / 3 { Speaker(self.socket).ping().await } else { Ok(()) }
    }

    /// Sends the vehicle as its centre has it now; nothing while it is between two centres.
    async fn show_duty(&mut self) -> Result<(), Ending> {
        match self.shared.duty_picture(&self.cell) {
            Some(duty) => self.say(&AgentOrder::Duty(Box::new(duty))).await,
            None => Ok(()),
        }
    }

    /// Sends the way of the running task; nothing while there is none.
    async fn show_route(&mut self) -> Result<(), Ending> {
        match self.shared.arrivals.route_of(&self.cell.id) {
            Some(route) => self.say(&AgentOrder::Route(Box::new(route))).await,
            None => Ok(()),
        }
    }

    async fn say(&mut self, order: &AgentOrder) -> Result<(), Ending> {
        Speaker(self.socket).say(order).await
    }
}

async fn released(held_until: Option<tokio::time::Instant>) {
    match held_until {
        Some(until) => tokio::time::sleep_until(until).await,
        None => std::future::pending().await,
    }
}
