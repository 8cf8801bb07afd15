//! The certificates that vehicles came in by, so that what one opened ends with it.

use std::collections::BTreeMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use transport_tls::{CertificateDer, facts};

/// A certificate, and those that signed it.
type Chain = Arc<[CertificateDer<'static>]>;

/// A vehicle's certificate that opens the door.
#[derive(Clone, Debug)]
pub struct ShownCertificate {
    /// The vehicle that it names.
    pub vehicle: String,
    /// Cancelled when it is revoked or ends.
    pub ended: CancellationToken,
}

/// As large as the authority has signed certificates that are in use: each was believed as its connection began.
#[derive(Debug, Default)]
pub(super) struct ShownTable {
    /// By the certificate itself: two authorities may give one serial number.
    all: BTreeMap<Vec<u8>, Shown>,
}

#[derive(Debug)]
struct Shown {
    vehicle: String,
    chain: Chain,
    /// When the first of its chain ends, seconds since 1970.
    ends: i64,
    ended: CancellationToken,
}

impl ShownTable {
    /// Remembers it.
    pub(super) fn hold(&mut self, vehicle: String, chain: &Chain) -> ShownCertificate {
        let new = || {
            let ends = chain.iter().filter_map(|it| facts(it)).map(|it| it.not_after).min();
            let (vehicle, chain) = (vehicle.clone(), chain.clone());
            let ended = CancellationToken::new();
            Shown { vehicle, chain, ends: ends.unwrap_or(i64::MIN), ended }
        };
        let ended = match chain.first() {
            Some(own) => self.all.entry(own.to_vec()).or_insert_with(new).ended.clone(),
            None => new().ended,
        };
        ShownCertificate { vehicle, ended }
    }

    /// All of them, each with its end in seconds since 1970.
    pub(super) fn all(&self) -> Vec<(Chain, i64)> {
        self.all.values().map(|shown| (shown.chain.clone(), shown.ends)).collect()
    }

    /// Ends and forgets some; gives their vehicles.
    pub(super) fn end(&mut self, over: &[Chain]) -> Vec<String> {
        let over = over.iter().filter_map(|chain| chain.first());
        over.filter_map(|own| {
            let shown = self.all.remove(own.as_ref())?;
            shown.ended.cancel();
            Some(shown.vehicle)
        })
        .collect()
    }

    /// Vehicles whose newest certificate ends before a time, seconds since 1970.
    pub(super) fn ending(&self, before: i64) -> Vec<String> {
        let mut newest: BTreeMap<&str, i64> = BTreeMap::new();
        for shown in self.all.values() {
            let ends = newest.entry(&shown.vehicle).or_insert(shown.ends);
            *ends = shown.ends.max(*ends);
        }
        let ending = newest.into_iter().filter(|(_, ends)| *ends < before);
        ending.map(|(vehicle, _)| vehicle.to_owned()).collect()
    }
}
