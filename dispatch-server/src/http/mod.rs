//! The HTTP side: routes, who may pass, what comes in, how refusals are told, the console's files.
//!
//! Owns no state of dispatching and decides nothing about it: commands go to the desk, questions to the desk's
//! published state and to the live part.

mod app;
mod caller;
mod console_files;
mod encoding;
mod endpoints;
mod execute;
mod guard;
mod input;
mod limits;
mod newest;
mod origin;
mod places;
mod queries;
mod region_view;
mod routes;
mod vehicle_door;

pub use app::{App, HttpSettings, Parts};
pub use endpoints::{Demand, Endpoint};
pub use guard::SESSION_COOKIE;
pub use input::BODY_BYTES_MOST;

use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use axum::{Extension, Router};
use std::sync::LazyLock;

/// Everything the server answers, for [`bounded_http::serve`].
pub fn router(app: App) -> Router {
    let (routes, _) = routes::all_endpoints().into_parts();
    let guarded = routes
        .method_not_allowed_fallback(endpoints::method_not_allowed)
        .fallback_service(console_files::serve(&app.settings))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MOST))
        .layer(from_fn(origin::same_site))
        .layer(from_fn(limits::within_limits))
        .layer(Extension(app.clone()))
        .layer(from_fn(console_files::harden))
        .layer(from_fn(crate::telemetry::count_request));
    guarded.with_state(app)
}

/// Every door there is, with what it demands.
pub fn endpoints() -> Vec<Endpoint> {
    routes::all_endpoints().table().to_vec()
}

/// The description of the API as it is served and committed.
pub fn openapi_json() -> &'static str {
    static TEXT: LazyLock<String> = LazyLock::new(|| {
        let (_, description) = routes::all_endpoints().into_parts();
        // Sorted by name, so that the order in which routes are opened changes nothing.
        let sorted = serde_json::to_value(&description).unwrap_or_default();
        serde_json::to_string_pretty(&sorted).unwrap_or_default() + "\n"
    });
    &TEXT
}
