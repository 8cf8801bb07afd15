//! Two servers of one province: what a terminal at the one and a dispatcher at the other notice.

use super::client::{Agent, Console, Fed, PATIENCE, fix};
use super::journal_support as commands;
use super::picture::Picture;
use super::postgres_support::Database;
use super::redis_support::OwnRedis;
use super::town::{Town, quick};
use console_client::Servers;
use dispatch_core::model::VehicleId;
use dispatch_desk::wakeups::Wakeups;
use dispatch_server::live::LiveSettings;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt};
use wire_protocol::agent::AgentMessage;
use wire_protocol::console::{FeedMessage, PartState};
use wire_protocol::positions::PositionRecord;

/// What two servers share.
struct Province {
    database: Database,
    redis: OwnRedis,
    _folder: TempDir,
}

impl Province {
    async fn found() -> Self {
        let folder = TempDir::new().unwrap();
        let redis = OwnRedis::start(folder.path());
        Self { database: Database::fresh().await, redis, _folder: folder }
    }

    async fn server(&self) -> Town {
        self.server_over(&self.database).await
    }

    async fn server_over(&self, database: &Database) -> Town {
        let redis = Some(self.redis.address().parse().unwrap());
        let journal = Arc::new(database.journal().await);
        let journal_name = Some(journal.name().await.unwrap());
        let settings = LiveSettings { redis, journal_name, ..quick() };
        let town = Town::over(journal.clone(), TempDir::new().unwrap(), settings).await;
        let wakeups = Wakeups::default();
        tokio::spawn(town.desk.clone().follow(wakeups.clone(), town.stop.clone()));
        tokio::spawn(wakeups.run(journal, town.stop.clone()));
        town
    }
}

async fn console(town: &Town) -> (Console, Picture) {
    let mut console = town.console("xining").await;
    let mut picture = Picture::default();
    picture.catch_up(&mut console).await;
    (console, picture)
}

async fn until_online(console: &mut Console, picture: &mut Picture, vehicle: &str, online: bool) {
    while picture.vehicles[vehicle].online != online {
        picture.take_next(console).await;
    }
}

async fn moves(agent: &mut Agent, number: u64, seconds: i64, steps: i32) {
    agent.say(&AgentMessage::Fixes { fixes: vec![fix(number, seconds, steps)] }).await;
}

fn near(step: i32) -> impl Fn(&PositionRecord) -> bool {
    let lon = 101.79 + f64::from(step) * 0.0011;
    move |record| (record.lon - lon).abs() < 1e-6
}

/// Reads until the vehicle is where it should be; it must never be said to be gone.
async fn until_there_without_a_gap(
    console: &mut Console,
    wanted: impl Fn(&PositionRecord) -> bool,
) {
    loop {
        match console.next().await.expect("the link lives") {
            Fed::Positions(records) if records.iter().any(&wanted) => return,
            Fed::Positions(_) => {}
            Fed::Message(message) => {
                assert!(!matches!(*message, FeedMessage::Link { online: false, .. }));
            }
        }
    }
}

async fn until_others(console: &mut Console, wanted: PartState) {
    console
        .until(|message| match message {
            FeedMessage::Service(service) => (service.others == Some(wanted)).then_some(()),
            _ => None,
        })
        .await;
}

#[tokio::test]
async fn a_vehicle_linked_here_moves_and_is_online_there() {
    let province = Province::found().await;
    let (here, there) = (province.server().await, province.server().await);
    let (mut dispatcher, mut picture) = console(&there).await;
    let mut agent = here.agent("XN-01-1", "box").await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", true).await;
    moves(&mut agent, 1, 0, 3).await;
    dispatcher.until_position(near(3)).await;
    let vehicle = VehicleId::from("XN-01-1");
    assert_eq!(there.live.fix_of(&vehicle), here.live.fix_of(&vehicle));
    assert!(there.live.is_online(&vehicle));
    drop(agent);
    until_online(&mut dispatcher, &mut picture, "XN-01-1", false).await;
}

#[tokio::test]
async fn an_order_given_there_reaches_the_terminal_linked_here() {
    let province = Province::found().await;
    let (here, there) = (province.server().await, province.server().await);
    let mut agent = here.agent("XN-01-1", "box").await;
    let task = there.send("XN-01-1").await;
    let duty = agent.until_duty(|duty| duty.order.is_some()).await;
    assert_eq!(duty.order.unwrap().task, task.as_str());
}

