//! A CSV file of any writer as rows of text cells that know their line and column. Knows shapes, never meanings.

use super::problems::{FileProblem, Problems, shown};
use csv::{ByteRecord, ReaderBuilder};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Most rows of a file: a vehicle a row, as many as the incidents that are taken, several times over.
const MOST_ROWS: usize = 4_000_000;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// One row while it is being read.
pub(super) struct Row<'a> {
    pub(super) line: u64,
    cells: Vec<Cow<'a, str>>,
    columns: &'a BTreeMap<String, usize>,
}

impl Row<'_> {
    /// The text of a column, without the blanks around it; empty when there is no such column.
    pub(super) fn text(&self, name: &str) -> &str {
        self.columns.get(name).and_then(|index| self.cells.get(*index)).map_or("", |it| it.trim())
    }

    /// A problem of one of its cells. The line is that on which the cell begins.
    pub(super) fn problem(&self, name: &str, what: String) -> FileProblem {
        let index = self.columns.get(name).copied().unwrap_or(0);
        let breaks = self.cells.iter().take(index).map(|cell| cell.matches('\n').count() as u64);
        let line = self.line + breaks.sum::<u64>();
        FileProblem { line, column: Some((index + 1, name.to_owned())), what }
    }

    /// What `read` makes of a cell that must be filled; tells what is expected where it makes nothing.
    pub(super) fn needed<T>(
        &self,
        name: &str,
        expected: &str,
        problems: &mut Problems,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.text(name);
        let value = if text.is_empty() { None } else { read(text) };
        if value.is_none() {
            let what = if text.is_empty() {
                "is empty".into()
            } else {
                format!("{} cannot be used", shown(text))
            };
            problems.add(self.problem(name, format!("{what}; {expected}")));
        }
        value
    }

    /// The same for a cell that may be empty: the outer nothing is a problem, the inner one an empty cell.
    pub(super) fn optional<T>(
        &self,
        name: &str,
        expected: &str,
        problems: &mut Problems,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<Option<T>> {
        if self.text(name).is_empty() {
            return Some(None);
        }
        self.needed(name, expected, problems, read).map(Some)
    }
}

/// The columns of a table, in small letters, with the places where they stand.
pub(super) struct Columns {
    pub(super) names: BTreeMap<String, usize>,
}

/// Reads a table. `required` columns must be there; `each` is given every row that has something in it. What cannot be
/// read at all is told in `problems`.
pub(super) fn read(
    bytes: &[u8],
    required: &[&str],
    problems: &mut Problems,
    mut each: impl FnMut(&Row<'_>, &mut Problems),
) -> Option<Columns> {
    let (body, skipped) = body(bytes, problems)?;
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(body);
    let mut record = ByteRecord::new();
    let mut columns: Option<Columns> = None;
    let mut lines = Lines { body, at: 0, line: 1 };
    for rows in 0.. {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                problems.of_file(format!("cannot be read: {error}"));
                break;
            }
        }
        let start = record.position().map_or(0, |position| position.byte() as usize);
        let line = lines.at(start) + skipped;
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        if rows > MOST_ROWS {
            problems.at_line(line, format!("there are more than {MOST_ROWS} rows; split the file"));
            break;
        }
        match &columns {
            None => columns = Some(header(&record, line, required, problems)?),
            Some(columns) => {
                if let Some(row) = row(&record, line, columns, problems) {
                    each(&row, problems);
                }
            }
        }
    }
    if columns.is_none() {
        problems.of_file(format!("has no header; expected the columns {}", required.join(", ")));
    }
    columns
}

/// Counts lines, since the reader is one short where they end in CRLF.
struct Lines<'a> {
    body: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line, from 1, of the record that begins at or behind the line ends at `start`; asked in rising order.
    fn at(&mut self, start: usize) -> u64 {
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let behind = self.body.iter().skip(start).take_while(|byte| ends(byte)).count();
        let start = (start + behind).min(self.body.len());
        let passed = &self.body[self.at.min(start)..start];
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = start;
        self.line
    }
}

