//! An asynchronous stand-by that lacks the tail takes the database's place, while a real terminal's program goes on:
//! what its crew pressed arrives once all the same, and both ends name the gap.

use crate::gear::{Air, Door, Journals, Postgres, ShiftedAgent, Site, SiteSettings, key_of};
use crate::set_backs::{until_followed, versions};
use dispatch_core::model::{Event, TerminalTrouble};
use serde_json::{Value, json};
use tokio::task::block_in_place;

const VEHICLE: &str = "YC-01-1";
const CENTRE: &str = "yinchuan";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_terminal_brings_again_what_a_promoted_standby_lacks() {
    let site = Site::open(SiteSettings::default()).await;
    let database = site.postgres().address;
    let replication = Door::to(database).await;
    let standby = block_in_place(|| site.postgres().standby(site.folder(), replication.address));
    until_followed(&site.database()).await;
    let tablet = site.folder().join("tablet");
    std::fs::create_dir(&tablet).unwrap();
    let key = key_of(&site.keys(), VEHICLE);
    let server = site.front.address.to_string();
    let agent = block_in_place(|| ShiftedAgent::start(&server, &key, &tablet, "+0s"));

    agent.press(pause()).await;
    agent.press(resume()).await;
    agent.until_all_sent().await;
    let kept = versions(&site.database()).await[CENTRE];
    until_it_has(&standby, kept).await;
    replication.set(Air::Cut);
    // Acknowledged by a database that is about to die, and in no copy of it.
    agent.press(pause()).await;
    agent.press(json!({ "type": "sos" })).await;
    agent.press(resume()).await;
    agent.until_all_sent().await;
    let acknowledged = versions(&site.database()).await[CENTRE];
    assert!(acknowledged > kept);
    site.postgres().kill();
    agent.press(pause()).await;
    block_in_place(|| standby.promote());
    site.replace_database(standby);

    let is_renewed = |picture: &Value| !picture["renewal"].is_null();
    let picture = agent.until("the crew to be told of new numbers", is_renewed).await;
    let renewal = &picture["renewal"];
    assert_eq!((&renewal["again"], &renewal["missing"]), (&json!(3), &json!(0)), "{renewal}");
    agent.until_all_sent().await;
    agent.press(resume()).await;
    agent.until_all_sent().await;
    drop(agent);

    let journals = Journals::read(&site.database()).await;
    let presses = journals.presses();
    assert!(presses.len() == 7 && presses.values().all(|times| *times == 1), "{presses:?}");
    let events = &journals.0[CENTRE];
    let count = |kind: &str| events.iter().filter(|event| event.event.kind() == kind).count();
    let counts = ["vehicle_paused", "vehicle_resumed", "sos_raised"].map(count);
    assert_eq!(counts, [3, 3, 1]);
    let is_named = |event: &Event| {
        let Event::JournalSetBack { set_back } = event else { return false };
        set_back.from_version >= acknowledged && set_back.to_version <= kept
    };
    assert!(events.iter().any(|event| is_named(&event.event)), "the centre names what it lost");
    let is_told = |event: &Event| {
        let Event::TerminalTroubleNoted { trouble, .. } = event else { return false };
        matches!(trouble, TerminalTrouble::OutboxRenewed { .. })
    };
    assert!(events.iter().any(|event| is_told(&event.event)), "and that the terminal renumbered");
}

fn pause() -> Value {
    json!({ "type": "pause", "reason": "fuel", "note": "" })
}

fn resume() -> Value {
    json!({ "type": "resume" })
}

async fn until_it_has(standby: &Postgres, version: u64) {
    let database = Postgres::url(standby.address);
    let followed = async {
        while versions(&database).await.get(CENTRE).is_none_or(|has| *has < version) {
            tokio::task::yield_now().await;
        }
    };
    crate::gear::in_time("the stand-by to have the first presses", followed).await;
}
