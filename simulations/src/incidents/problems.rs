//! What is wrong with a file: where, what, and what is expected there.

use std::fmt;

/// Most problems that are told of one file; past a hundred, more of them say nothing new.
pub const MOST_PROBLEMS: usize = 100;

/// Most characters of a cell that a problem repeats.
const SHOWN_CHARS: usize = 40;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// The line, from 1; 0 for the file as a whole.
    pub line: u64,
    /// The column, from 1, with its name; absent for the line as a whole.
    pub column: Option<(usize, String)>,
    /// What is wrong and what is expected, as a sentence without its end.
    pub what: String,
}

impl fmt::Display for FileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some((column, name)) => {
                write!(f, "line {}, column {column} ({name}): {}", self.line, self.what)
            }
            None if self.line == 0 => write!(f, "the file: {}", self.what),
            None => write!(f, "line {}: {}", self.line, self.what),
        }
    }
}

/// Everything that is wrong with a file, the first [`MOST_PROBLEMS`] of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Problems {
    /// In the order in which they were found.
    pub told: Vec<FileProblem>,
    /// How many more there are.
    pub more: usize,
}

impl Problems {
    /// Adds one of a file as a whole.
    pub fn of_file(&mut self, what: impl Into<String>) {
        self.add(FileProblem { line: 0, column: None, what: what.into() });
    }

    /// Adds one of a line as a whole.
    pub fn at_line(&mut self, line: u64, what: impl Into<String>) {
        self.add(FileProblem { line, column: None, what: what.into() });
    }

    /// Adds one.
    pub fn add(&mut self, problem: FileProblem) {
        if self.told.len() < MOST_PROBLEMS {
            self.told.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.told.len() + self.more
    }

    /// The value when nothing is wrong.
    ///
    /// # Errors
    /// The problems, when there are any.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.told.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.told {
            writeln!(f, "{problem}")?;
        }
        match self.more {
            0 => Ok(()),
            more => writeln!(f, "... and {more} more"),
        }
    }
}

/// A cell as a problem repeats it: in quotes, cut, and with nothing in it that moves a terminal's cursor.
pub(super) fn shown(cell: &str) -> String {
    let mut text: String = cell.chars().take(SHOWN_CHARS).collect();
    if cell.chars().nth(SHOWN_CHARS).is_some() {
        text.push_str("...");
    }
    format!("{text:?}")
}
