//! What was issued, as a table that a person can read too.

use crate::files::{AuthorityError, read, write};
use csv::StringRecord;
use serde::Serialize;
use std::path::Path;

/// For what a certificate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A server shows it to whoever comes.
    Server,
    /// A vehicle's terminal shows it to the server.
    Vehicle,
}

/// One certificate that was issued. Times are seconds since 1970, UTC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its serial number in hex.
    pub serial: String,
    /// For what it is.
    pub kind: Kind,
    /// The vehicle's id, or the server's names with blanks between.
    pub name: String,
    /// From when it is valid.
    pub not_before: i64,
    /// Until when it is valid.
    pub not_after: i64,
    /// Since when it counts no more; empty while it does.
    pub revoked_at: Option<i64>,
}

impl Entry {
    /// Whether it is of use at a time.
    pub fn counts_at(&self, now: i64) -> bool {
        self.revoked_at.is_none() && (self.not_before..=self.not_after).contains(&now)
    }
}

/// The columns, in their order.
const COLUMNS: [&str; 6] = ["serial", "kind", "name", "not_before", "not_after", "revoked_at"];

pub(crate) fn load(path: &Path) -> Result<Vec<Entry>, AuthorityError> {
    let text = read(path)?;
    let content = |what: String| AuthorityError::Content(path.to_owned(), what);
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut entries = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record =
            record.map_err(|error| content(format!("{error}; expected {}", COLUMNS.join(","))))?;
        if row > 0 {
            entries.push(entry(&record).map_err(content)?);
        } else if record != COLUMNS[..] {
            return Err(content(format!("line 1: expected the columns {}", COLUMNS.join(","))));
        }
    }
    Ok(entries)
}

/// One row; else where in it and what is expected.
fn entry(record: &StringRecord) -> Result<Entry, String> {
    let line = record.position().map_or(0, csv::Position::line);
    let cell = |column: usize| record.get(column).unwrap_or_default();
    let bad = |column: usize, expected: &str| {
        let (name, found) = (COLUMNS[column], cell(column));
        format!(
            "line {line}, column {} ({name}): {found:?} cannot be used; expected {expected}",
            column + 1
        )
    };
    let seconds =
        |column: usize| cell(column).parse::<i64>().map_err(|_| bad(column, "seconds since 1970"));
    let is_serial = !cell(0).is_empty() && cell(0).bytes().all(|byte| byte.is_ascii_hexdigit());
    Ok(Entry {
        serial: if is_serial { cell(0).to_owned() } else { return Err(bad(0, "a number in hex")) },
        kind: match cell(1) {
            "server" => Kind::Server,
            "vehicle" => Kind::Vehicle,
            _ => return Err(bad(1, "server or vehicle")),
        },
        name: cell(2).to_owned(),
        not_before: seconds(3)?,
        not_after: seconds(4)?,
        revoked_at: if cell(5).is_empty() { None } else { Some(seconds(5)?) },
    })
}

pub(crate) fn save(path: &Path, entries: &[Entry]) -> Result<(), AuthorityError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let content = |error: String| AuthorityError::Content(path.to_owned(), error);
    for entry in entries {
        writer.serialize(entry).map_err(|error| content(error.to_string()))?;
    }
    let mut bytes = writer.into_inner().map_err(|error| content(error.to_string()))?;
    if entries.is_empty() {
        bytes = (COLUMNS.join(",") + "\n").into_bytes();
    }
    write(path, &bytes, 0o644)
}
