//! Reads a script line by line, commands, and tells the story.

use super::{board, orders, tell};
use crate::world::{Outcome, World};
use dispatch_core::model::*;
use std::collections::BTreeMap;
use std::fmt::Write;

pub(crate) const HOME: &str = "yinchuan";
/// 2026-05-01T00:00:00Z; the scripts' clock counts from here.
const MIDNIGHT: i64 = 1_777_593_600_000;

pub(crate) struct Stage {
    pub(crate) world: World,
    /// Every hand-over ever made, as the wire would carry it.
    pub(crate) transfers: Vec<VehicleTransfer>,
    outboxes: BTreeMap<(VehicleId, OutboxId), u64>,
    last_rejection: Option<&'static str>,
}

/// The story of a script: each line, and under it what came of it.
pub(crate) fn tell_story(script: &str) -> String {
    play(script).0
}

/// The code of the last refusal of a script.
pub(crate) fn last_rejection(script: &str) -> Option<&'static str> {
    play(script).1.last_rejection
}

fn play(script: &str) -> (String, Stage) {
    let world = World::new(&[HOME, "guyuan"]);
    let (transfers, outboxes) = (Vec::new(), BTreeMap::new());
    let mut stage = Stage { world, transfers, outboxes, last_rejection: None };
    let mut story = String::new();
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        writeln!(story, "{line}").unwrap();
        match line.split_once(' ') {
            Some((time, rest)) if time.contains(':') => stage.line(time, rest, &mut story),
            _ if line == "board" => board::draw(stage.world.state(HOME), &mut story),
            _ => board::draw(stage.world.state(line.strip_prefix("board ").unwrap()), &mut story),
        }
    }
    (story, stage)
}

impl Stage {
    fn line(&mut self, time: &str, rest: &str, story: &mut String) {
        let (recorded, made) = time.split_once('@').unwrap_or((time, time));
        // `made~said` is the time by the terminal's own clock; `made?` one that nothing can tell.
        let (made, said) =
            made.split_once('~').map_or((made, None), |(made, said)| (made, Some(said)));
        let is_doubtful = made.ends_with('?');
        let made = made.trim_end_matches('?');
        let (now, made_at) = (moment(recorded), moment(made));
        let said = said.map_or(made_at, moment);
        let terminal =
            (is_doubtful || said != made_at).then_some(TerminalClock { said, is_doubtful });
        let (who, order) = rest.split_once(": ").expect("WHO: ORDER");
        if let Some(fleet) = order.strip_prefix("fleet ") {
            return self.fleet(now, made_at, fleet);
        }
        let (who, centre) = who.split_once('@').unwrap_or((who, HOME));
        let (who, command_id) = match who.trim_end_matches(']').split_once('[') {
            Some((who, command)) => (who, Some(CommandId::from(command))),
            None => (who, None),
        };
        let origin = self.origin(who);
        let (order, offline) = match order.strip_suffix(" (offline)") {
            Some(order) => (order, true),
            None => (order, false),
        };
        let by_crew = matches!(origin, Origin::CrewTerminal { .. });
        let vehicle_online = (by_crew || offline).then_some(made == recorded && !offline);
        let (confirmed, order) = orders::confirmed(order);
        let context = CommandContext {
            made_at,
            terminal,
            now,
            origin,
            vehicle_online,
            command_id,
            confirmed,
        };
        let command = orders::parse(&order, now, self);
        match self.world.execute(centre, &command, &context) {
            Outcome::Happened(events) => {
                events.iter().for_each(|event| self.note(event, story));
                self.count(&context.origin);
            }
            Outcome::AlreadyRecorded => {
                writeln!(story, "    = already recorded").unwrap();
                self.count(&context.origin);
            }
            Outcome::Refused { rejection, kept } => {
                let said = tell::shorten(&rejection.to_string());
                writeln!(story, "    ! {}: {said}", rejection.code()).unwrap();
                self.last_rejection = Some(rejection.code());
                if let Some(event) = kept {
                    self.note(&event, story);
                    self.count(&context.origin);
                }
            }
        }
    }

    /// `fleet YC-1 YC-2`: vehicles that are simply there, enrolled one after the other without a word.
    fn fleet(&mut self, now: Timestamp, made_at: Timestamp, vehicles: &str) {
        for vehicle in vehicles.split_whitespace() {
            let command = orders::parse(&format!("enrol {vehicle}"), now, self);
            let context = CommandContext {
                made_at,
                terminal: None,
                now,
                origin: self.origin("region"),
                vehicle_online: None,
                command_id: None,
                confirmed: Vec::new(),
            };
            let outcome = self.world.execute(HOME, &command, &context);
            assert!(matches!(outcome, Outcome::Happened(_)), "{vehicle} is enrolled");
        }
    }

    fn note(&mut self, recorded: &Recorded, story: &mut String) {
        if let Event::VehicleHandedOver { transfer } = &recorded.event {
            self.transfers.push(transfer.clone());
        }
        writeln!(story, "    {}", tell::event(recorded)).unwrap();
    }

    fn origin(&self, who: &str) -> Origin {
        if who == "region" {
            return Origin::Automatic { rule: "region_data".to_owned() };
        }
        if !who.contains('-') {
            return Origin::Person { person: who.into() };
        }
        let (terminal, number) = match who.split_once('#') {
            Some((terminal, number)) => (terminal, Some(number.parse().unwrap())),
            None => (who, None),
        };
        let (vehicle, outbox) = terminal.split_once('/').unwrap_or((terminal, "built-in"));
        let (vehicle, outbox): (VehicleId, OutboxId) = (vehicle.into(), outbox.into());
        let sent = self.outboxes.get(&(vehicle.clone(), outbox.clone())).copied().unwrap_or(0);
        Origin::CrewTerminal { vehicle, outbox, number: number.unwrap_or(sent + 1) }
    }

    /// The terminal strikes the command from its outbox.
    fn count(&mut self, origin: &Origin) {
        if let Origin::CrewTerminal { vehicle, outbox, number } = origin {
            let sent = self.outboxes.entry((vehicle.clone(), outbox.clone())).or_default();
            *sent = (*sent).max(*number);
        }
    }
}

/// `10:02:30`, `10:02`, or `day3+10:02` for a later day.
pub(crate) fn moment(text: &str) -> Timestamp {
    let (day, clock) = match text.strip_prefix("day").and_then(|t| t.split_once('+')) {
        Some((day, clock)) => (day.parse::<i64>().unwrap(), clock),
        None => (0, text),
    };
    let parts: Vec<i64> = clock.split(':').map(|part| part.parse().unwrap()).collect();
    let seconds = parts.get(2).copied().unwrap_or(0);
    Timestamp(MIDNIGHT).plus_seconds(day * 86_400 + parts[0] * 3600 + parts[1] * 60 + seconds)
}

pub(crate) fn clock(at: Timestamp) -> String {
    let seconds = (at.0 - MIDNIGHT).div_euclid(1000);
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    if day == 0 { time } else { format!("day{day}+{time}") }
}
