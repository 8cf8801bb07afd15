//! A vehicle with the agent's real link, its disk and a server of any kind, in virtual time.

use std::sync::Arc;
use vehicle_agent::link::{
    Input, Link, LinkSettings, MAX_NOTE_CHARS, MAX_STORED_COMMANDS, Now, Output, ReceiptPolicy,
};
use vehicle_agent::nmea::{DatedBy, Fix};
use vehicle_agent::outbox::{Change, MemoryOutbox, StoredCommand};
use wire_protocol::agent::{AgentMessage, ServerMessage, CrewCommand, ReportSeconds};

/// Where the terminal's clock starts: that of the golden files, milliseconds since
/// 1970-01-01T00:00:00Z.
const WALL_MS: i64 = 1_795_000_000_000;
/// Numbers above this are no outbox's: what a server says of them is not believed.
const HIGHEST_NUMBER: u64 = 1 << 53;
/// Rounds after which an honest server must have everything: the most commands, a few each round.
const MAX_ROUNDS: usize = MAX_STORED_COMMANDS;

/// The vehicle, its disk and what the world knows of it.
pub struct Vehicle {
    link: Link,
    disk: MemoryOutbox,
    writing: Option<Arc<[Change]>>,
    wants_connection: bool,
    connected: bool,
    now: Now,
    /// Commands that were on disk when a power cut came, or were pressed since: none may vanish.
    promised: Vec<StoredCommand>,
    /// Commands pressed since the last power cut and not yet durable: only a power cut may take them.
    pressed: Vec<StoredCommand>,
    /// The highest command that the server ever said it has.
    said_through: u64,
    sent: Vec<AgentMessage>,
}

impl Default for Vehicle {
    fn default() -> Self {
        Self::new()
    }
}

impl Vehicle {
    /// A vehicle that has just been switched on for the first time.
    pub fn new() -> Self {
        let disk = MemoryOutbox::new("outbox");
        let now = Now { wall_ms: WALL_MS, steady_ms: 0 };
        let mut vehicle = Self {
            link: Link::new(settings(), disk.content().clone(), now),
            disk,
            writing: None,
            wants_connection: false,
            connected: false,
            now,
            promised: Vec::new(),
            pressed: Vec::new(),
            said_through: 0,
            sent: Vec::new(),
        };
        vehicle.execute();
        vehicle
    }

    /// One step of a script; letters that mean nothing do nothing.
    pub fn step(&mut self, letter: char, rest: &str) {
        match letter {
            'F' => self.frame(rest),
            'P' => {
                if let Ok(command) = serde_json::from_str(rest) {
                    self.press(command);
                }
            }
            'N' => {
                if let Some(next) = self.link.picture(self.now).next {
                    self.press(next.command());
                }
            }
            'C' => self.answer_connection(true),
            'D' => self.cut(),
            'S' => self.disk_answers(true),
            'X' => self.disk_answers(false),
            'T' => self.pass(rest.trim().parse().unwrap_or(1_000)),
            'W' => self.now.wall_ms = i64::from(rest.trim().parse::<u32>().unwrap_or(0)) * 1_000,
            'G' => self.fix(rest),
            'V' => self.give(Input::Displayed(rest.to_owned())),
            'R' => self.give(Input::RefusalClosed(rest.trim().parse().unwrap_or(1))),
            '!' => self.power_cut(),
            _ => {}
        }
    }

    /// Every promised command is on disk or on its way there, unless the server has it.
    pub fn nothing_is_lost(&self) {
        let held = &self.disk.content().commands;
        let missing = self.promised.iter().find(|command| !held.contains(command));
        assert!(missing.is_none(), "{missing:?} was stored and is gone");
        for command in &self.pressed {
            assert!(
                held.contains(command) || !self.link.is_stored(command.number),
                "{command:?} is said to be stored and is not"
            );
        }
    }

    /// The world mends: the disk works, an honest server answers. It gets every command it had not, in
    /// order, as pressed.
    pub fn everything_arrives(&mut self) {
        self.cut();
        let mut through = self.said_through;
        let mut owed: Vec<StoredCommand> = self.promised.iter().chain(&self.pressed).cloned().collect();
        owed.retain(|command| command.number > through);
        let mut rounds = 0;
        while !owed.is_empty() {
            assert!(rounds < MAX_ROUNDS, "{} commands never arrive", owed.len());
            rounds += 1;
            if self.writing.is_some() {
                self.disk_answers(true);
            } else if self.wants_connection {
                self.answer_connection(true);
                self.receive(&welcome(through));
            } else {
                self.tick();
            }
            for message in std::mem::take(&mut self.sent) {
                let AgentMessage::Press { number, made_at, command, .. } = message else { continue };
                if number > through {
                    // The device adds its own receipts between the crew's presses.
                    let own = matches!(command, CrewCommand::DeviceReceipt { .. });
                    let arrived = StoredCommand { number, made_at_ms: made_at, command, pressed_as: None, stamp: None };
                    let is_next = owed.first() == Some(&arrived);
                    assert!(is_next || own, "{arrived:?} comes, {:?} is next", owed.first());
                    if is_next {
                        owed.remove(0);
                    }
                    through = number;
                }
            }
            if self.connected {
                self.receive(&ServerMessage::Recorded { commands_through: through, fixes: Vec::new() });
            }
        }
    }

