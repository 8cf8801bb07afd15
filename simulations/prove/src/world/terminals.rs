//! Terminals: their programs, links, disks and crews.

use super::carry::{Carried, Peer};
use super::{Event, World};
use crate::crew::Crew;
use crate::dispatcher::Dispatcher;
use crate::invariants::{Violation, bounded_screen, true_time};
use crate::network::{LinkId, link};
use crate::receiver::Receiver;
use crate::schedule::{Size, brings_more};
use crate::terminal::{CONNECT_LIMIT_MS, Terminal, Want};
use axum::extract::ws::Message;
use dispatch_core::model::{Timestamp, VehicleId};
use dispatch_server::live::press_name;
use region::Region;
use vehicle_agent::link::{Input, Now};
use wire_protocol::agent::CrewCommand;

/// How long a batch takes on a disk that is well, and on one that is slow.
const DISK_MS: u64 = 15;
const SLOW_DISK_MS: u64 = 5_000;

/// Terminals and dispatchers of a run, each with chance of its own.
pub(super) fn people(seed: u64, size: Size, region: &Region) -> (Vec<Terminal>, Vec<Dispatcher>) {
    let own = |kind: u64, number: usize| {
        seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (kind << 32) ^ number as u64
    };
    let vehicles = region.vehicles.iter().take(size.terminals).enumerate();
    let terminals: Vec<Terminal> = vehicles
        .map(|(number, vehicle)| {
            let station = region.station(&vehicle.station);
            let position = station.map_or((106.2, 38.5), |it| (it.position.lon, it.position.lat));
            let drift_ppm = (number as i64 % 7 - 3) * 30;
            // Sentences take longer than fixes; one vehicle in three is enough to meet what they bring.
            let receiver = (number % 3 == 0).then(|| Receiver::new(own(3, number)));
            let crew = Crew::new(own(1, number));
            let crew = if brings_more(seed) { crew.brisk() } else { crew };
            Terminal::new(&vehicle.id, position, drift_ppm, crew, receiver)
        })
        .collect();
    let mut centres: Vec<String> =
        region.vehicles.iter().take(size.terminals).map(|it| it.centre.clone()).collect();
    centres.sort();
    centres.dedup();
    let scene = terminals.first().map_or((106.2, 38.5), |it| it.position);
    let dispatcher = |number| {
        let dispatcher = Dispatcher::new(number, own(2, number), centres.clone(), scene);
        if brings_more(seed) { dispatcher.with_radio(own(2, number)) } else { dispatcher }
    };
    (terminals, (0..size.consoles).map(dispatcher).collect())
}

impl World {
    fn clocks_of(&self, terminal: usize, now_ms: u64) -> Now {
        self.terminals[terminal].now(now_ms, true_time(0).0)
    }

    fn give(&mut self, terminal: usize, input: Input, now_ms: u64) {
        let now = self.clocks_of(terminal, now_ms);
        self.terminals[terminal].handle(input, now);
        self.after(terminal, now_ms);
    }

    /// Carries out what a program wants and enters its next look.
    fn after(&mut self, terminal: usize, now_ms: u64) {
        while let Some(want) = self.terminals[terminal].next_want() {
            self.carry_out(terminal, want, now_ms);
        }
        self.tell_stored(terminal, now_ms);
        let now = self.clocks_of(terminal, now_ms);
        let it = &mut self.terminals[terminal];
        let Some(wait) = it.next_look(now) else { return };
        let at_ms = now_ms + wait.max(1);
        if it.wake_at.is_none_or(|earlier| at_ms < earlier) {
            it.wake_at = Some(at_ms);
            self.queue.enter(at_ms, Event::Look { terminal, life: it.life });
        }
    }

    fn carry_out(&mut self, terminal: usize, want: Want, now_ms: u64) {
        let life = self.terminals[terminal].life;
        match want {
            Want::Connect => {
                if let Some(link) = self.terminals[terminal].carried.take() {
                    self.give_up(link);
                }
                let takes = if self.terminals[terminal].unreachable_until > now_ms {
                    CONNECT_LIMIT_MS
                } else {
                    3 * self.delay(now_ms)
                };
                self.queue.enter(now_ms + takes, Event::Opening { terminal, life });
            }
            Want::Disconnect => {
                if let Some(link) = self.terminals[terminal].carried.take() {
                    self.give_up(link);
                }
            }
            Want::Send(text) => {
                if self.is_lost_with_its_link(terminal, &text, now_ms) {
                    return;
                }
                if let Some(link) = self.terminals[terminal].carried {
                    self.send_up(link, Message::Text(text.into()), now_ms);
                }
            }
            Want::Store(changes) => {
                self.terminals[terminal].stores(changes);
                let takes =
                    if self.terminals[terminal].disk.is_slow() { SLOW_DISK_MS } else { DISK_MS };
                self.queue.enter(now_ms + takes, Event::Stored { terminal, life });
            }
        }
    }

