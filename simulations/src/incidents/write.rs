//! Our CSV of past incidents, written so that no spreadsheet runs what a caller said.

use super::moment;
use super::{PastIncident, PastRun};

/// Every column of our own files, in the order in which they are written; read in any order.
pub const COLUMNS: [&str; 17] = [
    "incident",
    "received",
    "priority",
    "kind",
    "lon",
    "lat",
    "address",
    "complaint",
    "outcome",
    "vehicle",
    "dispatched",
    "en_route",
    "at_scene",
    "left_scene",
    "at_hospital",
    "free",
    "hospital",
];

/// What begins a formula in a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A text that no spreadsheet takes for a formula: an apostrophe is put before what would begin one.
pub fn guarded(text: &str) -> String {
    if begins_a_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// What stands behind the apostrophe that [`guarded`] put before it.
pub(super) fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| begins_a_formula(rest)).unwrap_or(text)
}

/// Whether a spreadsheet would run it; also when apostrophes stand before it, so that every text comes back as it was.
fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// The incidents as our own CSV, UTF-8. Times get the offset given, in minutes east of UTC; `notes` stand before the
/// header, each as a line of its own.
pub fn to_csv(incidents: &[PastIncident], offset_minutes: i32, notes: &[&str]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(COLUMNS);
    let none = PastRun::default();
    for incident in incidents {
        if incident.runs.is_empty() {
            let _ = writer.write_record(row(incident, &none, offset_minutes));
        }
        for run in &incident.runs {
            let _ = writer.write_record(row(incident, run, offset_minutes));
        }
    }
    let rows = writer.into_inner().unwrap_or_default();
    let notes = notes.iter().map(|note| format!("# {note}\n")).collect::<String>();
    notes + &String::from_utf8_lossy(&rows)
}

fn row(incident: &PastIncident, run: &PastRun, offset_minutes: i32) -> Vec<String> {
    let at = |moment: Option<i64>| {
        moment.map_or_else(String::new, |moment| moment::format(moment, offset_minutes))
    };
    vec![
        guarded(&incident.id),
        at(Some(incident.received)),
        word(&incident.priority),
        word(&incident.kind),
        incident.place.lon.to_string(),
        incident.place.lat.to_string(),
        guarded(&incident.address),
        guarded(&incident.complaint),
        incident.outcome.word().to_owned(),
        guarded(&run.vehicle),
        at(run.dispatched),
        at(run.en_route),
        at(run.at_scene),
        at(run.left_scene),
        at(run.at_hospital),
        at(run.free),
        guarded(run.hospital.as_deref().unwrap_or_default()),
    ]
}

/// A word of our vocabulary as files write it.
pub(crate) fn word<T: serde::Serialize>(word: &T) -> String {
    let value = serde_json::to_value(word).ok();
    value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
