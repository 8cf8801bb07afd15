//! A terminal whose clock is wrong or set while it runs: what it says of its presses, and what it shows.

use crate::support::*;
use vehicle_agent::link::{Input, Link, Now, Output};
use vehicle_agent::outbox::MemoryOutbox;
use wire_protocol::agent::{AgentMessage, CrewCommand, ReckonedTime, ReportSeconds, ServerMessage};

const HOUR: u64 = 3_600_000;

/// A link whose wall clock is off by so much, with its disk.
struct Terminal {
    link: Link,
    disk: MemoryOutbox,
    boot: &'static str,
}

impl Terminal {
    fn on(disk: MemoryOutbox, boot: &'static str, now: Now) -> Self {
        let content = disk.content().clone();
        let link = Link::in_boot(settings(1), content, boot.to_owned(), now);
        let mut terminal = Self { link, disk, boot };
        terminal.carry_out(now);
        terminal
    }

    fn new(now: Now) -> Self {
        Self::on(MemoryOutbox::new("box"), "first", now)
    }

    /// The power is cut; it comes up in another boot, or the program alone begins again.
    fn begin_again(self, boot: &'static str, now: Now) -> Self {
        Self::on(self.disk, boot, now)
    }

    fn carry_out(&mut self, now: Now) -> Vec<AgentMessage> {
        let mut sent = Vec::new();
        while let Some(output) = self.link.next_output() {
            match output {
                Output::Store(changes) => {
                    self.disk.apply_now(&changes);
                    self.link.handle_input(Input::Stored, now);
                }
                Output::Send(text) => sent.push(serde_json::from_str(&text).expect("is a message")),
                Output::Connect
                | Output::Disconnect
                | Output::Servers(_)
                | Output::Camera(_)
                | Output::Show => {}
            }
        }
        sent
    }

    fn press(&mut self, now: Now) {
        self.link.press(CrewCommand::Sos, now).expect("is taken");
        self.carry_out(now);
    }

    /// Links with a server whose time this is, and gives the time of each press as it is sent.
    fn linked(&mut self, server_time: i64, now: Now) -> Vec<Option<i64>> {
        assert!(!self.boot.is_empty());
        self.link.handle_input(Input::Connected, now);
        self.carry_out(now);
        let welcome = ServerMessage::Welcome {
            vehicle: "YC-007".to_owned(),
            server_time,
            commands_through: 0,
            report_seconds: ReportSeconds { on_task: 2, available: 2, idle: 2 },
            exercise: false,
            servers: Vec::new(),
        };
        let text = serde_json::to_string(&welcome).expect("is written");
        self.link.handle_input(Input::Frame(text), now);
        let reckoned = |message: &AgentMessage| match message {
            AgentMessage::Press { reckoned, .. } => {
                let ReckonedTime { server_time } = reckoned.expect("is reckoned");
                Some(server_time)
            }
            AgentMessage::Hello { .. } | AgentMessage::Fixes { .. } | AgentMessage::Ping { .. } => {
                None
            }
        };
        self.carry_out(now).iter().filter_map(reckoned).collect()
    }
}

fn off(wall_ms: i64, steady_ms: u64) -> Now {
    Now { wall_ms, steady_ms }
}

#[test]
fn a_press_before_the_first_welcome_is_placed_by_the_steady_clock() {
    for wall in [0, NEW_YEAR_MS - 180_000, NEW_YEAR_MS + 2 * HOUR as i64] {
        let mut terminal = Terminal::new(off(wall, HOUR));
        terminal.press(off(wall + 1_000, HOUR + 1_000));
        // Its clock is set in between, and the program begins again in the same boot.
        let mut terminal = terminal.begin_again("first", off(wall - 5_000_000, HOUR + 2_000));
        let sent = terminal.linked(NEW_YEAR_MS, off(wall - 5_000_000, HOUR + 61_000));
        assert_eq!(sent, [Some(NEW_YEAR_MS - 60_000)], "with the clock at {wall}");
    }
}

#[test]
fn a_press_of_a_boot_without_time_is_doubtful_and_stays_in_order() {
    let mut terminal = Terminal::new(off(60_000, 60_000));
    terminal.press(off(61_000, 61_000));
    let mut terminal = terminal.begin_again("second", off(60_000, 60_000));
    terminal.press(off(70_000, 70_000));
    let sent = terminal.linked(NEW_YEAR_MS, off(90_000, 90_000));
    assert_eq!(sent, [None, Some(NEW_YEAR_MS - 20_000)]);
}

#[test]
fn what_a_server_told_outlives_the_program_and_orders_go_by_it() {
    let mut terminal = Terminal::new(off(0, 0));
    terminal.linked(NEW_YEAR_MS, off(0, 0));
    let given = order("yinchuan-1.t1", NEW_YEAR_MS);
    let picture = duty(10, wire_protocol::vocabulary::VehicleState::TaskAssigned, Some(given));
    let text = serde_json::to_string(&picture).expect("is written");
    terminal.link.handle_input(Input::Frame(text), off(0, 1));
    terminal.carry_out(off(0, 1));
    let mut terminal = terminal.begin_again("first", off(77, 200_000));
    assert_ne!(
        terminal.link.picture(off(77, 200_000)).order_stage,
        Some(vehicle_agent::link::OrderStage::New),
        "its time is over, whatever the terminal's clock says"
    );
    terminal.press(off(78, 201_000));
    let stamp = terminal.disk.content().commands.last().and_then(|command| command.stamp.clone());
    assert_eq!(stamp.and_then(|stamp| stamp.server_ms), Some(NEW_YEAR_MS + 201_000));
}

#[test]
fn a_slow_answer_to_an_earlier_question_moves_no_time() {
    let mut terminal = Terminal::new(off(0, 0));
    terminal.linked(NEW_YEAR_MS, off(0, 0));
    let mut asked = Vec::new();
    for second in 1..=12 {
        let now = off(second * 1_000, second as u64 * 1_000);
        terminal.link.handle_input(Input::Tick, now);
        asked.extend(terminal.carry_out(now).into_iter().filter_map(|message| match message {
            AgentMessage::Ping { clock, .. } => Some(clock),
            AgentMessage::Hello { .. }
            | AgentMessage::Fixes { .. }
            | AgentMessage::Press { .. } => None,
        }));
    }
    let [first, .., last] = asked[..] else { panic!("it asked {} times", asked.len()) };
    let pong = ServerMessage::Pong { clock: first, server_time: NEW_YEAR_MS + first };
    let now = off(12_000, 12_000);
    terminal
        .link
        .handle_input(Input::Frame(serde_json::to_string(&pong).expect("is written")), now);
    assert_eq!(terminal.link.server_time(now), Some(NEW_YEAR_MS + 12_000));
    assert!(last > first);
}
