//! Servers whose clocks differ, or jump while they run: the journal runs forward by the right time, positions are the
//! same everywhere, and orders live as long as they should.

use crate::gear::{
    Crowd, Journals, Person, SERVERS, Site, SiteSettings, Terminal, in_time, key_of, named, now_ms,
    off_by, seen_at, take_call, until_every_server_acknowledges,
};
use crate::truth;
use dispatch_core::model::{Event, Recorded};
use std::time::Duration;
use tokio::time::sleep;
use wire_protocol::agent::CrewCommand;
use wire_protocol::commands::Command;
use wire_protocol::vocabulary::{FixQuality, Milestone};

/// Commands made meanwhile.
const COMMANDS: u64 = 90;
/// How far what is recorded may be from this machine's clock: what the way to a database and back may cost.
const CLOSE_MILLIS: i64 = 2_000;
/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_millis(100);
/// A vehicle for each server.
const VEHICLES: [&str; SERVERS] = ["YC-01-1", "YC-01-2", "YC-02-1"];

async fn site_off_by(shifts: [&str; SERVERS]) -> Site {
    let environment = shifts.map(off_by);
    Site::open(SiteSettings { environment, ..SiteSettings::default() }).await
}

/// Everything recorded in this journal since then, in order and by the right time.
fn runs_by_the_right_time(events: &[Recorded], began: i64) {
    let recorded: Vec<i64> = events.iter().map(|it| it.provenance.recorded_at.0).collect();
    assert!(recorded.is_sorted(), "the journal runs backwards");
    let allowed = began - CLOSE_MILLIS..=now_ms() + CLOSE_MILLIS;
    assert!(recorded.iter().all(|at| allowed.contains(at)), "{allowed:?}: {recorded:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn clocks_that_differ_leave_the_journal_running_forward() {
    let began = now_ms();
    let site = site_off_by(["+600s", "+95s", "-600s"]).await;
    let crowd = Crowd::begin(&site.officer().await, 13);
    crowd.until_acknowledged(COMMANDS).await;
    until_every_server_acknowledges(&site.officer().await).await;
    let books = crowd.finish().await;
    let journals = Journals::read(&site.database()).await;
    truth::commands(&journals, &books, truth::nothing);
    truth::tasks(&journals);
    journals.0.values().for_each(|events| runs_by_the_right_time(events, began));
}

/// A terminal at each server: every server shows all of them where they are, whatever its own clock says. The two whose
/// clocks are off send their links away and say why.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_whose_clocks_are_seconds_off_show_the_same_positions() {
    let site = site_off_by(["+30s", "+0", "-12s"]).await;
    let officer = site.officer().await;
    let doors = site.doors();
    for (vehicle, (door, n)) in VEHICLES.iter().zip(doors.iter().zip(0..)) {
        let lon = 106.20 + f64::from(n) * 0.01;
        Terminal::drive(*door, key_of(&site.keys(), vehicle), lon, 38.47);
    }
    for door in &doors {
        for vehicle in VEHICLES {
            let fresh = async {
                let since = now_ms();
                loop {
                    if let Some(fix) = seen_at(*door, officer.cookie(), vehicle).await
                        && fix.quality == FixQuality::Fresh
                        && fix.fix_time >= since
                    {
                        return;
                    }
                    sleep(LOOK_EVERY).await;
                }
            };
            in_time(&format!("{vehicle} to be seen at {door}"), fresh).await;
        }
    }
    for (index, ready) in [false, true, false].into_iter().enumerate() {
        until_ready(&officer, index, ready).await;
    }
}

async fn until_ready(person: &Person, index: usize, wanted: bool) {
    let told = async {
        loop {
            let (ready, says) = person.readiness(index).await;
            if ready == wanted && (ready || says.contains("clock_doubtful")) {
                return;
            }
            sleep(LOOK_EVERY).await;
        }
    };
    in_time(&format!("server {index} to be ready: {wanted}"), told).await;
}

/// Nothing was recorded lately that would tell a slow server what time it is.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_order_given_at_a_slow_server_in_a_lull_lives_its_full_time() {
    let site = site_off_by(["+0", "+0", "-150s"]).await;
    let mut officer = site.officer().await;
    let mut terminal = Terminal::link(site.doors()[1], &key_of(&site.keys(), VEHICLES[0])).await;
    let before = now_ms();
    let call = named("call".to_owned(), "yinchuan", take_call(106.25, 38.47, None));
    let incident = officer.try_execute(2, &call).await.unwrap().incident.unwrap();
    let vehicles = vec![VEHICLES[0].to_owned()];
    let send = Command::DispatchVehicles { incident, vehicles, offer: None };
    officer.try_execute(2, &named("send".to_owned(), "yinchuan", send)).await.unwrap();
    let (task, expires_at) = terminal
        .duty(|duty| duty.order.as_ref().map(|order| (order.task.clone(), order.expires_at)))
        .await;
    let lives = before + 120_000 - CLOSE_MILLIS..=now_ms() + 120_000 + CLOSE_MILLIS;
    assert!(lives.contains(&expires_at), "{lives:?}: {expires_at}");
    let receipt = CrewCommand::DeviceReceipt { task: task.clone() };
    assert_eq!(terminal.press(1, receipt).await, None);
    let (milestone, details) = (Milestone::OrderReceived, Default::default());
    assert_eq!(terminal.press(2, CrewCommand::Milestone { task, milestone, details }).await, None);
}

/// A clock that jumps years ahead, and then back, under servers at work.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_clock_that_jumps_takes_nothing_with_it() {
    let began = now_ms();
    let site = Site::open(SiteSettings { clocks_may_jump: true, ..SiteSettings::default() }).await;
    let officer = site.officer().await;
    let crowd = Crowd::begin(&officer, 17);
    for by in ["+1461d", "-3600s", "+0"] {
        site.shift_clock(0, by);
        until_ready(&officer, 0, by == "+0").await;
        until_every_server_acknowledges(&officer).await;
    }
    crowd.until_acknowledged(COMMANDS).await;
    let books = crowd.finish().await;
    let journals = Journals::read(&site.database()).await;
    truth::commands(&journals, &books, truth::nothing);
    for events in journals.0.values() {
        runs_by_the_right_time(events, began);
        let is_corrected = |it: &Recorded| matches!(it.event, Event::ClockCorrected { .. });
        assert!(!events.iter().any(is_corrected), "nothing was wrong with the journal");
    }
}
