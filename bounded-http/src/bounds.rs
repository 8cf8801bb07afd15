//! How many connections there may be, and how long each step may take.

use std::net::IpAddr;
use std::time::Duration;

/// The bounds of one listener. Connections that became a WebSocket count no more: they have bounds of their own.
#[derive(Clone, Debug)]
pub struct Bounds {
    /// Connections at once.
    pub connections: usize,
    /// Connections at once from one address (of IPv6: from one network of 64 bits, which is one customer).
    pub per_peer: usize,
    /// Peers to which the bound per peer does not apply: proxies, behind which everybody stands.
    pub proxies: Vec<IpAddr>,
    /// Longest from the connection, or the first byte of a further request, to its whole header.
    pub header: Duration,
    /// Longest that a body may take. Whoever serves may answer earlier that it took too long.
    pub body: Duration,
    /// Longest silence between two requests.
    pub idle: Duration,
    /// Longest that a reader may hold up an answer, besides what `slowest_reader` allows.
    pub stall: Duration,
    /// Bytes a second that the slowest reader takes; a longer answer may be held up longer.
    pub slowest_reader: u64,
}

impl Default for Bounds {
    /// 8 192 connections hold a whole province that comes back at one time (1 000 consoles of three or four each,
    /// and some thousand terminals that are about to become links); 2 048 from one address hold what stands behind
    /// a mobile operator's gateway.
    fn default() -> Self {
        Self {
            connections: 8_192,
            per_peer: 2_048,
            proxies: Vec::new(),
            // A header is one or two packets; ten seconds allow for several lost ones.
            header: Duration::from_secs(10),
            // 64 KiB in 20 s are 3 KiB a second, below the slowest mobile line in use.
            body: Duration::from_secs(20),
            // Longer than a proxy or browser keeps an idle connection for its next request (60 s), so that it
            // is they who close it, and no request meets a closing connection.
            idle: Duration::from_secs(75),
            stall: Duration::from_secs(30),
            slowest_reader: 2 * 1024,
        }
    }
}

impl Bounds {
    /// For a listener that a machine or two talk to: metrics, a page on the vehicle's own tablet.
    pub fn small() -> Self {
        Self { connections: 64, per_peer: 32, ..Self::default() }
    }
}
