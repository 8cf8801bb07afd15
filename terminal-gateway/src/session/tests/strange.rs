//! What terminals do that the standard does not foresee.

use super::*;

/// A report of this date by the clock of China, and with these alarms.
fn dated(date: [u8; 6], alarms: u32) -> Vec<u8> {
    let mut body = location(0, alarms, 3);
    body[22..28].copy_from_slice(&date);
    body
}

/// One message with these reports; of kind 1 they were kept while there was no link.
fn batch(kind: u8, reports: &[Vec<u8>]) -> Vec<u8> {
    let mut body = vec![0, reports.len() as u8, kind];
    for report in reports {
        body.extend([0, report.len() as u8]);
        body.extend(report);
    }
    body
}

fn keep_all(played: &mut Played, outputs: &[Output]) {
    for (ask, ..) in reports(outputs) {
        played.happens(Input::Reported { ask, is_safe: true });
    }
    for (ask, _) in presses(outputs) {
        played.happens(Input::Pressed { ask, how: PressResult::Kept });
    }
}

#[test]
fn a_terminal_that_saves_packets_is_live_by_the_newest_of_a_batch() {
    let mut played = Played::known(Edition::Y2019, "");
    played.after(10_000);
    let three = [3, 1, 2].map(|second| location(second, 0, 3));
    let outputs = played.say(0x0704, &batch(0, &three));
    let found: Vec<_> =
        reports(&outputs).into_iter().map(|(_, fixes, what)| (fixes.len(), what)).collect();
    assert_eq!(found, [(2, Reported::Past), (1, Reported::Live)]);
    let (ask, newest, _) = reports(&outputs).remove(1);
    assert_eq!(newest[0].fix_time_ms, NOON_MS + 3_000);
    let outputs = played.happens(Input::Reported { ask, is_safe: true });
    assert_eq!(played.answer(&outputs), None);
    let outputs = played.happens(Input::Reported { ask, is_safe: true });
    assert_eq!(played.answer(&outputs), Some((0x0704, 0)), "once all of it is safe");
    // A batch that is no longer of now, and whatever was kept without a link, is history.
    for (kind, wait) in [(1, 0), (0, 120_000)] {
        played.after(wait);
        let outputs = played.say(0x0704, &batch(kind, &[location(9, 0, 3 + u32::from(kind) * 4)]));
        assert!(reports(&outputs).iter().all(|(_, _, what)| *what == Reported::Past), "{kind}");
    }
}

#[test]
fn a_call_for_help_from_where_there_was_no_network_is_one_and_once() {
    let mut played = Played::known(Edition::Y2013, "");
    played.after(60_000);
    let came = [location(1, 0, 3), location(2, 1, 3), location(3, 0, 3)];
    let outputs = played.say(0x0704, &batch(1, &came));
    assert_eq!(presses(&outputs).len(), 1);
    keep_all(&mut played, &outputs);
    assert!(presses(&played.say(0x0704, &batch(1, &came))).is_empty(), "it came once more");
    // The bit that still stands as the line is back is that same press.
    let outputs = played.say(0x0704, &batch(1, &[location(4, 1, 3)]));
    assert_eq!(presses(&outputs).len(), 1);
    keep_all(&mut played, &outputs);
    assert!(presses(&played.say(0x0200, &location(5, 1, 3))).is_empty());
    // Heard live first, it is known when the back-fill brings its beginning.
    played.say(0x0200, &location(6, 0, 3));
    let outputs = played.say(0x0200, &location(8, 1, 3));
    assert_eq!(presses(&outputs).len(), 1);
    keep_all(&mut played, &outputs);
    played.say(0x0200, &location(9, 0, 3));
    assert!(presses(&played.say(0x0704, &batch(1, &[location(7, 1, 3)]))).is_empty());
    // One that was not kept comes again, and one of yesterday would send somebody to where nobody is.
    played.after(0);
    let outputs = played.say(0x0704, &batch(1, &[location(10, 1, 3)]));
    let (ask, _) = presses(&outputs).remove(0);
    played.happens(Input::Pressed { ask, how: PressResult::NotStored });
    assert_eq!(presses(&played.say(0x0704, &batch(1, &[location(10, 1, 3)]))).len(), 1);
    let mut late = Played::known(Edition::Y2013, "");
    late.after(4_000_000);
    assert!(presses(&late.say(0x0704, &batch(1, &[location(1, 1, 3)]))).is_empty());
}

#[test]
fn somebody_who_calls_again_while_the_gateway_starts_is_heard() {
    let mut restarted = Played::with(Edition::Y2013, "", called_for_help(NOON_MS - 10_000));
    restarted.authenticate();
    // The back-fill tells that the button was let go meanwhile.
    let outputs = restarted.say(0x0704, &batch(1, &[location(0, 0, 3), location(1, 0, 3)]));
    keep_all(&mut restarted, &outputs);
    assert_eq!(presses(&restarted.say(0x0200, &location(2, 1, 3))).len(), 1);
    // One of before the press tells nothing.
    let mut restarted = Played::with(Edition::Y2013, "", called_for_help(NOON_MS + 1_000));
    restarted.authenticate();
    restarted.after(5_000);
    restarted.say(0x0704, &batch(1, &[location(0, 0, 3)]));
    assert!(presses(&restarted.say(0x0200, &location(2, 1, 3))).is_empty());
}

