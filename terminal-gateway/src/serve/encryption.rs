//! How vehicles' links are encrypted: by the authority that is believed, and with each vehicle's own certificate.

use super::settings::ServeArgs;
use thiserror::Error;
use transport_tls::{Identity, Roots};
use vehicle_agent::shell::{EncryptionError, ServerUrl};

/// A vehicle whose link cannot be encrypted as it was asked for.
#[derive(Debug, Error)]
#[error("vehicle {vehicle}: {source}")]
pub struct VehicleEncryptionError {
    vehicle: String,
    source: EncryptionError,
}

/// The server's address as vehicles link to it.
pub(super) struct Links<'a> {
    args: &'a ServeArgs,
    roots: Roots,
    /// For vehicles without a certificate, all of which share what it takes.
    nameless: ServerUrl,
}

impl<'a> Links<'a> {
    /// Reads whose certificates are believed.
    ///
    /// # Errors
    /// What cannot be used.
    pub(super) fn read(args: &'a ServeArgs) -> Result<Self, EncryptionError> {
        let roots = args.ca.clone().map_or(Roots::System, Roots::Pinned);
        let nameless = args.server.clone().encrypted(&roots, None)?;
        Ok(Self { args, roots, nameless })
    }

    /// For whoever shows no certificate: the gateway itself.
    pub(super) fn nameless(&self) -> &ServerUrl {
        &self.nameless
    }

    /// For one vehicle, and whether it shows a certificate of its own.
    ///
    /// # Errors
    /// When its certificate cannot be used.
    pub(super) fn of(&self, vehicle: &str) -> Result<(ServerUrl, bool), VehicleEncryptionError> {
        let folder = self.args.certificates.as_ref();
        let Some(own) = folder.and_then(|folder| Identity::in_folder(folder, vehicle)) else {
            return Ok((self.nameless.clone(), false));
        };
        let told = |source| VehicleEncryptionError { vehicle: vehicle.to_owned(), source };
        let server = self.args.server.clone().encrypted(&self.roots, Some(&own)).map_err(told)?;
        Ok((server, true))
    }
}
