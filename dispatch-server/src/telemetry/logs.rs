//! Log lines on standard error.

use thiserror::Error;
use tracing_subscriber::EnvFilter;

/// Why the log could not start.
#[derive(Debug, Error)]
pub enum LogError {
    /// The filter is not one.
    #[error("`{filter}` is not a log filter: {why}")]
    Filter {
        /// What was given.
        filter: String,
        /// What is wrong with it.
        why: String,
    },
    /// There is a log already.
    #[error("a log is already running")]
    Running,
}

/// Starts the log. `filter` is a level such as `info`, or per part such as `info,dispatch_server::live=debug`.
///
/// # Errors
/// When the filter is none, or a log runs already.
pub fn start_logs(filter: &str) -> Result<(), LogError> {
    let filter = EnvFilter::try_new(filter)
        .map_err(|why| LogError::Filter { filter: filter.to_owned(), why: why.to_string() })?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init()
        .map_err(|_| LogError::Running)
}
