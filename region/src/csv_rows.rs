//! Reads one CSV file of a region folder into typed rows that remember their line.
//! Knows the shape of a cell (text, number, position, word, list), never what a row means.

use super::bounds::Bounds;
use super::files::unfit;
use super::problems::Problems;
use csv::{ReaderBuilder, StringRecord, Trim};
use dispatch_core::model::Wgs84;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::collections::HashMap;
use std::path::Path;

/// How many rows a file may have. The largest real file, roads, has a few thousand.
const MAX_ROWS: usize = 200_000;

/// What separates the items of a list in other programs.
const SEPARATORS: [char; 6] = [',', '，', '、', '|', '\n', '\t'];

/// A value and the line it came from.
#[derive(Debug)]
pub(super) struct Located<T> {
    pub(super) line: u64,
    pub(super) value: T,
}

/// One row while it is being read.
pub(super) struct Row<'a> {
    file: &'static str,
    line: u64,
    record: &'a StringRecord,
    columns: &'a HashMap<String, usize>,
}

/// Reads `file` from `dir`. A row for which `parse` gives nothing is left out; it has then
/// reported its problem.
pub(super) fn read<T>(
    dir: &Path,
    file: &'static str,
    wanted: &[&str],
    problems: &mut Problems,
    mut parse: impl FnMut(&Row<'_>, &mut Problems) -> Option<T>,
) -> Vec<Located<T>> {
    let mut builder = ReaderBuilder::new();
    // The first row that is no comment is the header; a spreadsheet may have put quotes around a comment's sign.
    builder.comment(Some(b'#')).trim(Trim::All).has_headers(false).flexible(true);
    let mut reader = match builder.from_path(dir.join(file)) {
        Ok(reader) => reader,
        Err(error) => {
            problems.of_file(file, format!("the file cannot be read ({error})"));
            return Vec::new();
        }
    };
    let mut header: Option<Header> = None;
    let mut rows = Vec::new();
    for (index, record) in reader.records().enumerate() {
        if index == MAX_ROWS {
            problems.of_file(file, format!("there are more than {MAX_ROWS} rows"));
            break;
        }
        let record = match record {
            Ok(record) if is_left_over(&record) => continue,
            Ok(record) => record,
            Err(error) => {
                report(file, &error, problems);
                if header.is_none() {
                    return Vec::new();
                }
                continue;
            }
        };
        let Some(header) = &header else {
            header = Header::of(&record, file, wanted, problems);
            if header.is_none() {
                return Vec::new();
            }
            continue;
        };
        let line = record.position().map_or(0, csv::Position::line);
        let row = Row { file, line, record: &record, columns: &header.columns };
        let is_whole = header.fits(&row, problems);
        let is_text = is_whole && row.is_text(problems);
        let value = is_text.then(|| parse(&row, problems)).flatten();
        if value.is_none() && is_whole {
            problems.left_out(file, record.get(0).unwrap_or_default());
        }
        rows.extend(value.map(|value| Located { line, value }));
    }
    if header.is_none() {
        problems.of_file(file, format!("there is no header; it names {}", wanted.join(", ")));
    }
    rows
}

/// What a spreadsheet leaves: rows of empty cells below its table, a comment in quotes, the line that names the
/// separator.
fn is_left_over(record: &StringRecord) -> bool {
    let first = record.get(0).unwrap_or_default();
    record.iter().all(str::is_empty) || first.starts_with('#') || first.starts_with("sep=")
}

/// The names of the columns.
struct Header {
    columns: HashMap<String, usize>,
    cells: usize,
}

impl Header {
    fn of(
        record: &StringRecord,
        file: &str,
        wanted: &[&str],
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut columns = HashMap::new();
        for (index, name) in record.iter().enumerate() {
            let twice = columns.insert(name.to_owned(), index).is_some();
            if twice && !name.is_empty() {
                problems.of_file(file, format!("the header names {name} twice"));
                return None;
            }
        }
        let missing: Vec<&str> =
            wanted.iter().copied().filter(|name| !columns.contains_key(*name)).collect();
        if missing.is_empty() {
            return Some(Self { columns, cells: record.len() });
        }
        let other = [';', '；', '\t'].into_iter().find(|it| record.iter().any(|c| c.contains(*it)));
        let why = other.map_or_else(String::new, |it| {
            format!("; cells are separated by commas, here by {it:?}: save the file with commas")
        });
        problems.of_file(file, format!("the header lacks {}{why}", missing.join(", ")));
        None
    }

    /// Whether a row has a cell for each name, and beyond them only what a spreadsheet left empty.
    fn fits(&self, row: &Row<'_>, problems: &mut Problems) -> bool {
        let cells = row.record.len();
        let beyond = row.record.iter().skip(self.cells);
        if cells >= self.cells && beyond.clone().all(str::is_empty) {
            return true;
        }
        let what = format!("the row has {cells} cells where the header has {}", self.cells);
        row.problem(problems, what);
        false
    }
}

impl Row<'_> {
    /// Whether every cell holds text that a person can see and a database can store.
    fn is_text(&self, problems: &mut Problems) -> bool {
        let cells = self.columns.iter().map(|(column, index)| (*index, column));
        let wrong = cells
            .filter_map(|(index, column)| Some((index, unfit(column, self.record.get(index)?)?)));
        let Some((_, what)) = wrong.min() else { return true };
        self.problem(problems, what);
        false
    }

    /// The cell as text, possibly empty.
    pub(super) fn text(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|index| self.record.get(*index)).unwrap_or("")
    }

    /// The cell as text that must not be empty.
    pub(super) fn filled(&self, column: &str, problems: &mut Problems) -> Option<String> {
        let text = self.text(column);
        if text.is_empty() {
            self.problem(problems, format!("{column} is empty"));
            return None;
        }
        Some(text.to_owned())
    }

    /// The cell as one word of a closed list.
    pub(super) fn word<T: DeserializeOwned>(
        &self,
        column: &str,
        problems: &mut Problems,
    ) -> Option<T> {
        self.one_word(column, self.text(column), problems)
    }

    /// The cell as words separated by semicolons, possibly none.
    pub(super) fn words<T: DeserializeOwned>(
        &self,
        column: &str,
        problems: &mut Problems,
    ) -> Option<Vec<T>> {
        self.list(column).iter().map(|word| self.one_word(column, word, problems)).collect()
    }

    /// The cell as names separated by semicolons of either width, possibly none. What separates lists elsewhere
    /// stands in no name: two of them would be taken for one.
    pub(super) fn names(&self, column: &str, problems: &mut Problems) -> Option<Vec<String>> {
        let names = self.list(column);
        let Some(other) =
            names.iter().find_map(|name| name.chars().find(|c| SEPARATORS.contains(c)))
        else {
            return Some(names);
        };
        let what = format!("{column}: a list is separated by semicolons, not by \"{other}\"");
        self.problem(problems, what);
        None
    }

    /// The cell as codes separated by semicolons of either width, possibly none.
    pub(super) fn codes(&self, column: &str, problems: &mut Problems) -> Option<Vec<String>> {
        let codes = self.list(column);
        let is_code = |code: &&String| {
            code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        let Some(wrong) = codes.iter().find(|code| !is_code(code)) else { return Some(codes) };
        let what = format!(
            "{column} \"{wrong}\" is no code: small letters, digits and _, separated by semicolons"
        );
        self.problem(problems, what);
        None
    }

    /// The cell as parts separated by semicolons of either width, possibly none; what they may be is the caller's.
    pub(super) fn list(&self, column: &str) -> Vec<String> {
        let parts = self.text(column).split([';', '；']).map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// The cell as a whole number from 1.
    pub(super) fn count(&self, column: &str, problems: &mut Problems) -> Option<u32> {
        let number = self.text(column).parse().ok().filter(|number| *number >= 1);
        if number.is_none() {
            let text = self.text(column);
            self.problem(problems, format!("{column} \"{text}\" is not a whole number from 1"));
        }
        number
    }

    /// The columns `lon` and `lat` as a position inside the region's bounds.
    pub(super) fn position(
        &self,
        bounds: Option<&Bounds>,
        problems: &mut Problems,
    ) -> Option<Wgs84> {
        let lon = self.degrees("lon", problems)?;
        let lat = self.degrees("lat", problems)?;
        let Some(position) = Wgs84::checked(lon, lat) else {
            self.problem(problems, format!("lon {lon}, lat {lat} is not on the globe"));
            return None;
        };
        if bounds.is_some_and(|bounds| !bounds.contains(position)) {
            let what = format!("lon {lon}, lat {lat} lies outside the bounds of the region");
            self.problem(problems, what);
            return None;
        }
        Some(position)
    }

    fn degrees(&self, column: &str, problems: &mut Problems) -> Option<f64> {
        let number = self.text(column).parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            let text = self.text(column);
            self.problem(problems, format!("{column} \"{text}\" is not a number of degrees"));
        }
        number
    }

    fn one_word<T: DeserializeOwned>(
        &self,
        column: &str,
        word: &str,
        problems: &mut Problems,
    ) -> Option<T> {
        let text: StrDeserializer<'_, WordError> = word.into_deserializer();
        match T::deserialize(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.problem(problems, format!("{column}: {error}"));
                None
            }
        }
    }

    /// Reports a problem of this row.
    pub(super) fn problem(&self, problems: &mut Problems, what: String) {
        problems.at(self.file, self.line, what);
    }
}

fn report(file: &str, error: &csv::Error, problems: &mut Problems) {
    match error.position() {
        Some(position) => problems.at(file, position.line(), reason(error)),
        None => problems.of_file(file, reason(error)),
    }
}

fn reason(error: &csv::Error) -> String {
    if let csv::ErrorKind::Utf8 { .. } = error.kind() {
        return "the row is not UTF-8; save the file as CSV in UTF-8".to_owned();
    }
    format!("the row cannot be read ({error})")
}
