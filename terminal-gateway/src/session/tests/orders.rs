//! Orders on a terminal that can only show texts, and what its crew presses.

use super::*;
use vehicle_agent::link::{Link, LinkSettings, ReceiptPolicy};
use wire_protocol::agent::{ReportSeconds, ServerMessage, VehicleAssignment};
use wire_protocol::commands::CrewMember;
use wire_protocol::message::{CrewNeed, MessageFrom, MessageView, SosView};
use wire_protocol::vocabulary::Hazard;
use wire_protocol::vocabulary::{CrewRole, Milestone, Shift};

/// What our own terminal shows of an order from the wire's golden example, as the real link makes it.
fn picture(change: impl FnOnce(&mut VehicleAssignment)) -> Arc<ScreenState> {
    let now = Now { wall_ms: NOON_MS, steady_ms: 1_000 };
    let settings = LinkSettings {
        software: "test".into(),
        receipts: ReceiptPolicy::WhenShown,
        seed: 1,
        pictures: false,
    };
    let mut link = Link::new(settings, OutboxContent::empty("o".into()), now);
    link.handle_input(vehicle_agent::link::Input::Connected, now);
    let mut duty: VehicleAssignment = serde_json::from_value(serde_json::json!({
        "centre": "yinchuan", "version": 7, "state": "task_assigned",
        "order": {
            "task": "T1", "incident": "I1", "created_at": NOON_MS - 1_000, "expires_at": NOON_MS + 600_000,
            "device_received": false, "reached": [], "kind": "illness", "priority": "critical",
            "scene": { "address": "解放西街 1 号", "source": "caller_words" }, "complaint": "胸痛",
            "phone": "13900000000", "patient_count": 1, "stretcher": true
        }
    }))
    .expect("a duty");
    change(&mut duty);
    for message in [
        ServerMessage::Welcome {
            vehicle: "YC-01-1".into(),
            server_time: NOON_MS,
            commands_through: 0,
            report_seconds: ReportSeconds { on_task: 2, available: 5, idle: 10 },
            exercise: false,
            servers: Vec::new(),
        },
        ServerMessage::Duty(Box::new(duty)),
    ] {
        let text = serde_json::to_string(&message).expect("text");
        link.handle_input(vehicle_agent::link::Input::Frame(text), now);
    }
    Arc::new(link.picture(now))
}

#[test]
fn an_order_is_shown_its_answer_is_the_receipt_and_the_crew_acknowledges_by_a_question() {
    let mut played = Played::known(Edition::Y2013, "");
    let outputs = played.happens(Input::Shown(picture(|_| {})));
    assert_eq!(messages(&outputs), [0x8103, 0x8300, 0x8302]);
    let frames = sent(&outputs);
    let text = crate::jt808::from_gbk(&frames[1].body[1..]);
    assert!(text.contains("【出车命令】") && text.contains("解放西街 1 号"), "{text}");
    assert!(text.contains("胸痛") && text.contains("13900000000"), "{text}");
    assert!(!text.contains("危险"), "nobody told of any: {text}");
    // Seconds between reports on a task, awake and asleep.
    assert!(frames[0].body.ends_with(&[0, 0, 0, 0x29, 4, 0, 0, 0, 2]));
    let answered = |serial: u16, message: u16, result| {
        [&serial.to_be_bytes()[..], &message.to_be_bytes(), &[result]].concat()
    };
    let text_serial = frames[1].header.serial;
    let outputs = played.say(0x0001, &answered(text_serial, 0x8300, 0));
    assert_eq!(outputs, [Output::Displayed("T1".to_owned())]);
    let question = frames[2].header.serial.to_be_bytes();
    let outputs = played.say(0x0302, &[question[0], question[1], 1]);
    let (ask, command) = presses(&outputs).remove(0);
    let CrewCommand::Milestone { task, milestone, .. } = command else { panic!("{command:?}") };
    assert_eq!((task.as_str(), milestone), ("T1", Milestone::OrderReceived));
    let outputs = played.happens(Input::Pressed { ask, how: PressResult::Kept });
    assert_eq!(played.answer(&outputs), Some((0x0302, 0)));
}

