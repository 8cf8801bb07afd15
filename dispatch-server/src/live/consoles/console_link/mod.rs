//! One console's link, from its subscription to its end: `machine` decides, `surroundings` carries out.

mod ending;
mod frames;
mod machine;
mod surroundings;
#[cfg(test)]
mod tests;

pub use frames::read_console_frame;

use crate::live::Viewer;
use crate::live::limits::CONSOLE_FRAMES;
use crate::live::link::{self, Socket, farewell};
use crate::live::shared::Shared;
use axum::extract::ws::Message;
use machine::ConsoleLink;
use std::sync::Arc;
use surroundings::Around;

/// Runs a console's link to its end. The caller has checked the session and what it may see.
pub(in crate::live) async fn run(shared: Arc<Shared>, viewer: Viewer, mut socket: impl Socket) {
    let _counted = Counted::one(shared.counters.console_links.clone());
    let person = viewer.person.clone();
    let mut link = ConsoleLink::<Message>::new(shared.settings.pulse(CONSOLE_FRAMES));
    let mut around = Around::new(shared, viewer);
    let end = link::run(&mut link, &mut around, &mut socket).await;
    tracing::info!(%person, code = end.code, "console link ended");
    metrics::counter!("helan_console_links_ended_total", "code" => end.code).increment(1);
    farewell(&mut socket, end).await;
}

/// Counts a link for as long as it lives, however it ends.
struct Counted(metrics::Gauge);

impl Counted {
    fn one(gauge: metrics::Gauge) -> Self {
        gauge.increment(1.0);
        Self(gauge)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}
