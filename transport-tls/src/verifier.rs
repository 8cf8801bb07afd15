//! A server's certificate, judged by a clock that may be wrong.
//!
//! A terminal that lost its power wakes in 1970, and to it every certificate is not yet valid. Nobody gains by showing a
//! certificate before its time, so one that only this machine's own clock finds too early is judged at the moment it
//! begins. One that has ended stays refused, and by a time that was told nothing is forgiven.

use crate::times::{Believed, ClockOf};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};
use std::sync::Arc;

#[derive(Debug)]
pub(crate) struct ByDoubtfulClock {
    pub(crate) strict: Arc<WebPkiServerVerifier>,
    pub(crate) clock: ClockOf,
}

impl ServerCertVerifier for ByDoubtfulClock {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let mut at = now;
        // Each certificate of the chain may begin later than the one before it.
        for _ in 0..=intermediates.len() {
            let judged = self.strict.verify_server_cert(
                end_entity,
                intermediates,
                server_name,
                ocsp_response,
                at,
            );
            match judged {
                Err(Error::InvalidCertificate(CertificateError::NotValidYetContext {
                    not_before,
                    ..
                })) if self.clock.now().1 == Believed::OwnClock && not_before > at => {
                    tracing::warn!(
                        own_clock = now.as_secs(),
                        valid_from = not_before.as_secs(),
                        "this machine's clock is behind: it lies before the server's certificate begins"
                    );
                    at = not_before;
                }
                other => return other,
            }
        }
        self.strict.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, at)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.strict.verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.strict.verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.strict.supported_verify_schemes()
    }
}
