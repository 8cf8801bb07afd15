//! Why the gateway cannot run, in one line that says what to do.

use super::encryption::VehicleEncryptionError;
use crate::binding::BindingsError;
use crate::jt808::frame::TerminalNumber;
use std::path::PathBuf;
use thiserror::Error;
use vehicle_agent::outbox::OutboxError;
use vehicle_agent::shell::{EncryptionError, KeyError};

/// Why the gateway cannot run.
#[derive(Debug, Error)]
pub enum ServeError {
    /// A file cannot be read or made.
    #[error("{0}: {1}")]
    File(PathBuf, std::io::Error),
    /// The terminals' file is wrong.
    #[error("{0}: {1}")]
    Bindings(PathBuf, BindingsError),
    /// A line of the keys' file is wrong.
    #[error("{0} line {1}: expected `vehicle key`")]
    KeyLine(PathBuf, usize),
    /// A key cannot be one.
    #[error("{0} line {1}: {2}")]
    Key(PathBuf, usize, KeyError),
    /// Neither a key of its own nor files.
    #[error(
        "give --key-file with the gateway's own key, or --terminals with vehicles' --keys or --certificates"
    )]
    NoKeys,
    /// A terminal's vehicle has no key.
    #[error(
        "terminal {number} is on vehicle {vehicle}, which has no line in the keys' file and no certificate; make its key with `dispatch-server make-vehicle-keys`"
    )]
    NoKey {
        /// The terminal.
        number: TerminalNumber,
        /// Its vehicle.
        vehicle: String,
    },
    /// The links cannot be encrypted as asked.
    #[error(transparent)]
    Encryption(#[from] EncryptionError),
    /// One vehicle's cannot.
    #[error(transparent)]
    VehicleEncryption(#[from] VehicleEncryptionError),
    /// The secret is not long enough for codes.
    #[error("the secret cannot be used")]
    Secret,
    /// Another program has the outboxes.
    #[error("{0}: failed to {1}; does another gateway run on this folder?")]
    Outboxes(PathBuf, OutboxError),
    /// An address cannot be used.
    #[error("{0}: {1}")]
    Address(String, std::io::Error),
    /// The inspector would be open to the network.
    #[error(
        "--inspector {0} is not on this machine; it shows patients and has no sign-in, give 127.0.0.1:port"
    )]
    InspectorAddress(std::net::SocketAddr),
}
