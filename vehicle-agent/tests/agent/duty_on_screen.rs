//! What the crew sees and may press, from what the centre says and what was pressed before.

use crate::support::*;
use vehicle_agent::link::{Input, Link, NextStep, OrderStage, Output, PressRefused, ReceiptPolicy};
use vehicle_agent::nmea::{DatedBy, Fix};
use vehicle_agent::outbox::OutboxContent;
use wire_protocol::agent::{
    AgentMessage, CrewCommand, NextOrder, ReportSeconds, ServerMessage, VehicleAssignment,
};
use wire_protocol::route::ArrivalGoal;
use wire_protocol::vocabulary::{IncidentKind, Milestone, PauseReason, Priority, VehicleState};

struct Terminal {
    link: Link,
    sent: Vec<AgentMessage>,
    now_ms: u64,
}

impl Terminal {
    fn new(receipts: ReceiptPolicy) -> Self {
        let settings = vehicle_agent::link::LinkSettings { receipts, ..settings(1) };
        let link = Link::new(settings, OutboxContent::empty("o".to_owned()), at(0));
        let mut terminal = Self { link, sent: Vec::new(), now_ms: 0 };
        terminal.give(Input::Connected);
        terminal.receive(welcome(at(0).wall_ms));
        terminal
    }

    fn give(&mut self, input: Input) {
        self.link.handle_input(input, at(self.now_ms));
        while let Some(output) = self.link.next_output() {
            if let Output::Send(text) = output {
                self.sent.push(serde_json::from_str(&text).expect("can be read"));
            } else if let Output::Store(_) = output {
                self.link.handle_input(Input::Stored, at(self.now_ms));
            }
        }
    }

    fn receive(&mut self, message: ServerMessage) {
        self.give(Input::Frame(serde_json::to_string(&message).expect("can be written")));
    }

    fn press(&mut self, command: CrewCommand) -> Result<u64, PressRefused> {
        let pressed = self.link.press(command, at(self.now_ms));
        self.give(Input::Tick);
        pressed
    }

    fn press_next(&mut self) {
        let next = self.picture().next.expect("there is a next step");
        self.press(next.command()).expect("the next step is taken");
    }

    fn picture(&self) -> vehicle_agent::link::ScreenState {
        self.link.picture(at(self.now_ms))
    }

    fn receipts_sent(&self) -> usize {
        let is_receipt = |message: &&AgentMessage| {
            matches!(
                message,
                AgentMessage::Press { command: CrewCommand::DeviceReceipt { .. }, .. }
            )
        };
        self.sent.iter().filter(is_receipt).count()
    }

    fn fix(&mut self, lat: f64, lon: f64, speed_mps: f32) {
        self.give(Input::NewFix(Fix {
            dated_by: DatedBy::Receiver,
            fix_time_ms: at(self.now_ms).wall_ms,
            lat,
            lon,
            speed_mps: Some(speed_mps),
            heading_deg: None,
            satellites: None,
            hdop: None,
        }));
    }

    /// Different fixes sent; a centre that never answers gets some twice.
    fn fixes_sent(&self) -> u64 {
        let numbers = self.sent.iter().flat_map(|message| match message {
            AgentMessage::Fixes { fixes } => fixes.iter().map(|fix| fix.number).collect(),
            AgentMessage::Hello { .. } | AgentMessage::Press { .. } | AgentMessage::Ping { .. } => {
                Vec::new()
            }
        });
        numbers.max().unwrap_or(0)
    }
}

fn new_order(terminal: &mut Terminal) {
    let order = order("T-1", at(terminal.now_ms).wall_ms);
    terminal.receive(duty(10, VehicleState::TaskAssigned, Some(order)));
}

fn welcome(server_time: i64) -> ServerMessage {
    ServerMessage::Welcome {
        vehicle: "YC-007".to_owned(),
        server_time,
        commands_through: 0,
        report_seconds: ReportSeconds { on_task: 2, available: 5, idle: 10 },
        exercise: false,
        servers: Vec::new(),
    }
}

