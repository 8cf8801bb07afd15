//! Where the receiver's bytes come from. Each source hands on bytes as they are and reads nothing in
//! them; only the replay of a recording looks at the time of day, to keep its pace.

mod gpsd;
mod replay;
mod serial;
mod setting;
mod stream;

pub use setting::{Source, SourceNameError};

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Portions of bytes on the way to the parser; a receiver sends a few a second.
pub const MAX_PORTIONS_WAITING: usize = 64;
/// Bytes read at once.
const PORTION_BYTES: usize = 2048;

/// A source that cannot be used at all, in words that fit "failed to ...".
#[derive(Debug, thiserror::Error)]
#[error("read {path}: {source}")]
pub struct SourceError {
    path: String,
    source: std::io::Error,
}

/// Reads the source until it ends or `cancel` is called. Cables and sockets are opened again and
/// again; a recording and the standard input end once.
///
/// # Errors
/// When a recording cannot be read.
pub async fn run(
    source: Source,
    rate: f64,
    bytes: mpsc::Sender<Vec<u8>>,
    cancel: CancellationToken,
) -> Result<(), SourceError> {
    let reading = async {
        match source {
            Source::Serial { path, baud } => serial::run(&path, baud, &bytes).await,
            Source::Tcp { address } => stream::run_tcp(&address, &bytes).await,
            Source::Gpsd { address } => gpsd::run(&address, &bytes).await,
            Source::File { path } => {
                return replay::run(&path, rate, &bytes)
                    .await
                    .map_err(|source| SourceError { path: path.display().to_string(), source });
            }
            Source::Stdin => stream::run_stdin(&bytes).await,
        }
        Ok(())
    };
    tokio::select! {
        result = reading => result,
        () = cancel.cancelled() => Ok(()),
    }
}
