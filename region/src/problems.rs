//! What can be wrong with a region folder, said in one sentence that names file and line.

use std::collections::HashSet;
use std::fmt;

/// How many problems are kept. A person mends a screenful and tries again.
pub const MAX_PROBLEMS: usize = 50;

/// One thing that is wrong with a region folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionProblem {
    /// The file's name inside the region folder.
    pub file: String,
    /// The line, counted from 1; absent when the whole file is meant.
    pub line: Option<u64>,
    /// What is wrong, as the end of a sentence.
    pub what: String,
}

impl fmt::Display for RegionProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{} line {}: {}", self.file, line, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

impl std::error::Error for RegionProblem {}

/// Collects problems up to [`MAX_PROBLEMS`] and remembers that there were any.
#[derive(Debug, Default)]
pub(super) struct Problems {
    list: Vec<RegionProblem>,
    /// First cells of rows that were left out for a problem of their own, by file.
    left_out: HashSet<(String, String)>,
}

impl Problems {
    pub(super) fn at(&mut self, file: &str, line: u64, what: impl Into<String>) {
        self.add(file, Some(line), what.into());
    }

    pub(super) fn of_file(&mut self, file: &str, what: impl Into<String>) {
        self.add(file, None, what.into());
    }

    /// Remembers that the row with this id was left out, so that what names it is not blamed too.
    pub(super) fn left_out(&mut self, file: &str, id: &str) {
        self.left_out.insert((file.to_owned(), id.to_owned()));
    }

    /// Whether a row with this id is there, only with a problem that was told already.
    pub(super) fn is_left_out(&self, file: &str, id: &str) -> bool {
        self.left_out.contains(&(file.to_owned(), id.to_owned()))
    }

    pub(super) fn into_result<T>(self, value: Option<T>) -> Result<T, Vec<RegionProblem>> {
        match value {
            Some(value) if self.list.is_empty() => Ok(value),
            _ => Err(self.list),
        }
    }

    fn add(&mut self, file: &str, line: Option<u64>, what: String) {
        if self.list.len() < MAX_PROBLEMS {
            self.list.push(RegionProblem { file: file.to_owned(), line, what });
        }
    }
}
