//! The settings of the binary: flags and environment.

use super::video_address::VideoAddress;
use clap::{Args, Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;
use vehicle_agent::shell::ServerUrl;

/// JT/T 808 terminals as vehicles of Helan.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Take terminals' lines and report to the server.
    Serve(Box<ServeArgs>),
    /// Read the file of terminals and print what it binds.
    Check {
        /// Which terminal is on which vehicle.
        #[arg(long, env = "HELAN_GATEWAY_TERMINALS")]
        terminals: PathBuf,
    },
}

/// Settings of `serve`. Either the gateway has a key of its own and is told its terminals by the server, or two files
/// name terminals and vehicles' keys.
#[derive(Args, Clone, Debug)]
pub struct ServeArgs {
    /// Where terminals connect over TCP.
    #[arg(long, env = "HELAN_GATEWAY_TCP", default_value = "0.0.0.0:8808")]
    pub tcp: SocketAddr,
    /// Where terminals send over UDP; without it there is no UDP.
    #[arg(long, env = "HELAN_GATEWAY_UDP")]
    pub udp: Option<SocketAddr>,
    /// The server's agent link: wss:// is encrypted.
    #[arg(long, env = "HELAN_GATEWAY_SERVER", default_value = "ws://127.0.0.1:8120/ws/agent")]
    pub server: ServerUrl,
    /// Certificate (PEM) of the authority that signed the server's; no other is believed then. Without it those that the
    /// machine trusts.
    #[arg(long, env = "HELAN_GATEWAY_CA", value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Folder of the vehicles' certificates and keys, as `helan-admin certificates issue` fills it; they name vehicles
    /// beside their keys or instead of them.
    #[arg(long, env = "HELAN_GATEWAY_CERTIFICATES", value_name = "FOLDER")]
    pub certificates: Option<PathBuf>,
    /// File with the gateway's own key, which administration shows once. Terminals are then bound in administration.
    #[arg(
        long,
        env = "HELAN_GATEWAY_KEY_FILE",
        required_unless_present_any = ["keys", "certificates"],
        conflicts_with_all = ["keys", "certificates"]
    )]
    pub key_file: Option<PathBuf>,
    /// Which terminal is on which vehicle; docs/terminals.md has the form. Beside a key of one's own, only the keys that
    /// an entry gives its terminal count.
    #[arg(long, env = "HELAN_GATEWAY_TERMINALS")]
    pub terminals: Option<PathBuf>,
    /// The vehicles' keys, one `vehicle key` a line, as `dispatch-server make-vehicle-keys` writes them. Needless where the
    /// server takes certificates alone.
    #[arg(long, env = "HELAN_GATEWAY_KEYS", requires = "terminals")]
    pub keys: Option<PathBuf>,
    /// Folder of the outboxes and of the secret that terminals' codes are made of; made when absent.
    #[arg(long, env = "HELAN_GATEWAY_STATE", default_value = "gateway-state")]
    pub state: PathBuf,
    /// The frame inspector, on this machine only.
    #[arg(long, env = "HELAN_GATEWAY_INSPECTOR", default_value = "127.0.0.1:8809")]
    pub inspector: SocketAddr,
    /// Where terminals send live pictures of their cameras (JT/T 1078 over TCP), if dispatchers may ask for them; without it
    /// no terminal is asked.
    #[arg(long, env = "HELAN_GATEWAY_VIDEO", requires = "video_address")]
    pub video: Option<SocketAddr>,
    /// How terminals reach that: host:port, which they are told. Their network may have another way to it than this machine.
    #[arg(long, env = "HELAN_GATEWAY_VIDEO_ADDRESS", requires = "video")]
    pub video_address: Option<VideoAddress>,
    /// Run without the frame inspector.
    #[arg(long, env = "HELAN_GATEWAY_NO_INSPECTOR")]
    pub no_inspector: bool,
    /// Most connections at one time.
    #[arg(long, env = "HELAN_GATEWAY_CONNECTIONS", default_value_t = 12_000)]
    pub connections: usize,
}
