//! A database that stays locked while its disk is well ends the server, so that whatever keeps it starts it again.

use dispatch_desk::database::{MAIN_FILE, options};
use dispatch_server::serve::{Stopped, serve};
use dispatch_server::settings::ServeSettings;
use sqlx::{ConnectOptions, Connection};
use std::path::PathBuf;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

#[tokio::test]
async fn a_store_that_stays_locked_ends_the_server() {
    let folder = tempfile::tempdir().unwrap();
    let region = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/../../regions/ningxia");
    let mut settings = ServeSettings::new(folder.path().to_owned(), region);
    settings.stuck_after = Duration::from_millis(100);
    let running = serve(settings, CancellationToken::new()).await.unwrap();
    let mut holder = options(&folder.path().join(MAIN_FILE)).connect().await.unwrap();
    let _lock = holder.begin_with("BEGIN IMMEDIATE").await.unwrap();
    assert_eq!(running.stopped().await, Stopped::StoreLocked);
}
