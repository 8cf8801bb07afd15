//! The link over networks that cut and delay, with power cuts: whatever the seed, every command and every
//! fix that was stored reaches the centre once, commands in order of pressing.

use std::collections::VecDeque;

use crate::support::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use vehicle_agent::link::{
    Input, Link, MAX_STORED_CALLS_FOR_HELP, MAX_STORED_FIXES, Output, PressRefused,
};
use vehicle_agent::nmea::{DatedBy, Fix};
use vehicle_agent::outbox::{Change, MemoryOutbox, Outbox};
use wire_protocol::agent::{AgentMessage, CrewCommand};
use wire_protocol::vocabulary::{Milestone, VehicleState};

/// A vehicle, its disk, a bad network and a centre, in virtual time.
struct World {
    chance: StdRng,
    now_ms: u64,
    link: Link,
    disk: MemoryOutbox,
    writing: Option<std::sync::Arc<[Change]>>,
    connected: bool,
    network_up: bool,
    to_centre: VecDeque<(u64, String)>,
    to_vehicle: VecDeque<(u64, String)>,
    centre: ModelCentre,
    stored_commands: Vec<CrewCommand>,
    stored_fixes: Vec<u64>,
    first_frame_after_connecting: Option<Vec<u64>>,
    power_cuts: u64,
    dropped: u64,
}

impl World {
    fn new(seed: u64) -> Self {
        let disk = MemoryOutbox::new(format!("outbox-{seed}"));
        let link = Link::new(settings(seed), disk.content().clone(), at(0));
        Self {
            chance: StdRng::seed_from_u64(seed),
            now_ms: 0,
            link,
            disk,
            writing: None,
            connected: false,
            network_up: true,
            to_centre: VecDeque::new(),
            to_vehicle: VecDeque::new(),
            centre: ModelCentre::default(),
            stored_commands: Vec::new(),
            stored_fixes: Vec::new(),
            first_frame_after_connecting: None,
            power_cuts: 0,
            dropped: 0,
        }
    }

    fn give(&mut self, input: Input) {
        self.link.handle_input(input, at(self.now_ms));
        self.carry_out();
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.link.next_output() {
            match output {
                Output::Connect => {
                    self.connected = self.network_up;
                    self.first_frame_after_connecting = None;
                    let input = if self.network_up {
                        Input::Connected
                    } else {
                        Input::Disconnected("no network".to_owned())
                    };
                    self.link.handle_input(input, at(self.now_ms));
                }
                Output::Disconnect => self.cut(),
                Output::Send(text) => self.send(text),
                Output::Store(changes) => self.writing = Some(changes),
                Output::Servers(_) | Output::Camera(_) | Output::Show => {}
            }
        }
    }

    fn send(&mut self, text: String) {
        assert!(text.len() <= wire_protocol::MAX_AGENT_FRAME_BYTES, "{} bytes", text.len());
        if self.first_frame_after_connecting.is_none()
            && let Ok(AgentMessage::Fixes { fixes }) = serde_json::from_str(&text)
        {
            self.first_frame_after_connecting = Some(fixes.iter().map(|fix| fix.number).collect());
        }
        if self.connected {
            let delay_ms = self.chance.random_range(5..400);
            let due = self.to_centre.back().map_or(0, |(due, _)| *due);
            self.to_centre.push_back((due.max(self.now_ms + delay_ms), text));
        }
    }

    /// What is on the way to the vehicle is lost; what is on the way to the centre may arrive late.
    fn cut(&mut self) {
        self.connected = false;
        self.to_vehicle.clear();
        let kept = self.chance.random_range(0..=self.to_centre.len());
        self.to_centre.truncate(kept);
    }

    fn write(&mut self) {
        let Some(changes) = self.writing.take() else { return };
        self.disk.apply_now(&changes);
        for change in changes.iter() {
            match change {
                Change::AddCommand(command) => self.stored_commands.push(command.command.clone()),
                Change::AddFix(fix) => self.stored_fixes.push(fix.number),
                Change::ForgetCommands { .. }
                | Change::KeepConfirmed(_)
                | Change::ForgetFixes(_)
                | Change::AddUndated(_)
                | Change::ForgetUndated { .. }
                | Change::RememberDuty(_)
                | Change::RememberRoute(_)
                | Change::RememberTime(_)
                | Change::RaiseNumbers { .. }
                | Change::Renew(_) => {}
            }
        }
        self.give(Input::Stored);
    }

