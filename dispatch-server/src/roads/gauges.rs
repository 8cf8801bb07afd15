//! The errors of predicted times as metrics: over all journeys, and by hour, road class and area.

use super::Roads;
use dispatch_core::model::Timestamp;
use wire_protocol::route::TravelTimesGroup;

/// What was published last, so that nothing is worked out anew while nothing changed.
#[derive(Debug, Default)]
pub(crate) struct TravelGauges {
    published: Option<(u64, u64, usize)>,
}

impl TravelGauges {
    /// Publishes the report when journeys or the correction changed. Before the first journey only their number,
    /// 0, is there: an error of 0 would be a claim.
    pub(crate) fn publish(&mut self, roads: &Roads, now: Timestamp) {
        let state = {
            let laid = roads.laid();
            (laid.revision, laid.learned, laid.journeys.len())
        };
        if self.published.replace(state) == Some(state) {
            return;
        }
        let report = roads.report(now);
        for group in report.groups.iter().chain([&report.all]) {
            set(group);
        }
    }
}

/// At most 24 hours, 10 classes, 2 areas and all.
fn set(group: &TravelTimesGroup) {
    let (by, of) = group.name.split_once(':').unwrap_or(("all", "all"));
    let labels = [("by", by.to_owned()), ("of", of.to_owned())];
    metrics::gauge!("helan_travel_time_journeys", &labels).set(f64::from(group.journeys));
    if group.journeys == 0 {
        return;
    }
    metrics::gauge!("helan_travel_time_error_median_seconds", &labels)
        .set(f64::from(group.median_error_seconds));
    metrics::gauge!("helan_travel_time_error_p90_seconds", &labels)
        .set(f64::from(group.p90_error_seconds));
    metrics::gauge!("helan_travel_time_ratio", &labels).set(group.median_ratio);
}
