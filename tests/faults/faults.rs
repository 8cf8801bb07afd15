//! The faults, and the schedule that a seed makes of them.

use crate::clock_jumps;
use crate::gear::{Air, SERVERS, Site};
use rand::prelude::*;
use rand::rngs::StdRng;
use std::fmt;
use std::ops::Range;
use std::time::Duration;

/// How late each chunk is on a slow link to the database: a line to another town that is overloaded.
const SLOW: Duration = Duration::from_millis(150);

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    ServerKilled,
    ServerFrozen,
    DatabaseKilled,
    DatabaseFrozen,
    RedisKilled,
    RedisFrozen,
    ClientsCut,
    ClientsStalled,
    DatabaseLinkCut,
    DatabaseLinkStalled,
    DatabaseLinkSlow,
    RedisLinkCut,
    RedisLinkStalled,
    ClockJumped,
}

impl Kind {
    pub(crate) const ALL: [Self; 14] = [
        Self::ServerKilled,
        Self::ServerFrozen,
        Self::DatabaseKilled,
        Self::DatabaseFrozen,
        Self::RedisKilled,
        Self::RedisFrozen,
        Self::ClientsCut,
        Self::ClientsStalled,
        Self::DatabaseLinkCut,
        Self::DatabaseLinkStalled,
        Self::DatabaseLinkSlow,
        Self::RedisLinkCut,
        Self::RedisLinkStalled,
        Self::ClockJumped,
    ];

    /// Tenths of seconds that it lasts: what is frozen or silent long enough that the others go on without it.
    fn tenths(self) -> Range<u64> {
        match self {
            Self::ServerKilled | Self::DatabaseKilled | Self::RedisKilled => 2..40,
            Self::ServerFrozen | Self::ClientsStalled => 60..120,
            Self::DatabaseLinkStalled | Self::DatabaseFrozen => 40..90,
            Self::RedisFrozen | Self::RedisLinkStalled => 40..80,
            Self::ClientsCut
            | Self::DatabaseLinkCut
            | Self::DatabaseLinkSlow
            | Self::RedisLinkCut
            | Self::ClockJumped => 30..70,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::ServerKilled => "server killed",
            Self::ServerFrozen => "server frozen",
            Self::DatabaseKilled => "PostgreSQL killed",
            Self::DatabaseFrozen => "PostgreSQL frozen",
            Self::RedisKilled => "Redis killed",
            Self::RedisFrozen => "Redis frozen",
            Self::ClientsCut => "clients cut off a server",
            Self::ClientsStalled => "clients' links stalled",
            Self::DatabaseLinkCut => "server cut off PostgreSQL",
            Self::DatabaseLinkStalled => "link to PostgreSQL stalled",
            Self::DatabaseLinkSlow => "link to PostgreSQL slow",
            Self::RedisLinkCut => "server cut off Redis",
            Self::RedisLinkStalled => "link to Redis stalled",
            Self::ClockJumped => "server's clock jumped",
        })
    }
}

/// One fault: what, at which server where that matters, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    pub(crate) server: usize,
    pub(crate) lasts: Duration,
}

impl Fault {
    fn of(kind: Kind, rng: &mut StdRng) -> Self {
        let server = rng.random_range(0..SERVERS);
        let lasts = Duration::from_millis(rng.random_range(kind.tenths()) * 100);
        Self { kind, server, lasts }
    }

    /// Makes it so.
    pub(crate) fn begin(self, site: &Site) {
        match self.kind {
            Kind::ServerKilled => site.server(self.server, |program| program.kill()),
            Kind::ServerFrozen => site.server(self.server, |program| program.freeze()),
            Kind::DatabaseKilled => site.postgres.kill(),
            Kind::DatabaseFrozen => site.postgres.freeze(),
            Kind::RedisKilled => site.redis(|redis| redis.kill()),
            Kind::RedisFrozen => site.redis(|redis| redis.freeze()),
            Kind::ClientsCut => site.clients_of(self.server, Air::Cut),
            Kind::ClientsStalled => site.clients_of(self.server, Air::Still),
            Kind::DatabaseLinkCut => site.database_of(self.server, Air::Cut),
            Kind::DatabaseLinkStalled => site.database_of(self.server, Air::Still),
            Kind::DatabaseLinkSlow => site.database_of(self.server, Air::Slow(SLOW)),
            Kind::RedisLinkCut => site.redis_of(self.server, Air::Cut),
            Kind::RedisLinkStalled => site.redis_of(self.server, Air::Still),
            Kind::ClockJumped => clock_jumps::begin(site, self.server),
        }
    }

    /// Undoes it; returns when what was killed is up again.
    pub(crate) fn end(self, site: &Site) {
        match self.kind {
            Kind::ServerKilled => site.server(self.server, |program| program.start_again()),
            Kind::ServerFrozen => site.server(self.server, |program| program.thaw()),
            Kind::DatabaseKilled => tokio::task::block_in_place(|| site.postgres.start_again()),
            Kind::DatabaseFrozen => site.postgres.thaw(),
            Kind::RedisKilled => site.redis(|redis| redis.start_again()),
            Kind::RedisFrozen => site.redis(|redis| redis.thaw()),
            Kind::ClientsCut | Kind::ClientsStalled => site.clients_of(self.server, Air::Clear),
            Kind::DatabaseLinkCut | Kind::DatabaseLinkStalled | Kind::DatabaseLinkSlow => {
                site.database_of(self.server, Air::Clear);
            }
            Kind::RedisLinkCut | Kind::RedisLinkStalled => site.redis_of(self.server, Air::Clear),
            Kind::ClockJumped => clock_jumps::end(site, self.server),
        }
    }

    /// Whether the two would undo each other or leave nothing standing.
    fn collides(self, other: Self) -> bool {
        let is_of_database = |kind| matches!(kind, Kind::DatabaseKilled | Kind::DatabaseFrozen);
        let is_of_redis = |kind| matches!(kind, Kind::RedisKilled | Kind::RedisFrozen);
        self.server == other.server
            || is_of_database(self.kind) && is_of_database(other.kind)
            || is_of_redis(self.kind) && is_of_redis(other.kind)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}) for {:.1} s", self.kind, self.server, self.lasts.as_secs_f64())
    }
}

/// The rounds of faults that a seed makes, without end. Each pass brings every kind once; in a short run always
/// in pairs, in a long one alone in every second pass.
pub(crate) struct Schedule {
    rng: StdRng,
    is_short: bool,
    passes: u32,
    coming: Vec<Fault>,
}

impl Schedule {
    pub(crate) fn new(seed: u64, is_short: bool) -> Self {
        Self { rng: StdRng::seed_from_u64(seed), is_short, passes: 0, coming: Vec::new() }
    }
}

impl Iterator for Schedule {
    type Item = Vec<Fault>;

    fn next(&mut self) -> Option<Vec<Fault>> {
        if self.coming.is_empty() {
            self.passes += 1;
            let mut kinds = Kind::ALL;
            kinds.shuffle(&mut self.rng);
            self.coming = kinds.map(|kind| Fault::of(kind, &mut self.rng)).to_vec();
        }
        let first = self.coming.pop()?;
        let in_pairs = self.is_short || self.passes.is_multiple_of(2);
        let fits = self.coming.iter().rposition(|other| !first.collides(*other));
        let second = fits.filter(|_| in_pairs).map(|at| self.coming.remove(at));
        Some([Some(first), second].into_iter().flatten().collect())
    }
}
