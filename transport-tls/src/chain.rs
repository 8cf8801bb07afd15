//! The order in which TLS sends a chain: the certificate of the key first, then whoever signed the one before.

use crate::provider;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use x509_parser::prelude::{FromDer, X509Certificate};

/// A file's certificates in that order, however the file has them; nothing when none of them is of the key. What belongs
/// to no other stands last: another end may know more than is known here.
pub(crate) fn in_order(
    mut certificates: Vec<CertificateDer<'static>>,
    key: &PrivateKeyDer<'static>,
) -> Option<Vec<CertificateDer<'static>>> {
    let own = certificates.iter().position(|certificate| is_of(certificate, key))?;
    let mut chain = vec![certificates.remove(own)];
    while let Some(signer) = chain.last().and_then(|last| signer_of(last, &certificates)) {
        chain.push(certificates.remove(signer));
    }
    chain.append(&mut certificates);
    Some(chain)
}

fn is_of(certificate: &CertificateDer<'static>, key: &PrivateKeyDer<'static>) -> bool {
    CertifiedKey::from_der(vec![certificate.clone()], key.clone_key(), &provider()).is_ok()
}

/// Which of these has the name that signed a certificate.
fn signer_of(certificate: &[u8], among: &[CertificateDer<'static>]) -> Option<usize> {
    let (_, read) = X509Certificate::from_der(certificate).ok()?;
    among.iter().position(|other| {
        X509Certificate::from_der(other)
            .is_ok_and(|(_, other)| other.subject().as_raw() == read.issuer().as_raw())
    })
}
