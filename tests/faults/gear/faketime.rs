//! Another time for one program, by libfaketime: from its start, or from any moment on by a file.

use std::path::{Path, PathBuf};

/// The environment under which a program's clock is off by this much, such as `-12s` or `+1461d`.
pub(crate) fn off_by(shift: &str) -> Vec<(String, String)> {
    with(&[("FAKETIME", shift)])
}

/// The environment under which a program's clock is off by what the file says at that moment.
pub(super) fn off_by_file(file: &Path) -> Vec<(String, String)> {
    shift(file, "+0");
    // Looked at once a second: at every look at the clock it would cost more than all else that a server does.
    with(&[("FAKETIME_TIMESTAMP_FILE", file.to_str().unwrap()), ("FAKETIME_CACHE_DURATION", "1")])
}

/// Shifts the clock of the programs that look at this file.
pub(super) fn shift(file: &Path, by: &str) {
    // Renamed, so that nobody reads half of it.
    let new = file.with_extension("new");
    std::fs::write(&new, format!("{by}\n")).unwrap();
    std::fs::rename(new, file).unwrap();
}

fn with(more: &[(&str, &str)]) -> Vec<(String, String)> {
    let library = library();
    let usual = [("LD_PRELOAD", library.as_str()), ("DONT_FAKE_MONOTONIC", "1")];
    let all = usual.iter().chain(more);
    all.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Debian's library that tells a program another time, wherever this machine's kind keeps it.
fn library() -> String {
    let folders = std::fs::read_dir("/usr/lib").unwrap().flatten();
    let mut paths = folders.map(|folder| folder.path().join("faketime/libfaketime.so.1"));
    let found: Option<PathBuf> = paths.find(|path| path.exists());
    found.expect("faketime is needed: scripts/test installs it").display().to_string()
}
