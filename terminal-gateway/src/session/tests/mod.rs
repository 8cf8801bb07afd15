//! A terminal played frame by frame, without sockets, clocks or disks.

mod camera;
mod media;
mod orders;
mod strange;

use super::*;
use crate::jt808::frame::{Header, Part, TerminalNumber};
use geometry::Wgs84;
use vehicle_agent::outbox::{OutboxContent, StoredCommand};

/// 2026-11-29T12:00:00Z.
const NOON_MS: i64 = 1_795_953_600_000;

struct Played {
    session: TerminalSession,
    serial: u16,
    now: Now,
    edition: Edition,
}

fn binding(more: &str) -> Arc<Binding> {
    let text = format!("[[terminal]]\nnumber = \"13912344329\"\nvehicle = \"YC-01-1\"\n{more}");
    let bindings = Binding::read_all(&text).expect("a file");
    Arc::new(bindings.into_values().next().expect("one"))
}

impl Played {
    fn new(edition: Edition, more: &str) -> Played {
        Played::with(edition, more, Shared::default())
    }

    fn with(edition: Edition, more: &str, memory: Shared) -> Played {
        let session = TerminalSession::new(binding(more), "c0de".to_owned(), memory);
        let now = Now { wall_ms: NOON_MS, steady_ms: 1_000 };
        Played { session, serial: 0, now, edition }
    }

    /// A terminal that has authenticated, and whatever it was told meanwhile is forgotten.
    fn known(edition: Edition, more: &str) -> Played {
        let mut played = Played::new(edition, more);
        played.authenticate();
        played
    }

    fn authenticate(&mut self) {
        let body = match self.edition {
            Edition::Y2013 => b"c0de".to_vec(),
            Edition::Y2019 => [&[4], b"c0de".as_slice(), &[b'1'; 15], &[0; 20]].concat(),
        };
        let outputs = self.say(0x0102, &body);
        assert!(outputs.contains(&Output::Known), "{outputs:?}");
    }

    fn frame(&self, message: u16, serial: u16, part: Option<Part>, body: &[u8]) -> Box<Frame> {
        let number = TerminalNumber::new("13912344329").expect("digits");
        let header =
            Header { message, edition: self.edition, number, serial, encrypted: false, part };
        Box::new(Frame { header, body: body.to_vec(), flaws: Default::default() })
    }

    fn say(&mut self, message: u16, body: &[u8]) -> Vec<Output> {
        self.serial += 1;
        self.say_as(message, self.serial, body)
    }

    fn say_as(&mut self, message: u16, serial: u16, body: &[u8]) -> Vec<Output> {
        let frame = self.frame(message, serial, None, body);
        self.happens(Input::Frame(frame))
    }

    fn happens(&mut self, input: Input) -> Vec<Output> {
        self.session.handle_input(input, self.now);
        std::iter::from_fn(|| self.session.next_output()).collect()
    }

    fn after(&mut self, ms: u64) -> Vec<Output> {
        self.now.steady_ms += ms;
        self.now.wall_ms += ms.cast_signed();
        self.happens(Input::Tick)
    }

    /// The answer to what was said last, if there is one: what to, and how.
    fn answer(&self, outputs: &[Output]) -> Option<(u16, u8)> {
        sent(outputs).into_iter().find(|it| it.header.message == 0x8001).map(|it| {
            assert_eq!(it.body[..2], self.serial.to_be_bytes());
            (u16::from_be_bytes([it.body[2], it.body[3]]), it.body[4])
        })
    }
}

fn sent(outputs: &[Output]) -> Vec<Frame> {
    let frame = |output: &Output| {
        let Output::Send(frame) = output else { return None };
        Some(Frame::decode(&frame[1..frame.len() - 1]).expect("a frame"))
    };
    outputs.iter().filter_map(frame).collect()
}

fn messages(outputs: &[Output]) -> Vec<u16> {
    sent(outputs).iter().map(|it| it.header.message).collect()
}

/// A report at the second after noon, with these alarms and status.
fn location(second: u8, alarms: u32, status: u32) -> Vec<u8> {
    let mut body = alarms.to_be_bytes().to_vec();
    body.extend(status.to_be_bytes());
    body.extend(38_466_900u32.to_be_bytes());
    body.extend(106_278_100u32.to_be_bytes());
    body.extend([0x04, 0x56, 0x01, 0xc5, 0x00, 0x5a]);
    // By the clock of China.
    body.extend([0x26, 0x11, 0x29, 0x20, 0x00, second / 10 * 16 + second % 10]);
    body.extend([0x31, 1, 17]);
    body
}

