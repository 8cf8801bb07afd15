//! The end that opens links: a terminal, a gateway, a simulation.

use crate::chain::in_order;
use crate::files::{TlsProblem, bytes, certificates, is_open_to_others, key};
use crate::times::ClockOf;
use crate::verifier::ByDoubtfulClock;
use crate::{Facts, facts, provider, vehicle_file_name};
use rustls::client::WebPkiServerVerifier;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
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

impl Identity {
    /// The one of a vehicle in a folder that `helan-admin certificates issue` fills; nothing when the folder has none.
    pub fn in_folder(folder: &Path, vehicle: &str) -> Option<Self> {
        let name = vehicle_file_name(vehicle);
        let [certificate, key] = ["pem", "key"].map(|kind| folder.join(format!("{name}.{kind}")));
        // One without the other is an error that names the file, not a vehicle without a certificate.
        (certificate.exists() || key.exists()).then_some(Self { certificate, key })
    }
}

/// What links are opened with, which outlives the files that it was read from. Cloning shares it.
#[derive(Clone, Debug)]
pub struct ClientTls(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    roots: Roots,
    own: Option<Identity>,
    clock: ClockOf,
    in_use: Mutex<InUse>,
}

#[derive(Debug)]
struct InUse {
    config: Arc<ClientConfig>,
    nameless: Arc<ClientConfig>,
    own: Option<Facts>,
    /// The files as they were read.
    read: Vec<Vec<u8>>,
}

impl ClientTls {
    /// Reads the files.
    ///
    /// # Errors
    /// Which file cannot be used, why, and what is expected.
    pub fn open(roots: &Roots, own: Option<&Identity>, clock: ClockOf) -> Result<Self, TlsProblem> {
        let in_use = load(roots, own, &clock, read(roots, own)?)?;
        if let Some(Identity { key, .. }) = own
            && is_open_to_others(key)
        {
            tracing::warn!(key = %key.display(), "others on this machine may read the key; chmod 600 keeps it to its owner");
        }
        let (roots, own, in_use) = (roots.clone(), own.cloned(), Mutex::new(in_use));
        Ok(Self(Arc::new(Shared { roots, own, clock, in_use })))
    }

    /// What one's own certificate says; nothing without one.
    pub fn own(&self) -> Option<Facts> {
        self.lock().own.clone()
    }

    /// Takes the files anew when they have changed: a terminal is given its next certificate, and its authority's, without
    /// being started again. The machine's own authorities are read once. Reads files: not for a task that others wait on.
    ///
    /// # Errors
    /// Why they cannot be used; what was read before stays in use.
    pub fn look_again(&self) -> Result<(), TlsProblem> {
        let Shared { roots, own, clock, .. } = &*self.0;
        let read = read(roots, own.as_ref())?;
        if read != self.lock().read {
            let loaded = load(roots, own.as_ref(), clock, read)?;
            *self.lock() = loaded;
            tracing::info!("new certificates are in use");
        }
        Ok(())
    }

    /// Encrypts a connection to the server of this host name or address, and shows one's own certificate there, if there
    /// is one.
    ///
    /// # Errors
    /// When the server's certificate is not believed, or the connection breaks.
    pub async fn connect<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        host: &str,
        stream: S,
    ) -> io::Result<TlsStream<S>> {
        let config = self.lock().config.clone();
        encrypt(config, host, stream).await
    }

    /// The same without showing one's own certificate.
    ///
    /// # Errors
    /// As [`Self::connect`].
    pub async fn connect_nameless<S: AsyncRead + AsyncWrite + Unpin>(
        &self,
        host: &str,
        stream: S,
    ) -> io::Result<TlsStream<S>> {
        let config = self.lock().nameless.clone();
        encrypt(config, host, stream).await
    }

    fn lock(&self) -> MutexGuard<'_, InUse> {
        self.0.in_use.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn encrypt<S: AsyncRead + AsyncWrite + Unpin>(
    config: Arc<ClientConfig>,
    host: &str,
    stream: S,
) -> io::Result<TlsStream<S>> {
    let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let name = ServerName::try_from(bare.to_owned())
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    TlsConnector::from(config).connect(name, stream).await
}

