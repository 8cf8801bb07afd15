//! A day of a province whose terminals are of two kinds, sixty times as fast as life: our own, and such as speak JT/T 808
//! to a gateway. Lines are cut, gateway and servers are killed, and afterwards every press and every position is there,
//! once.

use crate::gear::{
    Air, Fleet, Gateway, Journals, MixedFleet, Reported, SERVERS, Site, SiteSettings, fixes,
    named_press, positions_twice, times_of, verify,
};
use crate::truth;
use dispatch_core::model::{Event, Origin};
use rand::prelude::*;
use rand::rngs::StdRng;
use simulations::fleet::{Account, Ledger};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::block_in_place;
use vehicle_agent::outbox::OutboxContent;

/// Simulated seconds in a real one.
const SPEED: f64 = 60.0;
/// Work goes on for so long between two faults.
const CALM: Duration = Duration::from_secs(6);
/// What was under way arrives within that time, once all is well.
const COMES_TO_REST: Duration = Duration::from_secs(20);
/// Looks at whether the gateway has brought everything.
const LOOKS: usize = 20;

/// How a day is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DaySettings {
    pub(crate) seed: u64,
    /// Vehicles with terminals of other makers, and with our own.
    pub(crate) jt808: usize,
    pub(crate) agents: usize,
    pub(crate) lasts: Duration,
}

/// What breaks on such a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Broken {
    ServerKilled,
    ClientsCut,
    ClientsStalled,
    GatewayKilled,
    TerminalsCut,
    TerminalsStalled,
}

impl Broken {
    const ALL: [Self; 6] = [
        Self::ServerKilled,
        Self::ClientsCut,
        Self::ClientsStalled,
        Self::GatewayKilled,
        Self::TerminalsCut,
        Self::TerminalsStalled,
    ];

    fn begin(self, site: &Site, gateway: &mut Gateway, server: usize) {
        match self {
            Self::ServerKilled => site.server(server, |program| program.kill()),
            Self::ClientsCut => site.clients_of(server, Air::Cut),
            Self::ClientsStalled => site.clients_of(server, Air::Still),
            Self::GatewayKilled => block_in_place(|| gateway.kill()),
            Self::TerminalsCut => gateway.terminals(Air::Cut),
            Self::TerminalsStalled => gateway.terminals(Air::Still),
        }
    }

    fn end(self, site: &Site, gateway: &mut Gateway, server: usize) {
        match self {
            Self::ServerKilled => site.server(server, |program| program.start_again()),
            Self::ClientsCut | Self::ClientsStalled => site.clients_of(server, Air::Clear),
            Self::GatewayKilled => block_in_place(|| gateway.start_again()),
            Self::TerminalsCut | Self::TerminalsStalled => gateway.terminals(Air::Clear),
        }
    }
}

/// Lives the day, and checks it.
pub(crate) async fn live(settings: DaySettings) {
    let DaySettings { seed, jt808, agents, lasts } = settings;
    println!("seed {seed}: {jt808} terminals of other makers, {agents} agents, {lasts:?}");
    let site = Site::open(SiteSettings::default()).await;
    let vehicles = vehicles_with_keys(&site, jt808);
    let folder = site.folder().join("gateway");
    let mut gateway = Gateway::start(folder, &site.keys(), site.front.address, vehicles).await;
    let ledger = Arc::new(Ledger::default());
    let mixed = MixedFleet {
        jt808,
        agents,
        bindings: gateway.bindings(),
        gateway: gateway.door.address,
        ledger: ledger.clone(),
        speed: SPEED,
    };
    let fleet = Fleet::set_out_mixed(site.front.address, site.folder(), &site.keys(), seed, &mixed);
    let broken = break_things(&site, &mut gateway, seed, lasts).await;
    tokio::time::sleep(COMES_TO_REST).await;
    let mut reported = fleet.come_home().await;
    let (by_gateway, renewed) = brought(&mut gateway).await;
    reported.extend(by_gateway);

    let verdict = block_in_place(|| verify(&site.database()));
    assert!(verdict.ends_with("The journal is whole.\n"), "{verdict}");
    let journals = Journals::read(&site.database()).await;
    truth::tasks(&journals);
    truth::reports(&journals, &fixes(&site.database()).await, &reported, true);
    // Where the disk was seconds late, positions went out before it had them; killed then, the gateway cannot know them
    // again, and its numbers do not fit any more, by which it is known. Whoever asks for the track has them once.
    let twice = positions_twice(&site.database()).await;
    let unexplained = |(vehicle, _): &&(String, i64)| !renewed.contains(vehicle);
    let unexplained: Vec<_> = twice.iter().filter(unexplained).collect();
    assert!(unexplained.is_empty(), "positions that are there twice: {unexplained:?}");
    println!(
        "{} positions stored twice, of {renewed:?}, whose disk was late as the gateway was killed",
        twice.len()
    );
    tracks_have_each_once(&site, &twice).await;
    let accounts = ledger.accounts();
    every_answer_holds(&site, &journals, &accounts, &reported).await;
    let positions: usize = accounts.values().map(|it| it.reports.len()).sum();
    let presses: u64 = accounts.values().map(|it| it.presses).sum();
    let all: u64 = reported.iter().map(|it| it.fixes).sum();
    println!(
        "{broken:?}: {positions} positions and {presses} presses of other makers' terminals, {all} positions in all"
    );
    assert!(positions > 0 && presses > 0, "nothing was at work");
}