    fn power_cut(&mut self) {
        // Half of the time the batch under way was durable before the lights went out.
        if self.chance.random_bool(0.5) {
            self.write();
        }
        self.power_cuts += 1;
        self.dropped += self.link.picture(at(self.now_ms)).dropped_fixes;
        self.writing = None;
        self.cut();
        let seed = self.chance.random();
        self.link = Link::new(settings(seed), self.disk.content().clone(), at(self.now_ms));
        self.carry_out();
    }

    fn press(&mut self, command: CrewCommand) -> Result<u64, PressRefused> {
        let pressed = self.link.press(command, at(self.now_ms));
        self.carry_out();
        pressed
    }

    /// Lets time pass, with everything that falls due.
    fn pass(&mut self, ms: u64) {
        let end = self.now_ms + ms;
        while self.now_ms < end {
            let tick = self.link.next_timeout(at(self.now_ms)).unwrap_or(u64::MAX);
            let due =
                |queue: &VecDeque<(u64, String)>| queue.front().map_or(u64::MAX, |(due, _)| *due);
            let next = tick.min(due(&self.to_centre)).min(due(&self.to_vehicle));
            let next = if self.writing.is_some() { next.min(self.now_ms + 3) } else { next };
            self.now_ms = next.clamp(self.now_ms + 1, end);
            self.write();
            while due(&self.to_centre) <= self.now_ms {
                let Some((_, text)) = self.to_centre.pop_front() else { break };
                self.centre_takes(&text);
            }
            while due(&self.to_vehicle) <= self.now_ms {
                let Some((_, text)) = self.to_vehicle.pop_front() else { break };
                self.give(Input::Frame(text));
            }
            self.give(Input::Tick);
        }
    }

    fn centre_takes(&mut self, text: &str) {
        let message = serde_json::from_str(text).expect("the agent writes what can be read");
        let Some(answer) = self.centre.take(&message, at(self.now_ms).wall_ms) else { return };
        let delay_ms = self.chance.random_range(5..400);
        if self.connected {
            let text = serde_json::to_string(&answer).expect("answers can be written");
            let due = self.to_vehicle.back().map_or(0, |(due, _)| *due);
            self.to_vehicle.push_back((due.max(self.now_ms + delay_ms), text));
        }
    }

    fn fix(&mut self) {
        let fix_time_ms = at(self.now_ms).wall_ms;
        let fix = Fix {
            fix_time_ms,
            dated_by: DatedBy::Receiver,
            lat: 38.4 + self.now_ms as f64 * 1e-9,
            lon: 106.2,
            speed_mps: Some(12.5),
            heading_deg: Some(0.5),
            satellites: Some(9),
            hdop: Some(0.9),
        };
        self.give(Input::NewFix(fix));
    }

    /// The centre has sent the vehicle on a task: a fix every two seconds is wanted.
    fn on_task(&mut self) {
        self.pass(3_000);
        let order = order("T-1", at(0).wall_ms);
        let text = serde_json::to_string(&duty(1, VehicleState::ToScene, Some(order)));
        self.give(Input::Frame(text.expect("can be written")));
        self.pass(3_000);
    }

    fn cut_network(&mut self) {
        self.network_up = false;
        if self.connected {
            self.cut();
            self.give(Input::Disconnected("cut".to_owned()));
        }
    }

    fn check_all_arrived(&mut self) {
        self.network_up = true;
        for _ in 0..200 {
            self.pass(10_000);
            let picture = self.link.picture(at(self.now_ms));
            if picture.waiting_commands == 0 && picture.waiting_fixes == 0 && self.writing.is_none()
            {
                break;
            }
        }
        assert_eq!(
            self.centre.commands, self.stored_commands,
            "commands arrive once, in order of pressing"
        );
        let arrived: Vec<u64> = self.centre.fixes.keys().copied().collect();
        let missing = self.stored_fixes.iter().filter(|number| !arrived.contains(number)).count();
        self.dropped += self.link.picture(at(self.now_ms)).dropped_fixes;
        assert_eq!(missing as u64, self.dropped, "fixes arrive once, but for those dropped");
        assert!(self.disk.content().commands.is_empty() && self.disk.content().fixes.is_empty());
    }
}

