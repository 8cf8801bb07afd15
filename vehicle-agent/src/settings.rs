//! The settings of the binary: flags and environment, refused in one line before anything starts.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use transport_tls::{Identity, Roots};

use crate::link::{LinkSettings, ReceiptPolicy};
use crate::nmea::ParserOptions;
use crate::shell::{
    AgentSettings, EncryptionError, FixTimes, ServerUrl, VehicleKey, servers_of_outbox,
};
use crate::sources::Source;

/// Where a vehicle's key may stand in the environment. There is no flag for the key itself: flags
/// are seen by every user of the machine.
pub const KEY_VARIABLE: &str = "HELAN_AGENT_KEY";

/// The agent on an ambulance's terminal.
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
    /// Read the receiver, report to the server, serve the crew's page.
    Run(Box<RunArgs>),
    /// Read recordings and print what they hold as a table.
    Inspect(InspectArgs),
}

/// Settings of `run`.
#[derive(Debug, Args)]
pub struct RunArgs {
    /// The server's agent link: wss:// is encrypted, ws:// leaves that to a VPN.
    #[arg(long, env = "HELAN_AGENT_SERVER", default_value = "ws://127.0.0.1:8120/ws/agent")]
    pub server: ServerUrl,
    /// Certificate (PEM) of the authority that signed the server's; no other is believed then. Without it those that the
    /// machine trusts.
    #[arg(long, env = "HELAN_AGENT_CA", value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// This vehicle's own certificate (PEM), which names it beside the key or instead of it.
    #[arg(
        long,
        env = "HELAN_AGENT_CERTIFICATE",
        value_name = "FILE",
        requires = "certificate_key"
    )]
    pub certificate: Option<PathBuf>,
    /// The private key of that certificate (PEM).
    #[arg(
        long,
        env = "HELAN_AGENT_CERTIFICATE_KEY",
        value_name = "FILE",
        requires = "certificate"
    )]
    pub certificate_key: Option<PathBuf>,
    /// File with the vehicle's key; without it the key is read from HELAN_AGENT_KEY. Needless with a certificate, where
    /// the server takes that alone.
    #[arg(long, env = "HELAN_AGENT_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// The receiver: serial:/dev/ttyUSB0@9600, tcp:host:port, gpsd:host:port, file:path or stdin.
    #[arg(long, env = "HELAN_AGENT_SOURCE", default_value = "gpsd")]
    pub source: Source,
    /// Pace of a recording: 2 is twice as fast as it was made, 0 as fast as it can be read.
    #[arg(long, env = "HELAN_AGENT_RATE", default_value_t = 1.0)]
    pub rate: f64,
    /// Shift the times of a recording so that its first fix is now. For demonstration only: the
    /// centre will take old positions for new ones.
    #[arg(long, env = "HELAN_AGENT_RESTAMP")]
    pub restamp: bool,
    /// Read sentences without a checksum too.
    #[arg(long, env = "HELAN_AGENT_ACCEPT_MISSING_CHECKSUM")]
    pub accept_missing_checksum: bool,
    /// File of what the server has not confirmed; made when absent. One for each vehicle.
    #[arg(long, env = "HELAN_AGENT_OUTBOX", default_value = "helan-outbox.db")]
    pub outbox: PathBuf,
    /// Address of the crew's page, on this machine only.
    #[arg(long, env = "HELAN_AGENT_CREW", default_value = "127.0.0.1:8130")]
    pub crew: SocketAddr,
    /// Run without the crew's page.
    #[arg(long, env = "HELAN_AGENT_NO_CREW")]
    pub no_crew: bool,
    /// When the device reports an order as received.
    #[arg(long, env = "HELAN_AGENT_RECEIPT", value_enum, default_value_t = Receipt::WhenShown)]
    pub receipt: Receipt,
}

/// When the device reports an order as received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Receipt {
    /// When the crew's page shows it.
    WhenShown,
    /// As soon as it arrives; for terminals with another screen.
    AtOnce,
}

/// Settings of `inspect`.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// The recordings.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Read sentences without a checksum too.
    #[arg(long)]
    pub accept_missing_checksum: bool,
}

/// Settings that cannot be used, in one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// No key anywhere.
    #[error(
        "no vehicle key: give --key-file or set {KEY_VARIABLE}, or give --certificate and --certificate-key"
    )]
    NoKey,
    /// The key file cannot be read.
    #[error("the key file {path} cannot be read: {source}")]
    KeyFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The key is no key.
    #[error(transparent)]
    Key(#[from] crate::shell::KeyError),
    /// The link cannot be encrypted as asked.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
    /// A rate that no pace can have.
    #[error("--rate {0} is no pace; give a number from 0 to 1000")]
    Rate(f64),
    /// The page would be open to the network.
    #[error("--crew {0} is not on this machine; the page has no sign-in, give 127.0.0.1:port")]
    CrewAddress(SocketAddr),
    /// Restamping a live receiver would only make its times wrong.
    #[error("--restamp is for recordings; use it with a file: source or stdin")]
    RestampLive,
}

/// Fastest replay.
const MAX_RATE: f64 = 1_000.0;

impl RunArgs {
    /// Checks everything that can be checked without starting anything. `key_in_environment` is the
    /// value of `KEY_VARIABLE`; `seed` is chance.
    ///
    /// # Errors
    /// The first setting that cannot be used.
    pub fn check(
        &self,
        key_in_environment: Option<String>,
        seed: u64,
    ) -> Result<AgentSettings, SettingsError> {
        if !(0.0..=MAX_RATE).contains(&self.rate) {
            return Err(SettingsError::Rate(self.rate));
        }
        if !self.crew.ip().is_loopback() {
            return Err(SettingsError::CrewAddress(self.crew));
        }
        let is_recording = matches!(self.source, Source::File { .. });
        if self.restamp && !is_recording && self.source != Source::Stdin {
            return Err(SettingsError::RestampLive);
        }
        Ok(AgentSettings {
            server: self.server()?,
            server_list: Some(servers_of_outbox(&self.outbox)),
            key: self.key(key_in_environment)?,
            link: LinkSettings {
                software: format!("vehicle-agent {}", env!("CARGO_PKG_VERSION")),
                receipts: match self.receipt {
                    Receipt::WhenShown => ReceiptPolicy::WhenShown,
                    Receipt::AtOnce => ReceiptPolicy::AtOnce,
                },
                seed,
                pictures: false,
            },
            parser: ParserOptions { accept_missing_checksum: self.accept_missing_checksum },
            fix_times: match (self.restamp, is_recording) {
                (true, _) => FixTimes::Restamped,
                (false, true) => FixTimes::Recorded,
                (false, false) => FixTimes::Live,
            },
            camera: None,
        })
    }

    fn server(&self) -> Result<ServerUrl, EncryptionError> {
        let roots = self.ca.clone().map_or(Roots::System, Roots::Pinned);
        let own = self.certificate.clone().zip(self.certificate_key.clone());
        let own = own.map(|(certificate, key)| Identity { certificate, key });
        self.server.clone().encrypted(&roots, own.as_ref())
    }

    fn key(&self, in_environment: Option<String>) -> Result<VehicleKey, SettingsError> {
        let text = match &self.key_file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|source| SettingsError::KeyFile { path: path.clone(), source })?,
            None => match in_environment {
                Some(text) => text,
                None if self.certificate.is_some() => return Ok(VehicleKey::NONE),
                None => return Err(SettingsError::NoKey),
            },
        };
        Ok(text.parse()?)
    }
}
