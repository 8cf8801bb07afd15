//! What a session needs to know before it starts, checked once.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use transport_tls::{ClientTls, Identity, Roots, TlsProblem};

use tokio::sync::watch;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Uri};

use wire_protocol::picture::PictureWanted;

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

impl ServerUrl {
    /// The same link for a vehicle that a gateway speaks for with its own key.
    pub fn for_vehicle(&self, vehicle: &str) -> Self {
        let query = format!("{}?vehicle={}", self.uri.path(), percent_encoded(vehicle));
        let mut parts = self.uri.clone().into_parts();
        // Letters, digits and percent signs are a query always; were they none, the server would refuse the key.
        parts.path_and_query = query.parse().ok().or(parts.path_and_query);
        let uri = Uri::from_parts(parts).unwrap_or_else(|_| self.uri.clone());
        Self { uri, ..self.clone() }
    }

    /// Another server that is encrypted as this one is and believed by the same certificates; nothing where the text is
    /// none.
    pub(super) fn beside(&self, text: &str) -> Option<Self> {
        let other: Self = text.parse().ok()?;
        (other.is_encrypted == self.is_encrypted).then(|| Self { tls: self.tls.clone(), ..other })
    }

    /// Whether it is the same address.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.uri == other.uri
    }

    /// The server as HTTP names it in `Host`.
    pub(super) fn authority(&self) -> &str {
        self.uri.authority().map_or("", |authority| authority.as_str())
    }

    /// This path of the server's HTTP interface, which lies beside the agent link.
    pub(super) fn http_path(&self, path: &str) -> String {
        let prefix = self.uri.path().strip_suffix("/ws/agent").unwrap_or_default();
        format!("{prefix}{path}")
    }
}

/// All but plain letters, digits and hyphens as `%XX`.
pub(super) fn percent_encoded(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    text.bytes()
        .map(
            |byte| {
                if is_plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
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

    /// The header that shows it; none for a vehicle that has a certificate alone.
    pub(crate) fn header(&self) -> Option<HeaderValue> {
        self.0.clone()
    }
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
    /// The file of the servers that one of them told of; nothing where only the given one is gone to.
    pub server_list: Option<PathBuf>,
    /// The vehicle's key.
    pub key: VehicleKey,
    /// The link's settings.
    pub link: LinkSettings,
    /// How to read the receiver.
    pub parser: ParserOptions,
    /// What time a fix counts as measured at.
    pub fix_times: FixTimes,
    /// Where it is told which picture of its cameras the server would like, if the link says that there are any.
    pub camera: Option<watch::Sender<Option<PictureWanted>>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gateway_names_the_vehicle_in_the_address() {
        let server: ServerUrl = "ws://10.0.0.1:8120/helan/ws/agent".parse().expect("is one");
        let address = server.for_vehicle("银川 1&x=2").uri.to_string();
        let wanted = "ws://10.0.0.1:8120/helan/ws/agent?vehicle=%E9%93%B6%E5%B7%9D%201%26x%3D2";
        assert_eq!(address, wanted);
        let http = (server.authority(), server.http_path("/api/v1/x"));
        assert_eq!(http, ("10.0.0.1:8120", "/helan/api/v1/x".to_owned()));
    }
}
