//! What changed in an order, as the crew's screen marks it.

use crate::support::*;
use vehicle_agent::link::{Input, Link, Output, PressRefused};
use vehicle_agent::outbox::OutboxContent;
use wire_protocol::agent::{
    CrewCommand, DispatchOrder, OrderChangeView, ReportSeconds, ServerMessage,
};
use wire_protocol::vocabulary::{OrderPart, VehicleState};

/// A terminal whose disk takes everything at once.
struct Terminal(Link);

impl Terminal {
    fn linked() -> Self {
        let outbox = OutboxContent::empty("o".to_owned());
        let mut terminal = Self(Link::new(settings(1), outbox, at(0)));
        terminal.give(Input::Connected);
        terminal.receive(ServerMessage::Welcome {
            vehicle: "YC-007".to_owned(),
            server_time: at(0).wall_ms,
            commands_through: 0,
            report_seconds: ReportSeconds { on_task: 2, available: 5, idle: 10 },
            exercise: false,
            servers: Vec::new(),
        });
        terminal
    }

    fn give(&mut self, input: Input) {
        self.0.handle_input(input, at(0));
        while let Some(output) = self.0.next_output() {
            if let Output::Store(_) = output {
                self.0.handle_input(Input::Stored, at(0));
            }
        }
    }

    fn receive(&mut self, message: ServerMessage) {
        self.give(Input::Frame(serde_json::to_string(&message).expect("can be written")));
    }

    fn press(&mut self, command: CrewCommand) -> Result<(), PressRefused> {
        let pressed = self.0.press(command, at(0)).map(|_| ());
        self.give(Input::Tick);
        pressed
    }

    fn marked(&self) -> Vec<OrderPart> {
        let order = self.0.picture(at(0)).order.expect("an order");
        order.changes.iter().map(|change| change.part).collect()
    }
}

/// What changed stays marked until the crew says that it has seen it, with or without network, and what
/// changes afterwards is marked again.
#[test]
fn changes_of_the_order_are_marked_until_the_crew_has_seen_them() {
    let mut terminal = Terminal::linked();
    let change = |part, version| OrderChangeView { part, since: 0, version };
    let changed = |changes: Vec<OrderChangeView>| {
        Some(DispatchOrder { changes, ..order("T-1", at(0).wall_ms) })
    };
    let driving = VehicleState::ToScene;
    let first = vec![change(OrderPart::Scene, 11), change(OrderPart::Notes, 12)];
    terminal.receive(duty(12, driving, changed(first)));
    assert_eq!(terminal.marked(), [OrderPart::Scene, OrderPart::Notes]);

    let seen = |through| CrewCommand::AcknowledgeChange { task: "T-1".to_owned(), through };
    assert_eq!(terminal.press(seen(11)), Ok(()));
    assert_eq!(terminal.marked(), [OrderPart::Notes], "no network is needed to see it");
    assert_eq!(terminal.press(seen(11)), Err(PressRefused::AlreadyPressed));
    let other = CrewCommand::AcknowledgeChange { task: "T-9".to_owned(), through: 12 };
    assert_eq!(terminal.press(other), Err(PressRefused::NotYourOrder));

    // The centre has not recorded it yet, and something changed again.
    let later = vec![change(OrderPart::Scene, 13), change(OrderPart::Notes, 12)];
    terminal.receive(duty(13, driving, changed(later)));
    assert_eq!(terminal.marked(), [OrderPart::Scene, OrderPart::Notes]);
    assert_eq!(terminal.press(seen(13)), Ok(()));
    assert_eq!(terminal.marked(), []);
}