#[tokio::test]
async fn a_terminal_that_moves_to_another_server_stays_online_and_leaves_no_link_behind() {
    let province = Province::found().await;
    let (here, there) = (province.server().await, province.server().await);
    let mut left = here.agent("XN-01-1", "box").await;
    let (mut far, mut picture) = console(&here).await;
    until_online(&mut far, &mut picture, "XN-01-1", true).await;
    let (mut dispatcher, mut picture) = console(&there).await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", true).await;
    // The old link is half-open: the terminal is gone from it and nobody has noticed yet.
    let mut agent = there.agent("XN-01-1", "box").await;
    assert_eq!(left.closing().await, "replaced");
    moves(&mut agent, 1, 0, 4).await;
    until_there_without_a_gap(&mut far, near(4)).await;
    until_there_without_a_gap(&mut dispatcher, near(4)).await;
    assert!(here.live.is_online(&"XN-01-1".into()) && there.live.is_online(&"XN-01-1".into()));
}

#[tokio::test]
async fn a_server_that_begins_later_asks_what_the_others_hold() {
    let province = Province::found().await;
    let here = province.server().await;
    let mut agent = here.agent("XN-01-1", "box").await;
    moves(&mut agent, 1, 0, 5).await;
    agent.until_fixes([1]).await;
    let there = province.server().await;
    let (mut dispatcher, mut picture) = console(&there).await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", true).await;
    if there.live.fix_of(&"XN-01-1".into()).is_none() {
        dispatcher.until_position(near(5)).await;
    }
}

#[tokio::test]
async fn a_console_that_moves_to_another_server_goes_on_from_its_numbers() {
    let province = Province::found().await;
    let (here, there) = (province.server().await, province.server().await);
    let (mut console, mut picture) = console(&here).await;
    let agent = here.agent("XN-01-2", "box").await;
    until_online(&mut console, &mut picture, "XN-01-2", true).await;
    drop(console);
    // Missed on the way: a task, and a link that went.
    drop(agent);
    let task = here.send("XN-01-1").await;
    let mut console = there.console("xining").await;
    picture.servers = Servers::Several;
    picture.catch_up(&mut console).await;
    while picture.vehicles["XN-01-1"].task.as_deref() != Some(task.as_str()) {
        picture.take_next(&mut console).await;
    }
    until_online(&mut console, &mut picture, "XN-01-2", false).await;
    assert_eq!(picture.snapshots, 1, "the whole picture was not sent again");
    let versions: Vec<u64> = picture.log.iter().map(|line| line.version).collect();
    assert!(versions.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{versions:?}");
}

#[tokio::test]
async fn a_server_that_stops_takes_its_links_with_it() {
    let province = Province::found().await;
    let (here, there) = (province.server().await, province.server().await);
    let (mut dispatcher, mut picture) = console(&there).await;
    let _agent = here.agent("XN-01-1", "box").await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", true).await;
    here.stop.cancel();
    until_online(&mut dispatcher, &mut picture, "XN-01-1", false).await;
}

#[tokio::test]
async fn without_redis_the_own_vehicles_live_on_and_all_comes_back_with_it() {
    let mut province = Province::found().await;
    let (here, there) = (province.server().await, province.server().await);
    let (mut dispatcher, mut picture) = console(&there).await;
    let mut far = here.agent("XN-01-1", "box-1").await;
    let mut near_by = there.agent("XN-01-2", "box-2").await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", true).await;

    province.redis.kill();
    until_others(&mut dispatcher, PartState::Degraded).await;
    moves(&mut near_by, 1, 0, 1).await;
    dispatcher.until_position(near(1)).await;
    // Commands need no Redis: they are taken, and the order is there.
    let task = there.send("XN-01-1").await;
    far.until_duty(|duty| duty.order.as_ref().is_some_and(|it| it.task == task.as_str())).await;
    // A link whose server can no longer be heard is not said to live.
    let (mut dispatcher, mut picture) = console(&there).await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", false).await;
    moves(&mut far, 1, 0, 7).await;
    far.until_fixes([1]).await;

    province.redis.start_again();
    until_others(&mut dispatcher, PartState::Working).await;
    let (mut dispatcher, mut picture) = console(&there).await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", true).await;
    if there.live.fix_of(&"XN-01-1".into()).is_none() {
        dispatcher.until_position(near(7)).await;
    }
}

#[tokio::test]
async fn what_is_no_word_of_a_server_is_passed_over() {
    let province = Province::found().await;
    let (here, there) = (province.server().await, province.server().await);
    let (mut dispatcher, mut picture) = console(&there).await;
    let mut agent = here.agent("XN-01-1", "box").await;
    until_online(&mut dispatcher, &mut picture, "XN-01-1", true).await;
    let client = redis::Client::open(province.redis.address()).unwrap();
    let mut stranger = client.get_multiplexed_async_connection().await.unwrap();
    let beyond = r#"{"from":1,"type":"changed","fixes":[
        {"vehicle":"XN-01-1","lon":181,"lat":36.6,"fix_time":9999999999999,"received_millis_ago":0},
        {"vehicle":"nobody","lon":101.8,"lat":36.6,"fix_time":1,"received_millis_ago":0}]}"#;
    // A year ahead of every clock: believed, it would look fresh for a year.
    let ahead = format!(
        r#"{{"from":1,"type":"changed","fixes":[{{"vehicle":"XN-01-1","lon":101.9,"lat":36.6,
            "fix_time":{},"received_millis_ago":0}}]}}"#,
        commands::NOON.0 + 365 * 86_400_000
    );
    for junk in ["", "hello", "{}", r#"{"from":1,"type":"sells"}"#, beyond, &ahead] {
        let mut publish = redis::cmd("PUBLISH");
        publish.arg("helan:1:tiny").arg(junk);
        let heard_by: i64 = publish.query_async(&mut stranger).await.unwrap();
        assert_eq!(heard_by, 2, "both servers listen to this channel");
    }
    moves(&mut agent, 1, 1, 6).await;
    dispatcher.until_position(near(6)).await;
}

