//! The faults, and the schedule that a seed makes of them.

use crate::clock_jumps;
use crate::gear::{Air, SERVERS, Site};
use rand::prelude::*;
use rand::rngs::StdRng;
use std::fmt;
use std::ops::Range;
use std::time::Duration;
use tokio::task::block_in_place;

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
    DatabaseDiskFull,
    RowsRemoved,
    OlderCopy,
    TailLost,
}

impl Kind {
    pub(crate) const ALL: [Self; 18] = [
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
        Self::DatabaseDiskFull,
        Self::RowsRemoved,
        Self::OlderCopy,
        Self::TailLost,
    ];

    /// How the journal goes back, if it does.
    pub(crate) fn way_back(self) -> Option<Way> {
        match self {
            Self::RowsRemoved => Some(Way::RowsRemoved),
            Self::OlderCopy => Some(Way::OlderCopy),
            Self::TailLost => Some(Way::TailLost),
            Self::ServerKilled
            | Self::ServerFrozen
            | Self::DatabaseKilled
            | Self::DatabaseFrozen
            | Self::RedisKilled
            | Self::RedisFrozen
            | Self::ClientsCut
            | Self::ClientsStalled
            | Self::DatabaseLinkCut
            | Self::DatabaseLinkStalled
            | Self::DatabaseLinkSlow
            | Self::RedisLinkCut
            | Self::RedisLinkStalled
            | Self::ClockJumped
            | Self::DatabaseDiskFull => None,
        }
    }

    /// Whether it can come together with a journal that goes back: that needs a hand at servers and database.
    fn leaves_the_journal_alone(self) -> bool {
        match self {
            Self::RedisKilled
            | Self::RedisFrozen
            | Self::ClientsCut
            | Self::ClientsStalled
            | Self::RedisLinkCut
            | Self::RedisLinkStalled
            | Self::ClockJumped => true,
            Self::ServerKilled
            | Self::ServerFrozen
            | Self::DatabaseKilled
            | Self::DatabaseFrozen
            | Self::DatabaseLinkCut
            | Self::DatabaseLinkStalled
            | Self::DatabaseLinkSlow
            | Self::DatabaseDiskFull
            | Self::RowsRemoved
            | Self::OlderCopy
            | Self::TailLost => false,
        }
    }

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
            | Self::ClockJumped
            | Self::DatabaseDiskFull => 30..70,
            // Until the journal goes back: what is recorded meanwhile is lost.
            Self::RowsRemoved | Self::OlderCopy | Self::TailLost => 15..50,
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
            Self::DatabaseDiskFull => "PostgreSQL's disk full",
            Self::RowsRemoved => "newest rows removed",
            Self::OlderCopy => "older copy put back",
            Self::TailLost => "stand-by without the tail",
        })
    }
}

/// How a journal goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    RowsRemoved,
    OlderCopy,
    TailLost,
}

/// Which servers get SIGKILL before the journal goes back and are started after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Killed {
    Nobody,
    One,
    All,
}

/// One fault: what, at which server where that matters, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    pub(crate) server: usize,
    pub(crate) lasts: Duration,
    /// Who dies around a journal that goes back.
    pub(crate) killed: Killed,
}

impl Fault {
    fn of(kind: Kind, rng: &mut StdRng) -> Self {
        let server = rng.random_range(0..SERVERS);
        let lasts = Duration::from_millis(rng.random_range(kind.tenths()) * 100);
        let killed = *[Killed::Nobody, Killed::One, Killed::All].choose(rng).expect("one of three");
        Self { kind, server, lasts, killed }
    }

    /// Makes it so.
    pub(crate) fn begin(self, site: &Site) {
        match self.kind {
            Kind::ServerKilled => site.server(self.server, |program| program.kill()),
            Kind::ServerFrozen => site.server(self.server, |program| program.freeze()),
            Kind::DatabaseKilled => site.postgres().kill(),
            Kind::DatabaseFrozen => site.postgres().freeze(),
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
            Kind::DatabaseDiskFull => block_in_place(|| site.postgres().fill_disk()),
            Kind::RowsRemoved | Kind::OlderCopy | Kind::TailLost => {}
        }
    }

    /// Undoes it; returns when what was killed is up again.
    pub(crate) fn end(self, site: &Site) {
        match self.kind {
            Kind::ServerKilled => site.server(self.server, |program| program.start_again()),
            Kind::ServerFrozen => site.server(self.server, |program| program.thaw()),
            Kind::DatabaseKilled => block_in_place(|| site.postgres().start_again()),
            Kind::DatabaseFrozen => site.postgres().thaw(),
            Kind::RedisKilled => site.redis(|redis| redis.start_again()),
            Kind::RedisFrozen => site.redis(|redis| redis.thaw()),
            Kind::ClientsCut | Kind::ClientsStalled => site.clients_of(self.server, Air::Clear),
            Kind::DatabaseLinkCut | Kind::DatabaseLinkStalled | Kind::DatabaseLinkSlow => {
                site.database_of(self.server, Air::Clear);
            }
            Kind::RedisLinkCut | Kind::RedisLinkStalled => site.redis_of(self.server, Air::Clear),
            Kind::ClockJumped => clock_jumps::end(site, self.server),
            Kind::DatabaseDiskFull => site.postgres().limit_files(None),
            Kind::RowsRemoved | Kind::OlderCopy | Kind::TailLost => {}
        }
    }

    /// Whether the two would undo each other or leave nothing standing.
    fn collides(self, other: Self) -> bool {
        let is_of_database = |kind| {
            matches!(kind, Kind::DatabaseKilled | Kind::DatabaseFrozen | Kind::DatabaseDiskFull)
        };
        let is_of_redis = |kind| matches!(kind, Kind::RedisKilled | Kind::RedisFrozen);
        let [one, another] = [self, other].map(|fault| fault.kind.way_back().is_some());
        self.server == other.server
            || one && !other.kind.leaves_the_journal_alone()
            || another && !self.kind.leaves_the_journal_alone()
            || is_of_database(self.kind) && is_of_database(other.kind)
            || is_of_redis(self.kind) && is_of_redis(other.kind)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, lasts) = (self.kind, self.lasts.as_secs_f64());
        if kind.way_back().is_none() {
            return write!(f, "{kind} ({}) for {lasts:.1} s", self.server);
        }
        match self.killed {
            Killed::Nobody => write!(f, "{kind} by {lasts:.1} s"),
            Killed::One => write!(f, "{kind} by {lasts:.1} s, server {} killed", self.server),
            Killed::All => write!(f, "{kind} by {lasts:.1} s, all servers killed"),
        }
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
