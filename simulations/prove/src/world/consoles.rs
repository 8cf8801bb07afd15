//! Consoles: their feeds, and the requests of those who sit at them.

use super::carry::{Carried, Peer};
use super::{Event, World};
use crate::dispatcher::{ANSWER_LIMIT_MS, Asked, MOST_TRIES};
use crate::invariants::{Violation, true_time};
use crate::network::{LinkId, NotDone, link};
use axum::extract::ws::Message;
use console_client::Told;
use dispatch_core::model::{CommandId, Confirmation};
use dispatch_desk::desk::Done;
use rand::RngExt;
use std::collections::BTreeMap;
use wire_protocol::console::{ConsoleMessage, FeedMessage, PartState};
use wire_protocol::positions;

/// Before a console opens its link again.
const AGAIN_MS: u64 = 1_500;

/// Between two questions whether the link lives, as the browser's console asks them.
const PING_MS: u64 = 10_000;

/// A console from which nothing came for so long opens a new link.
const SILENCE_MS: u64 = 30_000;

/// An answer as it reaches a console.
#[derive(Debug)]
pub(super) struct Answered {
    command: String,
    done: bool,
    words: String,
    /// What it was refused for and may be confirmed.
    dangers: Vec<Confirmation>,
}

/// Requests on their way to servers and what becomes of them.
#[derive(Debug, Default)]
pub(super) struct Requests {
    last: LinkId,
    /// Whose they are.
    under_way: BTreeMap<LinkId, (usize, String)>,
}

impl World {
    pub(super) fn open_console(&mut self, console: usize, now_ms: u64) {
        if self.dispatchers[console].carried.is_some() {
            return;
        }
        let server = self.reachable(now_ms);
        let Some((server, started)) =
            server.and_then(|it| Some((it, self.machines[it].started.clone()?)))
        else {
            self.queue.enter(now_ms + AGAIN_MS, Event::ConsoleOpens(console));
            return;
        };
        self.last_link += 1;
        let (server_end, end) = link(self.last_link, &self.wire);
        let task = started.carry_console(&self.dispatchers[console].person, server_end);
        let carried = Carried::new(Peer::Console(console), server, end, task);
        self.links.insert(self.last_link, carried);
        let dispatcher = &mut self.dispatchers[console];
        dispatcher.carried = Some(self.last_link);
        dispatcher.heard_at = now_ms;
        let subscribe = dispatcher.feed.subscribe();
        self.say(console, &subscribe, now_ms);
        self.queue.enter(now_ms + PING_MS, Event::ConsolePings(console));
    }

    pub(super) fn ping_from_console(&mut self, console: usize, now_ms: u64) {
        let Some(link) = self.dispatchers[console].carried else { return };
        if now_ms > self.dispatchers[console].heard_at + SILENCE_MS {
            self.give_up(link);
            self.console_lost(console, link, now_ms);
            return;
        }
        self.say(console, &ConsoleMessage::Ping { clock: true_time(now_ms).0 }, now_ms);
        self.queue.enter(now_ms + PING_MS, Event::ConsolePings(console));
    }

    fn say(&mut self, console: usize, message: &ConsoleMessage, now_ms: u64) {
        let Some(link) = self.dispatchers[console].carried else { return };
        let text = serde_json::to_string(message).expect("a console's message can be written");
        self.send_up(link, Message::Text(text.into()), now_ms);
    }

