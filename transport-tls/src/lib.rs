//! TLS for links and requests: reads PEM files, says what is wrong with them, builds the configuration of either end
//! from them and builds it anew when they change, and tells which vehicle a certificate names.
//!
//! What time it is comes from whoever uses it. Never opens a socket, never knows a route or a person.

mod chain;
mod client;
mod facts;
mod files;
mod parts;
mod server;
mod times;
mod vehicle_name;
mod verifier;
mod whole;
mod words;

pub use client::{ClientTls, Identity, Roots, authorities_pem};
pub use facts::{Facts, facts};
pub use files::{ServerFiles, TlsProblem};
pub use rustls::pki_types::CertificateDer;
pub use server::{Editions, LookedAgain, ServerTls, Standing};
pub use times::{Believed, ClockOf, TlsClock};
pub use vehicle_name::{vehicle_file_name, vehicle_of, vehicle_uri};
pub use whole::cut_off;
pub use words::{TlsBlame, tls_words};

use rustls::crypto::CryptoProvider;
use std::sync::Arc;

/// The one provider of cryptography of all ends: ring needs neither cmake nor a foreign library.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::ring::default_provider())
}
