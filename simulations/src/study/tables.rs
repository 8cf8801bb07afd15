//! Tables of CSV files: one a file under a header line, or several, each under a line with its name, with an empty
//! line after it. Columns are found by name, in any order; upper case, spaces and underscores do not count. Cells are
//! separated by commas, semicolons or tabs, whichever a file has.

use super::problem::Problem;
use dispatch_core::model::Wgs84;

/// A file of more lines is refused: twenty times the arcs of a large city.
const MOST_LINES: usize = 5_000_000;

/// One table.
#[derive(Clone, Debug)]
pub struct Table {
    /// The file it stands in.
    pub file: String,
    /// Its name; empty where it is the only one of a plain file.
    pub name: String,
    header_line: u64,
    header: Vec<String>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    line: u64,
    cells: Vec<String>,
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    table: &'a Table,
    row: &'a Row,
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_number(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

/// The tables of a file.
///
/// # Errors
/// Text that is no CSV in UTF-8, and files that are too long.
pub fn read(file: &str, bytes: &[u8]) -> Result<Vec<Table>, Problem> {
    let rows = rows(file, bytes)?;
    let mut tables = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        if rows[at].cells.first().is_none_or(|cell| cell.is_empty()) {
            at += 1;
            continue;
        }
        let second = rows[at].cells.get(1).map_or("", String::as_str);
        let is_name = second.is_empty() || is_number(second);
        let has_header = rows
            .get(at + 1)
            .is_some_and(|next| next.cells.first().is_some_and(|it| !it.is_empty()));
        let mut name = String::new();
        if is_name && has_header {
            name.clone_from(&rows[at].cells[0]);
            at += 1;
        }
        let header: Vec<String> = rows[at].cells.iter().map(|cell| plain(cell)).collect();
        let header_line = rows[at].line;
        at += 1;
        let from = at;
        while at < rows.len() && rows[at].cells.first().is_some_and(|cell| !cell.is_empty()) {
            at += 1;
        }
        let found = rows[from..at].to_vec();
        tables.push(Table { file: file.to_owned(), name, header_line, header, rows: found });
    }
    Ok(tables)
}

fn rows(file: &str, bytes: &[u8]) -> Result<Vec<Row>, Problem> {
    let bytes = utf8(file, bytes)?;
    let separator = separator(bytes);
    let bytes = plain_lines(bytes, separator);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .delimiter(separator)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes.as_slice());
    let mut rows: Vec<Row> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Problem::at(file, line, "", format!("is no CSV: {error}"))
        })?;
        if rows.len() >= MOST_LINES {
            return Err(Problem::of_file(file, format!("has more than {MOST_LINES} lines")));
        }
        let line = record.position().map_or(0, csv::Position::line);
        if record.get(0) == Some("#") {
            continue;
        }
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    Ok(rows)
}

/// The file without its byte order mark.
fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a [u8], Problem> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let what = "is UTF-16; save it as UTF-8, which spreadsheets call \"CSV UTF-8\"";
        return Err(Problem::of_file(file, what));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Err(error) = std::str::from_utf8(bytes) {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        let what = "is not UTF-8; save the file as UTF-8, which spreadsheets call \"CSV UTF-8\"";
        return Err(Problem::at(file, line, "", what));
    }
    Ok(bytes)
}

/// What separates the cells: what the first line with any of them has most of. A table's name alone on its line has none.
fn separator(bytes: &[u8]) -> u8 {
    const SEPARATORS: [u8; 3] = [b'\t', b';', b','];
    let is_one = |byte: &u8| SEPARATORS.contains(byte);
    let mut lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    let header =
        lines.find(|line| !line.trim_ascii_start().starts_with(b"#") && line.iter().any(is_one));
    let count =
        |separator: &u8| header.unwrap_or(b",").iter().filter(|byte| *byte == separator).count();
    SEPARATORS.into_iter().max_by_key(count).unwrap_or(b',')
}

/// The same lines, each ended by a line feed alone, with a separator for an empty one and a sharp for a comment: the reader leaves
/// out neither then, and counts right.
fn plain_lines(bytes: &[u8], separator: u8) -> Vec<u8> {
    let mut lines = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        let end = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        match line.trim_ascii() {
            b"" => lines.push(separator),
            [b'#', ..] => lines.push(b'#'),
            _ => lines.extend_from_slice(line),
        }
        lines.push(b'\n');
        rest = after.strip_prefix(b"\r\n").unwrap_or(after.get(1..).unwrap_or(&[]));
    }
    lines
}

