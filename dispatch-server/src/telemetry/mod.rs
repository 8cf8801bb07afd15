//! What the server tells about itself: log lines and metrics. Never a body, a name, a phone, an address or
//! any other word about a patient; ids and codes only.

mod logs;
mod metrics;

pub use logs::{LogError, start_logs};
pub use metrics::{
    MetricsError, count_command, count_request, metrics_router, start_metrics, watch_parts,
};