#[test]
fn one_button_leads_through_the_whole_task_without_the_centre() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    new_order(&mut terminal);
    let mut seen = Vec::new();
    while terminal.picture().order.is_some() {
        terminal.now_ms += 60_000;
        terminal.press_next();
        seen.push(terminal.picture().state);
    }
    use VehicleState::*;
    let expected = [OrderReceived, ToScene, AtScene, PatientOnBoard, AtHospital, AvailableOnRoad];
    assert_eq!(seen, expected.map(Some));
    assert_eq!(terminal.picture().next, Some(NextStep::ReturnedToStation));
    terminal.press_next();
    assert_eq!(terminal.picture().state, Some(AvailableAtStation));
    assert_eq!(terminal.picture().waiting_commands, 8, "receipt and presses wait for the centre");
}

#[test]
fn the_device_reports_an_order_only_once_and_only_when_it_is_on_the_screen() {
    let mut terminal = Terminal::new(ReceiptPolicy::WhenShown);
    new_order(&mut terminal);
    assert_eq!(terminal.receipts_sent(), 0, "the screen is dark");
    terminal.give(Input::Displayed("T-1".to_owned()));
    terminal.give(Input::Displayed("T-1".to_owned()));
    assert_eq!(terminal.receipts_sent(), 1);
    terminal.receive(ServerMessage::Recorded { commands_through: 1, fixes: vec![] });
    terminal.now_ms += 10_000;
    terminal.give(Input::Tick);
    assert_eq!(terminal.receipts_sent(), 1);
}

#[test]
fn an_order_that_expired_on_the_way_is_never_shown_as_new() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    let old = order("T-1", at(0).wall_ms - 121_000);
    terminal.receive(duty(10, VehicleState::TaskAssigned, Some(old)));
    assert_eq!(terminal.picture().order_stage, Some(OrderStage::Expired));
    assert_eq!(terminal.receipts_sent(), 0);
    let step = terminal.picture().next.expect("a step").command();
    assert_eq!(terminal.press(step), Err(PressRefused::OrderExpired));
}

#[test]
fn expiry_goes_by_the_servers_clock() {
    let mut terminal = Terminal::new(ReceiptPolicy::WhenShown);
    terminal.give(Input::Disconnected("cut".to_owned()));
    terminal.now_ms += 60_000;
    terminal.give(Input::Tick);
    terminal.give(Input::Connected);
    // The terminal's clock is an hour slow.
    let server_time = at(terminal.now_ms).wall_ms + 3_600_000;
    terminal.receive(welcome(server_time));
    let given = order("T-1", server_time - 5_000);
    terminal.receive(duty(10, VehicleState::TaskAssigned, Some(given)));
    assert_eq!(terminal.picture().order_stage, Some(OrderStage::New));
    let expires = terminal.link.next_timeout(at(terminal.now_ms));
    assert!(expires.is_some());
    terminal.now_ms += 116_000;
    terminal.give(Input::Tick);
    assert_eq!(terminal.picture().order_stage, Some(OrderStage::Expired));
}

#[test]
fn an_order_received_in_time_still_asks_after_it_expired_but_not_as_new() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    new_order(&mut terminal);
    assert_eq!(terminal.picture().order_stage, Some(OrderStage::New));
    terminal.now_ms += 121_000;
    terminal.give(Input::Tick);
    assert_eq!(terminal.picture().order_stage, Some(OrderStage::Overdue));
    terminal.press_next();
    assert_eq!(terminal.picture().order_stage, Some(OrderStage::Acknowledged));
}

#[test]
fn an_older_picture_never_replaces_a_newer_one() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    terminal.receive(duty(11, VehicleState::AvailableAtStation, None));
    new_order(&mut terminal);
    assert_eq!(terminal.picture().state, Some(VehicleState::AvailableAtStation));
    assert_eq!(terminal.picture().order, None);
}

#[test]
fn a_centre_that_was_set_back_is_believed_after_a_while_on_a_new_link() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    terminal.receive(duty(500, VehicleState::AtHospital, None));
    terminal.give(Input::Disconnected("cut".to_owned()));
    terminal.now_ms += 60_000;
    terminal.give(Input::Tick);
    terminal.give(Input::Connected);
    terminal.receive(welcome(at(terminal.now_ms).wall_ms));
    terminal.receive(duty(3, VehicleState::AvailableAtStation, None));
    assert_eq!(terminal.picture().state, Some(VehicleState::AtHospital), "at first it is doubted");
    terminal.now_ms += 10_000;
    terminal.give(Input::Tick);
    assert_eq!(terminal.picture().state, Some(VehicleState::AvailableAtStation));
}

