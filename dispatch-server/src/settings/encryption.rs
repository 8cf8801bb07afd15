//! The flags of `serve` that are about TLS.

use crate::certificates::VehicleSignIn;
use clap::Args;
use std::path::PathBuf;
use transport_tls::ServerFiles;

/// Flags about TLS.
#[derive(Clone, Debug, Default, Args)]
pub struct EncryptionArguments {
    /// The server's certificate (PEM), with those between it and the authority: console and API are served over TLS. The
    /// files are looked at every five seconds; a new certificate needs no restart
    #[arg(long, env = "HELAN_TLS_CERTIFICATE", value_name = "FILE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// The private key of the server's certificate (PEM)
    #[arg(long, env = "HELAN_TLS_KEY", value_name = "FILE", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Certificate (PEM) of the authority that signs vehicles' certificates
    #[arg(long, env = "HELAN_VEHICLE_CA", value_name = "FILE", requires = "tls_certificate")]
    pub vehicle_ca: Option<PathBuf>,
    /// That authority's list of revoked certificates (PEM)
    #[arg(long, env = "HELAN_REVOKED", value_name = "FILE", requires = "vehicle_ca")]
    pub revoked: Option<PathBuf>,
    /// What a vehicle must show to link [default: either with --vehicle-ca, key without]
    #[arg(long, env = "HELAN_VEHICLE_SIGN_IN", value_enum)]
    pub vehicle_sign_in: Option<VehicleSignIn>,
}

impl EncryptionArguments {
    /// The files; nothing where the server is not to encrypt.
    pub fn files(&self) -> Option<ServerFiles> {
        let (certificate, key) = self.tls_certificate.clone().zip(self.tls_key.clone())?;
        let (vehicle_authority, revoked) = (self.vehicle_ca.clone(), self.revoked.clone());
        Some(ServerFiles { certificate, key, vehicle_authority, revoked })
    }

    /// What a vehicle must show.
    pub fn sign_in(&self) -> VehicleSignIn {
        let usual =
            if self.vehicle_ca.is_some() { VehicleSignIn::Either } else { VehicleSignIn::Key };
        self.vehicle_sign_in.unwrap_or(usual)
    }
}