fn reports(outputs: &[Output]) -> Vec<(u64, Vec<Fix>, Reported)> {
    let report = |output: &Output| {
        let Output::Report { ask, fixes, what } = output else { return None };
        Some((*ask, fixes.clone(), *what))
    };
    outputs.iter().filter_map(report).collect()
}

fn presses(outputs: &[Output]) -> Vec<(u64, CrewCommand)> {
    let press = |output: &Output| {
        let Output::Press { ask, command } = output else { return None };
        Some((*ask, command.clone()))
    };
    outputs.iter().filter_map(press).collect()
}

/// After a start of the gateway over an outbox with a call for help of this moment.
fn called_for_help(made_at_ms: i64) -> Shared {
    let mut outbox = OutboxContent::empty("o".into());
    outbox.confirmed.push(StoredCommand {
        number: 1,
        made_at_ms,
        command: CrewCommand::Sos,
        pressed_as: None,
        stamp: None,
    });
    Shared::after(&outbox, &[])
}

#[test]
fn a_terminal_registers_authenticates_and_is_asked_what_it_is() {
    for edition in [Edition::Y2013, Edition::Y2019] {
        let mut played = Played::new(edition, "");
        let width = if edition == Edition::Y2013 { 5 + 20 + 7 } else { 11 + 30 + 30 };
        let body = [vec![0, 64, 0, 100], vec![b'A'; width], vec![2, b'N', b'1']].concat();
        let outputs = played.say(0x0100, &body);
        let answer = sent(&outputs).remove(0);
        assert_eq!((answer.header.message, answer.header.edition), (0x8100, edition));
        assert_eq!(answer.body, [0, 1, 0, b'c', b'0', b'd', b'e']);
        let outputs = played.say(0x0102, b"other");
        assert_eq!(played.answer(&outputs), Some((0x0102, 1)));
        assert!(!played.session.is_known());
        played.authenticate();
        let outputs = played.say(0x0002, &[]);
        assert_eq!(played.answer(&outputs), Some((0x0002, 0)));
    }
}

#[test]
fn a_terminal_that_registers_as_another_is_refused() {
    let mut played = Played::new(Edition::Y2013, "plate = \"宁A12345\"");
    let body = [vec![0, 64, 0, 100], vec![b'A'; 32], vec![2, b'N', b'1']].concat();
    let answer = sent(&played.say(0x0100, &body)).remove(0);
    assert_eq!(answer.body, [0, 1, 2]);
}

#[test]
fn nothing_is_taken_of_a_terminal_that_has_not_shown_who_it_is_unless_the_file_says_so() {
    let mut played = Played::new(Edition::Y2013, "");
    let outputs = played.say(0x0200, &location(1, 1, 3));
    assert_eq!((played.answer(&outputs), reports(&outputs).len()), (Some((0x0200, 1)), 0));
    assert!(presses(&outputs).is_empty());
    let mut played = Played::new(Edition::Y2013, "without_authentication = true");
    let outputs = played.say(0x0200, &location(1, 0, 3));
    assert!(outputs.contains(&Output::Known));
    assert_eq!(reports(&outputs).len(), 1);
}

#[test]
fn a_position_is_answered_only_once_it_is_safe_and_a_repeated_one_is_reported_once() {
    let mut played = Played::known(Edition::Y2013, "");
    let outputs = played.say(0x0200, &location(1, 0, 3));
    assert_eq!(played.answer(&outputs), None);
    let (ask, fixes, what) = reports(&outputs).remove(0);
    assert_eq!((fixes.len(), what), (1, Reported::Live));
    let fix = fixes[0];
    assert_eq!((fix.fix_time_ms, fix.satellites), (NOON_MS + 1_000, Some(17)));
    assert_eq!((fix.lat, fix.lon), (38.4669, 106.2781));
    assert!((fix.speed_mps.expect("known") - 45.3 / 3.6).abs() < 1e-4);
    // Sent again before it is safe, it is not answered; afterwards it is, and nothing is reported again.
    let serial = played.serial;
    assert!(sent(&played.say_as(0x0200, serial, &location(1, 0, 3))).is_empty());
    let outputs = played.happens(Input::Reported { ask, is_safe: true });
    assert_eq!(played.answer(&outputs), Some((0x0200, 0)));
    let outputs = played.say_as(0x0200, serial, &location(1, 0, 3));
    assert_eq!((played.answer(&outputs), reports(&outputs).len()), (Some((0x0200, 0)), 0));
    // And under another serial number, as from a buffer.
    let outputs = played.say(0x0200, &location(1, 0, 3));
    assert_eq!((played.answer(&outputs), reports(&outputs).len()), (Some((0x0200, 0)), 0));
}

