//! A server without ports: everything but the listener, for simulations and tests that ask its routes in the same
//! process, move its clock by hand and crash it.

use super::assembly::{Assembly, assemble};
use super::drain::drain;
use super::opened::open;
use super::{ServeError, Stopped};
use crate::http::router;
use crate::people::People;
use crate::settings::{ServeSettings, check, load_region};
use axum::Router;
use dispatch_desk::desk::Desk;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// A server that runs and listens nowhere.
pub struct Unheard {
    assembly: Assembly,
    settings: ServeSettings,
    stop: CancellationToken,
}

/// Opens the stores that the settings name and assembles a server over them.
///
/// # Errors
/// As [`super::serve`], but for its ports.
pub async fn assembled(settings: ServeSettings) -> Result<Unheard, ServeError> {
    check(&settings)?;
    let region = Arc::new(load_region(&settings.region)?);
    let stores = open(&settings, &region).await?;
    let stop = CancellationToken::new();
    let assembly = assemble(stores, &settings, region, &stop).await?;
    Ok(Unheard { assembly, settings, stop })
}

impl Unheard {
    /// What a listener would serve.
    pub fn routes(&self) -> Router {
        router(self.assembly.app.clone())
    }

    /// Who may come in.
    pub fn people(&self) -> &People {
        &self.assembly.app.people
    }

    /// The state of the centres, and what changes it.
    pub fn desk(&self) -> &Desk {
        &self.assembly.app.desk
    }

    /// Stops as a server does that is told to.
    pub async fn stopped(self) -> Stopped {
        let endpoints = tokio::spawn(async {});
        self.stop.cancel();
        drain(self.assembly, endpoints, self.settings, self.stop).await
    }

    /// Ends as a killed process does: nothing is finished, no snapshot kept, nobody told. What was committed stays.
    pub async fn crashed(mut self) {
        if let Some(journal) = &self.settings.journal_in_memory {
            journal.crash();
        }
        self.assembly.beside.shutdown().await;
        for writer in &self.assembly.writers {
            writer.abort();
        }
        for writer in self.assembly.writers {
            // It was cut off; that is what was asked for.
            let _ = writer.await;
        }
        self.stop.cancel();
    }
}
