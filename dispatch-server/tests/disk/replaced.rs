//! A database that is removed under a running server ends the server, so that whatever keeps it starts it again over
//! the file that stands there then; what was in the old one is kept.

use dispatch_desk::database::MAIN_FILE;
use dispatch_desk::journal::Journal;
use dispatch_desk::journal::sqlite::SqliteJournal;
use dispatch_server::serve::{Stopped, serve};
use dispatch_server::settings::ServeSettings;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_server_whose_database_was_removed_ends_and_keeps_what_was_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let region = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/../../regions/ningxia");
    let mut settings = ServeSettings::new(folder.path().to_owned(), region);
    settings.stuck_after = Duration::from_millis(100);
    let running = serve(settings, CancellationToken::new()).await.unwrap();
    fs::remove_file(folder.path().join(MAIN_FILE)).unwrap();
    assert_eq!(running.stopped().await, Stopped::StoreReplaced);

    let mut files = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path());
    let kept = files.find(|file| file.to_string_lossy().contains(".replaced-")).unwrap();
    let journal = SqliteJournal::open(&kept).await.unwrap();
    assert!(!journal.heads().await.unwrap().is_empty(), "the vehicles that entered service");
}
