//! Broken frames on links opened with a stolen key, and links opened with none.

use super::links::Link;
use super::{Sent, count};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::net::SocketAddr;
use tokio_tungstenite::tungstenite::Message;
use wire_protocol::{MAX_AGENT_FRAME_BYTES, MAX_FIXES_PER_FRAME};

/// So many frames that are no message end a link.
const BAD_FRAMES: u64 = 8;
const HELLO: &str = r#"{"type":"hello","protocol":1,"outbox":"x","software":"x","clock":0}"#;
const PRESS: &str = r#"{"type":"press","number":1,"made_at":1795000000000,"command":{"type":"milestone","task":"YC-1.t1","milestone":"departed"}}"#;
const FIX: &str = r#"{"number":1,"fix_time":1795000000000,"lon":106.2,"lat":38.4}"#;

/// Sends so many broken frames.
pub(super) async fn send(address: SocketAddr, key: String, frames: u64, seed: u64) -> Sent {
    let mut random = StdRng::seed_from_u64(seed);
    let (mut sent, mut left) = (Sent::new(), frames as i64);
    while left > 0 {
        left -= match random.random_range(0..12) {
            0 => closed_at_once(address, &key, &mut random, &mut sent).await,
            1 => never_let_in(address, &mut random, &mut sent).await,
            _ => bad_frames(address, &key, &mut random, &mut sent).await,
        };
    }
    sent
}

/// A link that is closed after eight frames that are no message.
async fn bad_frames(address: SocketAddr, key: &str, random: &mut StdRng, sent: &mut Sent) -> i64 {
    let mut link = Link::open(address, key).await.ok().unwrap();
    link.hello("hostile").await;
    for _ in 0..BAD_FRAMES {
        assert!(link.send(Message::text(no_message(random))).await);
        count(sent, "helan_agent_bad_frames_total");
    }
    assert_eq!(link.closing().await.as_deref(), Some("bad_frames"));
    count(sent, r#"helan_agent_links_ended_total{code="bad_frames"}"#);
    BAD_FRAMES as i64
}

/// Text that is no message of the protocol, in many ways.
fn no_message(random: &mut StdRng) -> String {
    match random.random_range(0..9) {
        0 => PRESS[..random.random_range(1..PRESS.len())].to_owned(),
        1 => HELLO.to_owned(),
        2 => format!(r#"{{"type":"fixes","fixes":[{}]}}"#, FIX.replace(":1,", ":0,")),
        3 => format!(r#"{{"type":"fixes","fixes":[{}]}}"#, FIX.replace("106.2", "\"106.2\"")),
        4 => format!(r#"{{"type":"fixes","fixes":[{}]}}"#, FIX.replace("106.2", "1e999")),
        5 => PRESS.replace(
            "\"number\":1",
            ["\"number\":-1", "\"number\":1.5", "\"number\":null"][random.random_range(0..3)],
        ),
        6 => PRESS.replace("departed", "teleported"),
        7 => "[".repeat(random.random_range(1..MAX_AGENT_FRAME_BYTES)),
        _ => (0..random.random_range(0..200)).map(|_| random.random::<char>()).collect(),
    }
}

/// A link that one frame ends.
async fn closed_at_once(
    address: SocketAddr,
    key: &str,
    random: &mut StdRng,
    sent: &mut Sent,
) -> i64 {
    let large = |bytes: usize| Message::text(" ".repeat(bytes));
    let fixes = vec![FIX; MAX_FIXES_PER_FRAME + 1].join(",");
    let (frame, code, says_hello) = match random.random_range(0..6) {
        0 => (large(MAX_AGENT_FRAME_BYTES + 1), "frame_too_large", true),
        1 => (large(MAX_AGENT_FRAME_BYTES * 20), "unreadable_frame", true),
        2 => (Message::binary(vec![7; random.random_range(0..500)]), "not_text", true),
        3 => (
            Message::text(format!(r#"{{"type":"fixes","fixes":[{fixes}]}}"#)),
            "too_many_fixes",
            true,
        ),
        4 => (Message::text(no_message(random).replace("hello", "hallo")), "no_hello", false),
        _ => (Message::text(HELLO.replace(":1,", ":99,")), "protocol_version", false),
    };
    let mut link = Link::open(address, key).await.ok().unwrap();
    if says_hello {
        link.hello("hostile").await;
    }
    link.send(frame).await;
    // What the server had not read may tear its last words; the counter knows.
    let said = link.closing().await;
    assert!(said.as_deref().is_none_or(|said| said == code), "{said:?}, not {code}");
    count(sent, &format!("helan_agent_links_ended_total{{code=\"{code}\"}}"));
    1
}

/// A link with a key that nobody was given.
async fn never_let_in(address: SocketAddr, random: &mut StdRng, sent: &mut Sent) -> i64 {
    let key = format!("{:032x}", random.random::<u128>());
    assert_eq!(Link::open(address, &key).await.err(), Some(401));
    count(sent, r#"helan_refusals_total{code="unknown_key"}"#);
    1
}
