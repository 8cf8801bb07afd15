//! Positions from a terminal: acknowledged when durable, kept once, judged.

use super::client::fix;
use super::journal_support::NOON;
use super::town::Town;
use dispatch_core::fleet::FixQuality;
use dispatch_core::model::Timestamp;
use wire_protocol::agent::AgentMessage;

async fn kept(town: &Town) -> Vec<(u64, FixQuality)> {
    let day = 24 * 3_600_000;
    let (from, to) = (Timestamp(NOON.0 - day), Timestamp(NOON.0 + day));
    let rows = town.history.query(&"XN-01-1".into(), from, to, 1000).await.unwrap();
    let mut kept: Vec<_> = rows.iter().map(|row| (row.number, row.quality)).collect();
    kept.sort_by_key(|(number, _)| *number);
    kept
}

#[tokio::test]
async fn fixes_are_acknowledged_by_ranges_once_durable_and_kept_once() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(1, -3, 0), fix(2, -2, 1)] }).await;
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(4, 0, 3)] }).await;
    agent.until_fixes([1, 2, 4]).await;
    // After a cut everything is sent again, and acknowledged again.
    let mut agent = town.agent("XN-01-1", "box").await;
    let again = (1..=4).map(|n| fix(n, n as i64 - 4, n as i32 - 1)).collect();
    agent.say(&AgentMessage::Fixes { fixes: again }).await;
    agent.until_fixes(1..=4).await;
    let numbers: Vec<u64> = kept(&town).await.into_iter().map(|(number, _)| number).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
}

#[tokio::test]
async fn a_full_backlog_is_acknowledged_without_waiting_for_a_heartbeat() {
    let settings = dispatch_server::live::LiveSettings {
        heartbeat: std::time::Duration::from_secs(3600),
        ..super::town::quick()
    };
    let town = Town::with(settings).await;
    let mut agent = town.agent("XN-01-1", "box").await;
    for frame in 0..10_u64 {
        let fixes =
            (1..=64).map(|n| fix(frame * 64 + n, (frame * 64 + n) as i64 - 640, 0)).collect();
        agent.say(&AgentMessage::Fixes { fixes }).await;
    }
    agent.until_fixes(1..=640).await;
}

#[tokio::test]
async fn late_impossible_and_future_fixes_are_kept_as_such_and_do_not_move_the_marker() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let here = fix(1, 0, 10);
    let late = fix(2, -60, 0);
    let far = wire_protocol::agent::FixReport { lon: 104.0, ..fix(3, 1, 0) };
    let future = fix(4, 7200, 11);
    agent.say(&AgentMessage::Fixes { fixes: vec![here.clone(), late, far, future] }).await;
    agent.until_fixes(1..=4).await;
    let expected = [
        (1, FixQuality::Fresh),
        (2, FixQuality::Late),
        (3, FixQuality::Suspect),
        (4, FixQuality::Suspect),
    ];
    assert_eq!(kept(&town).await, expected);
    let marker = town.live.fix_of(&"XN-01-1".into()).unwrap();
    assert_eq!(marker.fix.position.lon, here.lon);
}

#[tokio::test]
async fn what_is_no_fix_at_all_is_settled_but_not_kept() {
    let town = Town::open().await;
    let mut agent = town.agent("XN-01-1", "box").await;
    let off_the_globe = wire_protocol::agent::FixReport { lat: 91.0, ..fix(1, 0, 0) };
    let before_satellites = wire_protocol::agent::FixReport { fix_time: 0, ..fix(2, 0, 0) };
    let too_fast = wire_protocol::agent::FixReport { speed_mps: Some(-1.0), ..fix(3, 0, 0) };
    let fixes = vec![off_the_globe, before_satellites, too_fast, fix(4, 0, 0)];
    agent.say(&AgentMessage::Fixes { fixes }).await;
    agent.until_fixes(1..=4).await;
    assert_eq!(kept(&town).await, [(4, FixQuality::Fresh)]);
}
