//! What a certificate says of itself. Nothing of it is checked here.

use crate::vehicle_of;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Certificate};

/// What a certificate says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Its serial number in lower-case hex, two digits a byte, without leading zeros.
    pub serial: String,
    /// The vehicle that it names; nothing when it names none, or several.
    pub vehicle: Option<String>,
    /// Host names it is for.
    pub names: Vec<String>,
    /// From when it is valid, seconds since 1970, UTC.
    pub not_before: i64,
    /// Until when it is valid, seconds since 1970, UTC.
    pub not_after: i64,
}

impl Facts {
    /// Whether it is valid at a time, seconds since 1970, UTC.
    pub fn is_valid_at(&self, seconds: u64) -> bool {
        i64::try_from(seconds).is_ok_and(|at| (self.not_before..=self.not_after).contains(&at))
    }
}

/// Reads a certificate's DER; nothing when it is none.
pub fn facts(der: &[u8]) -> Option<Facts> {
    let (rest, certificate) = X509Certificate::from_der(der).ok()?;
    let names = certificate.subject_alternative_name().ok()?;
    let names = names.map(|it| it.value.general_names.as_slice()).unwrap_or_default();
    let mut vehicles = names.iter().filter_map(|name| {
        let GeneralName::URI(uri) = name else { return None };
        vehicle_of(uri)
    });
    let (vehicle, second) = (vehicles.next(), vehicles.next());
    let hosts = names.iter().filter_map(|name| {
        if let GeneralName::DNSName(host) = name {
            return Some((*host).to_owned());
        }
        let GeneralName::IPAddress(bytes) = name else { return None };
        address(bytes)
    });
    let serial: String =
        certificate.raw_serial().iter().map(|byte| format!("{byte:02x}")).collect();
    Some(Facts {
        serial: without_leading_zeros(&serial),
        vehicle: vehicle.filter(|_| second.is_none()),
        names: hosts.collect(),
        not_before: certificate.validity().not_before.timestamp(),
        not_after: certificate.validity().not_after.timestamp(),
    })
    .filter(|_| rest.is_empty())
}

fn without_leading_zeros(serial: &str) -> String {
    let mut rest = serial;
    while let Some(shorter) = rest.strip_prefix("00").filter(|shorter| !shorter.is_empty()) {
        rest = shorter;
    }
    rest.to_owned()
}

fn address(bytes: &[u8]) -> Option<String> {
    match bytes.len() {
        4 => <[u8; 4]>::try_from(bytes).ok().map(|it| std::net::Ipv4Addr::from(it).to_string()),
        16 => <[u8; 16]>::try_from(bytes).ok().map(|it| std::net::Ipv6Addr::from(it).to_string()),
        _ => None,
    }
}
