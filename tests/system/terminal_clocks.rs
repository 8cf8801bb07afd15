//! Terminals whose clocks are wrong, by the real program: no battery, three minutes slow, two hours fast, set
//! while it runs. Presses, orders and positions come out right at the centre all the same.

use crate::gear::{Console, Picture, Relay, Server, ShiftedAgent, events, now_ms, tiny};
use dispatch_core::model::{Event, Recorded, TerminalTrouble};
use serde_json::{Value, json};
use wire_protocol::views::{MilestoneView, VehicleView};
use wire_protocol::vocabulary::{FixQuality, Milestone, Role, TerminalFault};

const VEHICLE: &str = "XN-01-1";
const STATION: (f64, f64) = (101.79, 36.61);
const DAY_MS: i64 = 86_400_000;
/// A terminal knows the server's time to half of what a question and its answer take, and a receiver's time
/// has whole seconds here; a busy machine may take a while for either. No clock of these tests is as little
/// off.
const NEAR_MS: i64 = 20_000;

/// How far each terminal's clock is off.
fn shifts() -> [String; 3] {
    // Started without a battery: ten minutes after 1970 began.
    let to_1970 = format!("-{}s", now_ms() / 1_000 - 600);
    [to_1970, "-180s".to_owned(), "+7200s".to_owned()]
}

/// A sentence without a date, measured now.
fn gga() -> String {
    let second = now_ms().rem_euclid(DAY_MS) / 1_000;
    let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
    let time = format!("{hours:02}{minutes:02}{seconds:02}.00");
    sentence(&format!("GNGGA,{time},3636.6000,N,10147.4000,E,1,09,0.9,2260.0,M,,M,,"))
}

/// One with a date.
fn rmc(at_ms: i64) -> String {
    let second = at_ms.rem_euclid(DAY_MS) / 1_000;
    let (hours, minutes, seconds) = (second / 3_600, second / 60 % 60, second % 60);
    let (year, month, day) = date(at_ms.div_euclid(DAY_MS));
    let when = format!("{hours:02}{minutes:02}{seconds:02}.00");
    let date = format!("{day:02}{month:02}{:02}", year % 100);
    sentence(&format!("GNRMC,{when},A,3636.6000,N,10147.4000,E,0.0,0.0,{date},,,A"))
}

fn sentence(body: &str) -> String {
    let sum = body.bytes().fold(0, |sum, byte| sum ^ byte);
    format!("${body}*{sum:02X}\r\n")
}

/// Year, month and day of days since 1970, counted in eras of 400 years that begin in March.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

fn is_near(at: i64, wanted: i64) -> bool {
    (at - wanted).abs() <= NEAR_MS
}

fn presses(journal: &[Recorded]) -> Vec<&Recorded> {
    journal.iter().filter(|it| matches!(it.event, Event::SosRaised { .. })).collect()
}

