//! What is wrong with a file, told by file, line and column with what is expected.

use std::fmt;

/// Something wrong in a file, or with a whole folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which file, as it was found.
    pub file: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: u64,
    /// The column, by name; empty when the whole line is meant.
    pub column: String,
    /// What is wrong and what is expected.
    pub what: String,
}

impl Problem {
    /// A problem with a whole file.
    pub fn of_file(file: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 0, column: String::new(), what: what.into() }
    }

    /// A problem with a line or one of its columns.
    pub fn at(file: &str, line: u64, column: &str, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, column: column.to_owned(), what: what.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ", line {}", self.line)?;
        }
        if !self.column.is_empty() {
            write!(f, ", column {}", self.column)?;
        }
        write!(f, ": {}", self.what)
    }
}

impl std::error::Error for Problem {}
