//! A vehicle drives through a tunnel: nothing pressed or measured there is lost, nothing old looks new.

use crate::gear::{Person, Receiver, Relay, Server, Terminal, crew_numbers, events, is_at, tiny};
use serde_json::Value;
use std::time::Duration;
use vehicle_agent::link::LinkPhase;
use wire_protocol::vocabulary::{Milestone, Role};

const VEHICLE: &str = "XN-01-1";
const STATION: (f64, f64) = (101.79, 36.61);
const MOMENTS: u32 = 90;

#[tokio::test]
async fn what_happens_in_a_tunnel_arrives_afterwards_and_is_shown_as_what_it_is() {
    let server = Server::open(tiny(), |settings| {
        settings.live.silence_limit = Duration::from_secs(3);
    })
    .await;
    let dispatcher = server.person("wang", Role::Dispatcher, "xining").await;
    let mut console = dispatcher.console().await;
    let relay = Relay::before(server.address()).await;
    let folder = tempfile::tempdir().unwrap();
    let key = server.key(VEHICLE).await;
    let outbox = folder.path().join("outbox");
    let terminal = Terminal::online(&relay.address.to_string(), &key, &outbox).await;
    let receiver = Receiver::driving_from(STATION.0, STATION.1, MOMENTS);

    let incident = dispatcher.take_call("xining", STATION.0, STATION.1).await;
    let task = dispatcher.dispatch("xining", &incident, VEHICLE).await;
    terminal.show_order(&task).await;
    terminal.press_next().await;
    // One after the other, as a receiver measures: of several that wait the newest goes first.
    for moment in 0..30 {
        terminal.drive(&receiver, moment..moment + 1).await;
        terminal.until_all_sent().await;
    }
    let at = |moment| {
        let lon = receiver.lon_at(moment);
        move |shown: Option<f64>| shown.is_some_and(|shown| is_at(shown, lon))
    };
    let (in_time, at_last) = (at(29), at(MOMENTS - 1));
    console.until("the marker to move", |picture| in_time(picture.lon(VEHICLE))).await;
    terminal.until_all_sent().await;

    relay.lose_signal();
    terminal.until("the terminal to notice", |it| it.link != LinkPhase::Online).await;
    terminal.press_next().await;
    terminal.drive(&receiver, 30..60).await;
    terminal.press_next().await;
    terminal.drive(&receiver, 60..MOMENTS).await;
    terminal.until_waiting((MOMENTS - 30) as usize).await;
    assert_eq!(terminal.handle.picture().waiting_commands, 2);
    console.until("the console to show it offline", |picture| !picture.is_online(VEHICLE)).await;
    let stands = console.picture.lon(VEHICLE);
    assert!(in_time(stands), "the marker stands where it was last seen: {stands:?}");
    assert!(console.picture.milestone(&task, Milestone::Departed).is_none());

    relay.regain_signal();
    terminal.until_all_sent().await;
    console.until("the marker to be here", |picture| at_last(picture.lon(VEHICLE))).await;
    let has = |milestone| {
        let task = task.clone();
        move |picture: &crate::gear::Picture| picture.milestone(&task, milestone).is_some()
    };
    console.until("the arrival at the scene", has(Milestone::AtScene)).await;
    console.until("the console to show it online", |picture| picture.is_online(VEHICLE)).await;
    for milestone in [Milestone::Departed, Milestone::AtScene] {
        let stamp = &console.picture.milestone(&task, milestone).unwrap().stamp;
        assert!(stamp.made_at < stamp.recorded_at && !stamp.clock_doubtful, "{stamp:?}");
        assert_eq!(stamp.vehicle_online, Some(false), "pressed without a link: {stamp:?}");
    }
    let links: Vec<bool> = console.picture.links.iter().map(|(_, online)| *online).collect();
    assert_eq!(links, [true, false, true]);
    // The picture itself checks that no marker went back in time; in space it did not either.
    let track = console.picture.track(VEHICLE);
    assert!(track.is_sorted_by(|before, after| before.lon <= after.lon), "{track:?}");

    every_fix_is_there_once(&dispatcher, &receiver).await;
    terminal.switch_off().await;
    let data = server.close().await;
    let events = events(data.path(), "xining").await;
    assert_eq!(crew_numbers(&events, VEHICLE), [1, 2, 3, 4], "each press once, in order");
}

async fn every_fix_is_there_once(dispatcher: &Person, receiver: &Receiver) {
    let (from, to) = (receiver.time_of(0), receiver.time_of(MOMENTS));
    let path = format!("/api/v1/vehicles/{VEHICLE}/positions?from={from}&to={to}");
    let history: Vec<Value> = dispatcher.get(&path).await;
    let times: Vec<i64> = history.iter().map(|fix| fix["fix_time"].as_i64().unwrap()).collect();
    let measured: Vec<i64> = (0..MOMENTS).map(|moment| receiver.time_of(moment)).collect();
    assert_eq!(times, measured, "every fix once, in order of measurement");
    let late = history.iter().filter(|fix| fix["quality"] == "late").count();
    assert!(late > 0 && late < (MOMENTS - 29) as usize, "the backlog is late: {late}");
}