/// The first vehicles of the file of keys, which have terminals of other makers.
fn vehicles_with_keys(site: &Site, how_many: usize) -> Vec<String> {
    let keys = simulations::fleet::read_keys(&site.keys()).unwrap();
    keys.into_iter().take(how_many).map(|(vehicle, _)| vehicle).collect()
}

/// One after the other, for as long as the day lasts; every kind once at least. Gives how often each came.
async fn break_things(
    site: &Site,
    gateway: &mut Gateway,
    seed: u64,
    lasts: Duration,
) -> BTreeMap<String, usize> {
    let (began, mut chance) = (Instant::now(), StdRng::seed_from_u64(seed));
    let (mut left, mut happened) = (Vec::new(), BTreeMap::new());
    while began.elapsed() < lasts || happened.len() < Broken::ALL.len() {
        tokio::time::sleep(CALM).await;
        if left.is_empty() {
            left = Broken::ALL.to_vec();
            left.shuffle(&mut chance);
        }
        let Some(what) = left.pop() else { continue };
        let server = chance.random_range(0..SERVERS);
        what.begin(site, gateway, server);
        tokio::time::sleep(Duration::from_millis(chance.random_range(200..4_000))).await;
        what.end(site, gateway, server);
        println!("{:>6.1} s  {what:?}", began.elapsed().as_secs_f64());
        *happened.entry(format!("{what:?}")).or_default() += 1;
    }
    happened
}

/// What the gateway reported of each vehicle, once it has brought everything, and the vehicles whose outbox it had to begin
/// anew. It is killed for each look, so that its end is none in good order either.
async fn brought(gateway: &mut Gateway) -> (Vec<Reported>, BTreeSet<String>) {
    for look in 0.. {
        block_in_place(|| gateway.kill());
        let outboxes = gateway.outboxes().await;
        let waits =
            |content: &OutboxContent| !content.commands.is_empty() || !content.fixes.is_empty();
        if !outboxes.iter().any(|(_, content)| waits(content)) {
            let is_renewed = |(_, content): &&(_, OutboxContent)| content.previous.is_some();
            let renewed = outboxes.iter().filter(is_renewed).map(|(vehicle, _)| vehicle.clone());
            let renewed = renewed.collect();
            let reported = outboxes.into_iter().map(|(vehicle, content)| Reported {
                vehicle,
                commands: content.last_command_number,
                fixes: content.last_fix_number,
                confirmed: content.confirmed.iter().map(named_press).collect(),
                outbox: content.id,
            });
            return (reported.collect(), renewed);
        }
        assert!(look < LOOKS, "the gateway does not get rid of what it has");
        block_in_place(|| gateway.start_again());
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    (Vec::new(), BTreeSet::new())
}

/// What a terminal was told is done is recorded: each of its positions, and as many presses as it was not refused.
async fn every_answer_holds(
    site: &Site,
    journals: &Journals,
    accounts: &BTreeMap<String, Account>,
    reported: &[Reported],
) {
    let outbox_of: BTreeMap<&str, &str> =
        reported.iter().map(|it| (it.vehicle.as_str(), it.outbox.as_str())).collect();
    for (vehicle, account) in accounts {
        let outbox = outbox_of[vehicle.as_str()];
        let recorded = times_of(&site.database(), outbox).await;
        let missing = account.reports.iter().filter(|second| !recorded.contains(second));
        let missing: Vec<&i64> = missing.collect();
        assert!(missing.is_empty(), "{vehicle} was told that these are safe: {missing:?}");
        let presses = presses_of(journals, outbox).len() as u64;
        let (told, refused) = (account.presses, account.refused);
        assert!(
            presses <= told && presses + refused >= told,
            "{vehicle}: {told} presses were answered, {presses} are recorded, {refused} refused"
        );
    }
}

/// Whoever asks where a vehicle was is told each position once, however often it is stored.
async fn tracks_have_each_once(site: &Site, twice: &[(String, i64)]) {
    let officer = site.officer().await;
    for (vehicle, at) in twice {
        let url = format!(
            "http://{}/api/v1/vehicles/{vehicle}/positions?from={at}&to={}",
            site.front.address,
            at + 1
        );
        let asked = reqwest::Client::new().get(url).header("cookie", officer.cookie());
        let track: Vec<PastFix> = asked.send().await.unwrap().json().await.unwrap();
        let places: BTreeSet<_> =
            track.iter().map(|it| [it.position.lon, it.position.lat].map(f64::to_bits)).collect();
        assert!(!track.is_empty(), "{vehicle} was somewhere at {at}");
        assert_eq!(places.len(), track.len(), "{vehicle} at {at}: {track:?}");
    }
}

/// A position as a track tells it.
#[derive(Debug, serde::Deserialize)]
struct PastFix {
    position: wire_protocol::place::Position,
}

/// The numbers of a terminal's presses, receipts of its device left out.
fn presses_of(journals: &Journals, of: &str) -> BTreeSet<u64> {
    let events = journals.0.values().flatten();
    let pressed = events.filter(|it| !matches!(it.event, Event::DeviceReceiptRecorded { .. }));
    let numbers = pressed.filter_map(|it| match &it.provenance.origin {
        Origin::CrewTerminal { outbox, number, .. } if outbox.as_str() == of => Some(*number),
        Origin::CrewTerminal { .. } | Origin::Person { .. } | Origin::Automatic { .. } => None,
    });
    numbers.collect()
}
