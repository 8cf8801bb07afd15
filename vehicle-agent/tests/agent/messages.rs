//! Words between the crew and its centre, as the terminal shows and takes them.

use crate::support::*;
use vehicle_agent::link::{Link, PressRefused};
use vehicle_agent::outbox::OutboxContent;
use wire_protocol::agent::{CrewCommand, ServerMessage, VehicleAssignment};
use wire_protocol::message::{CrewNeed, MessageFrom, MessageView};
use wire_protocol::vocabulary::VehicleState;

fn terminal() -> Link {
    Link::new(settings(1), OutboxContent::empty("o".to_owned()), at(0))
}

fn from_centre(number: u64, text: &str) -> MessageView {
    let (from, centre) = (MessageFrom::Centre, "yinchuan".to_owned());
    MessageView { number, from, centre, at: 0, need: None, text: text.to_owned(), seen_at: None }
}

/// A terminal that the centre has written to.
fn written_to() -> Link {
    let messages = vec![from_centre(1, "家属在北门等"), from_centre(2, "注意安全")];
    let ServerMessage::Duty(quiet) = duty(4, VehicleState::AvailableAtStation, None) else {
        panic!("a duty")
    };
    let duty = VehicleAssignment { messages, ..*quiet };
    let content = OutboxContent { duty: Some(duty), ..OutboxContent::empty("o".to_owned()) };
    Link::new(settings(1), content, at(0))
}

#[test]
fn what_was_read_stays_read_on_the_screen_until_the_centre_knows() {
    let mut link = written_to();
    let read = CrewCommand::ReadMessages { through: 1 };
    link.press(read.clone(), at(1)).expect("it is new");
    let unread = |link: &Link| {
        let shown = link.picture(at(1)).messages;
        shown.iter().filter(|it| it.seen_at.is_none()).map(|it| it.number).collect::<Vec<_>>()
    };
    assert_eq!(unread(&link), [2]);
    assert_eq!(link.press(read, at(2)), Err(PressRefused::AlreadyPressed));
    link.press(CrewCommand::ReadMessages { through: 2 }, at(3)).expect("the other is new");
    assert_eq!(unread(&link), [0_u64; 0]);
}

#[test]
fn what_the_crew_writes_without_a_network_stands_on_the_screen() {
    let mut link = terminal();
    let (need, text) = (Some(CrewNeed::Police), String::new());
    link.press(CrewCommand::WriteToCentre { need, text }, at(1)).expect("a need needs no words");
    let shown = link.picture(at(1)).messages;
    assert_eq!((shown[0].from, shown[0].need, shown[0].number), (MessageFrom::Crew, need, 0));
}

#[test]
fn what_says_nothing_or_too_much_is_refused_on_the_spot() {
    let mut link = terminal();
    let tell = |text: &str| CrewCommand::WriteToCentre { need: None, text: text.to_owned() };
    assert_eq!(link.press(tell(" "), at(0)), Err(PressRefused::NothingWritten));
    assert_eq!(link.press(tell(&"堵".repeat(501)), at(0)), Err(PressRefused::NoteTooLong));
    assert!(link.picture(at(0)).messages.is_empty());
}
