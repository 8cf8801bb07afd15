//! Opening routes, each with what it demands. There is no other way to add one, so none can be left
//! unguarded. The table of doors is what the permission test walks.

use super::app::App;
use super::guard::guard;
use crate::api_error::Code;
use axum::middleware::from_fn;
use axum::routing::Router;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouter};

pub use super::guard::Demand;

/// One opened door.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The method in capital letters.
    pub method: &'static str,
    /// The path as registered, e.g. `/api/v1/people/{id}`.
    pub path: String,
    /// What it demands.
    pub demand: Demand,
}

/// The doors opened so far.
#[derive(Default)]
pub(super) struct Endpoints {
    router: OpenApiRouter<App>,
    table: Vec<Endpoint>,
}

impl Endpoints {
    /// No doors, with the head of their description.
    pub(super) fn described_by(head: OpenApi) -> Self {
        Self { router: OpenApiRouter::with_openapi(head), table: Vec::new() }
    }

    /// Opens the routes of `routes!(...)`, all with the same demand.
    pub(super) fn open(mut self, demand: Demand, routes: UtoipaMethodRouter<App>) -> Self {
        let (schemas, mut paths, methods) = routes;
        for (path, item) in &mut paths.paths {
            for (method, operation) in operations(item) {
                self.table.push(Endpoint { method, path: path.clone(), demand });
                describe(operation, method, path, demand);
            }
        }
        let guarded =
            methods.route_layer(from_fn(move |request, next| guard(demand, request, next)));
        self.router = self.router.routes((schemas, paths, guarded));
        self
    }

    /// Everything that was opened.
    pub(super) fn table(&self) -> &[Endpoint] {
        &self.table
    }

    /// The routes and their description.
    pub(super) fn into_parts(self) -> (Router<App>, OpenApi) {
        self.router.split_for_parts()
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    let all = [
        ("GET", get),
        ("PUT", put),
        ("POST", post),
        ("DELETE", delete),
        ("OPTIONS", options),
        ("HEAD", head),
        ("PATCH", patch),
        ("TRACE", trace),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// Every route has a name of its own and can answer with a problem; every guarded one says by what it is
/// opened.
fn describe(operation: &mut Operation, method: &str, path: &str, demand: Demand) {
    use utoipa::openapi::security::SecurityRequirement;
    let words = path.trim_start_matches("/api/v1").replace(['{', '}'], "");
    let words = words.split(['/', '-', '.']).filter(|word| !word.is_empty());
    let name = words.fold(method.to_lowercase(), |name, word| name + "_" + word);
    operation.operation_id = Some(name);
    for response in operation.responses.responses.values_mut() {
        if let RefOr::T(response) = response
            && response.description.is_empty()
        {
            "Done".clone_into(&mut response.description);
        }
    }
    let problem = Content::new(Some(RefOr::Ref(Ref::from_schema_name("Problem"))));
    let response = ResponseBuilder::new()
        .description("Refused or failed: what, why and what next")
        .content("application/json", problem)
        .build();
    operation.responses.responses.insert("default".to_owned(), response.into());
    let opened_by = match demand {
        Demand::Health | Demand::Nothing => None,
        Demand::Permission(_) => Some("session"),
        Demand::VehicleKey | Demand::VehicleLink => Some("vehicle_key"),
        Demand::GatewayKey => Some("gateway_key"),
    };
    operation.security =
        opened_by.map(|name| vec![SecurityRequirement::new(name, Vec::<String>::new())]);
}

/// The answer to a method that a door does not take.
pub(super) async fn method_not_allowed() -> crate::api_error::ApiError {
    Code::MethodNotAllowed.into()
}
