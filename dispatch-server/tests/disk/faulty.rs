//! The disk that fails on demand, see `faulty_disk.c`: made by the C compiler that Rust links with, and loaded
//! into a program before it starts.

use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/disk/faulty_disk.c");
/// Where the library is told what to do.
const CONTROL: &str = "HELAN_FAULTY_DISK";

/// What can be wrong with a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// ENOSPC.
    Full,
    /// EIO.
    Broken,
    /// Writes that take a part of what they are given, and then no more.
    Short,
    /// EROFS.
    ReadOnly,
    /// EIO, but only as what was written is to be made durable.
    SyncFails,
    /// All is well, but late.
    Slow,
}

impl Fault {
    pub(crate) const ALL: [Self; 6] =
        [Self::Full, Self::Broken, Self::Short, Self::ReadOnly, Self::SyncFails, Self::Slow];

    /// Whether what is written meanwhile is stored all the same.
    pub(crate) fn stores(self) -> bool {
        self == Self::Slow
    }

    fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Broken => "broken",
            Self::Short => "short",
            Self::ReadOnly => "read-only",
            Self::SyncFails => "sync-fails",
            Self::Slow => "slow",
        }
    }
}

/// The disk under all files whose path holds a word.
pub(crate) struct FaultyDisk {
    control: PathBuf,
    _folder: Option<TempDir>,
}

impl FaultyDisk {
    /// One to start a program on, with the environment that puts it there.
    pub(crate) fn new() -> (Self, Vec<(&'static str, PathBuf)>) {
        let folder = tempfile::tempdir().unwrap();
        let (library, control) = (folder.path().join("disk.so"), folder.path().join("control"));
        let made = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([library.as_path(), Path::new(SOURCE)])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let environment = vec![("LD_PRELOAD", library), (CONTROL, control.clone())];
        (Self { control, _folder: Some(folder) }, environment)
    }

    /// Makes it fail under all files whose path holds the word.
    pub(crate) fn fails(&self, fault: Fault, word: &str) {
        self.say(&format!("{} {word}\n", fault.word()));
    }

    /// Makes it well.
    pub(crate) fn heals(&self) {
        self.say("");
    }

    /// All at once, so that nobody reads half a word.
    fn say(&self, what: &str) {
        let next = self.control.with_extension("next");
        std::fs::write(&next, what).unwrap();
        std::fs::rename(&next, &self.control).unwrap();
    }
}

/// Runs a test of this program, named in full, in a process of its own on a disk that can fail.
pub(crate) fn on_a_faulty_disk(test: &str, inner: impl FnOnce(FaultyDisk)) {
    if let Some(control) = std::env::var_os(CONTROL) {
        return inner(FaultyDisk { control: control.into(), _folder: None });
    }
    let (_disk, environment) = FaultyDisk::new();
    let ran = Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture"])
        .envs(environment)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    let complained = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success() && said.contains("1 passed"), "{said}{complained}");
}
