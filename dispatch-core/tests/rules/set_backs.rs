//! A journal that was set back: written down once, whoever notices, and no incident number is given twice.

use crate::region;
use crate::world::{Outcome, World};
use dispatch_core::model::*;

const CENTRE: &str = "yinchuan";

fn by_rule() -> CommandContext {
    CommandContext {
        made_at: Timestamp(1_777_593_600_000),
        now: Timestamp(1_777_593_600_000),
        origin: Origin::Automatic { rule: "journal_set_back".to_owned() },
        vehicle_online: None,
        command_id: None,
        confirmed: Vec::new(),
        terminal: None,
    }
}

fn noticed(incarnation: u64, from: u64, to: u64, incidents: &[&str]) -> Command {
    let incidents = incidents.iter().map(|it| IncidentId::from(*it)).collect();
    let set_back = SetBack { incarnation, from_version: from, to_version: to, incidents };
    Command::RecordSetBack { set_back }
}

fn record(world: &mut World, command: &Command) -> Vec<SetBack> {
    let events = match world.execute(CENTRE, command, &by_rule()) {
        Outcome::Happened(events) => events,
        Outcome::AlreadyRecorded => Vec::new(),
        Outcome::Refused { rejection, .. } => panic!("{rejection}"),
    };
    let found = |recorded: Recorded| {
        let Event::JournalSetBack { set_back } = recorded.event else { return None };
        Some(set_back)
    };
    events.into_iter().filter_map(found).collect()
}

#[test]
fn servers_that_saw_different_heads_write_down_one_set_back() {
    let mut world = World::new(&[CENTRE]);
    assert_eq!(record(&mut world, &noticed(1, 70, 64, &["yinchuan-4"]))[0].incarnation, 1);
    assert_eq!(record(&mut world, &noticed(1, 70, 64, &["yinchuan-4"])), [], "noticed by another");
    assert_eq!(record(&mut world, &noticed(1, 68, 64, &[])), [], "by one that saw less");
    // One that was told of 71 and 72 before they were gone: the same set-back, with what it adds.
    let added = record(&mut world, &noticed(1, 72, 63, &["yinchuan-4", "yinchuan-5"]));
    let incidents = vec!["yinchuan-4".into(), "yinchuan-5".into()];
    let whole = SetBack { incarnation: 1, from_version: 72, to_version: 63, incidents };
    assert_eq!(added, std::slice::from_ref(&whole));
    assert_eq!(world.state(CENTRE).set_back.as_ref().unwrap().found, whole);
    assert_eq!(world.state(CENTRE).incarnation(), 1);
}

#[test]
fn one_that_slept_through_two_set_backs_adds_one_only_for_what_nobody_knew() {
    let mut world = World::new(&[CENTRE]);
    record(&mut world, &noticed(1, 70, 64, &[]));
    record(&mut world, &noticed(2, 90, 80, &[]));
    assert_eq!(record(&mut world, &noticed(1, 90, 64, &[])), []);
    assert_eq!(record(&mut world, &noticed(1, 95, 64, &[]))[0].incarnation, 3);
}

#[test]
fn numbers_given_before_a_set_back_are_not_given_after_it() {
    let mut world = World::new(&[CENTRE]);
    let opened = |world: &mut World| {
        let (facts, details) = (region::facts("解放西街"), region::call_details(by_rule().now));
        let call = Command::TakeCall(Box::new(TakeCall::plain(facts, details)));
        let Outcome::Happened(events) = world.execute(CENTRE, &call, &by_rule()) else { panic!() };
        events.iter().find_map(|it| {
            let Event::IncidentOpened { incident, .. } = &it.event else { return None };
            Some(incident.to_string())
        })
    };
    assert_eq!(opened(&mut world).unwrap(), "yinchuan-1");
    record(&mut world, &noticed(1, 70, 2, &[]));
    assert_eq!(opened(&mut world).unwrap(), "yinchuan-2r1");
    record(&mut world, &noticed(1, 72, 2, &[]));
    assert_eq!(opened(&mut world).unwrap(), "yinchuan-3r1", "the same set-back");
}
