//! The terminals as the server has them bound: asked for again and again, and kept on disk, so that a gateway which
//! starts while the server is away knows them.

use super::bound::Bound;
use super::error::ServeError;
use crate::binding::{Binding, Keys};
use crate::datum::Datum;
use crate::inspect::Stranger;
use crate::jt808::frame::TerminalNumber;
use axum::body::Bytes;
use axum::http::{Request, Response, StatusCode, header};
use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tracing::warn;
use vehicle_agent::shell::{AnswerBounds, ServerUrl, VehicleKey};
use wire_protocol::terminals::{
    BoundTerminal, GatewayReport, GatewayTerminals, MOST_UNKNOWN, TerminalDatum, TerminalKeys,
    TerminalToBind, UnknownTerminal,
};

/// Where the server is asked.
const PATH: &str = "/api/v1/gateway/terminals";
/// 10 000 terminals come to two megabytes.
const ANSWER: AnswerBounds =
    AnswerBounds { within: Duration::from_secs(10), most_bytes: 16 * 1_024 * 1_024 };

/// The server's bindings.
#[derive(Debug)]
pub(super) struct Directory {
    server: ServerUrl,
    key: String,
    vehicle_key: VehicleKey,
    file: PathBuf,
    /// Keys of their own that the file of terminals gives to some.
    from_file: BTreeMap<TerminalNumber, Binding>,
    remembered: Mutex<GatewayTerminals>,
}

impl Directory {
    /// # Errors
    /// When the key cannot be used.
    pub(super) fn of(
        server: &ServerUrl,
        key: String,
        state: &Path,
        from_file: BTreeMap<TerminalNumber, Binding>,
    ) -> Result<Directory, ServeError> {
        let vehicle_key = key.parse().map_err(|it| ServeError::Key(PathBuf::new(), 1, it))?;
        let file = state.join("terminals.json");
        let none = GatewayTerminals { revision: String::new(), terminals: None };
        let remembered = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                warn!(file = %file.display(), %error, "what was remembered of terminals cannot be read");
                none
            }),
            Err(_) => none,
        };
        Ok(Directory {
            server: server.clone(),
            key,
            vehicle_key,
            file,
            from_file,
            remembered: Mutex::new(remembered),
        })
    }

    /// The terminals of the latest answer, here or in an earlier run.
    pub(super) fn remembered(&self) -> Vec<Bound> {
        let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        let terminals = remembered.terminals.iter().flatten();
        let bound = |it| {
            let binding = self.binding(it)?;
            let server = self.server.for_vehicle(&binding.vehicle);
            Some(Bound { binding, server, key: self.vehicle_key.clone() })
        };
        terminals.filter_map(bound).collect()
    }

    fn binding(&self, bound: &BoundTerminal) -> Option<Binding> {
        let Some(number) = TerminalNumber::new(&bound.number) else {
            warn!(number = bound.number, "the server binds what is no terminal's number");
            return None;
        };
        let own = self.from_file.get(&number);
        let TerminalToBind { vehicle, gateway: _, datum, keys, plate, terminal_id } =
            bound.binding.clone();
        Some(Binding {
            vehicle,
            datum: datum_of(datum),
            without_authentication: own.is_some_and(|it| it.without_authentication),
            keys: keys_of(keys),
            terminal_id,
            plate,
            rotation: bound.rotation,
            own_keys: own.map(|it| it.own_keys.clone()).unwrap_or_default(),
            number,
        })
    }

    /// Tells the server who called and is bound to nothing, and asks for the terminals it has bound.
    ///
    /// # Errors
    /// When there is no answer.
    pub(super) async fn ask(&self, strangers: Vec<Stranger>) -> Result<GatewayTerminals, Trouble> {
        let revision = {
            let remembered = self.remembered.lock().unwrap_or_else(PoisonError::into_inner);
            remembered.revision.clone()
        };
        let report = GatewayReport {
            software: concat!("terminal-gateway ", env!("CARGO_PKG_VERSION")).to_owned(),
            revision,
            unknown: strangers.into_iter().take(MOST_UNKNOWN).map(unknown).collect(),
        };
        let answer = self.post(&report).await?;
        match answer.status() {
            StatusCode::OK => {
                Ok(serde_json::from_slice(answer.body()).map_err(std::io::Error::from)?)
            }
            StatusCode::UNAUTHORIZED => Err(Trouble::Key),
            other => Err(Trouble::Refused(other)),
        }
    }

    async fn post(&self, report: &GatewayReport) -> std::io::Result<Response<Bytes>> {
        let request = Request::post(PATH)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.key))
            .header(header::CONTENT_TYPE, "application/json")
            .body(serde_json::to_string(report)?)
            .map_err(std::io::Error::other)?;
        self.server.ask(request, ANSWER).await
    }

    /// Remembers an answer, for this run and the next.
    pub(super) fn keep(&self, terminals: GatewayTerminals) {
        if let Err(error) = write(&self.file, &terminals) {
            let file = self.file.display();
            warn!(%file, %error, "terminals are not remembered for a start without the server");
        }
        *self.remembered.lock().unwrap_or_else(PoisonError::into_inner) = terminals;
    }
}

/// Why the server's terminals are not known.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("the server does not answer: {0}")]
    Network(#[from] std::io::Error),
    #[error("the server does not know the gateway's key; make a new one in administration")]
    Key,
    #[error("the server refuses with status {0}")]
    Refused(StatusCode),
}

fn unknown(it: Stranger) -> UnknownTerminal {
    UnknownTerminal {
        number: it.number,
        from: it.from,
        first_at: it.first_ms,
        last_at: it.last_ms,
        frames: it.frames,
        registered_as: it.registered_as,
    }
}

fn datum_of(datum: TerminalDatum) -> Datum {
    match datum {
        TerminalDatum::Wgs84 => Datum::Wgs84,
        TerminalDatum::Gcj02 => Datum::Gcj02,
        TerminalDatum::Bd09 => Datum::Bd09,
    }
}

fn keys_of(keys: TerminalKeys) -> Keys {
    match keys {
        TerminalKeys::Auto => Keys::Auto,
        TerminalKeys::All => Keys::All,
        TerminalKeys::Menu => Keys::Menu,
        TerminalKeys::Events => Keys::Events,
        TerminalKeys::Questions => Keys::Questions,
        TerminalKeys::None => Keys::None,
    }
}

/// A power cut leaves the old file or the new one.
fn write(path: &Path, terminals: &GatewayTerminals) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    file.write_all(&serde_json::to_vec(terminals)?)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)
}
