//! People at servers that share one PostgreSQL: idle times, clocks that differ, and things done at two servers
//! at the same moment.

use crate::http_support::{CITY, Caller, PASSWORD, REGIONAL, Server};
use crate::postgres_support::{Database, execute};
use dispatch_core::model::{CentreId, PersonId, Timestamp};
use dispatch_desk::clock::Clock;
use dispatch_server::people::{Author, PeopleError, PersonChange, SESSIONS_PER_PERSON};
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};
use tokio::runtime::Handle;
use tokio::task::block_in_place;
use tokio_util::sync::CancellationToken;
use wire_protocol::terminals::{BoundTerminal, TerminalToBind};
use wire_protocol::vocabulary::Role;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const HOUR_MILLIS: i64 = 3_600_000;

async fn server(database: &Database, clock: &Clock) -> Server {
    Server::start_with(|settings| {
        settings.database = Some(database.options.clone().into());
        settings.clock = clock.clone();
        settings.accept_clock = true;
    })
    .await
}

/// A clock that can be moved by hours and stays behind the database's.
fn yesterday() -> Clock {
    Clock::by_hand(Timestamp(Clock::system().now().0 - 24 * HOUR_MILLIS))
}

/// What a server does for its sessions every few seconds, once.
async fn keep(server: &Server) {
    let stop = CancellationToken::new();
    stop.cancel();
    server.running.people.clone().keep(stop).await;
}

fn at(server: &Server, caller: &Caller) -> Caller {
    Caller { base: server.base.clone(), ..caller.clone() }
}

async fn status(caller: &Caller) -> u16 {
    caller.get("/api/v1/session").await.status
}

async fn until(caller: &Caller, expected: u16) {
    while status(caller).await != expected {}
}

