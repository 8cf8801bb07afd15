//! Who is on the vehicle: signed on at the terminal, with and without a network.

use crate::support::*;
use vehicle_agent::link::{Link, PressRefused};
use vehicle_agent::outbox::OutboxContent;
use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::CrewMember;
use wire_protocol::vocabulary::{CrewRole, Shift};

fn member(person: &str, name: &str) -> CrewMember {
    let (role, shift) = (CrewRole::Driver, Some(Shift::Night));
    CrewMember { person: person.to_owned(), name: name.to_owned(), role, shift }
}

fn terminal() -> Link {
    Link::new(settings(1), OutboxContent::empty("o".to_owned()), at(0))
}

#[test]
fn whoever_signs_on_stands_on_the_screen_before_the_centre_knows() {
    let mut link = terminal();
    let crew = vec![member("8021", "马强"), member("8022", "王静")];
    link.press(CrewCommand::SignOn { crew: crew.clone() }, at(0)).expect("it is taken");
    assert_eq!(link.picture(at(0)).crew, crew);
    link.press(CrewCommand::SignOn { crew: Vec::new() }, at(1)).expect("they leave");
    assert!(link.picture(at(1)).crew.is_empty());
}

#[test]
fn a_crew_that_the_centre_would_not_take_is_refused_on_the_spot() {
    let mut link = terminal();
    let long = "强".repeat(41);
    let bad = [
        vec![member("1", "马强"); 9],
        vec![member("1", " ")],
        vec![member("1", &long)],
        vec![member(&long, "马强")],
    ];
    for crew in bad {
        let refused = link.press(CrewCommand::SignOn { crew }, at(0));
        assert_eq!(refused, Err(PressRefused::BadCrew));
    }
    assert!(link.picture(at(0)).crew.is_empty());
}
