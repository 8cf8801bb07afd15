//! What a session needs to know before it starts, checked once.

use std::fmt;
use std::str::FromStr;

use tokio_tungstenite::tungstenite::http::{HeaderValue, Uri};

use crate::link::LinkSettings;
use crate::nmea::ParserOptions;

/// Where the server's agent link is: `ws://host:port/ws/agent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerUrl(pub(super) Uri);

/// An address that is no agent link.
#[derive(Debug, thiserror::Error)]
pub enum ServerUrlError {
    /// It is not written as one.
    #[error("{0:?} is no server address; write ws://host:port/ws/agent")]
    NotAnAddress(String),
    /// It asks for TLS.
    #[error(
        "wss:// is not built in; reach the server through the vehicle's VPN or a local TLS tunnel and write ws://"
    )]
    TlsNotBuiltIn,
}

impl FromStr for ServerUrl {
    type Err = ServerUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || ServerUrlError::NotAnAddress(text.to_owned());
        let uri: Uri = text.parse().map_err(|_| wrong())?;
        match uri.scheme_str() {
            Some("ws") if uri.host().is_some() => Ok(Self(uri)),
            Some("wss") => Err(ServerUrlError::TlsNotBuiltIn),
            Some(_) | None => Err(wrong()),
        }
    }
}

/// The key that names the vehicle to the server. Never shown in logs.
#[derive(Clone, PartialEq, Eq)]
pub struct VehicleKey(pub(super) HeaderValue);

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
        Ok(Self(value))
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
