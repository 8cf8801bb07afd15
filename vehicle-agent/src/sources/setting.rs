//! The name of a source, as one setting.

use std::path::PathBuf;
use std::str::FromStr;

/// Speed of most receivers on a serial line.
const USUAL_BAUD: u32 = 9_600;
/// Where gpsd listens.
const GPSD_ADDRESS: &str = "127.0.0.1:2947";

/// Where the receiver's bytes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A serial line: `serial:/dev/ttyUSB0` or `serial:/dev/ttyS1@38400`.
    Serial {
        /// The device.
        path: String,
        /// Bits a second.
        baud: u32,
    },
    /// A receiver on the network: `tcp:192.168.1.5:2000`.
    Tcp {
        /// Host and port.
        address: String,
    },
    /// A gpsd: `gpsd` or `gpsd:192.168.1.5:2947`.
    Gpsd {
        /// Host and port.
        address: String,
    },
    /// A recording: `file:drive.log`.
    File {
        /// The file.
        path: PathBuf,
    },
    /// The standard input: `stdin`.
    Stdin,
}

/// A name that is no source.
#[derive(Debug, thiserror::Error)]
#[error(
    "{0:?} is no source; write serial:/dev/ttyUSB0@9600, tcp:host:port, gpsd:host:port, file:path or stdin"
)]
pub struct SourceNameError(String);

impl FromStr for Source {
    type Err = SourceNameError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let wrong = || SourceNameError(name.to_owned());
        let (kind, rest) = name.split_once(':').unwrap_or((name, ""));
        match (kind, rest) {
            ("stdin", "") => Ok(Self::Stdin),
            ("gpsd", "") => Ok(Self::Gpsd { address: GPSD_ADDRESS.to_owned() }),
            (_, "") => Err(wrong()),
            ("gpsd", address) if has_port(address) => {
                Ok(Self::Gpsd { address: address.to_owned() })
            }
            ("tcp", address) if has_port(address) => Ok(Self::Tcp { address: address.to_owned() }),
            ("file", path) => Ok(Self::File { path: PathBuf::from(path) }),
            ("serial", line) => {
                let (path, baud) = match line.rsplit_once('@') {
                    Some((path, baud)) => (path, baud.parse().map_err(|_| wrong())?),
                    None => (line, USUAL_BAUD),
                };
                Ok(Self::Serial { path: path.to_owned(), baud })
            }
            _ => Err(wrong()),
        }
    }
}

fn has_port(address: &str) -> bool {
    address
        .rsplit_once(':')
        .is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
}
