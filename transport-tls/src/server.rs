//! The end that links are opened to: its certificate, whose certificates it believes, and both anew when the files change.

use crate::client::pinned;
use crate::facts::without_leading_zeros;
use crate::files::{TlsProblem, bytes, certificates, key, revocation_lists};
use crate::times::ClockOf;
use crate::{Facts, facts, provider};
use rustls::ServerConfig;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use x509_parser::prelude::{CertificateRevocationList, FromDer};

/// The PEM files of a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFiles {
    /// Its certificate, with the authorities between it and the root.
    pub certificate: PathBuf,
    /// The certificate's private key.
    pub key: PathBuf,
    /// The authority whose certificates vehicles may show; without it nobody is asked for one.
    pub vehicle_authority: Option<PathBuf>,
    /// That authority's list of certificates that count no more.
    pub revoked: Option<PathBuf>,
}

impl ServerFiles {
    fn read(&self) -> Result<Vec<Vec<u8>>, TlsProblem> {
        let all = [
            Some(&self.certificate),
            Some(&self.key),
            self.vehicle_authority.as_ref(),
            self.revoked.as_ref(),
        ];
        all.into_iter().flatten().map(|path| bytes(path)).collect()
    }
}

/// What is in use.
struct Loaded {
    config: Arc<ServerConfig>,
    own: Facts,
    revoked: HashSet<String>,
    /// The files as they were read; what differs is loaded anew.
    read: Vec<Vec<u8>>,
    /// How often something was loaded.
    edition: u64,
}

/// How the certificate stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What the certificate in use says.
    pub own: Facts,
    /// Why what the files hold now is not in use, when it is not.
    pub problem: Option<String>,
    /// How often something was loaded; rises by one each time.
    pub edition: u64,
}

/// What a look at the files found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookedAgain {
    /// The same as before.
    Unchanged,
    /// Something else, which is in use now.
    Loaded,
}

/// A server's TLS, which outlives its certificates.
pub struct ServerTls {
    files: ServerFiles,
    clock: ClockOf,
    current: Mutex<(Arc<Loaded>, Option<String>)>,
}

impl std::fmt::Debug for ServerTls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ServerTls").field("files", &self.files).finish_non_exhaustive()
    }
}

impl ServerTls {
    /// Reads the files.
    ///
    /// # Errors
    /// Which file cannot be used, why, and what is expected. A certificate that has ended or not begun is taken all the
    /// same: a server that does not start helps nobody, and its standing tells.
    pub fn open(files: ServerFiles, clock: ClockOf) -> Result<Self, TlsProblem> {
        let loaded = load(&files, files.read()?, &clock, 1)?;
        Ok(Self { files, clock, current: Mutex::new((Arc::new(loaded), None)) })
    }

    /// The configuration for a new connection.
    pub fn config(&self) -> Arc<ServerConfig> {
        self.lock().0.config.clone()
    }

    /// How the certificate stands.
    pub fn standing(&self) -> Standing {
        let current = self.lock();
        let (loaded, problem) = &*current;
        Standing { own: loaded.own.clone(), problem: problem.clone(), edition: loaded.edition }
    }

    /// Seconds since 1970, UTC, by the clock that certificates are judged by.
    pub fn now(&self) -> u64 {
        self.clock.now().0
    }

    /// Whether a certificate of the vehicles' authority counts no more, by its serial number as in [`Facts`].
    pub fn is_revoked(&self, serial: &str) -> bool {
        self.lock().0.revoked.contains(serial)
    }

