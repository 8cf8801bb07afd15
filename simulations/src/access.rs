//! How a simulation reaches a running server, and bounds of numbers given on the command line.

use clap::Args;
use std::path::PathBuf;

/// A running server, the region it serves, and the secrets of whoever takes part.
#[derive(Args, Clone, Debug)]
pub struct ServerAccess {
    /// The server's address.
    #[arg(long, default_value = "http://127.0.0.1:8120")]
    pub server: String,
    /// The region's folder; the same the server serves.
    #[arg(long, default_value = "regions/ningxia")]
    pub region: PathBuf,
    /// Vehicle keys, one `vehicle key` a line, as `dispatch-server make-vehicle-keys` writes them.
    #[arg(long)]
    pub keys: PathBuf,
    /// Sign-in name of the simulated dispatcher, who must be allowed to act for every centre.
    #[arg(long, default_value = "simulation")]
    pub name: String,
    /// File with the simulated dispatcher's password.
    #[arg(long)]
    pub password_file: PathBuf,
    /// Folder of the vehicles' certificates, as `helan-admin certificates issue` fills it; those that have one there show it
    /// to a server that encrypts.
    #[arg(long)]
    pub certificates: Option<PathBuf>,
}

/// Reads a number and holds it to its bounds, both included.
///
/// # Errors
/// What the command line says when it is no number or lies outside.
pub(crate) fn between(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number = text.parse::<f64>().map_err(|error| error.to_string())?;
    let within = (least..=most).contains(&number);
    within.then_some(number).ok_or_else(|| format!("must lie between {least} and {most}"))
}