async fn sessions(database: &Database) -> i64 {
    let mut hand = database.hand().await;
    sqlx::query_scalar("SELECT count(*) FROM sessions").fetch_one(&mut hand).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_is_idle_only_when_no_server_sees_it_used() {
    let (database, clock) = (Database::fresh().await, yesterday());
    let (here, there) = (server(&database, &clock).await, server(&database, &clock).await);
    let li = here.person("li", Role::Dispatcher, CITY).await;
    let li_there = at(&there, &li);
    for _ in 0..3 {
        clock.advance_millis(HOUR_MILLIS);
        assert_eq!(status(&li_there).await, 200);
        keep(&there).await;
        keep(&here).await;
    }
    assert_eq!(status(&li).await, 200, "three hours without a request here, none of them idle");
    clock.advance_millis(3 * HOUR_MILLIS);
    keep(&here).await;
    assert_eq!(sessions(&database).await, 0);
    for li in [&li, &li_there] {
        until(li, 401).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_a_fast_clock_ends_nobodys_session() {
    let (database, clock) = (Database::fresh().await, Clock::system());
    let here = server(&database, &clock).await;
    let fast = Clock::by_hand(Timestamp(clock.now().0 + 20 * HOUR_MILLIS));
    let there = server(&database, &fast).await;
    let li = here.person("li", Role::Dispatcher, CITY).await;
    keep(&there).await;
    assert_eq!((status(&li).await, sessions(&database).await), (200, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_begun_at_any_server_count_towards_the_most_of_a_person() {
    let (database, clock) = (Database::fresh().await, yesterday());
    let (here, there) = (server(&database, &clock).await, server(&database, &clock).await);
    let mut all = vec![here.person("li", Role::Dispatcher, CITY).await];
    for n in 0..SESSIONS_PER_PERSON {
        clock.advance_millis(1_000);
        let server = if n % 2 == 0 { &there } else { &here };
        all.push(server.nobody().signed_in("li", PASSWORD).await);
    }
    let quietest = all.remove(0);
    until(&quietest, 401).await;
    until(&at(&there, &quietest), 401).await;
    for server in [&here, &there] {
        for session in &all {
            assert_eq!(status(&at(server, session)).await, 200);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn barred_at_one_server_while_signing_in_at_the_other_is_barred() {
    let (database, clock) = (Database::fresh().await, Clock::system());
    let (here, there) = (server(&database, &clock).await, server(&database, &clock).await);
    let li = here.person("li", Role::Dispatcher, CITY).await;
    let me = li.get("/api/v1/session").await.body;
    let id = PersonId::from(me["person"]["id"].as_str().unwrap());
    let active = |active| PersonChange { active: Some(active), ..PersonChange::default() };
    for _ in 0..8 {
        let (signed, barred) = tokio::join!(
            there.running.people.sign_in("li", PASSWORD.to_owned(), HERE),
            here.running.people.change(&id, active(false)),
        );
        assert!(!barred.unwrap().active);
        if let Ok((session, _)) = signed {
            session.ended.cancelled().await;
        }
        assert_eq!(sessions(&database).await, 0);
        here.running.people.change(&id, active(true)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_changed_by_hand_in_the_database_may_do_at_once_what_is_written_there() {
    let (database, clock) = (Database::fresh().await, Clock::system());
    let here = server(&database, &clock).await;
    let li = here.person("li", Role::Supervisor, REGIONAL).await;
    let sql = format!("UPDATE people SET role = 'dispatcher', centre = '{CITY}'");
    execute(&mut database.hand().await, &sql).await;
    while li.get("/api/v1/session").await.body["sees"] != json!([CITY]) {}
    let closed = json!({ "kind": "closed", "note": "", "area": [[101.0, 36.0], [101.1, 36.0],
        [101.1, 36.1]] });
    assert_eq!(li.post("/api/v1/road-conditions", closed).await.short(), "403 not_allowed");
}

fn binding(vehicle: &str) -> TerminalToBind {
    let binding =
        json!({ "vehicle": vehicle, "gateway": "north", "datum": "wgs84", "keys": "auto" });
    serde_json::from_value(binding).unwrap()
}

/// Whether a terminal may be taken is asked of how it is bound; it is changed only while it is bound so.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_terminal_that_another_server_has_just_bound_elsewhere_is_taken_from_nobody() {
    let (database, clock) = (Database::fresh().await, Clock::system());
    let (here, there) = (server(&database, &clock).await, server(&database, &clock).await);
    let (here, there) = (&here.running.people, &there.running.people);
    let (by, city) = (Author::operator(), CITY.into());
    here.make_gateway_key("north", &by).await.unwrap();
    let anybody = |_: &BoundTerminal| Ok::<_, PeopleError>(CentreId::from(CITY));
    here.bind_terminal("139", &binding("XN-01-1"), &by, &city, anybody).await.unwrap();

    // While this server looks whether it may, the other one binds it.
    let meanwhile = |vehicle: &'static str| {
        let (by, city) = (by.clone(), city.clone());
        move |_: &BoundTerminal| {
            let asked = binding(vehicle);
            let bound = there.bind_terminal("139", &asked, &by, &city, anybody);
            block_in_place(|| Handle::current().block_on(bound))?;
            Ok::<_, PeopleError>(CentreId::from(CITY))
        }
    };
    let late =
        here.bind_terminal("139", &binding("XN-01-9"), &by, &city, meanwhile("XN-01-2")).await;
    assert!(matches!(late, Err(PeopleError::Busy)), "{late:?}");
    let late = here.rotate_terminal("139", &by, meanwhile("XN-01-3")).await;
    assert!(matches!(late, Err(PeopleError::Busy)), "{late:?}");
    let late = here.unbind_terminal("139", &by, meanwhile("XN-01-4")).await;
    assert!(matches!(late, Err(PeopleError::Busy)), "{late:?}");
    let bound = here.terminals().await.unwrap();
    assert_eq!(bound.iter().map(|it| it.binding.vehicle.as_str()).collect::<Vec<_>>(), ["XN-01-4"]);
    here.unbind_terminal("139", &by, anybody).await.unwrap();
}