/// A command that is always taken and tells its place in the queue.
fn numbered(note: u64) -> CrewCommand {
    CrewCommand::Undo { task: note.to_string(), milestone: Milestone::Departed }
}

#[test]
fn whatever_the_network_does_everything_stored_arrives_once() {
    let mut repeats = 0;
    for seed in 0..200 {
        let mut world = World::new(seed);
        for step in 0..300 {
            match world.chance.random_range(0..100) {
                0..4 => world.cut_network(),
                4..20 => world.network_up = true,
                20..22 => world.power_cut(),
                22..30 => {
                    world.press(numbered(step)).expect("there is room");
                }
                _ => world.fix(),
            }
            let ms = world.chance.random_range(1..2_500);
            world.pass(ms);
        }
        world.check_all_arrived();
        assert!(world.stored_fixes.len() > 20 && world.stored_commands.len() > 5, "seed {seed}");
        repeats += world.centre.repeated;
    }
    assert!(repeats > 0, "the networks never made a repeat necessary: too good to test anything");
}

#[test]
fn eight_hours_without_network_with_power_cuts_lose_nothing() {
    let mut world = World::new(8);
    world.on_task();
    world.cut_network();
    for second in 0..8 * 3_600 {
        world.fix();
        if second % 600 == 0 {
            world.press(numbered(second)).expect("there is room");
        }
        if second % 4_000 == 3_999 {
            world.pass(10);
            world.power_cut();
        }
        world.pass(1_000);
    }
    assert!(world.stored_fixes.len() > 8 * 3_600 / 2 - 100, "{}", world.stored_fixes.len());
    assert!(world.power_cuts >= 7);
    world.check_all_arrived();
    assert_eq!(world.dropped, 0);
}

#[test]
fn a_store_that_runs_full_thins_old_fixes_and_keeps_every_command() {
    let mut world = World::new(30);
    world.on_task();
    world.cut_network();
    for step in 0..(MAX_STORED_FIXES as u64 + 4_000) {
        world.fix();
        if step % 1_000 == 0 {
            world.press(numbered(step)).expect("there is room");
        }
        world.pass(2_000);
    }
    let picture = world.link.picture(at(world.now_ms));
    assert!(picture.dropped_fixes > 0, "it says what it dropped");
    assert!(picture.waiting_fixes <= MAX_STORED_FIXES);
    let newest: Vec<u64> = world.stored_fixes.iter().rev().take(1_000).copied().collect();
    world.check_all_arrived();
    assert!(newest.iter().all(|number| world.centre.fixes.contains_key(number)));
}

#[test]
fn after_a_cut_the_newest_fix_goes_before_the_backlog() {
    let mut world = World::new(3);
    world.pass(2_000);
    world.cut_network();
    for _ in 0..500 {
        world.fix();
        world.pass(2_000);
    }
    let newest = *world.stored_fixes.last().expect("fixes were stored");
    world.network_up = true;
    while world.first_frame_after_connecting.is_none() {
        world.pass(100);
    }
    let first = world.first_frame_after_connecting.clone();
    assert_eq!(first, Some(vec![newest]));
}

#[test]
fn a_full_store_of_commands_refuses_presses_in_words() {
    let mut world = World::new(5);
    world.cut_network();
    let refused = (0..2_000).find_map(|note| {
        world.pass(5);
        world.press(numbered(note)).err()
    });
    assert_eq!(refused, Some(PressRefused::StoreFull));
    assert!(refused.is_some_and(|refused| refused.to_string().contains("radio")));
    for _ in 0..MAX_STORED_CALLS_FOR_HELP {
        world.pass(5);
        world.press(CrewCommand::Sos).expect("a call for help is refused last");
    }
    world.pass(5);
    assert_eq!(world.press(CrewCommand::Sos), Err(PressRefused::StoreFull));
    world.check_all_arrived();
}

#[tokio::test]
async fn a_memory_disk_reads_back_what_the_world_wrote() {
    let mut world = World::new(1);
    world.cut_network();
    world.press(numbered(1)).expect("there is room");
    world.pass(10);
    let content = world.disk.load().await.expect("memory reads");
    assert_eq!((content.commands.len(), content.last_command_number), (1, 1));
}
