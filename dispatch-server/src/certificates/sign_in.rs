//! By what a vehicle is known.

use clap::ValueEnum;

/// What a vehicle must show to link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum VehicleSignIn {
    /// Its key; certificates are not looked at.
    #[default]
    Key,
    /// Its certificate or its key; both of the same vehicle when it shows both.
    Either,
    /// Its certificate; keys are not looked at.
    Certificate,
    /// Its certificate and its key, both of the same vehicle.
    Both,
}

impl VehicleSignIn {
    /// Whether certificates are looked at.
    pub fn looks_at_certificates(self) -> bool {
        match self {
            Self::Key => false,
            Self::Either | Self::Certificate | Self::Both => true,
        }
    }
}
