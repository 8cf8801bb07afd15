//! The files of a model folder, found by what their names begin with, in folders and in zip archives.

use crate::study::problem::Problem;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Folders deeper than this are refused: what has so many is no model but a disk.
const MOST_DEPTH: usize = 16;
/// More files than this in one folder tree are no model.
const MOST_FILES: usize = 20_000;
/// A table unpacks to no more than this: twenty times the roads of a large city.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Where a file was found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    /// How well its name fits: 0 is exact.
    misfit: usize,
    path: PathBuf,
    /// The name within a zip archive.
    entry: Option<String>,
}

/// The files of a folder.
#[derive(Debug)]
pub(super) struct Files {
    all: Vec<(PathBuf, Option<String>)>,
    root: PathBuf,
}

/// A file that was read.
pub(super) struct Text {
    /// Its path from the folder, for messages.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Files {
    /// Looks through a folder.
    pub(super) fn of(root: &Path) -> Result<Self, Problem> {
        let mut files = Self { all: Vec::new(), root: root.to_owned() };
        files.walk(root, 0)?;
        files.all.sort();
        Ok(files)
    }

    fn walk(&mut self, folder: &Path, depth: usize) -> Result<(), Problem> {
        let told = folder.display().to_string();
        let unreadable =
            |error: std::io::Error| Problem::of_file(&told, format!("cannot be read: {error}"));
        for entry in std::fs::read_dir(folder).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if self.all.len() >= MOST_FILES {
                return Err(Problem::of_file(&told, format!("has more than {MOST_FILES} files")));
            }
            if path.is_dir() {
                if depth >= MOST_DEPTH {
                    let what =
                        format!("has folders deeper than {MOST_DEPTH}; name the model's own");
                    return Err(Problem::of_file(&told, what));
                }
                self.walk(&path, depth + 1)?;
            } else if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("zip")) {
                self.add_archive(&path)?;
            } else {
                self.all.push((path, None));
            }
        }
        Ok(())
    }

    fn add_archive(&mut self, path: &Path) -> Result<(), Problem> {
        let archive = open_archive(path)?;
        let names = archive.file_names().filter_map(|name| name.ok().map(|it| it.into_owned()));
        self.all.extend(names.map(|name| (path.to_owned(), Some(name))));
        Ok(())
    }

    /// The file whose name is one of these stems, or begins with one, with this ending. The best fit, by name.
    pub(super) fn find(&self, stems: &[&str], ending: &str) -> Result<Option<Text>, Problem> {
        let fitting = self.all.iter().filter_map(|(path, entry)| {
            let name = entry.as_deref().map_or(path.as_path(), Path::new);
            let misfit = misfit(name, stems, ending)?;
            Some(Found { misfit, path: path.clone(), entry: entry.clone() })
        });
        fitting.min().map(|found| self.read(&found)).transpose()
    }

    /// The file of exactly this name, in whatever folder or archive.
    pub(super) fn named(&self, name: &str) -> Result<Option<Text>, Problem> {
        let fits = |(path, entry): &&(PathBuf, Option<String>)| {
            let path = entry.as_deref().map_or(path.as_path(), Path::new);
            path.file_name().is_some_and(|it| it.eq_ignore_ascii_case(name))
        };
        let found = self.all.iter().find(fits).cloned();
        found.map(|(path, entry)| self.read(&Found { misfit: 0, path, entry })).transpose()
    }

    fn read(&self, found: &Found) -> Result<Text, Problem> {
        let path = found.path.strip_prefix(&self.root).unwrap_or(&found.path);
        let name = match &found.entry {
            Some(entry) => format!("{} in {}", entry, path.display()),
            None => path.display().to_string(),
        };
        let unreadable =
            |error: String| Problem::of_file(&name, format!("cannot be read: {error}"));
        let mut bytes = Vec::new();
        let read = match &found.entry {
            None => File::open(&found.path)
                .and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)),
            Some(entry) => {
                let mut archive = open_archive(&found.path)?;
                let file = archive.by_name(entry).map_err(|error| unreadable(error.to_string()))?;
                file.take(MOST_BYTES + 1).read_to_end(&mut bytes)
            }
        };
        read.map_err(|error| unreadable(error.to_string()))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Problem::of_file(&name, format!("is larger than {MOST_BYTES} bytes")));
        }
        Ok(Text { name, bytes })
    }
}

fn open_archive(path: &Path) -> Result<zip::ZipArchive<BufReader<File>>, Problem> {
    let bad = |error: String| {
        Problem::of_file(&path.display().to_string(), format!("is no zip archive: {error}"))
    };
    let file = File::open(path).map_err(|error| bad(error.to_string()))?;
    zip::ZipArchive::new(BufReader::new(file)).map_err(|error| bad(error.to_string()))
}

/// How far a file's name is from the stems: 0 for the first itself, more for what follows it.
fn misfit(name: &Path, stems: &[&str], ending: &str) -> Option<usize> {
    let has_ending = name.extension()?.to_str()?.eq_ignore_ascii_case(ending);
    let stem = name.file_stem()?.to_str()?.to_lowercase();
    if !has_ending {
        return None;
    }
    let fits = |(place, wanted): (usize, &&str)| {
        let rest = stem.strip_prefix(wanted)?;
        let numbered = rest.is_empty() || rest.starts_with(['_', '-', ' ', '.']);
        numbered.then_some(place * 1000 + rest.len())
    };
    stems.iter().enumerate().filter_map(fits).min()
}