    /// Looks at the files again and takes what changed. What cannot be used, and a certificate out of its time where the
    /// one in use is within it, changes nothing: the server goes on with what it has.
    ///
    /// # Errors
    /// Why the new files are not taken; told by [`Self::standing`] too until they are good.
    pub fn look_again(&self) -> Result<LookedAgain, TlsProblem> {
        let before = self.lock().0.clone();
        let looked = self.files.read().and_then(|read| {
            if read == before.read {
                return Ok(None);
            }
            let loaded = load(&self.files, read, &self.clock, before.edition + 1)?;
            let now = self.now();
            if before.own.is_valid_at(now) && !loaded.own.is_valid_at(now) {
                let what = "it is not valid at this time".to_owned();
                let file = self.files.certificate.clone();
                return Err(TlsProblem::Unfit(file, what, "a certificate within its time"));
            }
            Ok(Some(loaded))
        });
        let mut current = self.lock();
        match looked {
            Ok(None) => {
                current.1 = None;
                Ok(LookedAgain::Unchanged)
            }
            Ok(Some(loaded)) => {
                *current = (Arc::new(loaded), None);
                Ok(LookedAgain::Loaded)
            }
            Err(problem) => {
                current.1 = Some(problem.to_string());
                Err(problem)
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, (Arc<Loaded>, Option<String>)> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn load(
    files: &ServerFiles,
    read: Vec<Vec<u8>>,
    clock: &ClockOf,
    edition: u64,
) -> Result<Loaded, TlsProblem> {
    let unfit =
        |path: &PathBuf, error: String, expected| TlsProblem::Unfit(path.clone(), error, expected);
    let (certificate, key_pem) = (&read[0], &read[1]);
    let chain = certificates(&files.certificate, certificate)?;
    let own = chain.first().and_then(|first| facts(first)).ok_or_else(|| {
        unfit(&files.certificate, "it cannot be read".into(), "an X.509 certificate")
    })?;
    let secret = key(&files.key, key_pem)?;
    let revoked_pem = files.revoked.as_ref().and_then(|_| read.last());
    let (verifier, revoked) = client_verifier(files, revoked_pem.map(Vec::as_slice))?;
    let mut config = ServerConfig::builder_with_details(provider(), Arc::new(clock.clone()))
        .with_safe_default_protocol_versions()
        .map_err(|error| unfit(&files.certificate, error.to_string(), "a usable certificate"))?
        .with_client_cert_verifier(verifier)
        .with_single_cert(chain, secret)
        .map_err(|error| {
            unfit(&files.certificate, error.to_string(), "a certificate and its own key")
        })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Loaded { config: Arc::new(config), own, revoked, read, edition })
}

/// Who may show a certificate, and which serial numbers count no more. Browsers show none, so none is demanded here.
fn client_verifier(
    files: &ServerFiles,
    revoked_pem: Option<&[u8]>,
) -> Result<(Arc<dyn ClientCertVerifier>, HashSet<String>), TlsProblem> {
    let Some(authority) = &files.vehicle_authority else {
        return Ok((WebPkiClientVerifier::no_client_auth(), HashSet::new()));
    };
    let roots = Arc::new(pinned(authority)?);
    let subjects: Vec<Vec<u8>> = roots.subjects().iter().map(|it| it.as_ref().to_vec()).collect();
    let mut builder =
        WebPkiClientVerifier::builder_with_provider(roots, provider()).allow_unauthenticated();
    let mut serials = HashSet::new();
    let mut named = authority;
    if let (Some(path), Some(pem)) = (&files.revoked, revoked_pem) {
        named = path;
        let lists = revocation_lists(path, pem)?;
        for list in &lists {
            let content = |what: &str| TlsProblem::Content(path.clone(), what.to_owned());
            let (issuer, revoked) = read_list(list)
                .ok_or_else(|| content("holds a revocation list that cannot be read"))?;
            if !subjects.contains(&issuer) {
                return Err(content("is not a list of the vehicles' authority; expected its own"));
            }
            serials.extend(revoked);
        }
        builder = builder
            .with_crls(lists)
            .only_check_end_entity_revocation()
            .allow_unknown_revocation_status();
    }
    let verifier = builder.build().map_err(|error| {
        TlsProblem::Unfit(named.clone(), error.to_string(), "the vehicles' authority and its list")
    })?;
    Ok((verifier, serials))
}

/// Who signed a list, as DER, and the serial numbers in it.
fn read_list(list: &[u8]) -> Option<(Vec<u8>, Vec<String>)> {
    let (_, list) = CertificateRevocationList::from_der(list).ok()?;
    let serials = list.iter_revoked_certificates().map(|revoked| {
        let hex: String = revoked.raw_serial().iter().map(|byte| format!("{byte:02x}")).collect();
        without_leading_zeros(&hex)
    });
    Some((list.issuer().as_raw().to_vec(), serials.collect()))
}
