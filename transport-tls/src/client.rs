//! The end that opens links: a terminal, a gateway, a simulation.

use crate::files::{TlsProblem, bytes, certificates, key};
use crate::times::ClockOf;
use crate::verifier::ByDoubtfulClock;
use crate::{Facts, facts, provider};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Who may have signed the server's certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Roots {
    /// The authorities that this machine trusts.
    System,
    /// The authorities in this file alone.
    Pinned(PathBuf),
}

/// One's own certificate, with the authorities between it and the root, and its key: PEM files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The certificate.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// What links are opened with. Made once; cloning shares it.
#[derive(Clone, Debug)]
pub struct ClientTls {
    config: Arc<ClientConfig>,
    own: Option<Facts>,
}

impl ClientTls {
    /// Reads the files.
    ///
    /// # Errors
    /// Which file cannot be used, why, and what is expected.
    pub fn open(roots: &Roots, own: Option<&Identity>, clock: ClockOf) -> Result<Self, TlsProblem> {
        let (store, of) = match roots {
            Roots::System => (system_roots()?, PathBuf::from("the system's certificates")),
            Roots::Pinned(path) => (pinned(path)?, path.clone()),
        };
        let unfit =
            |error: String| TlsProblem::Unfit(of.clone(), error, "certificates of authorities");
        let strict = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider())
            .build()
            .map_err(|error| unfit(error.to_string()))?;
        let verifier = Arc::new(ByDoubtfulClock { strict, clock: clock.clone() });
        let builder = ClientConfig::builder_with_details(provider(), Arc::new(clock))
            .with_safe_default_protocol_versions()
            .map_err(|error| unfit(error.to_string()))?
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        let (mut config, own) = match own {
            None => (builder.with_no_client_auth(), None),
            Some(Identity { certificate, key: key_file }) => {
                let chain = certificates(certificate, &bytes(certificate)?)?;
                let own = chain.first().and_then(|first| facts(first));
                let secret = key(key_file, &bytes(key_file)?)?;
                let config = builder.with_client_auth_cert(chain, secret).map_err(|error| {
                    let file = certificate.clone();
                    TlsProblem::Unfit(file, error.to_string(), "a certificate and its own key")
                })?;
                (config, own)
            }
        };
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { config: Arc::new(config), own })
    }

    /// What one's own certificate says; nothing without one.
    pub fn own(&self) -> Option<&Facts> {
        self.own.as_ref()
    }

    /// Encrypts a connection to the server of this host name or address.
    ///
    /// # Errors
    /// When the server's certificate is not believed, or the connection breaks.
    pub async fn connect<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        host: &str,
        stream: S,
    ) -> io::Result<TlsStream<S>> {
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let name = ServerName::try_from(bare.to_owned())
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
        TlsConnector::from(self.config.clone()).connect(name, stream).await
    }
}

fn system_roots() -> Result<RootCertStore, TlsProblem> {
    let found = rustls_native_certs::load_native_certs();
    let mut store = RootCertStore::empty();
    let (taken, _) = store.add_parsable_certificates(found.certs);
    if taken == 0 {
        let why: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        return Err(TlsProblem::NoSystemRoots(why.join("; ")));
    }
    Ok(store)
}

/// The authorities of a file, each of them usable.
pub(crate) fn pinned(path: &Path) -> Result<RootCertStore, TlsProblem> {
    let mut store = RootCertStore::empty();
    for certificate in certificates(path, &bytes(path)?)? {
        store.add(certificate).map_err(|error| {
            let what = error.to_string();
            TlsProblem::Unfit(path.to_owned(), what, "certificates of authorities")
        })?;
    }
    Ok(store)
}
