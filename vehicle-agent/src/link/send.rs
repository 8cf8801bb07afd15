//! What is due now: connecting, storing, sending, resending, and when to look again.

use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, ReckonedTime, TerminalReport};

use super::Now;
use super::session::{Link, Output, Phase};

/// The server's answer to the greeting is overdue after this, in milliseconds.
const GREETING_MS: u64 = 15_000;
/// After so long without sending a ping goes out: the centre shows a silent vehicle after ten
/// seconds.
const PING_AFTER_MS: u64 = 5_000;
/// The server's time is asked for at least this often, in milliseconds, whatever else is sent: a clock
/// that drifts or is set must not move the deadline of an order.
const ASK_TIME_MS: u64 = 30_000;
/// After so long without a sign of the server the link counts as dead: three pings and their way.
const SILENCE_MS: u64 = 20_000;
/// After so long without an answer everything unanswered is sent again.
const RESEND_MS: u64 = 20_000;

impl Link {
    /// When `Input::Tick` is due, by the steady clock in milliseconds.
    pub fn next_timeout(&self, now: Now) -> Option<u64> {
        let link = match self.phase {
            Phase::Offline { retry_at } => Some(retry_at),
            Phase::Connecting => None,
            Phase::Greeting { since } => Some(since.saturating_add(GREETING_MS)),
            Phase::Open { .. } => [
                Some(self.last_sent.saturating_add(PING_AFTER_MS)),
                Some(self.last_heard.saturating_add(SILENCE_MS)),
                Some(self.asked_time.steady_ms.saturating_add(ASK_TIME_MS)),
                self.resend_at(),
            ]
            .into_iter()
            .flatten()
            .min(),
        };
        [
            link,
            self.store_retry_at,
            self.late_at().filter(|at| *at > now.steady_ms),
            self.commands.overdue_at(),
            self.duty.doubt_ends_at(),
            self.expiry_at(now),
            self.undo_ends_at(now),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    pub(super) fn greet(&mut self, now: Now) {
        self.phase = Phase::Greeting { since: now.steady_ms };
        self.farewell = None;
        self.last_heard = now.steady_ms;
        self.send(
            &AgentMessage::Hello {
                protocol: PROTOCOL_VERSION,
                outbox: self.outbox_id.clone(),
                software: self.settings.software.clone(),
                clock: now.wall_ms,
                terminal: Some(TerminalReport {
                    first_command: self.commands.first_waiting(),
                    last_command: self.commands.last_number(),
                    storage: self.storage_state(now),
                    previous: self.previous.clone(),
                    pictures: self.settings.pictures,
                }),
            },
            now,
        );
        self.storage_told = Some(self.storage_state(now));
        // A hello does not tell it: it is told as soon as the link is open.
        self.receiver_told = None;
    }

    /// Does all that is due at this moment.
    pub(super) fn settle(&mut self, now: Now) {
        if self.commands.drop_overdue(now.steady_ms) {
            self.outputs.push_back(Output::Show);
        }
        if self.duty.settle(now.steady_ms) {
            self.new_duty();
            self.outputs.push_back(Output::Show);
        }
        self.show_what_ran_out(now);
        self.receipt(now);
        self.store(now);
        match self.phase {
            Phase::Offline { retry_at } if now.steady_ms >= retry_at => {
                self.phase = Phase::Connecting;
                self.outputs.extend([Output::Connect, Output::Show]);
            }
            Phase::Greeting { since } if now.steady_ms >= since.saturating_add(GREETING_MS) => {
                self.give_up("the server does not answer the greeting", now);
            }
            Phase::Open { .. } => self.talk(now),
            Phase::Offline { .. } | Phase::Connecting | Phase::Greeting { .. } => {}
        }
    }

    fn talk(&mut self, now: Now) {
        if now.steady_ms >= self.last_heard.saturating_add(SILENCE_MS) {
            self.give_up("the server is silent", now);
            return;
        }
        if self.resend_at().is_some_and(|at| now.steady_ms >= at) {
            self.commands.send_again();
            self.fixes.send_again();
        }
        let from_memory = self.disk_fails(now);
        while let Some(stored) = self.commands.next_to_send(now.steady_ms, from_memory) {
            let message = AgentMessage::Press {
                number: stored.number,
                made_at: stored.made_at_ms,
                command: stored.command.clone(),
                pressed_as: stored.pressed_as.clone(),
                reckoned: Some(ReckonedTime { server_time: self.server_time.of_press(stored) }),
            };
            self.send(&message, now);
        }
        loop {
            let fixes = self.fixes.next_frame(now.steady_ms, from_memory);
            if fixes.is_empty() {
                break;
            }
            self.send(&AgentMessage::Fixes { fixes }, now);
        }
        let storage = self.storage_state(now);
        let is_due = now.steady_ms >= self.last_sent.saturating_add(PING_AFTER_MS)
            || now.steady_ms >= self.asked_time.steady_ms.saturating_add(ASK_TIME_MS);
        let receiver = self.receiver;
        if is_due || self.storage_told != Some(storage) || self.receiver_told != receiver {
            self.asked_time = now;
            self.storage_told = Some(storage);
            self.receiver_told = receiver;
            self.send(
                &AgentMessage::Ping { clock: now.wall_ms, storage: Some(storage), receiver },
                now,
            );
        }
    }

    fn give_up(&mut self, why: &str, now: Now) {
        self.outputs.push_back(Output::Disconnect);
        self.trouble = None;
        self.disconnected(why.to_owned(), now);
    }

    fn resend_at(&self) -> Option<u64> {
        let oldest =
            [self.commands.oldest_sent(), self.fixes.oldest_sent()].into_iter().flatten().min();
        oldest.map(|at| at.saturating_add(RESEND_MS))
    }

    fn send(&mut self, message: &AgentMessage, now: Now) {
        // Our own messages hold nothing that JSON cannot say.
        if let Ok(text) = serde_json::to_string(message) {
            self.last_sent = now.steady_ms;
            self.outputs.push_back(Output::Send(text));
        }
    }

    fn show_what_ran_out(&mut self, now: Now) {
        let shows =
            (self.expiry_at(now).is_some(), self.undo_ends_at(now).is_some(), self.disk_fails(now));
        if self.showed != shows {
            self.showed = shows;
            self.outputs.push_back(Output::Show);
        }
    }
}