#[test]
fn a_wrong_press_can_be_taken_back_for_ten_seconds_as_a_second_entry() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    new_order(&mut terminal);
    terminal.press_next();
    terminal.press_next();
    let undo = terminal.picture().undo.expect("is offered");
    assert_eq!(undo.milestone, Milestone::Departed);
    terminal
        .press(CrewCommand::Undo { task: undo.task, milestone: undo.milestone })
        .expect("is taken");
    assert_eq!(terminal.picture().state, Some(VehicleState::OrderReceived));
    assert_eq!(terminal.picture().waiting_commands, 4, "nothing was unwritten");
    assert_eq!(terminal.picture().undo, None);
    terminal.press_next();
    terminal.now_ms += 10_000;
    terminal.give(Input::Tick);
    assert_eq!(terminal.picture().undo, None);
}

#[test]
fn pressing_twice_is_pressed_already() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    new_order(&mut terminal);
    let step = terminal.picture().next.expect("a step").command();
    terminal.press(step.clone()).expect("is taken");
    assert_eq!(terminal.press(step), Err(PressRefused::AlreadyPressed));
    let pause = CrewCommand::Pause { reason: PauseReason::Meal, note: "长".repeat(501) };
    assert_eq!(terminal.press(pause), Err(PressRefused::NoteTooLong));
}

#[test]
fn a_refused_command_is_told_to_the_crew_and_no_longer_shapes_the_screen() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    new_order(&mut terminal);
    terminal.press_next();
    assert_eq!(terminal.picture().state, Some(VehicleState::OrderReceived));
    terminal.receive(ServerMessage::CommandRefused {
        number: 2,
        code: "order_expired".to_owned(),
        message: "the order expired".to_owned(),
    });
    assert_eq!(terminal.picture().state, Some(VehicleState::TaskAssigned));
    assert_eq!(terminal.picture().undo, None, "there is nothing to take back");
    let refusals = terminal.picture().refusals;
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0].code, "order_expired");
    terminal.give(Input::RefusalClosed(2));
    assert!(terminal.picture().refusals.is_empty());
}

#[test]
fn arrival_is_proposed_when_slow_and_near_and_never_written_by_itself() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    new_order(&mut terminal);
    terminal.fix(38.4701, 106.2701, 0.2);
    assert_eq!(terminal.picture().proposal, None, "the vehicle has not departed");
    terminal.press_next();
    terminal.press_next();
    terminal.fix(38.4701, 106.2701, 15.0);
    assert_eq!(terminal.picture().proposal, None, "it drives past");
    terminal.fix(38.49, 106.27, 0.2);
    assert_eq!(terminal.picture().proposal, None, "it waits at a light two kilometres away");
    terminal.fix(38.4701, 106.2701, 0.2);
    assert_eq!(terminal.picture().proposal, Some(Milestone::AtScene));
    assert_eq!(terminal.picture().state, Some(VehicleState::ToScene));
    terminal.now_ms += 16_000;
    assert_eq!(terminal.picture().proposal, None, "the position is old");
}

#[test]
fn the_interval_of_reports_follows_the_state() {
    let reported_in_a_minute = |state: VehicleState, speed_mps: f32| {
        let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
        terminal.receive(duty(1, state, None));
        for _ in 0..60 {
            terminal.now_ms += 1_000;
            terminal.receive(ServerMessage::Pong { clock: 0, server_time: 0 });
            terminal.fix(38.4, 106.2, speed_mps);
        }
        terminal.fixes_sent()
    };
    assert_eq!(reported_in_a_minute(VehicleState::ToScene, 15.0), 30);
    assert_eq!(reported_in_a_minute(VehicleState::AvailableOnRoad, 15.0), 12);
    assert_eq!(reported_in_a_minute(VehicleState::AvailableAtStation, 0.1), 6);
    assert_eq!(reported_in_a_minute(VehicleState::OffDuty, 15.0), 6);
}

