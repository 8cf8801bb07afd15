//! A region folder in which one file holds anything at all. It loads or every problem is named; a
//! region that loads answers every question.
#![no_main]

use region::{MAX_PROBLEMS, Region};
use helan_fuzz::tiny_region::{FILES, folder};
use libfuzzer_sys::fuzz_target;
use std::path::Path;
use std::sync::LazyLock;
use tempfile::TempDir;

/// In memory where the system has such a folder, so that no disk is worn.
const MEMORY: &str = "/dev/shm";

static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let memory = Path::new(MEMORY);
    let made = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
    let folder_of_ours = made.expect("a folder for the region");
    for file in FILES {
        std::fs::copy(folder().join(file), folder_of_ours.path().join(file)).expect("copied");
    }
    folder_of_ours
});

fuzz_target!(|bytes: &[u8]| {
    let Some((which, content)) = bytes.split_first() else { return };
    let file = FILES[usize::from(*which) % FILES.len()];
    let path = FOLDER.path().join(file);
    std::fs::write(&path, content).expect("written");
    match Region::load(FOLDER.path()) {
        Ok(region) => {
            let _ = region.centre_of(101.6, 36.5);
            let _ = region.search_places("城", Some((101.6, 36.5)), 10);
            assert!(region.map_geojson().is_object());
        }
        Err(problems) => {
            assert!(!problems.is_empty() && problems.len() <= MAX_PROBLEMS, "{problems:?}");
            assert!(problems.iter().all(|problem| !problem.to_string().is_empty()));
        }
    }
    std::fs::copy(folder().join(file), path).expect("copied back");
});