    /// A press that goes out as the vehicle drives into a tunnel: it is lost, and with it the link.
    fn is_lost_with_its_link(&mut self, terminal: usize, text: &str, now_ms: u64) -> bool {
        let it = &mut self.terminals[terminal];
        let is_press = text.contains(r#""type":"press""#);
        let (Some(link), Some(for_ms), true) = (it.carried, it.next_press_cuts, is_press) else {
            return false;
        };
        it.next_press_cuts = None;
        it.unreachable_until = now_ms + for_ms;
        self.cut(link, now_ms);
        true
    }

    pub(super) fn look(&mut self, terminal: usize, life: u64, now_ms: u64) {
        let it = &mut self.terminals[terminal];
        // One that an earlier look has made needless enters no other: else each would go on for ever.
        if it.life != life || it.wake_at.is_none_or(|at| at > now_ms) {
            return;
        }
        if it.frozen_until > now_ms {
            it.wake_at = Some(it.frozen_until);
            self.queue.enter(it.frozen_until, Event::Look { terminal, life });
            return;
        }
        it.wake_at = None;
        self.give(terminal, Input::Tick, now_ms);
    }

    pub(super) fn opening_ends(&mut self, terminal: usize, life: u64, now_ms: u64) {
        let it = &self.terminals[terminal];
        if it.life != life || it.carried.is_some() {
            return;
        }
        let is_cut = it.unreachable_until > now_ms;
        let server = if is_cut { None } else { self.reachable(now_ms) };
        let Some((server, started)) =
            server.and_then(|it| Some((it, self.machines[it].started.clone()?)))
        else {
            self.give(terminal, Input::Disconnected("nobody answers".to_owned()), now_ms);
            return;
        };
        self.last_link += 1;
        let (server_end, end) = link(self.last_link, &self.wire);
        let vehicle = VehicleId::from(self.terminals[terminal].vehicle.as_str());
        let task = started.carry_terminal(vehicle, server_end);
        let mut carried = Carried::new(Peer::Terminal(terminal), server, end, task);
        carried.is_mute = self.terminals[terminal].mute_until > now_ms;
        self.links.insert(self.last_link, carried);
        self.terminals[terminal].carried = Some(self.last_link);
        self.give(terminal, Input::Connected, now_ms);
    }

    pub(super) fn terminal_reads(
        &mut self,
        terminal: usize,
        link: LinkId,
        message: &Message,
        now_ms: u64,
    ) {
        let it = &self.terminals[terminal];
        if it.carried != Some(link) {
            return;
        }
        if it.frozen_until > now_ms {
            self.queue.enter(it.frozen_until, Event::Down(link, message.clone()));
            return;
        }
        if let Message::Text(text) = message {
            self.give(terminal, Input::Frame(text.to_string()), now_ms);
        } else if let Message::Ping(_) = message {
            self.send_up(link, Message::Pong(axum::body::Bytes::new()), now_ms);
        }
    }

    pub(super) fn terminal_lost(&mut self, terminal: usize, link: LinkId, now_ms: u64) {
        if self.terminals[terminal].carried == Some(link) {
            self.terminals[terminal].carried = None;
            self.give(terminal, Input::Disconnected("the link was lost".to_owned()), now_ms);
        }
    }

    pub(super) fn batch_ends(&mut self, terminal: usize, life: u64, now_ms: u64) {
        if self.terminals[terminal].life != life {
            return;
        }
        for input in self.terminals[terminal].stored() {
            self.give(terminal, input, now_ms);
        }
    }

    pub(super) fn start_terminal(&mut self, terminal: usize, power_was_cut: bool, now_ms: u64) {
        if self.terminals[terminal].is_on() {
            return;
        }
        let seed = self.seed ^ (terminal as u64) << 20;
        self.terminals[terminal].start(seed, power_was_cut, now_ms, true_time(0).0);
        self.after(terminal, now_ms);
    }

    /// Receivers measure once a second.
    pub(super) fn measure(&mut self, now_ms: u64) {
        for terminal in 0..self.terminals.len() {
            let it = &mut self.terminals[terminal];
            let (east, north) = it.crew.drive();
            it.position = (it.position.0 + east, it.position.1 + north);
            self.fresh.measured(&it.vehicle, it.position, now_ms);
            if it.is_on() && it.frozen_until <= now_ms {
                let now = it.now(now_ms, true_time(0).0);
                for input in it.measured(true_time(now_ms).0, now, now_ms) {
                    self.give(terminal, input, now_ms);
                }
            }
        }
    }

    pub(super) fn crew_looks(&mut self, terminal: usize, now_ms: u64) -> Result<(), Violation> {
        let pause_ms = self.terminals[terminal].crew.pause_ms();
        self.queue.enter(now_ms + pause_ms, Event::Crew(terminal));
        let now = self.clocks_of(terminal, now_ms);
        if self.terminals[terminal].frozen_until > now_ms {
            return Ok(());
        }
        let Some(screen) = self.terminals[terminal].picture(now) else { return Ok(()) };
        bounded_screen(&self.terminals[terminal].vehicle, &screen)?;
        for refusal in &screen.refusals {
            self.give(terminal, Input::RefusalClosed(refusal.number), now_ms);
        }
        for command in self.terminals[terminal].crew.presses(&screen) {
            self.press(terminal, command, now_ms);
        }
        Ok(())
    }

    fn press(&mut self, terminal: usize, command: CrewCommand, now_ms: u64) {
        let now = self.clocks_of(terminal, now_ms);
        let what = format!("{command:?}");
        if let Some((key, command)) = self.terminals[terminal].press(command, now) {
            self.trace.note(now_ms, format_args!("{} {what}", self.terminals[terminal].vehicle));
            self.terminals[terminal].crew.waits_for(key, command);
        }
        self.after(terminal, now_ms);
    }

    /// Notes what a crew was just told is stored.
    fn tell_stored(&mut self, terminal: usize, now_ms: u64) {
        let it = &mut self.terminals[terminal];
        for command in it.told_stored() {
            let Some(pressed_as) = &command.pressed_as else { continue };
            let name = press_name(pressed_as, Timestamp(command.made_at_ms), &command.command);
            self.told.press(name, &it.vehicle, format!("{:?}", command.command), now_ms);
        }
    }
}