    pub(super) fn console_reads(
        &mut self,
        console: usize,
        message: &Message,
        now_ms: u64,
    ) -> Result<(), Violation> {
        let dispatcher = &mut self.dispatchers[console];
        dispatcher.heard_at = now_ms;
        match message {
            Message::Text(text) => {
                let said: FeedMessage = serde_json::from_str(text)
                    .map_err(|error| Violation::new("replay", format!("a frame: {error}")))?;
                let told = dispatcher.feed.take(said);
                let told = told.map_err(|error| Violation::new("replay", error.to_string()))?;
                if let Told::Closing { .. } = told
                    && let Some(link) = dispatcher.carried
                {
                    self.give_up(link);
                    self.console_lost(console, link, now_ms);
                }
                Ok(())
            }
            Message::Binary(frame) => self.shown_positions(console, frame, now_ms),
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) => Ok(()),
        }
    }

    fn shown_positions(&self, console: usize, frame: &[u8], now_ms: u64) -> Result<(), Violation> {
        let (tick, records) = positions::decode(frame)
            .map_err(|error| Violation::new("replay", format!("positions: {error:?}")))?;
        // A console that says the clock is off says with it that ages may be too small.
        let service = self.dispatchers[console].feed.service.as_ref();
        if service.and_then(|it| it.clock) == Some(PartState::Degraded) {
            return Ok(());
        }
        let vehicles = self.dispatchers[console].feed.vehicles.values();
        let by_slot: BTreeMap<u32, &str> =
            vehicles.map(|vehicle| (vehicle.slot, vehicle.id.as_str())).collect();
        let late_ms = u32::try_from(true_time(now_ms).0 - tick).unwrap_or(0);
        for record in records {
            if let Some(vehicle) = by_slot.get(&record.slot) {
                let place = (record.lon, record.lat);
                // A frame that was long under way says when it was made, and its ages grow with it.
                let age_ms = record.age_millis.saturating_add(late_ms);
                self.fresh.shown(vehicle, place, age_ms, now_ms)?;
            }
        }
        Ok(())
    }

    pub(super) fn console_lost(&mut self, console: usize, link: LinkId, now_ms: u64) {
        if self.dispatchers[console].carried == Some(link) {
            self.dispatchers[console].carried = None;
            self.queue.enter(now_ms + AGAIN_MS, Event::ConsoleOpens(console));
        }
    }

    pub(super) fn dispatcher_commands(&mut self, console: usize, now_ms: u64) {
        let dispatcher = &mut self.dispatchers[console];
        let pause_ms = dispatcher.pause_ms();
        self.queue.enter(now_ms + pause_ms, Event::Dispatcher(console));
        let requests = dispatcher.next_commands(true_time(now_ms).0, !self.is_healed);
        for request in requests {
            let command = request.command_id.clone();
            let said = format_args!("{command} {}", request.command.name()).to_string();
            self.trace.note(now_ms, format_args!("{said}"));
            let asked = Asked { request, tries: 0 };
            self.dispatchers[console].asked.entry(command.clone()).or_insert(asked);
            self.ask(console, &command, now_ms);
        }
    }

    fn ask(&mut self, console: usize, command: &str, now_ms: u64) {
        let Some(asked) = self.dispatchers[console].asked.get_mut(command) else { return };
        asked.tries += 1;
        let (command, tries) = (command.to_owned(), asked.tries);
        let unanswered = Event::Unanswered { console, command: command.clone(), tries };
        self.queue.enter(now_ms + ANSWER_LIMIT_MS, unanswered);
        let Some(server) = self.reachable(now_ms) else { return };
        let is_lossy = now_ms < self.lossy_until;
        if is_lossy && self.network.random_bool(0.3) {
            return;
        }
        // What is sent again by the network itself comes twice, and the second time late.
        let copies = if is_lossy && self.network.random_bool(0.3) { 2 } else { 1 };
        for copy in 0..copies {
            let late = if copy == 0 { 0 } else { self.network.random_range(1_000..60_000) };
            let arrival = now_ms + self.delay(now_ms) + late;
            let command = command.clone();
            self.queue.enter(arrival, Event::Request { console, server, command, arrival });
        }
    }

    pub(super) fn request_arrives(
        &mut self,
        console: usize,
        server: usize,
        command: &str,
        arrival: u64,
        now_ms: u64,
    ) {
        let machine = &self.machines[server];
        if machine.frozen_until > now_ms {
            let at_ms = machine.frozen_until;
            let command = command.to_owned();
            self.queue.enter(at_ms, Event::Request { console, server, command, arrival });
            return;
        }
        let Some(started) = machine.started.clone() else { return };
        let dispatcher = &self.dispatchers[console];
        // A late copy of what was answered already still arrives.
        let known = dispatcher.asked.get(command).or_else(|| dispatcher.done.get(command));
        let Some(asked) = known else { return };
        self.requests.last += 1;
        let number = self.requests.last;
        self.requests.under_way.insert(number, (console, command.to_owned()));
        let (person, request) = (dispatcher.person.clone(), asked.request.clone());
        started.request(server, number, &person, request, self.wire.clone());
    }

    pub(super) fn answer(
        &mut self,
        server: usize,
        number: LinkId,
        done: Result<Done, NotDone>,
        now_ms: u64,
    ) -> Result<(), Violation> {
        let Some((console, command)) = self.requests.under_way.remove(&number) else {
            return Ok(());
        };
        if self.machines[server].started.is_none() {
            return Ok(());
        }
        let (done, words, dangers) = match done {
            Ok(_) => (true, "done".to_owned(), Vec::new()),
            Err(NotDone { words, dangers }) => (false, words, dangers),
        };
        let is_lost = now_ms < self.lossy_until && self.network.random_bool(0.3);
        if !is_lost {
            let held = self.machines[server].frozen_until;
            let at_ms = (now_ms + self.delay(now_ms)).max(held);
            let answered = Answered { command, done, words, dangers };
            self.queue.enter(at_ms, Event::Answered { console, answered });
        }
        Ok(())
    }

    pub(super) fn answer_arrives(
        &mut self,
        console: usize,
        answered: Answered,
        now_ms: u64,
    ) -> Result<(), Violation> {
        let Answered { command, done, words, dangers } = answered;
        self.trace.note(now_ms, format_args!("{command}: {words}"));
        if done {
            self.told.command(CommandId::new(command.as_str()), now_ms);
            self.look_at_commands(now_ms)?;
        }
        let dispatcher = &mut self.dispatchers[console];
        if dispatcher.confirms(&command, dangers) {
            self.ask(console, &command, now_ms);
        } else if done || words.starts_with("refused") {
            if let Some(asked) = dispatcher.asked.remove(&command) {
                dispatcher.keep_done(&command, asked);
            }
        } else if let Some(asked) = dispatcher.asked.get(&command) {
            let tries = asked.tries;
            self.queue.enter(now_ms + 1_000, Event::Unanswered { console, command, tries });
        }
        Ok(())
    }

    pub(super) fn ask_again(&mut self, console: usize, command: &str, tries: u32, now_ms: u64) {
        let Some(asked) = self.dispatchers[console].asked.get(command) else { return };
        if asked.tries != tries {
            return;
        }
        if tries < MOST_TRIES {
            self.ask(console, command, now_ms);
        } else {
            self.dispatchers[console].asked.remove(command);
        }
    }
}
