//! The two halves of a server's TLS, each read from its own files and usable without the other being anew: what the server
//! shows, and whose certificates it believes.

use crate::chain::in_order;
use crate::client::pinned;
use crate::files::{
    ServerFiles, TlsProblem, bytes, certificates, is_open_to_others, key, revocation_lists,
};
use crate::times::ClockOf;
use crate::{Facts, facts, provider};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use x509_parser::prelude::{CertificateRevocationList, FromDer, X509Certificate, X509Error};

/// What the server shows.
#[derive(Debug)]
pub(crate) struct Shown {
    read: [Vec<u8>; 2],
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
    pub(crate) facts: Facts,
    /// Whether others on this machine may read the key.
    pub(crate) key_is_open: bool,
}

impl Shown {
    /// Reads it.
    pub(crate) fn load(files: &ServerFiles) -> Result<Self, TlsProblem> {
        let read = [bytes(&files.certificate)?, bytes(&files.key)?];
        let key_is_open = is_open_to_others(&files.key);
        let unfit = |why: &str, expected| {
            TlsProblem::Unfit(files.certificate.clone(), why.to_owned(), expected)
        };
        let unordered = certificates(&files.certificate, &read[0])?;
        let key = key(&files.key, &read[1])?;
        let chain = in_order(unordered, &key).ok_or_else(|| {
            let why = format!("none of its certificates is of the key in {}", files.key.display());
            unfit(&why, "a certificate and its own key")
        })?;
        let facts = chain
            .first()
            .and_then(|first| facts(first))
            .ok_or_else(|| unfit("it cannot be read", "an X.509 certificate"))?;
        Ok(Self { read, chain, key, facts, key_is_open })
    }

    /// Whether both were read from the same files.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.read == other.read && self.key_is_open == other.key_is_open
    }
}

/// Whose certificates are believed.
#[derive(Debug)]
pub(crate) struct Believes {
    read: Vec<Vec<u8>>,
    verifier: Arc<dyn ClientCertVerifier>,
}

impl Believes {
    /// Reads it. Browsers show no certificate, so none is demanded.
    pub(crate) fn load(files: &ServerFiles) -> Result<Self, TlsProblem> {
        let paths = [files.vehicle_authority.as_ref(), files.revoked.as_ref()];
        let read: Result<Vec<_>, _> = paths.into_iter().flatten().map(|path| bytes(path)).collect();
        let read = read?;
        let Some(authority) = &files.vehicle_authority else {
            return Ok(Self { read, verifier: WebPkiClientVerifier::no_client_auth() });
        };
        let of_authorities = certificates(authority, &read[0])?;
        let roots = Arc::new(pinned(authority, &read[0])?);
        let mut builder =
            WebPkiClientVerifier::builder_with_provider(roots, provider()).allow_unauthenticated();
        if let (Some(path), Some(pem)) = (&files.revoked, read.get(1)) {
            let lists = revocation_lists(path, pem)?;
            for list in &lists {
                check_list(path, list, &of_authorities)?;
            }
            builder = builder
                .with_crls(lists)
                .only_check_end_entity_revocation()
                .allow_unknown_revocation_status();
        }
        let verifier = builder.build().map_err(|error| {
            let expected = "the vehicles' authority and its list";
            TlsProblem::Unfit(authority.clone(), error.to_string(), expected)
        })?;
        Ok(Self { read, verifier })
    }

    /// Whether both were read from the same files.
    pub(crate) fn is_as(&self, other: &Self) -> bool {
        self.read == other.read
    }

    /// Whether a chain is believed at a time, seconds since 1970, UTC: signed by the authority, within its time, not revoked.
    pub(crate) fn chain(&self, chain: &[CertificateDer<'static>], seconds: u64) -> bool {
        let Some((first, rest)) = chain.split_first() else { return false };
        let now = UnixTime::since_unix_epoch(Duration::from_secs(seconds));
        self.verifier.verify_client_cert(first, rest, now).is_ok()
    }
}

/// A list that the authority did not sign would revoke nothing, or make every vehicle a doubtful one.
fn check_list(
    path: &Path,
    list: &[u8],
    authorities: &[CertificateDer<'static>],
) -> Result<(), TlsProblem> {
    let content = |what: &str| TlsProblem::Content(path.to_owned(), what.to_owned());
    let (_, list) = CertificateRevocationList::from_der(list).map_err(|_| {
        content("holds a revocation list that cannot be read; expected one of X.509, version 2")
    })?;
    let is_signer = |authority: &CertificateDer<'static>| {
        X509Certificate::from_der(authority).is_ok_and(|(_, authority)| {
            authority.subject().as_raw() == list.issuer().as_raw()
                && !matches!(
                    list.verify_signature(authority.public_key()),
                    Err(X509Error::SignatureVerificationError)
                )
        })
    };
    if authorities.iter().any(is_signer) {
        return Ok(());
    }
    Err(content("is not a list of the vehicles' authority; expected one that it signed itself"))
}

/// Both halves as connections are encrypted with them.
pub(crate) fn config(
    files: &ServerFiles,
    shown: &Shown,
    believes: &Believes,
    clock: &ClockOf,
) -> Result<ServerConfig, TlsProblem> {
    let unfit = |error: rustls::Error| {
        let expected = "a certificate and its own key";
        TlsProblem::Unfit(files.certificate.clone(), error.to_string(), expected)
    };
    let mut config = ServerConfig::builder_with_details(provider(), Arc::new(clock.clone()))
        .with_safe_default_protocol_versions()
        .map_err(unfit)?
        .with_client_cert_verifier(believes.verifier.clone())
        .with_single_cert(shown.chain.clone(), shown.key.clone_key())
        .map_err(unfit)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}