/// The file behind its byte order mark and the notes before its header, and how many lines those are.
fn body<'a>(bytes: &'a [u8], problems: &mut Problems) -> Option<(&'a [u8], u64)> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        problems.at_line(
            1,
            "the file is UTF-16; expected UTF-8, which spreadsheets call \"CSV UTF-8\"",
        );
        return None;
    }
    let mut rest = bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes);
    let mut skipped = 0;
    // Some spreadsheets say first what separates the cells.
    while rest.first() == Some(&b'#') || (skipped == 0 && rest.starts_with(b"sep=")) {
        let end = rest.iter().position(|byte| *byte == b'\n').map_or(rest.len(), |at| at + 1);
        rest = &rest[end..];
        skipped += 1;
    }
    if let Some(line) = open_quote(rest) {
        problems.at_line(
            line + skipped,
            "a quoted cell that begins on this line never ends; expected a closing \"",
        );
        return None;
    }
    Some((rest, skipped))
}

/// The line on which a quoted cell begins that is never closed: all that follows would be swallowed by it.
fn open_quote(bytes: &[u8]) -> Option<u64> {
    let (mut line, mut opened, mut at_start, mut quoted) = (1, 1, true, false);
    for byte in bytes {
        match (byte, quoted) {
            // A doubled quote closes and opens again at once, which is what it should.
            (b'"', true) => (quoted, at_start) = (false, true),
            (b'"', false) if at_start => (quoted, opened) = (true, line),
            (b',' | b'\n' | b'\r', false) => at_start = true,
            (_, false) => at_start = false,
            (_, true) => {}
        }
        line += u64::from(*byte == b'\n');
    }
    quoted.then_some(opened)
}

fn header(
    record: &ByteRecord,
    line: u64,
    required: &[&str],
    problems: &mut Problems,
) -> Option<Columns> {
    let mut names = BTreeMap::new();
    let before = problems.count();
    for (index, cell) in record.iter().enumerate() {
        let Ok(text) = std::str::from_utf8(cell) else {
            let column = Some((index + 1, "header".to_owned()));
            problems.add(FileProblem { line, column, what: NOT_UTF8.into() });
            continue;
        };
        let name = text.trim().to_lowercase();
        if !name.is_empty() && names.insert(name.clone(), index).is_some() {
            let what = "stands twice in the header; expected each column once".into();
            problems.add(FileProblem { line, column: Some((index + 1, name)), what });
        }
    }
    if names.len() == 1 && required.len() > 1 {
        let found = names.keys().next().cloned().unwrap_or_default();
        if found.contains([';', '\t']) {
            problems.at_line(
                line,
                "the columns are not separated by commas; expected commas, not semicolons or tabs",
            );
            return None;
        }
    }
    let missing: Vec<&str> =
        required.iter().copied().filter(|name| !names.contains_key(*name)).collect();
    if !missing.is_empty() {
        problems.at_line(
            line,
            format!(
                "the header lacks {}; expected at least the columns {}",
                missing.join(", "),
                required.join(", ")
            ),
        );
    }
    (problems.count() == before).then_some(Columns { names })
}

const NOT_UTF8: &str =
    "is not UTF-8; save the file as UTF-8, which spreadsheets call \"CSV UTF-8\"";

fn row<'a>(
    record: &'a ByteRecord,
    line: u64,
    columns: &'a Columns,
    problems: &mut Problems,
) -> Option<Row<'a>> {
    let wanted = columns.names.values().copied().max().map_or(0, |last| last + 1);
    let surplus = record.iter().skip(wanted).any(|cell| !cell.trim_ascii().is_empty());
    if record.len() < wanted || surplus {
        let what = format!("has {} cells; expected {wanted}, as many as the header", record.len());
        problems.at_line(line, what);
        return None;
    }
    let mut cells = Vec::with_capacity(record.len());
    for (index, cell) in record.iter().enumerate() {
        match std::str::from_utf8(cell) {
            Ok(text) => cells.push(Cow::Borrowed(text)),
            Err(_) => {
                let name = columns.names.iter().find(|(_, at)| **at == index);
                let name = name.map_or_else(String::new, |(name, _)| name.clone());
                let column = Some((index + 1, name));
                problems.add(FileProblem { line, column, what: NOT_UTF8.into() });
                return None;
            }
        }
    }
    Some(Row { line, cells, columns: &columns.names })
}
