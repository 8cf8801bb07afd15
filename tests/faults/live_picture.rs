//! A picture of a vehicle's camera where three servers have a part in it: one holds the vehicle's link, one gets the
//! picture, and a console looks at the third. It goes between them over Redis, and ends when Redis is away.

use crate::gear::{PATIENCE, Site, SiteSettings, in_time, key_of, now_ms};
use futures_util::{SinkExt, StreamExt};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};
use wire_protocol::PROTOCOL_VERSION;
use wire_protocol::agent::{AgentMessage, ServerMessage, StorageState, TerminalReport};
use wire_protocol::picture::{PictureEnd, PictureNews, PictureWanted};

const VEHICLE: &str = "YC-01-1";

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open(server: SocketAddr, path: &str, name: &'static str, value: String) -> Socket {
    let mut request = format!("ws://{server}{path}").into_client_request().unwrap();
    request.headers_mut().insert(name, value.parse().unwrap());
    connect_async(request).await.unwrap().0
}

fn text(it: &impl serde::Serialize) -> Message {
    Message::text(serde_json::to_string(it).unwrap())
}

async fn next(socket: &mut Socket) -> Message {
    loop {
        let said = tokio::time::timeout(PATIENCE, socket.next()).await.expect("in time");
        let said = said.expect("the link is open").expect("and whole");
        if !matches!(said, Message::Ping(_) | Message::Pong(_)) {
            return said;
        }
    }
}

async fn news(looking: &mut Socket) -> PictureNews {
    serde_json::from_str(next(looking).await.to_text().unwrap()).unwrap()
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

async fn terminal(server: SocketAddr, key: &str) -> Socket {
    let mut socket = open(server, "/ws/agent", "authorization", format!("Bearer {key}")).await;
    let storage = StorageState::Healthy;
    let report = TerminalReport {
        first_command: 1,
        last_command: 0,
        storage,
        previous: None,
        pictures: true,
    };
    let hello = AgentMessage::Hello {
        protocol: PROTOCOL_VERSION,
        outbox: "camera-1".into(),
        software: "a gateway".into(),
        clock: now_ms(),
        terminal: Some(report),
    };
    socket.send(text(&hello)).await.unwrap();
    assert_eq!(wanted(&mut socket).await, None);
    socket
}

/// Looks until the server knows of the camera, which another one tells it.
async fn look(server: SocketAddr, cookie: &str) -> Socket {
    let look = async {
        loop {
            let path = format!("/ws/picture?vehicle={VEHICLE}");
            let mut socket = open(server, &path, "cookie", cookie.to_owned()).await;
            match news(&mut socket).await {
                PictureNews::Waiting => return socket,
                PictureNews::Ended { reason: PictureEnd::NoCamera | PictureEnd::Offline } => {}
                other @ (PictureNews::Begins { .. } | PictureNews::Ended { .. }) => {
                    panic!("{other:?}")
                }
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    in_time("the camera to be known at every server", look).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_picture_goes_between_three_servers_and_ends_with_whoever_looked() {
    let site = Site::open(SiteSettings::default()).await;
    let officer = site.officer().await;
    let [looked_at, linked, sent_to] = site.doors()[..] else { panic!("three servers") };
    let key = key_of(&site.keys(), VEHICLE);
    let mut terminal = terminal(linked, &key).await;
    let mut looking = look(looked_at, officer.cookie()).await;
    let asked = wanted(&mut terminal).await.expect("a picture");
    let path = format!("/ws/picture/source?picture={}", asked.picture);
    let mut camera = open(sent_to, &path, "authorization", format!("Bearer {key}")).await;
    let begins = PictureNews::Begins { codec: "avc1.42c01e".into() };
    let fragments = [[0, 7], [1, 7], [2, 7]];
    // Heard over Redis once the server that is looked at listens there: a camera sends on.
    let send = async {
        loop {
            camera.send(text(&begins)).await.unwrap();
            for fragment in fragments {
                camera.send(Message::binary(fragment.to_vec())).await.unwrap();
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let see = async {
        while news(&mut looking).await != begins {}
        for fragment in fragments {
            assert_eq!(next(&mut looking).await, Message::binary(fragment.to_vec()));
        }
    };
    tokio::select! {
        () = see => {}
        () = send => {}
    }
    looking.close(None).await.unwrap();
    assert_eq!(wanted(&mut terminal).await, None, "the vehicle's link hears that nobody looks");
    let over = async { while let Some(Ok(_)) = camera.next().await {} };
    in_time("the sender's socket to end", over).await;

    // Without Redis nobody knows of another server's camera; nothing is shown, and the reason is told.
    site.redis(|redis| redis.kill());
    let mut looking = open(
        looked_at,
        &format!("/ws/picture?vehicle={VEHICLE}"),
        "cookie",
        officer.cookie().to_owned(),
    )
    .await;
    let gone = async {
        loop {
            match news(&mut looking).await {
                PictureNews::Waiting | PictureNews::Begins { .. } => {}
                PictureNews::Ended { reason } => return reason,
            }
        }
    };
    let reason = in_time("the end of the look", gone).await;
    assert!(
        matches!(reason, PictureEnd::NoCamera | PictureEnd::Offline | PictureEnd::Silent),
        "{reason:?}"
    );
}