async fn until_placed(console: &mut Console, sent_at: i64) {
    let is_placed = |picture: &Picture| {
        let fix = picture.vehicles[VEHICLE].fix.as_ref();
        fix.is_some_and(|fix| fix.quality == FixQuality::Fresh && is_near(fix.fix_time, sent_at))
            || picture.track(VEHICLE).iter().any(|record| record.age_millis < NEAR_MS as u32)
    };
    console.until("a fresh position", is_placed).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_clock_moves_no_press_no_order_and_no_position() {
    for shift in shifts() {
        let server = Server::open(tiny(), |_| {}).await;
        let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
        let mut console = dispatcher.console().await;
        let folder = tempfile::tempdir().unwrap();
        let relay = Relay::before(server.address()).await;
        relay.lose_signal();
        let (key, address) = (server.key(VEHICLE).await, relay.address.to_string());
        let mut agent = ShiftedAgent::start(&address, &key, folder.path(), &shift);

        // Before any server told the time.
        agent.receive(&gga());
        agent.until("the position to be read", |it| !it["fix"].is_null()).await;
        let pressed_at = now_ms();
        agent.press(json!({ "type": "sos" })).await;
        relay.regain_signal();
        agent.until_all_sent().await;
        until_placed(&mut console, pressed_at).await;
        let sos = console.picture.vehicles[VEHICLE].sos_since.expect("the call for help came");
        assert!(is_near(sos, pressed_at), "{shift}: {sos} for {pressed_at}");

        // And after.
        let incident = dispatcher.take_call("xining", STATION.0, STATION.1).await;
        let task = dispatcher.dispatch("xining", &incident, VEHICLE).await;
        agent.until("the order, as new", |it| it["order_stage"] == "new").await;
        agent.show(&task).await;
        for milestone in ["order_received", "departed", "at_scene"] {
            let step = json!({ "type": "milestone", "task": task, "milestone": milestone });
            agent.press(step).await;
        }
        agent.receive(&gga());
        agent.until_all_sent().await;
        let arrived_at = now_ms();
        let is_there = |picture: &Picture| picture.milestone(&task, Milestone::AtScene).is_some();
        console.until("the crew to be at the scene", is_there).await;
        let MilestoneView { stamp, .. } =
            console.picture.milestone(&task, Milestone::AtScene).unwrap();
        assert!(
            is_near(stamp.at.unwrap(), arrived_at) && !stamp.clock_doubtful,
            "{shift}: {stamp:?}"
        );
        assert!(is_near(stamp.made_at, arrived_at), "{shift}: {stamp:?}");
        let said = stamp.terminal_clock.expect("what its own clock said is kept");
        assert!(!is_near(said, arrived_at), "{shift}: {stamp:?}");

        drop(agent);
        let data = server.close().await;
        let journal = events(data.path(), "xining").await;
        let [press] = presses(&journal)[..] else { panic!("{shift}: one call for help") };
        assert!(is_near(press.provenance.made_at.0, pressed_at), "{shift}: {press:?}");
        assert!(!press.provenance.clock_doubtful, "{shift}: {press:?}");
        assert!(!journal.iter().any(|it| it.event.kind() == "terminal_trouble_noted"), "{shift}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_while_an_order_is_out_expires_nothing() {
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let folder = tempfile::tempdir().unwrap();
    let (key, address) = (server.key(VEHICLE).await, server.address().to_string());
    let mut agent = ShiftedAgent::start(&address, &key, folder.path(), "+0");
    agent.until("the link", |it| it["link"] == "online").await;
    let incident = dispatcher.take_call("xining", STATION.0, STATION.1).await;
    let task = dispatcher.dispatch("xining", &incident, VEHICLE).await;
    agent.until("the order, as new", |it| it["order_stage"] == "new").await;
    for (shift, milestone) in [("+86400s", "order_received"), ("-86400s", "departed")] {
        agent.set_clock(shift);
        let is_seen =
            |picture: &Value| picture["clock_behind_ms"].as_i64().unwrap().abs() > DAY_MS / 2;
        agent.receive(&gga());
        let picture = agent.until("the page to see the step", is_seen).await;
        let clock = picture["taken_at_ms"].as_i64().unwrap();
        assert!(is_near(clock + picture["clock_behind_ms"].as_i64().unwrap(), now_ms()));
        assert_ne!(picture["order_stage"], "expired", "{shift}");
        let pressed_at = now_ms();
        agent.press(json!({ "type": "milestone", "task": task, "milestone": milestone })).await;
        agent.until_all_sent().await;
        until_placed(&mut console, pressed_at).await;
        let which =
            if milestone == "departed" { Milestone::Departed } else { Milestone::OrderReceived };
        console.until("the press", |picture| picture.milestone(&task, which).is_some()).await;
        let stamp = &console.picture.milestone(&task, which).unwrap().stamp;
        assert!(is_near(stamp.at.unwrap(), pressed_at) && !stamp.clock_doubtful, "{stamp:?}");
    }
    drop(agent);
    server.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn receivers_a_thousand_weeks_off_are_corrected_and_one_a_day_off_is_told() {
    const ROLL_OVER_DAYS: i64 = 1_024 * 7;
    let server = Server::open(tiny(), |_| {}).await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let folder = tempfile::tempdir().unwrap();
    let (key, address) = (server.key(VEHICLE).await, server.address().to_string());
    let mut agent = ShiftedAgent::start(&address, &key, folder.path(), &shifts()[0]);
    agent.until("the link", |it| it["link"] == "online").await;
    let begun = now_ms();
    let is_read = |at: i64| {
        move |picture: &Value| {
            picture["fix"]["fix_time_ms"].as_i64().is_some_and(|it| it / 1_000 == at / 1_000)
        }
    };
    for (moment, days) in [-ROLL_OVER_DAYS, ROLL_OVER_DAYS].into_iter().enumerate() {
        let measured_at = begun - (9 - moment as i64) * 1_000;
        agent.receive(&rmc(measured_at + days * DAY_MS));
        agent.until("the position, dated today", is_read(measured_at)).await;
    }
    until_placed(&mut console, begun).await;
    let faults = |vehicle: &VehicleView| vehicle.terminal_faults.clone();
    for moment in 0..3 {
        let yesterday = begun - DAY_MS - (5 - moment) * 1_000;
        agent.receive(&rmc(yesterday));
        agent.until("the position, as old as it says", is_read(yesterday)).await;
    }
    let is_told = |picture: &Picture| {
        faults(&picture.vehicles[VEHICLE]) == [TerminalFault::ReceiverDateWrong]
    };
    console.until("the board to say that the date is wrong", is_told).await;
    agent.until("the crew to be told", |it| it["receiver_date_wrong"] == true).await;
    let troubles =
        server.counter("helan_terminal_troubles_total{kind=\"receiver_date_wrong\"}").await;
    assert!(troubles >= 1.0, "and it is counted");

    agent.receive(&rmc(begun));
    let is_over = |picture: &Picture| faults(&picture.vehicles[VEHICLE]).is_empty();
    console.until("the board to say that it is right again", is_over).await;
    drop(agent);
    let data = server.close().await;
    let journal = events(data.path(), "xining").await;
    let wrong = |it: &Recorded| {
        matches!(
            &it.event,
            Event::TerminalTroubleNoted { trouble: TerminalTrouble::ReceiverDateWrong, .. }
        )
    };
    assert_eq!(journal.iter().filter(|it| wrong(it)).count(), 1);
}