#[test]
fn a_position_that_was_not_taken_is_to_be_sent_again_and_is_then_taken() {
    let mut played = Played::known(Edition::Y2019, "");
    let outputs = played.say(0x0200, &location(1, 0, 3));
    let (ask, ..) = reports(&outputs).remove(0);
    let outputs = played.happens(Input::Reported { ask, is_safe: false });
    assert_eq!(played.answer(&outputs), Some((0x0200, 1)));
    let serial = played.serial;
    assert_eq!(reports(&played.say_as(0x0200, serial, &location(1, 0, 3))).len(), 1);
}

#[test]
fn what_is_no_position_is_answered_and_not_reported() {
    let mut played = Played::known(Edition::Y2013, "");
    let mut no_time = location(1, 0, 3);
    no_time[22..28].fill(0);
    let mut nowhere = location(1, 0, 3);
    nowhere[8..16].fill(0);
    for body in [location(1, 0, 1), no_time, nowhere] {
        let outputs = played.say(0x0200, &body);
        assert_eq!((played.answer(&outputs), reports(&outputs).len()), (Some((0x0200, 0)), 0));
    }
    assert_eq!(played.session.facts().counters.no_fixes, 3);
    // An item that runs over the end costs nothing.
    let body = [location(2, 0, 3), vec![0xe1, 200, 1]].concat();
    assert_eq!(reports(&played.say(0x0200, &body)).len(), 1);
    assert_eq!(played.session.facts().counters.malformed_items, 1);
}

#[test]
fn places_of_a_terminal_that_sends_those_of_a_map_are_brought_to_wgs_84() {
    let mut played = Played::known(Edition::Y2013, "datum = \"gcj02\"");
    let (_, fixes, _) = reports(&played.say(0x0200, &location(1, 0, 3))).remove(0);
    let sent = Wgs84 { lat: 38.4669, lon: 106.2781 };
    let metres = sent.metres_to(Wgs84 { lat: fixes[0].lat, lon: fixes[0].lon });
    assert!((300.0..500.0).contains(&metres), "{metres}");
}

#[test]
fn the_button_for_help_is_pressed_once_however_long_its_bit_stands() {
    let mut played = Played::known(Edition::Y2013, "");
    let outputs = played.say(0x0200, &location(1, 1, 3));
    let (ask, command) = presses(&outputs).remove(0);
    assert_eq!(command, CrewCommand::Sos);
    let outputs = played.happens(Input::Reported { ask, is_safe: true });
    assert_eq!(played.answer(&outputs), None, "the press is not safe yet");
    let outputs = played.happens(Input::Pressed { ask, how: PressResult::Kept });
    assert_eq!(played.answer(&outputs), Some((0x0200, 0)));
    assert_eq!(
        messages(&outputs),
        [0x8001],
        "whoever threatens a crew reads nothing on its screen"
    );
    assert!(presses(&played.say(0x0200, &location(2, 1, 3))).is_empty());
    // Without a place too: help does not wait for satellites.
    assert!(presses(&played.say(0x0200, &location(3, 0, 0))).is_empty());
    assert_eq!(presses(&played.say(0x0200, &location(4, 1, 0))).len(), 1);
}

#[test]
fn the_bit_for_help_on_the_next_line_or_after_a_start_is_the_press_that_was_kept() {
    let memory = Shared::default();
    let mut played = Played::with(Edition::Y2013, "", memory.clone());
    played.authenticate();
    assert_eq!(presses(&played.say(0x0200, &location(1, 1, 3))).len(), 1);
    let mut next = Played::with(Edition::Y2013, "", memory);
    next.authenticate();
    assert!(presses(&next.say(0x0200, &location(2, 1, 3))).is_empty());
    let mut restarted = Played::with(Edition::Y2013, "", called_for_help(NOON_MS - 30_000));
    restarted.authenticate();
    assert!(presses(&restarted.say(0x0200, &location(1, 1, 3))).is_empty());
    assert!(presses(&restarted.say(0x0200, &location(2, 0, 3))).is_empty());
    assert_eq!(presses(&restarted.say(0x0200, &location(3, 1, 3))).len(), 1);
    let mut later = Played::with(Edition::Y2013, "", called_for_help(NOON_MS - 60_000));
    later.authenticate();
    assert_eq!(presses(&later.say(0x0200, &location(1, 1, 3))).len(), 1);
}

