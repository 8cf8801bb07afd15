//! What a session needs to know before it starts, checked once.

use std::fmt;
use std::str::FromStr;

use transport_tls::{ClientTls, Identity, Roots, TlsProblem};

use tokio_tungstenite::tungstenite::http::{HeaderValue, Uri};

use crate::link::LinkSettings;
use crate::nmea::ParserOptions;

use super::told_time::ToldTime;

/// Where the server's agent link is: `wss://host:port/ws/agent`, or `ws://` where something else encrypts.
#[derive(Clone, Debug)]
pub struct ServerUrl {
    pub(super) uri: Uri,
    pub(super) is_encrypted: bool,
    pub(super) tls: Option<LinkTls>,
}

/// How the link is encrypted, and by which time certificates are judged.
#[derive(Clone, Debug)]
pub(super) struct LinkTls {
    pub(super) client: ClientTls,
    pub(super) told: ToldTime,
}

/// An address that is no agent link.
#[derive(Debug, thiserror::Error)]
pub enum ServerUrlError {
    /// It is not written as one.
    #[error(
        "{0:?} is no server address; write wss://host:port/ws/agent, or ws:// where a VPN encrypts"
    )]
    NotAnAddress(String),
    /// Certificates for an address in the clear.
    #[error("{0} is not encrypted, so --ca and --certificate mean nothing; write wss://")]
    NotEncrypted(String),
}

impl ServerUrl {
    /// The same server, with whose certificate is believed there and which one is shown.
    ///
    /// # Errors
    /// When a file cannot be used, or there are files for a link in the clear.
    pub fn encrypted(
        mut self,
        roots: &Roots,
        own: Option<&Identity>,
    ) -> Result<Self, EncryptionError> {
        if !self.is_encrypted {
            if *roots == Roots::System && own.is_none() {
                return Ok(self);
            }
            return Err(ServerUrlError::NotEncrypted(self.uri.to_string()).into());
        }
        let told = ToldTime::default();
        let client = ClientTls::open(roots, own, told.clock())?;
        self.tls = Some(LinkTls { client, told });
        Ok(self)
    }
}

/// Why a link cannot be encrypted as it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum EncryptionError {
    /// The address.
    #[error(transparent)]
    Address(#[from] ServerUrlError),
    /// A file.
    #[error(transparent)]
    Files(#[from] TlsProblem),
}

impl FromStr for ServerUrl {
    type Err = ServerUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ServerUrlError::NotAnAddress(text.to_owned());
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        let is_encrypted = match uri.scheme_str() {
            Some("ws") => false,
            Some("wss") => true,
            Some(_) | None => return Err(wrong()),
        };
        if uri.host().is_none_or(str::is_empty) {
            return Err(wrong());
        }
        Ok(Self { uri, is_encrypted, tls: None })
    }
}

/// The key that names the vehicle to the server. Never shown in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct VehicleKey(pub(super) Option<HeaderValue>);

impl VehicleKey {
    /// No key: the vehicle's certificate names it.
    pub const NONE: Self = Self(None);
}

/// A key that cannot be one.
#[derive(Debug, thiserror::Error)]
#[error("the vehicle key is empty or has characters that no key has")]
pub struct KeyError;

impl FromStr for VehicleKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(KeyError);
        }
        let mut value = HeaderValue::from_str(&format!("Bearer {text}")).map_err(|_| KeyError)?;
        value.set_sensitive(true);
        Ok(Self(Some(value)))
    }
}

impl fmt::Debug for VehicleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VehicleKey(hidden)")
    }
}

/// What time a fix counts as measured at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixTimes {
    /// The receiver's time; its date is helped by this machine's clock where it sends none or one
    /// that rolled over.
    Live,
    /// The recording's time as it is.
    Recorded,
    /// The recording's time shifted so that its first fix is now. For demonstration only.
    Restamped,
}

/// The settings of one vehicle's session.
#[derive(Clone, Debug)]
pub struct AgentSettings {
    /// The server.
    pub server: ServerUrl,
    /// The vehicle's key.
    pub key: VehicleKey,
    /// The link's settings.
    pub link: LinkSettings,
    /// How to read the receiver.
    pub parser: ParserOptions,
    /// What time a fix counts as measured at.
    pub fix_times: FixTimes,
}
