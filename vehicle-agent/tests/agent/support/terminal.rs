//! A terminal whose link is open and whose disk and centre are played by the test.

use std::sync::Arc;

use vehicle_agent::link::{Input, Link, Output};
use vehicle_agent::outbox::{Change, OutboxContent};
use wire_protocol::agent::{
    AgentMessage, CrewCommand, ServerMessage, StorageState, TerminalReport,
};

use super::{NEW_YEAR_MS, at, settings};

/// A link that is open, with a disk that the test plays.
pub(crate) struct Terminal {
    pub(crate) link: Link,
    pub(crate) now_ms: u64,
    pub(crate) sent: Vec<AgentMessage>,
    pub(crate) storing: Option<Arc<[Change]>>,
}

impl Terminal {
    pub(crate) fn new(content: OutboxContent) -> Self {
        let link = Link::new(settings(1), content, at(0));
        let mut terminal = Self { link, now_ms: 0, sent: Vec::new(), storing: None };
        terminal.give(Input::Connected);
        let report_seconds =
            wire_protocol::agent::ReportSeconds { on_task: 2, available: 2, idle: 2 };
        terminal.receive(&ServerMessage::Welcome {
            vehicle: "YC-007".to_owned(),
            server_time: NEW_YEAR_MS,
            commands_through: 0,
            report_seconds,
            exercise: false,
            servers: Vec::new(),
        });
        terminal
    }

    pub(crate) fn give(&mut self, input: Input) {
        self.link.handle_input(input, at(self.now_ms));
        self.carry_out();
    }

    pub(crate) fn receive(&mut self, message: &ServerMessage) {
        self.give(Input::Frame(serde_json::to_string(message).expect("a message is JSON")));
    }

    pub(crate) fn press(&mut self, command: CrewCommand) {
        self.link.press(command, at(self.now_ms)).expect("is taken");
        self.carry_out();
    }

    /// Lets the disk take all there is, as it would.
    pub(crate) fn store_all(&mut self, disk: &mut OutboxContent) {
        while let Some(batch) = self.storing.take() {
            disk.apply(&batch);
            self.give(Input::Stored);
        }
    }

    /// The hello said last.
    pub(crate) fn hello(&self) -> (String, TerminalReport) {
        let hello = self.sent.iter().rev().find_map(|message| match message {
            AgentMessage::Hello { outbox, terminal: Some(report), .. } => {
                Some((outbox.clone(), report.clone()))
            }
            AgentMessage::Hello { .. }
            | AgentMessage::Press { .. }
            | AgentMessage::Fixes { .. }
            | AgentMessage::Ping { .. } => None,
        });
        hello.expect("a hello was said")
    }

    fn carry_out(&mut self) {
        while let Some(output) = self.link.next_output() {
            match output {
                Output::Store(changes) => self.storing = Some(changes),
                Output::Send(text) => {
                    self.sent.push(serde_json::from_str(&text).expect("a message"));
                }
                Output::Connect => self.link.handle_input(Input::Connected, at(self.now_ms)),
                Output::Disconnect | Output::Servers(_) | Output::Camera(_) | Output::Show => {}
            }
        }
    }

    pub(crate) fn commands_sent(&self) -> Vec<(u64, CrewCommand)> {
        let command = |message: &AgentMessage| match message {
            AgentMessage::Press { number, command, .. } => Some((*number, command.clone())),
            AgentMessage::Hello { .. } | AgentMessage::Fixes { .. } | AgentMessage::Ping { .. } => {
                None
            }
        };
        self.sent.iter().filter_map(command).collect()
    }

    pub(crate) fn storage_told(&self) -> Option<StorageState> {
        self.sent.iter().rev().find_map(|message| match message {
            AgentMessage::Ping { storage, .. } => *storage,
            AgentMessage::Hello { terminal, .. } => terminal.as_ref().map(|it| it.storage),
            AgentMessage::Fixes { .. } | AgentMessage::Press { .. } => None,
        })
    }
}

pub(crate) fn pause() -> CrewCommand {
    CrewCommand::Pause { reason: wire_protocol::vocabulary::PauseReason::Fuel, note: String::new() }
}