#[test]
fn what_the_outbox_has_from_before_a_start_is_not_reported_again() {
    let mut outbox = OutboxContent::empty("o".into());
    outbox.fixes.push(wire_protocol::agent::FixReport {
        number: 1,
        fix_time: NOON_MS + 1_000,
        lon: 106.2781,
        lat: 38.4669,
        speed_mps: None,
        heading_deg: None,
        satellites: None,
        hdop: None,
    });
    let mut played = Played::with(Edition::Y2013, "", Shared::after(&outbox, &[]));
    played.authenticate();
    let outputs = played.say(0x0200, &location(1, 0, 3));
    assert_eq!((played.answer(&outputs), reports(&outputs).len()), (Some((0x0200, 0)), 0));
    assert_eq!(reports(&played.say(0x0200, &location(2, 0, 3))).len(), 1);
}

#[test]
fn a_burst_slows_the_line_down_and_nothing_of_it_is_refused() {
    let mut played = Played::known(Edition::Y2013, "");
    let (mut asks, mut moment) = (Vec::new(), 0);
    while !played.session.is_busy() {
        let mut body = location(1, 0, 3);
        body[11] = moment;
        let outputs = played.say(0x0200, &body);
        assert_eq!(played.answer(&outputs), None);
        asks.extend(reports(&outputs).into_iter().map(|(ask, ..)| ask));
        moment += 1;
    }
    assert_eq!(asks.len(), 64);
    played.happens(Input::Reported { ask: asks[0], is_safe: true });
    assert!(!played.session.is_busy());
}

#[test]
fn a_back_fill_is_history_and_each_of_its_positions_once() {
    let mut played = Played::known(Edition::Y2013, "");
    let item = |second| [&[0, 31], location(second, 0, 3).as_slice()].concat();
    let body = [vec![0, 3, 1], item(1), item(2), item(1)].concat();
    let outputs = played.say(0x0704, &body);
    let (ask, fixes, what) = reports(&outputs).remove(0);
    assert_eq!((fixes.len(), what), (2, Reported::Past));
    let outputs = played.happens(Input::Reported { ask, is_safe: true });
    assert_eq!(played.answer(&outputs), Some((0x0704, 0)));
}

#[test]
fn the_time_is_told_as_it_was_asked_for() {
    let mut played = Played::new(Edition::Y2013, "");
    assert_eq!(messages(&played.say(0x0004, &[])), [0x8004]);
    let answer = sent(&played.say(0x0109, &[])).remove(0);
    assert_eq!((answer.header.message, answer.body), (0x8109, vec![0x07, 0xea, 11, 29, 12, 0, 0]));
}

#[test]
fn a_message_in_parts_is_answered_part_by_part_and_the_last_once_it_is_safe() {
    let mut played = Played::known(Edition::Y2013, "");
    let item = |second| [&[0, 31], location(second, 0, 3).as_slice()].concat();
    let whole: Vec<u8> = [vec![0, 40, 1], (0..40).flat_map(item).collect()].concat();
    let part = |number| Some(Part { total: 2, number });
    let (first, second) = whole.split_at(1_000);
    let frame = played.frame(0x0704, 50, part(2), second);
    played.serial = 50;
    let outputs = played.happens(Input::Frame(frame));
    assert_eq!(played.answer(&outputs), Some((0x0704, 0)));
    let asked = sent(&played.after(5_000)).into_iter().find(|it| it.header.message == 0x8003);
    assert_eq!(asked.expect("asked for").body, [0, 49, 1, 0, 1]);
    let frame = played.frame(0x0704, 49, part(1), first);
    let outputs = played.happens(Input::Frame(frame));
    assert!(messages(&outputs).is_empty());
    assert_eq!(reports(&outputs).remove(0).1.len(), 40);
}

#[test]
fn what_is_not_understood_is_answered_so_and_ends_nothing() {
    let mut played = Played::known(Edition::Y2013, "");
    for message in [0x0805, 0x0f01, 0x6006] {
        let outputs = played.say(message, &[1, 2, 3]);
        assert_eq!(played.answer(&outputs), Some((message, 3)));
    }
    let outputs = played.say(0x0200, &[1, 2, 3]);
    assert_eq!(played.answer(&outputs), Some((0x0200, 2)));
    assert!(played.session.is_known());
    let mut encrypted = played.frame(0x0200, 77, None, &[9; 40]);
    encrypted.header.encrypted = true;
    played.serial = 77;
    let outputs = played.happens(Input::Frame(encrypted));
    assert_eq!(played.answer(&outputs), Some((0x0200, 3)));
}

#[test]
fn a_terminal_that_logs_out_has_to_show_again_who_it_is() {
    let mut played = Played::known(Edition::Y2013, "");
    let outputs = played.say(0x0003, &[]);
    assert_eq!(played.answer(&outputs), Some((0x0003, 0)));
    assert!(outputs.contains(&Output::LoggedOut));
    let outputs = played.say(0x0200, &location(1, 0, 3));
    assert_eq!(played.answer(&outputs), Some((0x0200, 1)));
}
