//! Markers: they move forward, they are shown to who comes later, and slow consoles get the newest.

use super::client::{Console, fix};
use super::town::Town;
use wire_protocol::agent::AgentMessage;
use wire_protocol::vocabulary::FixQuality;

async fn subscribed(town: &Town) -> Console {
    let mut console = town.console("xining").await;
    console.subscribe(None, Vec::new()).await;
    console
}

fn is_at(steps: i32) -> impl Fn(&wire_protocol::positions::PositionRecord) -> bool {
    let lon = fix(1, 0, steps).lon;
    move |record| (record.lon - lon).abs() < 1e-6
}

#[tokio::test]
async fn a_vehicle_that_moves_is_seen_to_move() {
    let town = Town::open().await;
    let mut console = subscribed(&town).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(1, -2, 0)] }).await;
    let first = console.until_position(is_at(0)).await;
    assert_eq!((first.quality, first.age_millis), (FixQuality::Fresh, 2000));
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(2, 0, 1)] }).await;
    let second = console.until_position(is_at(1)).await;
    assert_eq!(second.slot, first.slot);
}

#[tokio::test]
async fn who_comes_later_is_shown_every_marker_also_of_vehicles_that_stand() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(1, 0, 0)] }).await;
    subscribed(&town).await.until_position(is_at(0)).await;
    subscribed(&town).await.until_position(is_at(0)).await;
}

/// What was measured before the clock was set back, or kept by a run whose clock was right, may be of any age: shown as new
/// it would look new until the clock comes up to it.
#[tokio::test]
async fn a_marker_from_later_than_the_clock_is_shown_as_old_as_can_be_told() {
    const OLDEST_MILLIS: u32 = 6_553_500;
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(1, 0, 0)] }).await;
    agent.until_fixes([1]).await;
    town.clock.step_millis(-9_000);
    let near = subscribed(&town).await.until_position(is_at(0)).await;
    assert_eq!(near.age_millis, 0, "a terminal's clock may be so far ahead");
    town.clock.step_millis(-20_000);
    let later = subscribed(&town).await.until_position(is_at(0)).await;
    assert_eq!(later.age_millis, OLDEST_MILLIS);
}

#[tokio::test]
async fn a_late_fix_never_moves_the_marker_back() {
    let town = Town::open().await;
    let mut console = subscribed(&town).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(1, 0, 5)] }).await;
    console.until_position(is_at(5)).await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(2, -30, 1), fix(3, -20, 2)] }).await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(4, 3, 6)] }).await;
    // The same marker may be told twice; the next other one must be ahead.
    let next = console.until_position(|record| !is_at(5)(record)).await;
    assert!(is_at(6)(&next), "the marker went back to {next:?}");
}

#[tokio::test]
async fn a_console_that_slept_is_shown_where_vehicles_are_now() {
    let town = Town::open().await;
    let mut console = subscribed(&town).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let mut other = town.agent("XN-01-2", "box").await;
    for step in 1..=40 {
        let fixes = vec![fix(step, step as i64 * 5 - 200, step as i32)];
        agent.say(&AgentMessage::Fixes { fixes }).await;
    }
    other.say(&AgentMessage::Fixes { fixes: vec![fix(1, 0, -7)] }).await;
    agent.until_fixes(1..=40).await;
    other.until_fixes([1]).await;
    let at = [console.until_position(is_at(-7)).await.slot, console_slot(&town, "XN-01-2")];
    assert_eq!(at[0], at[1]);
    subscribed(&town).await.until_position(is_at(40)).await;
}

fn console_slot(town: &Town, vehicle: &str) -> u32 {
    let vehicle = dispatch_core::model::VehicleId::from(vehicle);
    let slot = town.desk.read(&"xining".into(), |state| {
        town.live.vehicle_view(state, &state.vehicles[&vehicle]).slot
    });
    slot.unwrap()
}

#[tokio::test]
async fn after_a_restart_a_vehicle_stands_where_it_was_last_seen_and_is_as_old_as_that() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(1, -9, 0), fix(2, -4, 1)] }).await;
    agent.until_fixes([1, 2]).await;
    let vehicle = "XN-01-1".into();
    let before = town.live.fix_of(&vehicle).unwrap().fix;
    let anew = town.begun_anew().await;
    let after = anew.fix_of(&vehicle).unwrap().fix;
    assert_eq!(after.fix_time, before.fix_time);
    assert!((after.position.lon - before.position.lon).abs() < 1e-7);
    assert!(!anew.is_online(&vehicle), "its terminal has not come back yet");
    assert!(anew.fix_of(&"XN-01-2".into()).is_none(), "nobody ever saw the other");
}
