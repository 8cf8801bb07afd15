//! The description of this API: OpenAPI, with the frames of the WebSockets among its components, so that
//! other programs make their types from it.

use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use wire_protocol::agent::{AgentMessage, ServerMessage};
use wire_protocol::console::{ConsoleMessage, FeedMessage};
use wire_protocol::picture::PictureNews;
use wire_protocol::problem::Problem;
use wire_protocol::route::{
    HospitalChoice, IsochroneView, RoadConditionRequest, RoadConditionView, RouteView,
    TravelProfileRequest, TravelProfileView, TravelTimesReport,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Helan dispatch server",
        description = "120 emergency dispatch for a whole province. Times are whole milliseconds since 1970-01-01T00:00:00Z, positions are WGS-84 degrees. Every refusal is a Problem with a stable code.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(
        AgentMessage, ServerMessage, ConsoleMessage, FeedMessage, PictureNews, Problem, RouteView, HospitalChoice, IsochroneView,
        RoadConditionRequest, RoadConditionView, TravelTimesReport, TravelProfileRequest, TravelProfileView
    )),
    modifiers(&Security),
)]
struct Head;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut Document) {
        let components = document.components.get_or_insert_default();
        let cookie = ApiKey::Cookie(ApiKeyValue::new(crate::http::guard::SESSION_COOKIE));
        components.add_security_scheme("session", SecurityScheme::ApiKey(cookie));
        let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        components.add_security_scheme("vehicle_key", bearer.clone());
        components.add_security_scheme("gateway_key", bearer);
    }
}

/// The description without its paths.
pub(super) fn head() -> Document {
    Head::openapi()
}

/// This description.
#[utoipa::path(get, path = "/api/openapi.json", tag = "health",
    responses((status = 200, body = Object)))]
pub(super) async fn openapi() -> ([(axum::http::HeaderName, &'static str); 1], &'static str) {
    ([(axum::http::header::CONTENT_TYPE, "application/json")], crate::http::openapi_json())
}