/// A training system made from a backup has the same vehicles and keys, and may be given the same Redis.
#[tokio::test]
async fn a_copy_of_the_journal_on_the_same_redis_is_not_listened_to() {
    let province = Province::found().await;
    let copied = Database::fresh().await;
    let here = province.server().await;
    let copy = province.server_over(&copied).await;
    let mut agent = here.agent("XN-01-1", "box").await;
    moves(&mut agent, 1, 0, 3).await;
    agent.until_fixes([1]).await;
    let mut heard = Spy::on(province.redis.address()).await;
    let mut twin = copy.agent("XN-01-1", "box").await;
    moves(&mut twin, 1, 1, 9).await;
    let _other = copy.agent("XN-01-2", "box").await;
    heard.until(&["XN-01-1\",\"lon", "XN-01-2\",\"begun"]).await;
    // What came over Redis before this was heard here, too.
    moves(&mut agent, 2, 2, 4).await;
    agent.until_fixes([2]).await;
    assert!(!here.live.is_online(&"XN-01-2".into()), "its link is with the copy");
    let fix = here.live.fix_of(&"XN-01-1".into()).unwrap().fix;
    assert!((fix.position.lon - 101.79 - 4.0 * 0.0011).abs() < 1e-6, "{fix:?}");
}

/// Somebody who listens to Redis beside the servers.
struct Spy {
    line: tokio::io::BufReader<tokio::net::UnixStream>,
    heard: String,
}

impl Spy {
    async fn on(address: String) -> Self {
        let socket = address.strip_prefix("redis+unix://").unwrap();
        let mut stream = tokio::net::UnixStream::connect(socket).await.unwrap();
        stream.write_all(b"PSUBSCRIBE helan:*\r\n").await.unwrap();
        let mut spy = Self { line: tokio::io::BufReader::new(stream), heard: String::new() };
        spy.until(&["psubscribe"]).await;
        spy
    }

    /// Reads until all of this was said.
    async fn until(&mut self, said: &[&str]) {
        while !said.iter().all(|it| self.heard.contains(it)) {
            let mut bytes = Vec::new();
            let read = self.line.read_until(b'\n', &mut bytes);
            let read = tokio::time::timeout(PATIENCE, read).await;
            read.unwrap_or_else(|_| panic!("{said:?} is not all in {}", self.heard)).unwrap();
            self.heard.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
}