#[test]
fn an_order_that_the_terminal_cannot_show_is_no_receipt_and_an_unanswered_one_is_sent_again() {
    let mut played = Played::known(Edition::Y2019, "");
    let outputs = played.happens(Input::Shown(picture(|_| {})));
    assert_eq!(messages(&outputs), [0x8103, 0x8300], "the edition of 2019 has no questions");
    let serial = sent(&outputs)[1].header.serial.to_be_bytes();
    let outputs = played.say(0x0001, &[serial[0], serial[1], 0x83, 0x00, 3]);
    assert!(outputs.is_empty());
    assert!(messages(&played.after(14_000)).is_empty());
    let again = played.after(2_000);
    assert!(messages(&again).contains(&0x8300), "{again:?}");
    let mut tries = 2;
    while played.session.next_timeout().is_some() {
        let told = messages(&played.after(16_000));
        tries += told.iter().filter(|it| **it == 0x8300).count();
    }
    assert_eq!(tries, 5, "not for ever");
}

#[test]
fn a_drivers_card_signs_the_driver_on_in_place_of_the_one_before() {
    let mut played = Played::known(Edition::Y2013, "");
    let doctor = member("8022", "王静", CrewRole::Doctor);
    let crew = vec![member("8021", "杨军", CrewRole::Driver), doctor.clone()];
    played.happens(Input::Shown(picture(|duty| duty.crew = crew)));
    let name = crate::jt808::to_gbk("马建国", 20);
    let card = [
        &[1, 0x26, 0x11, 0x30, 0x08, 0, 0, 0, name.len() as u8][..],
        &name,
        b"642221198001010011\0\0",
        &[0],
    ];
    let card = card.concat();
    let (ask, command) = presses(&played.say(0x0702, &card)).remove(0);
    let driver =
        CrewMember { shift: None, ..member("642221198001010011", "马建国", CrewRole::Driver) };
    let signed_on = vec![driver, doctor];
    assert_eq!(command, CrewCommand::SignOn { crew: signed_on.clone() });
    let outputs = played.happens(Input::Pressed { ask, how: PressResult::Kept });
    assert_eq!(played.answer(&outputs), Some((0x0702, 0)));
    played.happens(Input::Shown(picture(|duty| duty.crew = signed_on)));
    let again = played.say(0x0702, &card);
    assert!(presses(&again).is_empty(), "the same card says nothing new");
    assert_eq!(played.answer(&again), Some((0x0702, 0)));
}

fn member(person: &str, name: &str, role: CrewRole) -> CrewMember {
    CrewMember { person: person.into(), name: name.into(), role, shift: Some(Shift::Day) }
}

#[test]
fn keys_are_presses_by_number_and_by_the_file() {
    let more = "[[terminal.key]]\nwhen = \"passthrough f1 0a\"\npress = \"at_scene\"";
    let mut played = Played::known(Edition::Y2013, more);
    played.happens(Input::Shown(picture(|_| {})));
    let milestone = |outputs: &[Output]| {
        let (_, command) = presses(outputs).remove(0);
        let CrewCommand::Milestone { milestone, .. } = command else { panic!("{command:?}") };
        milestone
    };
    assert_eq!(milestone(&played.say(0x0301, &[2])), Milestone::Departed);
    assert_eq!(milestone(&played.say(0x0303, &[1, 1])), Milestone::OrderReceived);
    assert_eq!(milestone(&played.say(0x0900, &[0xf1, 0x0a, 9])), Milestone::AtScene);
    let outputs = played.say(0x0900, &[0xf1, 0x0b]);
    assert_eq!(played.answer(&outputs), Some((0x0900, 3)));
    let outputs = played.say(0x0301, &[99]);
    assert_eq!(played.answer(&outputs), Some((0x0301, 3)));
}

