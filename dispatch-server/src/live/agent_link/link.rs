//! The life of a link after its hello: what wakes it and what it then does.

use super::act_lane::{ActLane, Press, Said};
use super::closing::Ending;
use super::decode::{Frame, decode};
use super::fix_lane::FixLane;
use super::greeting::Greeting;
use super::speaker::Speaker;
use super::terminal;
use crate::acts::kept_moment;
use crate::fleet::{LinkSignal, Told, VehicleCell};
use crate::live::allowance::{Bucket, Pace};
use crate::live::limits::MOST_BAD_FRAMES;
use crate::live::shared::Shared;
use axum::extract::ws::{Message, WebSocket};
use dispatch_core::model::{OutboxId, TerminalTrouble};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Instant;
use tokio::time::{Interval, MissedTickBehavior};
use wire_protocol::MAX_FIXES_PER_FRAME;
use wire_protocol::agent::{
    AgentMessage, AgentOrder, FixReport, ReceiverState, RenewalReason, StorageState, TerminalReport,
};

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
    /// This server's clock minus the terminal's, in milliseconds, as last compared.
    clock_behind_ms: i64,
    terminal: Option<TerminalReport>,
    in_turns: Option<u32>,
}

/// What can wake a link.
enum Wake {
    Told(Told),
    Answered(Said),
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
        in_turns: Option<u32>,
        socket: &'a mut WebSocket,
    ) -> Self {
        let acts = ActLane::open(shared.clone(), cell.id.clone(), &greeting);
        let Greeting { outbox, clock, terminal } = greeting;
        let clock_behind_ms = shared.clock.now().0.saturating_sub(clock.0);
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
            clock_behind_ms,
            terminal,
            in_turns,
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
            acts_through: self.acts.told(),
            report_seconds: self.shared.settings.report_seconds,
        };
        self.say(&welcome).await?;
        self.show_duty().await?;
        self.show_route().await?;
        self.compare_numbers().await
    }

    /// Holds what the terminal says of its numbers and its disk against what the centre has.
    async fn compare_numbers(&mut self) -> Result<(), Ending> {
        if let Some(in_a_minute) = self.in_turns {
            self.acts.note(TerminalTrouble::LinksTakeTurns { in_a_minute });
        }
        let Some(report) = self.terminal.take() else { return Ok(()) };
        self.hear_storage(report.storage);
        let through = |outbox: &OutboxId| self.shared.acts_through(&self.cell.id, outbox);
        let findings = terminal::compare(&self.outbox, &report, through);
        if findings.renumber.is_some() {
            self.acts.give_up_numbers();
        }
        findings.troubles.into_iter().for_each(|trouble| self.acts.note(trouble));
        self.renumber(findings.renumber).await
    }

    fn hear_storage(&mut self, storage: StorageState) {
        let is_failing = match storage {
            StorageState::Failing => true,
            StorageState::Healthy => false,
        };
        let known = self.shared.terminal_faults(&self.cell.id).storage_failing;
        match self.cell.storage_turned(is_failing, known, self.last_heard) {
            Some(true) => self.acts.note(TerminalTrouble::StorageFailing),
            Some(false) => self.acts.note(TerminalTrouble::StorageRecovered),
            None => {}
        }
    }

    fn hear_receiver(&mut self, receiver: ReceiverState) {
        let is_wrong = match receiver {
            ReceiverState::DateWrong => true,
            ReceiverState::Good => false,
        };
        let known = self.shared.terminal_faults(&self.cell.id).receiver_date_wrong;
        match self.cell.receiver_turned(is_wrong, known, self.last_heard) {
            Some(true) => self.acts.note(TerminalTrouble::ReceiverDateWrong),
            Some(false) => self.acts.note(TerminalTrouble::ReceiverDateRight),
            None => {}
        }
    }

    async fn renumber(&mut self, reason: Option<RenewalReason>) -> Result<(), Ending> {
        let Some(reason) = reason else { return Ok(()) };
        let acts_through = self.shared.acts_through(&self.cell.id, &self.outbox);
        tracing::warn!(vehicle = %self.cell.id, outbox = %self.outbox, acts_through, ?reason, "the terminal's numbers do not fit");
        metrics::counter!("helan_agent_renumberings_total").increment(1);
        self.say(&AgentOrder::Renumber { acts_through, reason }).await
    }

    async fn hear(&mut self, told: Told) -> Result<(), Ending> {
        if told.replaced {
            return Err(Ending::Replaced);
        }
        if told.stopping {
            return Err(Ending::Stopping);
        }
        if told.set_back {
            return Err(Ending::SetBack);
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
            Frame::Message(AgentMessage::Act { number, made_at, act, pressed_as, reckoned }) => {
                let (made_at, clock_behind_ms) = (kept_moment(made_at), self.clock_behind_ms);
                let press = Press { number, made_at, act, pressed_as, reckoned, clock_behind_ms };
                self.acts.arrive(press);
                Ok(())
            }
            Frame::Message(AgentMessage::Ping { clock, storage, receiver }) => {
                let server_time = self.shared.clock.now().0;
                self.clock_behind_ms = server_time.saturating_sub(clock);
                if let Some(receiver) = receiver {
                    self.hear_receiver(receiver);
                }
                if let Some(storage) = storage {
                    self.hear_storage(storage);
                }
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

    async fn answer(&mut self, said: Said) -> Result<(), Ending> {
        let Said { refused, mark, counts, renumber } = said;
        if let Some((number, rejection)) = refused {
            self.shared.counters.acts_refused.increment(1);
            let code = rejection.code().to_owned();
            let message = rejection.to_string();
            self.say(&AgentOrder::ActRefused { number, code, message }).await?;
        } else if counts {
            self.shared.counters.acts.increment(1);
        }
        if mark {
            self.tell_mark().await?;
        }
        self.renumber(renumber).await
    }

    /// Tells how far the acts are recorded, and along with it what fixes are durable.
    async fn tell_mark(&mut self) -> Result<(), Ending> {
        let fixes = self.fixes.acknowledge();
        let acts_through = self.acts.told();
        self.say(&AgentOrder::Recorded { acts_through, fixes }).await
    }

    async fn acknowledge_fixes(&mut self) -> Result<(), Ending> {
        let fixes = self.fixes.acknowledge();
        if fixes.is_empty() {
            return Ok(());
        }
        let acts_through = self.acts.told();
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
