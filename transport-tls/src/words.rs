//! Why no encrypted connection came about, in words for whoever stands before the terminal.

use rustls::{AlertDescription, CertificateError, Error};
use std::io;

/// A refusal that no second try changes as long as certificates stay as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TlsBlame {
    /// The server does not take one's own certificate.
    OwnCertificate,
    /// The server's certificate is not believed.
    ServerCertificate,
    /// Something else: a broken line, a port that does not speak TLS.
    Other,
}

/// What an error of an encrypted connection means; nothing when it is none of TLS.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's list, of which a few have words of ours"
)]
pub fn tls_words(error: &io::Error) -> Option<(TlsBlame, String)> {
    let inner = error.get_ref()?.downcast_ref::<Error>()?;
    Some(match inner {
        Error::InvalidCertificate(why) => (
            TlsBlame::ServerCertificate,
            format!("the server's certificate is not believed: {}", server(why)),
        ),
        Error::AlertReceived(alert) => match own(*alert) {
            Some(why) => (
                TlsBlame::OwnCertificate,
                format!("the server does not take this vehicle's certificate: {why}"),
            ),
            None => (TlsBlame::Other, format!("the server broke off the encryption ({inner})")),
        },
        Error::InvalidMessage(_) => {
            let what = "the server does not speak TLS at this port; look at its address and port";
            (TlsBlame::Other, what.to_owned())
        }
        other => (TlsBlame::Other, format!("no encrypted connection: {other}")),
    })
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's list, of which a few have words of ours"
)]
fn server(why: &CertificateError) -> String {
    match why {
        CertificateError::UnknownIssuer | CertificateError::BadSignature => {
            "it was signed by an authority that is not trusted here; look at --ca".to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has ended, or the clock here is ahead".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it has not begun, or the clock here is behind".to_owned()
        }
        CertificateError::NotValidForName => "it is for another name".to_owned(),
        CertificateError::NotValidForNameContext { expected, presented } => {
            format!("it is for {}, not for {}", presented.join(", "), expected.to_str())
        }
        CertificateError::Revoked => "it was revoked".to_owned(),
        other => other.to_string(),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the library's list, of which a few have words of ours"
)]
fn own(alert: AlertDescription) -> Option<&'static str> {
    Some(match alert {
        AlertDescription::CertificateExpired => "it has ended or not begun",
        AlertDescription::CertificateRevoked => "it was revoked",
        AlertDescription::UnknownCA => "it was signed by another authority",
        AlertDescription::BadCertificate
        | AlertDescription::UnsupportedCertificate
        | AlertDescription::CertificateUnknown => "it is no certificate for a vehicle",
        AlertDescription::CertificateRequired => "none was shown; give --certificate",
        _ => return None,
    })
}