#[test]
fn a_date_that_fell_back_with_the_count_of_weeks_is_brought_forward_and_one_never_set_is_none() {
    let mut played = Played::known(Edition::Y2013, "");
    // 1 024 weeks before the 29th of November 2026.
    let (_, fixes, _) =
        reports(&played.say(0x0200, &dated([0x07, 0x04, 0x15, 0x20, 0, 1], 0))).remove(0);
    assert_eq!(fixes[0].fix_time_ms, NOON_MS + 1_000);
    for never_set in [[0, 1, 1, 0, 0, 1], [0; 6], [0x10, 1, 1, 0, 0, 0]] {
        let outputs = played.say(0x0200, &dated(never_set, 0));
        assert_eq!((played.answer(&outputs), reports(&outputs).len()), (Some((0x0200, 0)), 0));
    }
    // Help does not wait for a clock.
    assert_eq!(presses(&played.say(0x0200, &dated([0; 6], 1))).len(), 1);
}

#[test]
fn a_clock_of_another_zone_and_shifted_places_are_told_the_technician() {
    let mut played = Played::known(Edition::Y2013, "");
    played.say(0x0200, &dated([0x26, 0x11, 0x29, 0x12, 0, 0], 0));
    assert_eq!(played.session.facts().clock_behind_seconds, Some(8 * 3_600));
    assert!(played.session.facts().flaws.is_empty());
    played.say(0x0200, &location(1, 0, 0b10_0011));
    assert!(played.session.facts().flaws[0].contains("datum"));
}

#[test]
fn a_film_is_refused_at_its_first_part_and_never_asked_for() {
    let mut played = Played::known(Edition::Y2013, "");
    for number in [1, 2, 3] {
        let part = Some(Part { total: 5_000, number });
        let frame = played.frame(0x0801, 100 + number, part, &[7; 1_000]);
        played.serial = 100 + number;
        let outputs = played.happens(Input::Frame(frame));
        assert_eq!(played.answer(&outputs), Some((0x0801, 3)));
    }
    assert!(messages(&played.after(60_000)).iter().all(|it| *it != 0x8003 && *it != 0x8800));
}

#[test]
fn missing_parts_of_a_recording_are_asked_for_by_its_own_question() {
    let mut played = Played::known(Edition::Y2013, "");
    for (serial, number) in [(50, 1), (52, 3)] {
        let body = [&[0, 0, 0, 9, 0, 0, 0, 2], [7; 92].as_slice()].concat();
        let frame = played.frame(0x0801, serial, Some(Part { total: 3, number }), &body);
        played.happens(Input::Frame(frame));
    }
    let asked = sent(&played.after(5_000)).into_iter().find(|it| it.header.message == 0x8800);
    assert_eq!(asked.expect("asked for").body, [0, 0, 0, 9, 1, 0, 2]);
}

#[test]
fn a_stranger_leaves_no_parts_behind() {
    let mut played = Played::new(Edition::Y2013, "");
    for number in [1, 2] {
        let frame = played.frame(0x0100, number, Some(Part { total: 2, number }), &[b'A'; 40]);
        played.serial = number;
        let outputs = played.happens(Input::Frame(frame));
        assert_eq!(played.answer(&outputs), Some((0x0100, 1)), "neither kept nor put together");
    }
}

#[test]
fn a_terminal_that_is_trusted_at_its_address_is_known_by_its_first_word_until_it_says_otherwise() {
    let mut played = Played::new(Edition::Y2019, "");
    played.session.trust();
    let outputs = played.say(0x0200, &location(1, 0, 3));
    assert!(outputs.contains(&Output::Known));
    assert_eq!(reports(&outputs).len(), 1);
    assert!(sent(&outputs).iter().all(|it| it.header.edition == Edition::Y2019));
    for (message, body) in [(0x0003, &[][..]), (0x0102, b"another")] {
        let mut played = Played::new(Edition::Y2013, "");
        played.session.trust();
        played.say(message, body);
        let outputs = played.say(0x0200, &location(1, 0, 3));
        assert_eq!(played.answer(&outputs), Some((0x0200, 1)), "{message:#06x}");
    }
}

#[test]
fn answers_to_what_nobody_said_cost_nothing() {
    let mut played = Played::known(Edition::Y2013, "");
    for result in [0, 1, 4, 255] {
        let outputs = played.say(0x0001, &[0xff, 0xff, 0x83, 0x00, result]);
        assert!(sent(&outputs).is_empty(), "an answer is not answered");
    }
    assert!(played.session.is_known());
    played.say(0x0005, &[0xff, 0xff, 1, 0, 1]);
    played.say(0x0302, &[0xff, 0xff, 1]);
    assert_eq!(reports(&played.say(0x0200, &location(1, 0, 3))).len(), 1);
}
