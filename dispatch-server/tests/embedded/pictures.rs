//! A vehicle's camera is looked through by whoever may and is written down, and by nobody else.

use crate::http_support::links::{self, Socket, look, picture_source};
use crate::http_support::{CITY, REGIONAL, Server};
use futures_util::{SinkExt, StreamExt};
use std::time::Duration;
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, ServerMessage, StorageState, TerminalReport};
use wire_protocol::picture::{MAX_FRAGMENT_BYTES, PictureEnd, PictureNews, PictureWanted};
use wire_protocol::vocabulary::Role;

const PATIENCE: Duration = Duration::from_secs(20);
const VEHICLE: &str = "XN-01-1";

fn hello(pictures: bool) -> Message {
    let storage = StorageState::Healthy;
    let terminal =
        TerminalReport { first_command: 1, last_command: 0, storage, previous: None, pictures };
    text(&AgentMessage::Hello {
        protocol: PROTOCOL_VERSION,
        outbox: "box".into(),
        software: "a gateway 1".into(),
        clock: 1_795_000_000_000,
        terminal: Some(terminal),
    })
}

fn text(it: &impl serde::Serialize) -> Message {
    Message::text(serde_json::to_string(it).unwrap())
}

async fn next(socket: &mut Socket) -> Message {
    loop {
        let next = tokio::time::timeout(PATIENCE, socket.next()).await.expect("in time");
        match next.expect("the link is open").expect("and whole") {
            Message::Ping(_) | Message::Pong(_) => {}
            said @ (Message::Text(_)
            | Message::Binary(_)
            | Message::Close(_)
            | Message::Frame(_)) => {
                return said;
            }
        }
    }
}

async fn news(socket: &mut Socket) -> PictureNews {
    serde_json::from_str(next(socket).await.to_text().unwrap()).unwrap()
}

/// What the terminal is told of pictures next.
async fn wanted(terminal: &mut Socket) -> Option<PictureWanted> {
    loop {
        let said = next(terminal).await;
        if let Ok(ServerMessage::Camera { wanted }) = serde_json::from_str(said.to_text().unwrap())
        {
            return wanted;
        }
    }
}

/// A vehicle's terminal that is linked and was told that nothing is wanted.
async fn terminal(server: &Server, key: &str) -> Socket {
    let mut terminal = links::terminal(server, key).await.unwrap();
    terminal.send(hello(true)).await.unwrap();
    assert_eq!(wanted(&mut terminal).await, None);
    terminal
}

fn fragment(kind: u8, content: &[u8]) -> Message {
    Message::binary([&[kind], content].concat())
}

#[tokio::test]
async fn a_picture_goes_from_the_vehicle_to_all_who_look_until_the_last_looks_away() {
    let server = Server::start().await;
    let (li, wu) = (
        server.person("li", Role::Dispatcher, CITY).await,
        server.person("wu", Role::Supervisor, CITY).await,
    );
    let key = server.key(VEHICLE).await;
    let mut terminal = terminal(&server, &key).await;
    let known = li.get("/api/v1/vehicles/XN-01-1/terminal").await;
    assert_eq!(known.body["has_camera"], true, "{}", known.text);
    assert_eq!(known.body["software"], "a gateway 1");

    let mut first = look(&server, &li, "vehicle=XN-01-1&channel=2").await.unwrap();
    assert_eq!(news(&mut first).await, PictureNews::Waiting);
    let asked = wanted(&mut terminal).await.unwrap();
    assert_eq!(asked.channel, 2);
    let mut camera = picture_source(&server, &key, &asked.picture).await.unwrap();
    let begins = PictureNews::Begins { codec: "avc1.42c01e".into() };
    for said in [text(&begins), fragment(0, b"ftyp"), fragment(2, b"late"), fragment(1, b"key")] {
        camera.send(said).await.unwrap();
    }
    assert_eq!(news(&mut first).await, begins);
    assert_eq!(next(&mut first).await, fragment(0, b"ftyp"));
    assert_eq!(
        next(&mut first).await,
        fragment(1, b"key"),
        "what needs an earlier one is left out"
    );

    // Another sees the same picture from its beginning; another of its cameras is not to be had meanwhile.
    let mut second = look(&server, &wu, "vehicle=XN-01-1&channel=2").await.unwrap();
    assert_eq!(news(&mut second).await, begins);
    assert_eq!(next(&mut second).await, fragment(0, b"ftyp"));
    let mut other = look(&server, &wu, "vehicle=XN-01-1").await.unwrap();
    assert_eq!(news(&mut other).await, PictureNews::Ended { reason: PictureEnd::InUse });
    camera.send(fragment(1, b"next")).await.unwrap();
    camera.send(fragment(2, b"more")).await.unwrap();
    for looking in [&mut first, &mut second] {
        assert_eq!(next(looking).await, fragment(1, b"next"));
        assert_eq!(next(looking).await, fragment(2, b"more"));
    }

    // A line that breaks is told as such, and may come back under the same name.
    drop(camera);
    assert_eq!(news(&mut first).await, PictureNews::Waiting);
    let mut camera = picture_source(&server, &key, &asked.picture).await.unwrap();
    camera.send(text(&begins)).await.unwrap();
    assert_eq!(news(&mut first).await, begins);
    first.close(None).await.unwrap();
    second.close(None).await.unwrap();
    assert_eq!(wanted(&mut terminal).await, None);
    links::ends(camera).await;

    let read = server.person("zhao", Role::Supervisor, CITY).await;
    let journal = read.get(&format!("/api/v1/journal/{CITY}")).await;
    let looks = journal.text.matches("\"camera_watched\"").count();
    assert_eq!(looks, 3, "each look is written down: {}", journal.text);
    server.end().await;
}

