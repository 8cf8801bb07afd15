//! The flags of `serve`, each with its environment variable.

use super::{EncryptionArguments, ServeSettings};
use crate::history::KEEP_DAYS;
use crate::live::RedisAddress;
use crate::stores::Database;
use clap::Args;
use geometry::KMH_PER_MPS;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

const BYTES_PER_MIB: u64 = 1024 * 1024;

/// Flags of `serve`.
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// Data folder; made when it is not there
    #[arg(long, env = "HELAN_DATA", value_name = "DIR")]
    pub data: PathBuf,
    /// PostgreSQL database shared with other servers, e.g. postgres://helan@db/helan; without it everything
    /// is in the data folder
    #[arg(long, env = "HELAN_DATABASE", hide_env_values = true, value_name = "URL")]
    pub database: Option<Database>,
    /// The journal key, the same at every server: with it heads and snapshots are sealed. Without it the systemd
    /// credential journal.key, or a file of that name in the data folder, which is made at the first start
    #[arg(long, env = "HELAN_JOURNAL_KEY", value_name = "FILE")]
    pub journal_key: Option<PathBuf>,
    /// File to which the journals' heads are added every minute when they have changed, sealed; best on another
    /// machine. `verify --against` holds the journals against it
    #[arg(long, env = "HELAN_ANCHOR", value_name = "FILE")]
    pub anchor: Option<PathBuf>,
    /// Redis shared with the other servers, e.g. redis://:password@cache:6379, by which they tell each other
    /// where vehicles are and who holds their links; nothing is kept there
    #[arg(
        long,
        env = "HELAN_REDIS",
        hide_env_values = true,
        requires = "database",
        value_name = "URL"
    )]
    pub redis: Option<RedisAddress>,
    /// Certificate (PEM) of the authority that signed that of a Redis behind rediss://; no other is believed then. Without
    /// it those that the machine trusts
    #[arg(long, env = "HELAN_REDIS_CA", requires = "redis", value_name = "FILE")]
    pub redis_ca: Option<PathBuf>,
    /// Region folder, e.g. regions/ningxia
    #[arg(long, env = "HELAN_REGION", value_name = "DIR")]
    pub region: PathBuf,
    /// Road network file; without it roads.network of the region folder, or one composed from its roads.csv
    #[arg(long, env = "HELAN_ROADS", value_name = "FILE")]
    pub roads: Option<PathBuf>,
    /// Folder of the built console, e.g. map-ui/dist; without it only the API is served
    #[arg(long, env = "HELAN_CONSOLE", value_name = "DIR")]
    pub console: Option<PathBuf>,
    /// Address of console and API
    #[arg(long, env = "HELAN_LISTEN", default_value = "127.0.0.1:8120", value_name = "ADDR:PORT")]
    pub listen: SocketAddr,
    /// TLS
    #[command(flatten)]
    pub encryption: EncryptionArguments,
    /// Address of /metrics
    #[arg(
        long,
        env = "HELAN_METRICS_LISTEN",
        default_value = "127.0.0.1:8121",
        value_name = "ADDR:PORT"
    )]
    pub metrics_listen: SocketAddr,
    /// Milliseconds between two position frames to consoles
    #[arg(long, env = "HELAN_TICK_MILLIS", default_value_t = 500,
        value_parser = clap::value_parser!(u64).range(250..=1000), value_name = "MILLIS")]
    pub tick_millis: u64,
    /// Speed above which a fix is not believed, in km/h
    #[arg(long, env = "HELAN_PLAUSIBLE_SPEED_KMH", default_value_t = 216,
        value_parser = clap::value_parser!(u32).range(50..=1_000_000), value_name = "KMH")]
    pub plausible_speed_kmh: u32,
    /// Hours after which a session ends whatever is done
    #[arg(long, env = "HELAN_SESSION_HOURS", default_value_t = 12,
        value_parser = clap::value_parser!(i64).range(1..=168), value_name = "HOURS")]
    pub session_hours: i64,
    /// Minutes without use after which a session ends
    #[arg(long, env = "HELAN_SESSION_IDLE_MINUTES", default_value_t = 120,
        value_parser = clap::value_parser!(i64).range(1..=10_080), value_name = "MINUTES")]
    pub session_idle_minutes: i64,
    /// Send the session cookie over TLS only; set it when a TLS proxy stands in front
    #[arg(long, env = "HELAN_SECURE_COOKIE")]
    pub secure_cookie: bool,
    /// Another origin whose pages may use the API, e.g. http://localhost:5173; may be repeated
    #[arg(long, env = "HELAN_ALLOWED_ORIGINS", value_delimiter = ',', value_name = "ORIGIN")]
    pub allowed_origin: Vec<String>,
    /// A proxy whose X-Forwarded-For is believed, by its address; may be repeated. Sign-in throttling counts
    /// by the address told there
    #[arg(long, env = "HELAN_TRUSTED_PROXIES", value_delimiter = ',', value_name = "IP")]
    pub trusted_proxy: Vec<IpAddr>,
    /// An agent link of this installation that terminals are told of, for when the server they go to is away:
    /// wss://host:port/ws/agent; may be repeated, at most 8
    #[arg(long, env = "HELAN_TERMINAL_SERVERS", value_delimiter = ',', value_name = "URL", value_parser = agent_link)]
    pub terminal_server: Vec<String>,
    /// Most vehicle links at once
    #[arg(long, env = "HELAN_AGENT_LINKS", default_value_t = 12_000,
        value_parser = clap::value_parser!(u32).range(1..=100_000), value_name = "N")]
    pub agent_links: u32,
    /// Most console links at once
    #[arg(long, env = "HELAN_CONSOLE_LINKS", default_value_t = 1_000,
        value_parser = clap::value_parser!(u32).range(1..=10_000), value_name = "N")]
    pub console_links: u32,
    /// Free space in MiB that the embedded store keeps for commands: below it positions are not recorded; without it
    /// a twentieth of the disk, 1024 at least and 4096 at most
    #[arg(long, env = "HELAN_DISK_RESERVE_MIB", value_name = "MIB",
        value_parser = clap::value_parser!(u64).range(0..=16_777_216))]
    pub disk_reserve_mib: Option<u64>,
    /// Days for which positions are kept
    #[arg(long, env = "HELAN_KEEP_POSITIONS_DAYS", default_value_t = KEEP_DAYS,
        value_parser = clap::value_parser!(u32).range(1..=36_600), value_name = "DAYS")]
    pub keep_positions_days: u32,
    /// Start although the clock is more than a day from the journal's newest event or from the database's clock: it
    /// was looked at and is right. For one start, not for good
    #[arg(long, env = "HELAN_ACCEPT_CLOCK")]
    pub accept_clock: bool,
    /// Seconds that a stop may take
    #[arg(long, env = "HELAN_GRACE_SECONDS", default_value_t = 10,
        value_parser = clap::value_parser!(u64).range(1..=300), value_name = "SECONDS")]
    pub grace_seconds: u64,
    /// What to log: a level such as info, or per part such as info,dispatch_server::live=debug
    #[arg(long, env = "HELAN_LOG", default_value = "info", value_name = "FILTER")]
    pub log: String,
}

