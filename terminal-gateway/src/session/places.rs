//! Positions of terminals as the vehicle's outbox takes them.

use super::memory::{FixKey, Seen};
use super::{Output, TerminalSession};
use crate::datum::Datum;
use crate::jt808::body::{Location, Outcome};
use vehicle_agent::link::{Now, Reported};
use vehicle_agent::nmea::{DatedBy, Fix};
use wire_protocol::agent::CrewCommand;

/// Faster than any road vehicle, in metres a second: a terminal that says more is guessing.
const MOST_MPS: f64 = 150.0;

impl TerminalSession {
    /// A position of now; with the button for help.
    pub(super) fn located(&mut self, serial: u16, message: u16, at: &Location, now: Now) {
        self.facts.location(at);
        let mut memory = self.memory.open();
        let is_pressed = memory.sos(at.alarms.sos(), now.wall_ms);
        if !at.alarms.sos() {
            memory.sos_over();
        }
        drop(memory);
        self.report(serial, message, std::slice::from_ref(at), Reported::Live, is_pressed);
    }

    /// Gives positions that are some to the outbox, each once; the answer waits for it.
    pub(super) fn report(
        &mut self,
        serial: u16,
        message: u16,
        locations: &[Location],
        what: Reported,
        is_sos: bool,
    ) {
        let (fixes, keys, is_under_way) = self.new_fixes(locations);
        let asks = u8::from(!fixes.is_empty()) + u8::from(is_sos);
        if asks == 0 && is_under_way {
            // On its way over an earlier line or in an earlier message, whose answer tells how that went.
            return self.answer(serial, message, Outcome::Failed);
        }
        if asks == 0 {
            return self.answer(serial, message, Outcome::Done);
        }
        if self.awaited.is_full() {
            if is_sos {
                self.memory.open().sos_failed();
            }
            return self.answer(serial, message, Outcome::Failed);
        }
        self.memory.open().under_way(&keys);
        self.facts.counters.fixes += fixes.len() as u64;
        let ask = self.awaited.wait(serial, message, asks, keys);
        if is_sos {
            self.facts.counters.presses += 1;
            self.outputs.push_back(Output::Press { ask, command: CrewCommand::Sos });
        }
        if !fixes.is_empty() {
            self.outputs.push_back(Output::Report { ask, fixes, what });
        }
    }

    /// Positions of a message that were not seen before, and whether any of the others is not safe yet.
    fn new_fixes(&mut self, locations: &[Location]) -> (Vec<Fix>, Vec<FixKey>, bool) {
        let (mut fixes, mut keys, mut is_under_way) = (Vec::new(), Vec::new(), false);
        let memory = self.memory.open();
        for at in locations {
            let Some(fix) = fix(at, self.binding.datum) else {
                self.facts.counters.no_fixes += 1;
                continue;
            };
            let key = FixKey::of(fix.fix_time_ms, fix.lat, fix.lon);
            match memory.seen(key) {
                _ if keys.contains(&key) => self.facts.counters.repeated += 1,
                Seen::New => {
                    fixes.push(fix);
                    keys.push(key);
                }
                Seen::UnderWay => is_under_way = true,
                Seen::Safe => self.facts.counters.repeated += 1,
            }
        }
        (fixes, keys, is_under_way)
    }

    pub(super) fn reported(&mut self, ask: u64, is_safe: bool) {
        self.settle(ask, is_safe);
    }

    /// One of the answers that a message waited for came.
    pub(super) fn settle(&mut self, ask: u64, is_well: bool) {
        let Some(waiting) = self.awaited.settle(ask, is_well) else { return };
        let is_safe = !waiting.has_failed;
        self.memory.open().settle(&waiting.fixes, is_safe);
        if !is_safe {
            self.facts.last_error = Some("the outbox did not take what was reported".to_owned());
        }
        let outcome = if is_safe { Outcome::Done } else { Outcome::Failed };
        self.answer(waiting.serial, waiting.message, outcome);
    }
}

/// The position of a report; `None` where it was not measured, is nowhere or at no time.
fn fix(at: &Location, datum: Datum) -> Option<Fix> {
    let fix_time_ms = at.time?.unix_ms;
    let (lat, lon) = at.lat_lon;
    if !at.status.located() || !Fix::is_place(lat, lon) {
        return None;
    }
    let wgs84 = datum.to_wgs84(at.lat_lon);
    if !Fix::is_place(wgs84.lat, wgs84.lon) {
        return None;
    }
    let speed_mps = (at.speed_mps <= MOST_MPS).then_some(at.speed_mps as f32);
    Some(Fix {
        fix_time_ms,
        dated_by: DatedBy::Receiver,
        lat: wgs84.lat,
        lon: wgs84.lon,
        speed_mps,
        heading_deg: at.course_deg.map(f32::from),
        satellites: at.items.satellites,
        hdop: None,
    })
}