fn read(roots: &Roots, own: Option<&Identity>) -> Result<Vec<Vec<u8>>, TlsProblem> {
    let pinned = match roots {
        Roots::System => None,
        Roots::Pinned(path) => Some(path),
    };
    let own = own.into_iter().flat_map(|own| [&own.certificate, &own.key]);
    pinned.into_iter().chain(own).map(|path| bytes(path)).collect()
}

fn load(
    roots: &Roots,
    own: Option<&Identity>,
    clock: &ClockOf,
    read: Vec<Vec<u8>>,
) -> Result<InUse, TlsProblem> {
    let mut files = read.iter();
    let (store, of) = match roots {
        Roots::System => (system_roots()?, PathBuf::from("the system's certificates")),
        Roots::Pinned(path) => {
            let pem = files.next().map(Vec::as_slice).unwrap_or_default();
            (Arc::new(pinned(path, pem)?), path.clone())
        }
    };
    let unfit = |error: String| TlsProblem::Unfit(of.clone(), error, "certificates of authorities");
    let strict = WebPkiServerVerifier::builder_with_provider(store, provider())
        .build()
        .map_err(|error| unfit(error.to_string()))?;
    let verifier = Arc::new(ByDoubtfulClock { strict, clock: clock.clone() });
    let builder = ClientConfig::builder_with_details(provider(), Arc::new(clock.clone()))
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit(error.to_string()))?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut nameless = builder.clone().with_no_client_auth();
    nameless.alpn_protocols = vec![b"http/1.1".to_vec()];
    let (mut config, own) = match (own, files.next(), files.next()) {
        (Some(Identity { certificate, key: key_file }), Some(chain), Some(secret)) => {
            let unfit = |why: String| {
                TlsProblem::Unfit(certificate.clone(), why, "a certificate and its own key")
            };
            let secret = key(key_file, secret)?;
            let chain = in_order(certificates(certificate, chain)?, &secret).ok_or_else(|| {
                unfit(format!("none of its certificates is of the key in {}", key_file.display()))
            })?;
            let own = chain.first().and_then(|first| facts(first));
            let config = builder.with_client_auth_cert(chain, secret);
            (config.map_err(|error| unfit(error.to_string()))?, own)
        }
        _ => (nameless.clone(), None),
    };
    config.alpn_protocols.clone_from(&nameless.alpn_protocols);
    Ok(InUse { config: Arc::new(config), nameless: Arc::new(nameless), own, read })
}

/// Read once: a gateway has thousands of vehicles, and a machine two hundred authorities.
fn system_roots() -> Result<Arc<RootCertStore>, TlsProblem> {
    static READ: OnceLock<Arc<RootCertStore>> = OnceLock::new();
    if let Some(store) = READ.get() {
        return Ok(store.clone());
    }
    let found = rustls_native_certs::load_native_certs();
    let mut store = RootCertStore::empty();
    let (taken, _) = store.add_parsable_certificates(found.certs);
    if taken == 0 {
        let why: Vec<String> = found.errors.iter().map(ToString::to_string).collect();
        return Err(TlsProblem::NoSystemRoots(why.join("; ")));
    }
    Ok(READ.get_or_init(|| Arc::new(store)).clone())
}

/// A file of authorities, for other programs' TLS.
///
/// # Errors
/// When it holds none, or one that cannot be used.
pub fn authorities_pem(path: &Path) -> Result<Vec<u8>, TlsProblem> {
    let pem = bytes(path)?;
    pinned(path, &pem)?;
    Ok(pem)
}

/// The authorities of a file that was read, each of them usable.
pub(crate) fn pinned(path: &Path, pem: &[u8]) -> Result<RootCertStore, TlsProblem> {
    let mut store = RootCertStore::empty();
    for certificate in certificates(path, pem)? {
        store.add(certificate).map_err(|error| {
            let what = error.to_string();
            TlsProblem::Unfit(path.to_owned(), what, "certificates of authorities")
        })?;
    }
    Ok(store)
}