#[test]
fn a_key_without_an_order_and_a_refused_press_are_told_to_the_crew() {
    let mut played = Played::known(Edition::Y2013, "");
    played.happens(Input::Shown(picture(|duty| duty.order = None)));
    let outputs = played.say(0x0301, &[2]);
    assert_eq!(
        (played.answer(&outputs), messages(&outputs)),
        (Some((0x0301, 0)), vec![0x8001, 0x8300])
    );
    let outputs = played.say(0x0301, &[7]);
    let (ask, _) = presses(&outputs).remove(0);
    let outputs =
        played.happens(Input::Pressed { ask, how: PressResult::Refused("already_pressed") });
    assert_eq!(messages(&outputs), [0x8300, 0x8001]);
    assert_eq!(played.answer(&outputs), Some((0x0301, 0)));
}

#[test]
fn what_the_centre_writes_is_shown_once_and_a_question_says_that_it_was_read() {
    let mut played = Played::known(Edition::Y2013, "");
    let written = |duty: &mut VehicleAssignment| {
        duty.order = None;
        duty.messages = vec![from_centre(3, "家属在北门等")];
    };
    let outputs = played.happens(Input::Shown(picture(written)));
    let frames = sent(&outputs);
    let told = frames.iter().find(|it| it.header.message == 0x8300).expect("a text");
    assert_eq!(crate::jt808::from_gbk(&told.body[1..]), "【中心消息】家属在北门等");
    let question = frames.iter().find(|it| it.header.message == 0x8302).expect("a question");
    let serial = question.header.serial.to_be_bytes();
    let pressed = presses(&played.say(0x0302, &[serial[0], serial[1], 1]));
    assert_eq!(pressed[0].1, CrewCommand::ReadMessages { through: 3 });
    let again = played.happens(Input::Shown(picture(written)));
    assert!(!messages(&again).contains(&0x8300), "it is told once");
}

fn from_centre(number: u64, text: &str) -> MessageView {
    let (from, centre) = (MessageFrom::Centre, "yinchuan".to_owned());
    let (at, text) = (NOON_MS - 1_000, text.to_owned());
    MessageView { number, from, centre, at, need: None, text, seen_at: None }
}

#[test]
fn a_key_of_the_file_asks_for_help_with_and_without_an_order() {
    let more = "[[terminal.key]]\nwhen = \"passthrough f1 0c\"\npress = \"police\"";
    let mut played = Played::known(Edition::Y2013, more);
    played.happens(Input::Shown(picture(|duty| duty.order = None)));
    let (_, command) = presses(&played.say(0x0900, &[0xf1, 0x0c])).remove(0);
    let (need, text) = (Some(CrewNeed::Police), String::new());
    assert_eq!(command, CrewCommand::WriteToCentre { need, text });
}

#[test]
fn the_answer_to_a_call_for_help_reaches_the_crew_and_an_old_one_does_not() {
    for (age_ms, is_told) in [(60_000, true), (3_600_000, false)] {
        let mut played = Played::known(Edition::Y2013, "");
        let outputs = played.happens(Input::Shown(picture(|duty| {
            duty.order = None;
            let answered_at = Some(NOON_MS - age_ms);
            duty.sos =
                Some(SosView { since: None, answered_at, note: "警察已到场".to_owned() });
        })));
        let texts = sent(&outputs).into_iter().filter(|it| it.header.message == 0x8300);
        let mut told = texts.map(|it| crate::jt808::from_gbk(&it.body[1..]));
        assert_eq!(told.next_back().is_some_and(|it| it == "【求救已处理】警察已到场"), is_told);
    }
}

/// A small screen may cut the end of a text.
#[test]
fn what_may_harm_the_crew_is_told_before_what_the_caller_complains_of() {
    let mut played = Played::known(Edition::Y2013, "");
    let outputs = played.happens(Input::Shown(picture(|duty| {
        if let Some(order) = &mut duty.order {
            order.hazards = vec![Hazard::Infection, Hazard::Violence];
        }
    })));
    let text = crate::jt808::from_gbk(&sent(&outputs)[1].body[1..]);
    assert!(text.contains("危险:传染病、暴力持械 主诉:胸痛"), "{text}");
}
