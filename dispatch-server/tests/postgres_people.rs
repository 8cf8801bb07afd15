//! People, keys and roads at two servers over one PostgreSQL: what ends at one ends at the other.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod http_support;
#[path = "support/postgres/mod.rs"]
mod postgres_support;

use dispatch_server::clock::Clock;
use dispatch_server::people::{People, PersonChange, PersonToAdd, SessionLifetime};
use dispatch_server::stores::{Storage, open_people};
use http_support::{CITY, PASSWORD, REGIONAL, Server};
use postgres_support::Database;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};
use wire_protocol::vocabulary::Role;

const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const LIFETIME: SessionLifetime = SessionLifetime { absolute_seconds: 40_000, idle_seconds: 600 };

async fn people_at(database: &Database, clock: &Clock) -> People {
    let storage = Storage::Shared(database.options.clone().into());
    let tables = open_people(&storage).await.unwrap();
    People::open(tables, LIFETIME, clock.clone()).await.unwrap()
}

fn li() -> PersonToAdd<'static> {
    PersonToAdd {
        name: "li",
        display_name: "李",
        password: PASSWORD,
        role: Role::Dispatcher,
        centre: CITY.into(),
        hospital: None,
    }
}

#[tokio::test]
async fn a_session_begun_at_one_server_opens_the_other_and_ends_at_both() {
    let database = Database::fresh().await;
    let clock = Clock::system();
    let (here, there) = (people_at(&database, &clock).await, people_at(&database, &clock).await);
    let person = here.add(li()).await.unwrap();

    let (session, token) = here.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    let same = there.find_session(&token).await.unwrap().unwrap();
    assert_eq!(same.person, session.person);
    here.sign_out(&session).await.unwrap();
    there.catch_up().await.unwrap();
    assert!(same.ended.is_cancelled());
    assert!(there.find_session(&token).await.unwrap().is_none());

    let (_, token) = here.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    let (own, _) = there.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    let bar = PersonChange { active: Some(false), ..PersonChange::default() };
    here.change(&person.id, bar).await.unwrap();
    there.catch_up().await.unwrap();
    assert!(own.ended.is_cancelled(), "barred here, out there");
    assert!(there.find_session(&token).await.unwrap().is_none());
}

#[tokio::test]
async fn a_session_in_use_at_one_server_is_not_ended_as_idle_by_the_other() {
    let database = Database::fresh().await;
    let clock = Clock::by_hand(dispatch_core::model::Timestamp(1_780_000_000_000));
    let (here, there) = (people_at(&database, &clock).await, people_at(&database, &clock).await);
    here.add(li()).await.unwrap();
    let (_, token) = here.sign_in("li", PASSWORD.to_owned(), HERE).await.unwrap();
    there.find_session(&token).await.unwrap().unwrap();
    for _ in 0..5 {
        clock.advance_millis(400_000);
        here.find_session(&token).await.unwrap().expect("in use here");
        // One last round writes what was seen; the other's round ends what it thinks is over.
        let stop = tokio_util::sync::CancellationToken::new();
        stop.cancel();
        here.clone().keep(stop.clone()).await;
        there.clone().keep(stop).await;
    }
    assert!(here.session(&token).is_some());
    assert!(there.session(&token).is_some());
    clock.advance_millis(700_000);
    assert!(
        there.find_session(&token).await.unwrap().is_none(),
        "idle everywhere, over everywhere"
    );
}

#[tokio::test]
async fn a_key_replaced_or_removed_at_one_server_ends_the_links_of_the_other() {
    let database = Database::fresh().await;
    let clock = Clock::system();
    let (here, there) = (people_at(&database, &clock).await, people_at(&database, &clock).await);
    let made = here.make_keys(&["A-1".into(), "A-2".into(), "A-3".into()]).await.unwrap();
    let mut links = Vec::new();
    for (_, key) in &made {
        links.push(there.vehicle_of_key(key).await.unwrap().unwrap().key_changed);
    }
    there.catch_up().await.unwrap();
    here.make_keys(&["A-1".into()]).await.unwrap();
    here.remove_key(&"A-2".into()).await.unwrap();
    there.catch_up().await.unwrap();
    let ended: Vec<bool> = links.iter().map(|link| link.is_cancelled()).collect();
    assert_eq!(ended, [true, true, false]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whole_servers_tell_each_other_of_sessions_and_roads() {
    let database = Database::fresh().await;
    let shared = || Some(database.options.clone().into());
    let here = Server::start_with(|settings| settings.database = shared()).await;
    let there = Server::start_with(|settings| settings.database = shared()).await;
    let chief = here.person("chief", Role::Supervisor, REGIONAL).await;
    let mut same_chief = chief.clone();
    same_chief.base.clone_from(&there.base);
    assert_eq!(same_chief.get("/api/v1/session").await.status, 200);

    let closed = json!({
        "kind": "closed", "note": "塌方",
        "area": [[101.7, 36.6], [101.8, 36.6], [101.8, 36.7]],
    });
    let laid = chief.post("/api/v1/road-conditions", closed).await;
    assert_eq!(laid.status, 201, "{}", laid.text);
    let conditions = "/api/v1/road-conditions";
    while same_chief.get(conditions).await.body != json!([laid.body]) {}
    let id = laid.body["id"].as_str().unwrap();
    assert_eq!(same_chief.delete(&format!("{conditions}/{id}")).await.status, 204);
    while chief.get(conditions).await.body != json!([]) {}

    assert_eq!(same_chief.delete("/api/v1/session").await.status, 204);
    while chief.get("/api/v1/session").await.status != 401 {}
    for server in [here, there] {
        server.stop.cancel();
        assert_eq!(server.running.stopped().await, dispatch_server::serve::Stopped::InTime);
    }
}
