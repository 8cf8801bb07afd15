//! The words that servers say to each other, as JSON: readable with `redis-cli subscribe` at three in the
//! morning, and a later release may add to them.
//!
//! Ages travel instead of times of a server's clock, so servers whose clocks differ understand each other.

use super::MOST_WORD_BYTES;
use crate::fleet::{Begun, ServerRun};
use crate::live::cameras::PictureWord;
use dispatch_core::fleet::{Fix, FixQuality, LiveFix};
use dispatch_core::model::{Timestamp, VehicleId, Wgs84};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What one server tells all others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct PeerMessage {
    /// Who speaks.
    pub(super) from: ServerRun,
    /// Whose journal it speaks of; absent from a server of an earlier release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) journal: Option<String>,
    /// What.
    #[serde(flatten)]
    pub(super) news: PeerNews,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum PeerNews {
    /// What is new since the word before: the newest fix of each vehicle that moved, links that came
    /// and went.
    Changed {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fixes: Vec<FixMessage>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        came: Vec<LinkMessage>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        went: Vec<VehicleId>,
    },
    /// Every link that this server holds. With fixes when another server asked, or Redis is back.
    Holds {
        links: Vec<LinkMessage>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        fixes: Vec<FixMessage>,
        /// The speaker's clock is doubted.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        clock_doubtful: bool,
    },
    /// Which vehicles with cameras it holds, and whose pictures are looked at from it. What is not repeated does not hold.
    Pictures(PictureWord),
    /// A server that has just begun asks the others what they hold.
    Asks,
    /// The server stops; its links are gone.
    Leaves,
}

/// A vehicle's link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct LinkMessage {
    pub(super) vehicle: VehicleId,
    /// The terminal's own clock as the link began, in milliseconds since 1970.
    pub(super) begun: i64,
    /// The servers' common time then: of two links of one terminal the later is the live one, whatever the terminal's
    /// clock says. Absent from a server of an earlier release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) linked_at: Option<i64>,
    /// How long ago anything was heard of the vehicle; absent when nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) heard_millis_ago: Option<i64>,
}

/// Where a vehicle's marker stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct FixMessage {
    pub(super) vehicle: VehicleId,
    /// Degrees, WGS-84.
    pub(super) lon: f64,
    /// Degrees, WGS-84.
    pub(super) lat: f64,
    /// By the receiver's clock, in milliseconds since 1970.
    pub(super) fix_time: i64,
    /// How long ago it was received.
    pub(super) received_millis_ago: i64,
    /// Metres a second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speed: Option<f32>,
    /// Degrees from north.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) heading: Option<f32>,
    /// Received long after it was measured.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) late: bool,
}

impl LinkMessage {
    pub(super) fn begun(&self) -> Begun {
        Begun { terminal: Timestamp(self.begun), server: self.linked_at.map(Timestamp) }
    }
}

impl FixMessage {
    pub(super) fn new(vehicle: &VehicleId, live: &LiveFix, now: Timestamp) -> Self {
        Self {
            vehicle: vehicle.clone(),
            lon: live.fix.position.lon,
            lat: live.fix.position.lat,
            fix_time: live.fix.fix_time.0,
            received_millis_ago: now.millis_since(live.received_at).max(0),
            speed: live.fix.speed_mps,
            heading: live.fix.heading_deg,
            late: live.quality == FixQuality::Late,
        }
    }

    /// The fix by this server's clock; nothing when it lies off the globe.
    pub(super) fn live(&self, now: Timestamp) -> Option<LiveFix> {
        let fix = Fix {
            position: Wgs84::checked(self.lon, self.lat)?,
            fix_time: Timestamp(self.fix_time),
            speed_mps: self.speed,
            heading_deg: self.heading,
        };
        let quality = if self.late { FixQuality::Late } else { FixQuality::Fresh };
        Some(LiveFix { fix, received_at: ago(now, self.received_millis_ago), quality })
    }
}

/// The name of a journal as words carry it: short, and nothing can be learned from it.
pub(super) fn short_name(journal: &str) -> String {
    Sha256::digest(journal)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A word; nothing when it is none.
pub(super) fn read(bytes: &[u8]) -> Option<PeerMessage> {
    if bytes.len() > MOST_WORD_BYTES {
        return None;
    }
    serde_json::from_slice(bytes).ok()
}

/// Reads what came over Redis exactly as a server does and gives it as it would be said again; nothing when
/// it is no word. Needs no Redis, so that fuzzing reaches the same reader.
pub fn read_peer_message(bytes: &[u8]) -> Option<String> {
    let word = read(bytes)?;
    if let PeerNews::Changed { fixes, .. } | PeerNews::Holds { fixes, .. } = &word.news {
        let now = Timestamp(0);
        assert!(fixes.iter().filter_map(|fix| fix.live(now)).all(|live| live.received_at <= now));
    }
    serde_json::to_string(&word).ok()
}

/// So long before now; never after it.
pub(super) fn ago(now: Timestamp, millis: i64) -> Timestamp {
    now.plus_millis(-millis.max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Servers of two releases talk to each other during an upgrade: these lines may be added to, never
    /// changed.
    const SPOKEN: [&str; 7] = [
        r#"{"from":7,"type":"changed","fixes":[{"vehicle":"NX-001","lon":106.27,"lat":38.47,"fix_time":1780000000000,"received_millis_ago":120,"speed":12.5,"heading":90.0,"late":true}],"came":[{"vehicle":"NX-002","begun":1780000000000,"heard_millis_ago":5}],"went":["NX-003"]}"#,
        r#"{"from":7,"type":"holds","links":[{"vehicle":"NX-002","begun":1780000000000}]}"#,
        r#"{"from":7,"type":"asks"}"#,
        r#"{"from":7,"type":"leaves"}"#,
        r#"{"from":7,"journal":"00c0ffee00c0ffee","type":"holds","links":[{"vehicle":"NX-002","begun":1780000000000,"linked_at":1780000000250}],"clock_doubtful":true}"#,
        r#"{"from":7,"journal":"00c0ffee00c0ffee","type":"asks"}"#,
        r#"{"from":7,"type":"pictures","cameras":["NX-001"],"looks":[{"vehicle":"NX-001","picture":"5d0e7c","channel":1}]}"#,
    ];

    #[test]
    fn words_are_spoken_as_they_always_were() {
        for text in SPOKEN {
            let word: PeerMessage = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&word).unwrap(), text);
        }
    }

    #[test]
    fn a_later_release_may_add_to_a_word() {
        let text = r#"{"from":7,"type":"changed","fixes":[],"more":1,"release":"9"}"#;
        let word: PeerMessage = serde_json::from_str(text).unwrap();
        assert!(matches!(word.news, PeerNews::Changed { fixes, .. } if fixes.is_empty()));
    }

    #[test]
    fn a_fix_arrives_by_the_clock_of_whoever_hears_it() {
        let fix = Fix {
            position: Wgs84 { lon: 106.27, lat: 38.47 },
            fix_time: Timestamp(900),
            speed_mps: Some(3.0),
            heading_deg: None,
        };
        let live = LiveFix { fix, received_at: Timestamp(1_000), quality: FixQuality::Fresh };
        let word = FixMessage::new(&"NX-001".into(), &live, Timestamp(1_250));
        let heard = word.live(Timestamp(77_250)).unwrap();
        assert_eq!(heard, LiveFix { received_at: Timestamp(77_000), ..live });
        assert_eq!(FixMessage { lat: 91.0, ..word }.live(Timestamp(0)), None);
    }
}
