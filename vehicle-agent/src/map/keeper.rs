//! Who fetches and keeps the map, and where the crew's page finds the newest one.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tracing::{info, warn};

use super::fetch::{self, MapAnswer, MapError};
use super::file;
use super::stored::StoredMap;
use crate::shell::{ServerUrl, VehicleKey};

/// A map with its name, which is a digest and is made once.
#[derive(Debug)]
struct Kept {
    map: Arc<StoredMap>,
    version: String,
}

impl Kept {
    fn new(map: StoredMap) -> Self {
        let version = map.version();
        Self { map: Arc::new(map), version }
    }
}

/// Where the newest map is found; any number of readers.
#[derive(Clone, Debug)]
pub struct MapShelf(watch::Receiver<Option<Kept>>);

impl MapShelf {
    /// A shelf on which no map will ever be.
    pub fn empty() -> Self {
        Self(watch::channel(None).1)
    }

    /// The newest map, if there is one.
    pub fn newest(&self) -> Option<Arc<StoredMap>> {
        self.0.borrow().as_ref().map(|kept| kept.map.clone())
    }

    /// Names the newest map; whoever has the one of this name need not fetch it.
    pub fn version(&self) -> Option<String> {
        self.0.borrow().as_ref().map(|kept| kept.version.clone())
    }

    /// Waits for another map; for ever when nobody fetches any more.
    pub async fn changed(&mut self) {
        if self.0.changed().await.is_err() {
            std::future::pending().await
        }
    }
}

/// Fetches the map and keeps it in a file beside the outbox.
#[derive(Debug)]
pub struct MapKeeper {
    server: ServerUrl,
    key: VehicleKey,
    path: PathBuf,
    shelf: watch::Sender<Option<Kept>>,
    is_stored: bool,
}

impl MapKeeper {
    /// Asks this server with this key, as the vehicle's link does. Nothing is read or asked yet.
    pub fn beside(outbox: &Path, server: ServerUrl, key: VehicleKey) -> (Self, MapShelf) {
        let (shelf, newest) = watch::channel(None);
        let path = file::of_outbox(outbox);
        (Self { server, key, path, shelf, is_stored: true }, MapShelf(newest))
    }

    /// Takes up what an earlier run has stored.
    pub async fn load(&mut self) {
        let path = self.path.clone();
        let stored = spawn_blocking(move || file::load(&path)).await;
        if let Ok(Some(map)) = stored {
            self.shelf.send_replace(Some(Kept::new(map)));
        }
    }

    /// Asks the server once whether it has another map. May be broken off.
    ///
    /// # Errors
    /// When it cannot be known.
    pub async fn ask(&self) -> Result<MapAnswer, MapError> {
        let known = self.shelf.borrow().as_ref().and_then(|kept| kept.map.tag.clone());
        fetch::ask(&self.server, &self.key, known.as_deref()).await
    }

    /// Keeps what an answer brought. What the disk does not take is there until the end of the program all the same, and
    /// is stored after a later answer.
    pub async fn take(&mut self, answer: MapAnswer) {
        if let MapAnswer::Changed(map) = answer {
            info!(bytes = map.body.len(), "the region's map came");
            self.shelf.send_replace(Some(Kept::new(map)));
            self.is_stored = false;
        }
        let newest = self.shelf.borrow().as_ref().map(|kept| kept.map.clone());
        let Some(map) = newest.filter(|_| !self.is_stored) else { return };
        let path = self.path.clone();
        match spawn_blocking(move || file::save(&path, &map)).await {
            Ok(Ok(())) => self.is_stored = true,
            Ok(Err(error)) => {
                warn!(%error, "the region's map is not stored; it goes with the end of the program");
            }
            // The runtime ends.
            Err(_) => {}
        }
    }
}