#[tokio::test]
async fn nobody_looks_who_may_not_and_nothing_comes_from_a_stranger() {
    let server = Server::start().await;
    let li = server.person("li", Role::Dispatcher, CITY).await;
    for (role, name) in
        [(Role::CallTaker, "sun"), (Role::Administrator, "qian"), (Role::Hospital, "fan")]
    {
        let other = server.person(name, role, REGIONAL).await;
        assert_eq!(look(&server, &other, "vehicle=XN-01-1").await.unwrap_err(), 403, "{role:?}");
    }
    assert_eq!(look(&server, &server.nobody(), "vehicle=XN-01-1").await.unwrap_err(), 401);
    for (camera, status) in [
        ("vehicle=XN-01-1&channel=0", 422),
        ("vehicle=XN-01-1&channel=33", 422),
        ("vehicle=XN-01-1&channel=256", 400),
        ("channel=1", 400),
        ("", 400),
    ] {
        assert_eq!(look(&server, &li, camera).await.unwrap_err(), status, "{camera}");
    }
    assert_eq!(look(&server, &li, "vehicle=nowhere").await.unwrap_err(), 404);
    let key = server.key(VEHICLE).await;
    let ended = |reason| PictureNews::Ended { reason };
    let mut looking = look(&server, &li, "vehicle=XN-01-1").await.unwrap();
    assert_eq!(news(&mut looking).await, ended(PictureEnd::Offline));
    let mut blind = links::terminal(&server, &key).await.unwrap();
    blind.send(hello(false)).await.unwrap();
    next(&mut blind).await;
    let mut looking = look(&server, &li, "vehicle=XN-01-1").await.unwrap();
    assert_eq!(news(&mut looking).await, ended(PictureEnd::NoCamera));

    let mut terminal = terminal(&server, &key).await;
    let mut looking = look(&server, &li, "vehicle=XN-01-1").await.unwrap();
    assert_eq!(news(&mut looking).await, PictureNews::Waiting);
    let picture = wanted(&mut terminal).await.unwrap().picture;
    // Neither a guessed name nor another vehicle's key gets anything onto the screen.
    assert_eq!(links::ends(picture_source(&server, &key, "guessed").await.unwrap()).await, "");
    let of_another = server.key("XN-01-2").await;
    links::ends(picture_source(&server, &of_another, &picture).await.unwrap()).await;
    assert_eq!(picture_source(&server, &"0".repeat(64), &picture).await.unwrap_err(), 401);
    // What is no fragment ends its sender; a flood ends the picture.
    let mut rubbish = picture_source(&server, &key, &picture).await.unwrap();
    rubbish.send(fragment(9, b"?")).await.unwrap();
    links::ends(rubbish).await;
    assert_eq!(news(&mut looking).await, PictureNews::Waiting);
    let mut flood = picture_source(&server, &key, &picture).await.unwrap();
    let large = vec![0; MAX_FRAGMENT_BYTES - 1];
    for _ in 0..8 {
        if flood.send(fragment(1, &large)).await.is_err() {
            break;
        }
    }
    loop {
        let said = next(&mut looking).await;
        let Ok(text) = said.to_text() else { continue };
        if let Ok(PictureNews::Ended { reason }) = serde_json::from_str(text) {
            assert_eq!(reason, PictureEnd::TooLarge);
            break;
        }
    }
    assert_eq!(wanted(&mut terminal).await, None);
    server.end().await;
}
