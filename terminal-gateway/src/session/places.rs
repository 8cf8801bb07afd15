//! Positions of terminals as the vehicle's outbox takes them.

use super::memory::{FixKey, Seen};
use super::{Output, TerminalSession};
use crate::datum::Datum;
use crate::jt808::TerminalTime;
use crate::jt808::body::{Backfill, Location, Outcome};
use vehicle_agent::link::{Now, Reported};
use vehicle_agent::nmea::{DatedBy, Fix};
use wire_protocol::agent::CrewCommand;

/// The newest position of a plain batch is where the vehicle is when it is no older, in milliseconds.
const OF_NOW_MS: i64 = 60_000;
/// No terminal of this program reported before 2020: an earlier date is that of a clock which was never set.
const EARLIEST_MS: i64 = 1_577_836_800_000;
/// Satellites count 1 024 weeks and begin anew; receivers that do not know it fall back by so much.
const ROLL_OVER_MS: i64 = 1_024 * 7 * 86_400_000;
/// A position that old, in milliseconds, may still come as back-fill.
const MOST_BACK_FILL_MS: i64 = 31 * 86_400_000;

/// Faster than any road vehicle, in metres a second: a terminal that says more is guessing.
const MOST_MPS: f64 = 150.0;

impl TerminalSession {
    /// Positions in one message. Those of the time without a link are history; the newest of a plain batch, as terminals
    /// send that save packets, is where the vehicle is. A call for help in either is one.
    pub(super) fn batch(&mut self, serial: u16, message: u16, batch: Backfill, now: Now) {
        self.facts.counters.malformed_items += u64::from(batch.malformed);
        let mut past = batch.locations;
        past.sort_by_key(|at| at.time);
        let is_of_now =
            |at: &Location| at.time.is_some_and(|it| (now.wall_ms - it.unix_ms).abs() <= OF_NOW_MS);
        let live = past.pop_if(|at| !batch.blind_spot && is_of_now(at));
        let mut is_pressed = self.has_called(&past, now);
        if let Some(at) = &live {
            is_pressed |= self.look_at(at, now);
        }
        self.report(serial, message, &past, live.as_ref(), is_pressed, now);
    }

    /// Whether somebody called for help in reports of the past, in order of time, who was not heard then.
    fn has_called(&self, past: &[Location], now: Now) -> bool {
        let called = past.iter().rev().find(|at| at.alarms.sos());
        let called_ms = called.and_then(|at| at.time).map(|at| at.unix_ms);
        let still_stands = past.last().is_some_and(|at| at.alarms.sos());
        let mut memory = self.memory.open();
        let quiet = past.iter().rev().find(|at| !at.alarms.sos()).and_then(|at| at.time);
        quiet.into_iter().for_each(|at| memory.past_without_sos(at.unix_ms));
        called_ms.is_some_and(|at_ms| memory.past_sos(at_ms, still_stands, now.wall_ms))
    }

    /// A position of now; with the button for help.
    pub(super) fn located(&mut self, serial: u16, message: u16, at: &Location, now: Now) {
        let is_pressed = self.look_at(at, now);
        self.report(serial, message, &[], Some(at), is_pressed, now);
    }

    /// What a position of now says besides; true when the button for help is pressed now.
    fn look_at(&mut self, at: &Location, now: Now) -> bool {
        self.facts.location(at, now.wall_ms);
        let mut memory = self.memory.open();
        let at_ms = at.time.map(|it| it.unix_ms);
        let is_pressed = memory.sos(at.alarms.sos(), at_ms, now.wall_ms);
        if !at.alarms.sos() {
            memory.sos_over();
        }
        is_pressed
    }

    /// Gives positions that are some to the outbox, each once; the answer waits for it.
    fn report(
        &mut self,
        serial: u16,
        message: u16,
        past: &[Location],
        live: Option<&Location>,
        is_sos: bool,
        now: Now,
    ) {
        let mut keys = Vec::new();
        let (past, is_past_under_way) = self.new_fixes(past, &mut keys, now);
        let (live, is_live_under_way) = self.new_fixes(live, &mut keys, now);
        let reports = [(past, Reported::Past), (live, Reported::Live)];
        let asks = reports.iter().filter(|(fixes, _)| !fixes.is_empty()).count() as u8;
        let asks = asks + u8::from(is_sos);
        if asks == 0 && (is_past_under_way || is_live_under_way) {
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
        self.facts.counters.fixes += keys.len() as u64;
        let ask = self.awaited.wait(serial, message, asks, keys);
        if is_sos {
            self.facts.counters.presses += 1;
            self.outputs.push_back(Output::Press { ask, command: CrewCommand::Sos });
        }
        for (fixes, what) in reports.into_iter().filter(|(fixes, _)| !fixes.is_empty()) {
            self.outputs.push_back(Output::Report { ask, fixes, what });
        }
    }

    /// Positions of a message that were not seen before, their keys added to those of the message, and whether any of the
    /// others is not safe yet.
    fn new_fixes<'a>(
        &mut self,
        locations: impl IntoIterator<Item = &'a Location>,
        keys: &mut Vec<FixKey>,
        now: Now,
    ) -> (Vec<Fix>, bool) {
        let (mut fixes, mut is_under_way) = (Vec::new(), false);
        let memory = self.memory.open();
        for at in locations {
            let Some(fix) = fix(at, self.binding.datum, now) else {
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
        (fixes, is_under_way)
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
fn fix(at: &Location, datum: Datum, now: Now) -> Option<Fix> {
    let fix_time_ms = measured_ms(at.time?, now)?;
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

/// When a position was measured. A date that fell back with the count of weeks is brought forward; `None` for one of a
/// clock that was never set.
fn measured_ms(time: TerminalTime, now: Now) -> Option<i64> {
    if time.unix_ms >= EARLIEST_MS {
        return Some(time.unix_ms);
    }
    let brought_forward = time.unix_ms + ROLL_OVER_MS;
    let age_ms = now.wall_ms - brought_forward;
    (-OF_NOW_MS..=MOST_BACK_FILL_MS).contains(&age_ms).then_some(brought_forward)
}