    fn frame(&mut self, text: &str) {
        if !self.connected {
            return;
        }
        if let Ok(
            ServerMessage::Welcome { commands_through, .. } | ServerMessage::Recorded { commands_through, .. },
        ) = serde_json::from_str(text)
        {
            self.believe(commands_through);
        }
        self.give(Input::Frame(text.to_owned()));
    }

    /// The server says that it has these commands: the terminal may forget them.
    fn believe(&mut self, commands_through: u64) {
        if commands_through <= HIGHEST_NUMBER {
            self.said_through = self.said_through.max(commands_through);
            self.promised.retain(|command| command.number > commands_through);
            self.pressed.retain(|command| command.number > commands_through);
        }
    }

    fn receive(&mut self, message: &ServerMessage) {
        self.frame(&serde_json::to_string(message).expect("a message is always writable as JSON"));
    }

    fn press(&mut self, command: CrewCommand) {
        let made_at_ms = self.now.wall_ms;
        let note_fits = |note: &str| note.chars().count() <= MAX_NOTE_CHARS;
        if let Ok(number) = self.link.press(command.clone(), self.now) {
            if let CrewCommand::Abort { note, .. } | CrewCommand::Pause { note, .. } = &command {
                assert!(note_fits(note));
            }
            self.pressed.push(StoredCommand { number, made_at_ms, command, pressed_as: None, stamp: None });
        }
        self.execute();
    }

    fn fix(&mut self, rest: &str) {
        let mut numbers = rest.split(',').map_while(|number| number.trim().parse::<f64>().ok());
        let (Some(lat), Some(lon)) = (numbers.next(), numbers.next()) else { return };
        if Fix::is_place(lat, lon) {
            self.give(Input::NewFix(Fix {
                fix_time_ms: self.now.wall_ms,
                dated_by: DatedBy::Receiver,
                lat,
                lon,
                speed_mps: numbers.next().map(|mps| mps as f32).filter(|mps| mps.is_finite()),
                heading_deg: None,
                satellites: None,
                hdop: None,
            }));
        }
    }

    fn pass(&mut self, ms: u32) {
        self.now.steady_ms += u64::from(ms);
        self.now.wall_ms += i64::from(ms);
        self.give(Input::Tick);
    }

    /// Waits for what the link asked to be woken for.
    fn tick(&mut self) {
        let due =
            self.link.next_timeout(self.now).expect("a link with work to do wants to be woken");
        assert_ne!(due, u64::MAX, "a link with work to do sleeps for ever");
        let wait_ms = due.saturating_sub(self.now.steady_ms).max(1);
        self.now.steady_ms += wait_ms;
        self.now.wall_ms = self.now.wall_ms.saturating_add_unsigned(wait_ms);
        self.give(Input::Tick);
    }

    fn answer_connection(&mut self, works: bool) {
        if std::mem::take(&mut self.wants_connection) {
            self.connected = works;
            let why = || "no network".to_owned();
            self.give(if works { Input::Connected } else { Input::Disconnected(why()) });
        }
    }

    fn cut(&mut self) {
        self.answer_connection(false);
        if std::mem::take(&mut self.connected) {
            self.give(Input::Disconnected("cut".to_owned()));
        }
        self.sent.clear();
    }

    fn disk_answers(&mut self, works: bool) {
        let Some(changes) = self.writing.take() else { return };
        if works {
            self.disk.apply_now(&changes);
        }
        self.give(if works { Input::Stored } else { Input::StoreFailed });
    }

    fn power_cut(&mut self) {
        self.promised = self.disk.content().commands.clone();
        self.promised.retain(|command| command.number > self.said_through);
        self.pressed.clear();
        (self.writing, self.wants_connection, self.connected) = (None, false, false);
        self.sent.clear();
        self.link = Link::new(settings(), self.disk.content().clone(), self.now);
        self.execute();
    }

    fn give(&mut self, input: Input) {
        self.link.handle_input(input, self.now);
        self.execute();
        let _ = self.link.picture(self.now);
        let _ = self.link.next_timeout(self.now);
    }

    fn execute(&mut self) {
        while let Some(output) = self.link.next_output() {
            match output {
                Output::Connect => self.wants_connection = true,
                Output::Disconnect => (self.connected, self.wants_connection) = (false, false),
                Output::Send(text) => {
                    let message = serde_json::from_str(&text).expect("a terminal sends messages");
                    self.sent.push(message);
                }
                Output::Store(changes) => {
                    assert!(self.writing.is_none(), "one batch at a time");
                    self.writing = Some(changes);
                }
                Output::Servers(_) | Output::Camera(_) | Output::Show => {}
            }
        }
    }
}

fn settings() -> LinkSettings {
    LinkSettings { software: "fuzz".to_owned(), receipts: ReceiptPolicy::WhenShown, seed: 1, pictures: false }
}

fn welcome(commands_through: u64) -> ServerMessage {
    let report_seconds = ReportSeconds { on_task: 2, available: 5, idle: 10 };
    ServerMessage::Welcome {
        vehicle: "YC-01-1".to_owned(),
        server_time: WALL_MS,
        commands_through,
        report_seconds,
        exercise: false,
        servers: Vec::new(),
    }
}