#[test]
fn a_silent_server_is_left_and_a_crew_press_hides_nothing() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    for _ in 0..20 {
        terminal.now_ms += 1_000;
        terminal.give(Input::Tick);
    }
    let picture = terminal.picture();
    assert_eq!(picture.link, vehicle_agent::link::LinkPhase::Offline);
    assert_eq!(picture.link_trouble.as_deref(), Some("the server is silent"));
    assert!(terminal.sent.iter().any(|message| matches!(message, AgentMessage::Ping { .. })));
}

#[test]
fn the_way_on_the_screen_is_the_newest_one_to_where_the_order_leads_now() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    new_order(&mut terminal);
    let made_at = |terminal: &Terminal| terminal.picture().route.map(|route| route.made_at);
    let give = |terminal: &mut Terminal, task: &str, goal, made_at| {
        terminal.receive(ServerMessage::Route(Box::new(route(task, goal, made_at))));
    };
    assert_eq!(made_at(&terminal), None);
    give(&mut terminal, "T-1", ArrivalGoal::Scene, 5);
    give(&mut terminal, "T-1", ArrivalGoal::Scene, 4);
    assert_eq!(made_at(&terminal), Some(5), "an older route never replaces a newer one");
    give(&mut terminal, "T-1", ArrivalGoal::Scene, 6);
    assert_eq!(made_at(&terminal), Some(6), "off the route: a new one");
    while terminal.picture().state != Some(VehicleState::AtScene) {
        terminal.press_next();
    }
    assert_eq!(made_at(&terminal), None, "the route to the scene is over");
    give(&mut terminal, "T-1", ArrivalGoal::Hospital, 7);
    assert_eq!(made_at(&terminal), None, "the patient is not on board yet");
    terminal.press_next();
    assert_eq!(made_at(&terminal), Some(7));
    give(&mut terminal, "T-9", ArrivalGoal::Hospital, 8);
    assert_eq!(made_at(&terminal), None, "the route of another task is not shown");
}

#[test]
fn the_way_is_still_there_after_a_restart_without_network() {
    let mut content = OutboxContent::empty("o".to_owned());
    let ServerMessage::Duty(duty) =
        duty(10, VehicleState::ToScene, Some(order("T-1", at(0).wall_ms)))
    else {
        panic!("a duty picture")
    };
    content.duty = Some(*duty);
    content.route = Some(route("T-1", ArrivalGoal::Scene, 5));
    let link = Link::new(settings(1), content, at(0));
    let shown = link.picture(at(0)).route.expect("the route is shown");
    assert_eq!(shown.steps[0].street, "解放西街");
}

/// What comes after the running order is read and acknowledged beside it, once.
#[test]
fn the_next_order_is_seen_beside_the_running_one() {
    let mut terminal = Terminal::new(ReceiptPolicy::AtOnce);
    let next = NextOrder {
        incident: "I-2".to_owned(),
        number: None,
        given_at: at(0).wall_ms,
        expires_at: Some(at(1_200_000).wall_ms),
        acknowledged: false,
        changed_at: None,
        exercise: false,
        kind: IncidentKind::Injury,
        priority: Priority::Critical,
        scene: order("x", 0).scene,
        waiting: None,
        complaint: "高处坠落".to_owned(),
    };
    let picture = VehicleAssignment {
        centre: "yinchuan".to_owned(),
        version: 5,
        time_zone_minutes: None,
        state: VehicleState::AtHospital,
        pause: None,
        crew: Vec::new(),
        pause_returns_to: None,
        order: Some(order("I-1.t1", at(0).wall_ms)),
        contested: false,
        next: Some(next),
        move_to: None,
        messages: Vec::new(),
        log: None,
        sos: None,
        movements: Vec::new(),
        last_ended: None,
    };
    terminal.receive(ServerMessage::Duty(Box::new(picture)));
    let seen = CrewCommand::AcknowledgeNext { incident: "I-2".to_owned() };
    terminal.press(seen.clone()).expect("the next order is acknowledged");
    let shown = terminal.picture();
    assert!(shown.following.expect("a next order").acknowledged);
    assert_eq!(shown.order.expect("the running order").task, "I-1.t1");
    assert_eq!(terminal.press(seen), Err(PressRefused::AlreadyPressed));
    let other = CrewCommand::AcknowledgeNext { incident: "I-9".to_owned() };
    assert_eq!(terminal.press(other), Err(PressRefused::NotYourOrder));
}
