//! What a record says awaits each crew, as the simulated crews understand it.

use crate::incidents::{Outcome, PastIncident, PastRun};
use crate::people::callers::{RunEnd, Staying};
use crate::people::truth::{KnownTimes, Truth};
use wire_protocol::vocabulary::CancelReason;

/// Seconds from the call to the order where the record has none: the national norms of answering and ordering together.
const USUAL_ORDER_SECONDS: f64 = 70.0;
/// Seconds after the order at which a caller rings off where the record has no time.
const USUAL_CANCEL_SECONDS: f64 = 300.0;

/// What awaits the crew that is sent in the place of a vehicle of the record.
pub fn truth_of(incident: &PastIncident, run: &PastRun) -> Truth {
    let known = KnownTimes {
        turnout_seconds: seconds(run.dispatched, run.en_route),
        on_scene_seconds: seconds(run.at_scene, run.left_scene).or_else(|| {
            run.left_scene.is_none().then(|| seconds(run.at_scene, run.free)).flatten()
        }),
        at_hospital_seconds: seconds(run.at_hospital, run.free),
        hospital: run.hospital.clone(),
    };
    Truth { end: end(incident, run), known }
}

/// Seconds from the call to the order for a vehicle.
pub fn order_after(incident: &PastIncident, run: &PastRun) -> f64 {
    seconds(Some(incident.received), run.dispatched).unwrap_or(USUAL_ORDER_SECONDS)
}

/// Seconds from the order to the end of a run that is called off on its way.
pub fn called_off_after(run: &PastRun) -> f64 {
    seconds(run.dispatched, run.free).unwrap_or(USUAL_CANCEL_SECONDS)
}

fn end(incident: &PastIncident, run: &PastRun) -> RunEnd {
    let carried = run.left_scene.is_some() || run.at_hospital.is_some();
    let arrived = carried || run.at_scene.is_some();
    let others_came = incident.runs.iter().any(|other| other.at_scene.is_some());
    if carried {
        return RunEnd::Carried;
    }
    match incident.outcome {
        Outcome::Cancelled => RunEnd::CancelledByCaller,
        // Of several vehicles this one was turned round.
        Outcome::Carried if !arrived && others_came => RunEnd::CancelledByCaller,
        Outcome::Carried if arrived && incident.runs.len() > 1 => RunEnd::Stays(Staying::NotNeeded),
        Outcome::Carried => RunEnd::Carried,
        Outcome::TreatedAtScene => RunEnd::Stays(Staying::Treated),
        Outcome::RefusedTransport => RunEnd::Stays(Staying::Refused),
        Outcome::DeadAtScene => RunEnd::Stays(Staying::Dead),
        Outcome::NobodyThere => RunEnd::NobodyThere(CancelReason::GoneOnArrival),
    }
}

fn seconds(from: Option<i64>, to: Option<i64>) -> Option<f64> {
    Some((to? - from?) as f64 / 1000.0).filter(|seconds| *seconds >= 0.0)
}
