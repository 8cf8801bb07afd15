//! Counters and gauges in Prometheus' text form, on a listener of their own.

use crate::api_error::RefusalCode;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use dispatch_desk::clock::steady_now;
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::sync::OnceLock;
use std::time::Duration;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

/// Edges of the buckets for times, in seconds: from a quick commit to what is far too slow.
const SECONDS: [f64; 12] =
    [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// How often queue depths are read and old samples tidied.
const ROUND: Duration = Duration::from_secs(5);

/// Why metrics could not start.
#[derive(Debug, Error)]
#[error("metrics cannot start: {0}")]
pub struct MetricsError(String);

/// Starts recording, once in a process; later calls give the same recorder.
///
/// # Errors
/// When another recorder runs already.
pub fn start_metrics() -> Result<PrometheusHandle, MetricsError> {
    static RECORDER: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();
    RECORDER
        .get_or_init(|| {
            PrometheusBuilder::new()
                .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)
                .map_err(|wrong| wrong.to_string())?
                .install_recorder()
                .map_err(|wrong| wrong.to_string())
        })
        .clone()
        .map_err(MetricsError)
}

/// `GET /metrics`, and nothing else.
pub fn metrics_router(recorder: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(render)).with_state(recorder)
}

async fn render(State(recorder): State<PrometheusHandle>) -> String {
    recorder.render()
}

/// Counts a request by route and status, its time, and the code of a refusal. Never counts by a path as it was
/// asked for: that would let anybody make as many series as they like.
pub async fn count_request(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("other", MatchedPath::as_str).to_owned();
    let started = steady_now();
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    if let Some(RefusalCode(code)) = response.extensions().get() {
        counter!("helan_refusals_total", "code" => *code).increment(1);
    }
    histogram!("helan_request_seconds", "route" => route.clone())
        .record(started.elapsed().as_secs_f64());
    counter!("helan_requests_total", "route" => route, "status" => status).increment(1);
    response
}

/// Counts a command of a person by its kind and what came of it.
pub fn count_command(command: &'static str, refused_as: Option<&'static str>) {
    let outcome = refused_as.unwrap_or("done");
    counter!("helan_commands_total", "command" => command, "outcome" => outcome).increment(1);
}

/// Reads the gauges of the parts round after round until `stop`.
pub async fn watch_parts(
    recorder: PrometheusHandle,
    read: impl Fn(&mut dyn FnMut(&'static str, f64)) + Send,
    stop: CancellationToken,
) {
    while !stop.is_cancelled() {
        read(&mut |name, value| gauge!(name).set(value));
        recorder.run_upkeep();
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(ROUND) => {}
        }
    }
}
