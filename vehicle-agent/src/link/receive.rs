//! What the server says, and what becomes of the socket and the disk.

use wire_protocol::agent::ServerMessage;

use super::Now;
use super::screen_state::ShownRefusal;
use super::session::{Farewell, Link, Output, Phase};
use crate::outbox::Change;
use wire_protocol::agent::CrewCommand;

/// Refusals kept on the screen; older ones give way.
const MAX_SHOWN_REFUSALS: usize = 5;
/// Highest number of a command or a fix that a server is believed to have. No outbox gets near it; above
/// it the numbers would run out, and what waits would be forgotten at the word of a broken server.
const HIGHEST_NUMBER: u64 = 1 << 53;
/// The code with which a server refuses a vehicle that no centre has.
const NOT_ENROLLED: &str = "not_enrolled";
/// Longest text of trouble shown, in characters.
const MAX_TROUBLE_CHARS: usize = 300;

impl Link {
    pub(super) fn disconnected(&mut self, why: String, now: Now) {
        let held_ms = match self.phase {
            Phase::Open { since } => now.steady_ms.saturating_sub(since),
            Phase::Offline { .. } => return,
            Phase::Connecting | Phase::Greeting { .. } => 0,
        };
        let farewell = self.farewell.take();
        let is_refused = farewell == Some(Farewell::UntilChanged);
        let retry_at = now.steady_ms.saturating_add(self.backoff.wait_ms(held_ms, is_refused));
        self.phase = Phase::Offline { retry_at };
        // What the server said of it tells more than that the socket closed.
        if self.trouble.is_none() || (held_ms == 0 && farewell.is_none()) {
            self.trouble = Some(why.chars().take(MAX_TROUBLE_CHARS).collect());
        }
        self.commands.send_again();
        self.fixes.send_again();
        if self.settings.pictures {
            // Nobody can look who cannot ask; the next link says again what is wanted.
            self.outputs.push_back(Output::Camera(None));
        }
        self.outputs.push_back(Output::Show);
    }

    fn welcomed(&mut self, welcome: ServerMessage, now: Now) {
        let ServerMessage::Welcome {
            vehicle,
            server_time,
            commands_through,
            report_seconds,
            exercise,
            servers,
        } = welcome
        else {
            return;
        };
        let Phase::Greeting { since: asked_at } = self.phase else { return };
        self.phase = Phase::Open { since: now.steady_ms };
        self.vehicle = Some(vehicle);
        self.report = report_seconds;
        self.is_exercise = exercise;
        self.trouble = None;
        if !servers.is_empty() {
            self.outputs.push_back(Output::Servers(servers));
        }
        self.update_server_time(server_time, asked_at, now);
        self.duty.link_opened();
        self.commands.send_again();
        self.fixes.send_again();
        self.recorded(commands_through, &[], now);
    }

    pub(super) fn frame(&mut self, text: &str, now: Now) {
        self.last_heard = now.steady_ms;
        // What cannot be read comes from a newer server; what matters in it will be sent again in
        // words that both know.
        let Ok(order) = serde_json::from_str::<ServerMessage>(text) else { return };
        match order {
            welcome @ ServerMessage::Welcome { .. } => self.welcomed(welcome, now),
            ServerMessage::Recorded { .. } | ServerMessage::CommandRefused { .. }
                if !matches!(self.phase, Phase::Open { .. }) =>
            {
                // About numbers of a link that is no more; they may mean something else by now.
                return;
            }
            ServerMessage::Recorded { commands_through, fixes } => {
                self.recorded(commands_through, &fixes, now);
            }
            ServerMessage::CommandRefused { number, code, message } => {
                self.refused(number, code, message)
            }
            ServerMessage::Duty(picture) => {
                if self.duty.take(*picture, now.steady_ms) {
                    self.new_duty();
                }
            }
            ServerMessage::Route(route) => {
                if self.routes.take(*route) {
                    self.new_route();
                }
            }
            ServerMessage::Camera { wanted } => {
                self.outputs.push_back(Output::Camera(wanted));
                return;
            }
            ServerMessage::Pong { clock, server_time } => {
                // One that answers an earlier question was under way for longer than can be told.
                if clock == self.asked_time.wall_ms {
                    self.update_server_time(server_time, self.asked_time.steady_ms, now);
                }
                return;
            }
            ServerMessage::Renumber { commands_through, reason } => {
                if !matches!(self.phase, Phase::Open { .. }) {
                    return;
                }
                self.renew(commands_through, reason, now);
            }
            ServerMessage::Closing { code, message } => {
                let is_final = code == NOT_ENROLLED;
                self.farewell =
                    Some(if is_final { Farewell::UntilChanged } else { Farewell::Again });
                let said = format!("{code}: {message}");
                self.trouble = Some(said.chars().take(MAX_TROUBLE_CHARS).collect());
            }
        }
        self.outputs.push_back(Output::Show);
    }

    fn update_server_time(&mut self, server_time: i64, asked_at: u64, now: Now) {
        self.server_time.update(server_time, asked_at, now);
        if let Some(time) = self.server_time.take_news() {
            self.pending.retain(|change| !matches!(change, Change::RememberTime(_)));
            self.pending.push(Change::RememberTime(time));
        }
    }

    /// The centre's picture was replaced: it includes what was confirmed, and outlives a restart.
    pub(super) fn new_duty(&mut self) {
        self.commands.drop_confirmed();
        self.pending.retain(|change| !matches!(change, Change::RememberDuty(_)));
        if let Some(duty) = self.duty.latest() {
            self.pending.push(Change::RememberDuty(Box::new(duty.clone())));
        }
    }

    /// The newest route outlives a restart; one that was still waiting for the disk is forgotten.
    fn new_route(&mut self) {
        self.pending.retain(|change| !matches!(change, Change::RememberRoute(_)));
        if let Some(route) = self.routes.latest() {
            self.pending.push(Change::RememberRoute(Box::new(route.clone())));
        }
    }

    fn recorded(&mut self, commands_through: u64, fixes: &[[u64; 2]], now: Now) {
        let highest = fixes.iter().map(|[_, last]| *last).fold(commands_through, u64::max);
        if highest > HIGHEST_NUMBER {
            return;
        }
        let confirmed = self.commands.confirm(&self.outbox_id, commands_through, now.steady_ms);
        if !confirmed.is_empty() {
            self.forget_commands(commands_through, confirmed);
        }
        if !fixes.is_empty() {
            self.fixes.confirm(fixes);
            self.forget_fixes(fixes);
        }
    }

    fn refused(&mut self, number: u64, code: String, message: String) {
        let Some(refused) = self.commands.refuse(number) else { return };
        // The crew did not press the device's own receipt and can do nothing about it.
        if matches!(refused.command, CrewCommand::DeviceReceipt { .. }) {
            return;
        }
        self.refusals.retain(|refusal| refusal.number != number);
        if self.refusals.len() == MAX_SHOWN_REFUSALS {
            self.refusals.pop_front();
        }
        self.refusals.push_back(ShownRefusal { number, command: refused.command, code, message });
    }
}