/// The table with one of these names, or the only one of a plain file.
///
/// # Errors
/// When there is none; it names those that are there.
pub fn named<'a>(tables: &'a [Table], file: &str, name: &str) -> Result<&'a Table, Problem> {
    let found = tables.iter().find(|table| plain(&table.name) == plain(name));
    found.or_else(|| tables.first().filter(|it| it.name.is_empty())).ok_or_else(|| {
        if tables.is_empty() {
            return Problem::of_file(file, "is empty; expected a header line and rows below it");
        }
        let there: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
        let what = format!("must have a table {name}; it has {}", there.join(", "));
        Problem::of_file(file, what)
    })
}

impl Table {
    /// Its rows.
    pub fn records(&self) -> impl ExactSizeIterator<Item = Record<'_>> {
        self.rows.iter().map(|row| Record { table: self, row })
    }

    /// Whether it has a column of one of these names.
    pub fn has(&self, names: &[&str]) -> bool {
        self.column(names).is_some()
    }

    fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.header.iter().position(|it| *it == plain(name)))
    }

    /// Says that it must have a column.
    ///
    /// # Errors
    /// When it has not.
    pub fn must_have(&self, names: &[&str]) -> Result<(), Problem> {
        if self.has(names) {
            return Ok(());
        }
        let what =
            format!("must have a column {}; it has {}", names.join(" or "), self.header.join(", "));
        Err(Problem::at(&self.file, self.header_line, "", what))
    }

    /// A problem with the whole table.
    pub fn problem(&self, what: impl Into<String>) -> Problem {
        Problem::at(&self.file, self.header_line, "", what)
    }
}

impl<'a> Record<'a> {
    /// The text of the first of these columns that the table has; nothing where it is empty.
    pub fn text(&self, names: &[&str]) -> Option<&'a str> {
        let column = self.table.column(names)?;
        self.row.cells.get(column).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// When it is not.
    pub fn filled(&self, names: &[&str]) -> Result<&'a str, Problem> {
        self.table.must_have(names)?;
        self.text(names).ok_or_else(|| self.problem(names, "must not be empty"))
    }

    /// A finite number that must be there.
    ///
    /// # Errors
    /// When it is missing or no number.
    pub fn number(&self, names: &[&str]) -> Result<f64, Problem> {
        let text = self.filled(names)?;
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| self.problem(names, format!("must be a number, not \"{text}\"")))
    }

    /// A number that may be missing.
    ///
    /// # Errors
    /// When it is there and no number.
    pub fn number_if_any(&self, names: &[&str]) -> Result<Option<f64>, Problem> {
        if self.text(names).is_none() { Ok(None) } else { self.number(names).map(Some) }
    }

    /// A number within bounds.
    ///
    /// # Errors
    /// When it is missing, no number, or outside.
    pub fn number_in(&self, names: &[&str], least: f64, most: f64) -> Result<f64, Problem> {
        let number = self.number(names)?;
        if (least..=most).contains(&number) {
            return Ok(number);
        }
        Err(self.problem(names, format!("must lie between {least} and {most}, not {number}")))
    }

    /// A whole number that names a row of another table; written as `3` or `3.0`.
    ///
    /// # Errors
    /// When it is missing or not whole.
    pub fn index(&self, names: &[&str]) -> Result<u64, Problem> {
        let number = self.number(names)?;
        if number.fract() == 0.0 && (0.0..=9e15).contains(&number) {
            return Ok(number as u64);
        }
        Err(self.problem(names, format!("must be a whole number from 0, not {number}")))
    }

    /// A WGS-84 position.
    ///
    /// # Errors
    /// When longitude or latitude is missing or not on the globe.
    pub fn position(&self) -> Result<Wgs84, Problem> {
        const LON: &[&str] = &["lon", "x", "longitude", "lng"];
        const LAT: &[&str] = &["lat", "y", "latitude"];
        let lon = self.number_in(LON, -180.0, 180.0)?;
        let lat = self.number_in(LAT, -90.0, 90.0)?;
        Wgs84::checked(lon, lat).ok_or_else(|| self.problem(LON, "must be WGS-84 degrees"))
    }

    /// A problem with one of its columns.
    pub fn problem(&self, names: &[&str], what: impl Into<String>) -> Problem {
        let column = names.iter().find(|name| self.table.has(&[name])).or(names.first());
        Problem::at(&self.table.file, self.row.line, column.copied().unwrap_or(""), what)
    }
}
