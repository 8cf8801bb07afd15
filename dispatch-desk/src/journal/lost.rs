//! Events that a set-back took out of the journal, in files of their own.

use super::decode::encode;
use super::key::to_hex;
use super::stored::{Hash, StoredEvent};
use dispatch_core::model::{CentreId, Recorded};
use serde::Serialize;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder in the data folder for events that a set-back took out of the journal.
pub(super) const LOST_FOLDER: &str = "lost";

/// An event that the journal no longer holds.
pub(super) type Lost = (Hash, Arc<Recorded>);

/// An event on its way out, as `export` writes it.
#[derive(Serialize)]
struct LostEvent<'a> {
    centre: &'a CentreId,
    #[serde(flatten)]
    event: ExportedEvent<'a>,
}

#[derive(Serialize)]
struct ExportedEvent<'a> {
    version: u64,
    recorded_at: i64,
    made_at: i64,
    kind: &'a str,
    schema: u16,
    body: &'a str,
    hash: Hash,
}

/// Writes them into a file of a data folder, in the form of `export`; gives its path.
pub(super) fn write_lost(folder: &Path, centre: &CentreId, events: &[Lost]) -> io::Result<PathBuf> {
    let folder = folder.join(LOST_FOLDER);
    std::fs::create_dir_all(&folder)?;
    let (first, version) =
        events.first().map_or((&[][..], 0), |(hash, it)| (&hash[..4], it.version));
    // Named by its first hash, so that no two branches meet in one file.
    let branch = to_hex(first);
    let path = folder.join(format!("{centre}-{version}-{branch}.jsonl"));
    let options = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).to_owned();
    let mut out = BufWriter::new(options.open(&path)?);
    for (hash, recorded) in events {
        let StoredEvent { version, recorded_at, made_at, kind, schema, body, .. } =
            encode(recorded);
        let event = ExportedEvent {
            version,
            recorded_at: recorded_at.0,
            made_at: made_at.0,
            kind: &kind,
            schema,
            body: &body,
            hash: *hash,
        };
        serde_json::to_writer(&mut out, &LostEvent { centre, event })?;
        out.write_all(b"\n")?;
    }
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    Ok(path)
}