/// An address as terminals take it.
fn agent_link(text: &str) -> Result<String, String> {
    let uri: axum::http::Uri = text.parse().map_err(|_| "it is no address".to_owned())?;
    let is_link =
        matches!(uri.scheme_str(), Some("ws" | "wss")) && uri.path().ends_with("/ws/agent");
    if is_link && text.len() <= 256 {
        Ok(text.to_owned())
    } else {
        Err("write wss://host:port/ws/agent, or ws:// where a VPN encrypts".to_owned())
    }
}

impl ServeArguments {
    /// As the server takes them.
    pub fn settings(&self) -> ServeSettings {
        let mut settings = ServeSettings::new(self.data.clone(), self.region.clone());
        settings.database = self.database.clone();
        settings.journal_key = self.journal_key.clone();
        settings.anchor = self.anchor.clone();
        settings.live.redis = self.redis.clone();
        settings.redis_authority = self.redis_ca.clone();
        settings.roads = self.roads.clone();
        settings.listen = self.listen;
        settings.metrics_listen = Some(self.metrics_listen);
        settings.live.terminal_servers = self.terminal_server.clone().into();
        settings.live.position_tick = Duration::from_millis(self.tick_millis);
        settings.live.fix_norms.top_speed_mps = f64::from(self.plausible_speed_kmh) / KMH_PER_MPS;
        settings.sessions.absolute_seconds = self.session_hours * 3600;
        settings.sessions.idle_seconds = self.session_idle_minutes * 60;
        settings.encryption = self.encryption.files();
        settings.endpoints.vehicle_sign_in = self.encryption.sign_in();
        settings.endpoints.secure_cookie = self.secure_cookie;
        settings.endpoints.allowed_origins = self.allowed_origin.clone();
        settings.endpoints.trusted_proxies = self.trusted_proxy.clone();
        settings.endpoints.console = self.console.clone();
        settings.endpoints.agent_links_most = self.agent_links as usize;
        settings.endpoints.console_links_most = self.console_links as usize;
        settings.disk_reserve_bytes = self.disk_reserve_mib.map(|mib| mib * BYTES_PER_MIB);
        settings.accept_clock = self.accept_clock;
        settings.keep_positions_days = self.keep_positions_days;
        settings.grace = Duration::from_secs(self.grace_seconds);
        settings
    }
}
