//! The comparison as text for a terminal and as CSV for a spreadsheet.

use super::comparison::{Compared, Comparison, Figures, Group};
use crate::incidents::guarded;
use crate::incidents::moment;
use std::fmt::Write as _;
use wire_protocol::vocabulary::Priority;

/// Incidents that a terminal is shown one by one: those whose response changed most.
const SHOWN: usize = 20;

/// The comparison as text, as wide as a terminal.
pub fn text(comparison: &Comparison) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", standing(comparison));
    let (then, now) = words(comparison.of);
    let _ = writeln!(
        out,
        "Response: call to first vehicle at the scene, minutes. then = {then}, now = {now}."
    );
    let _ = writeln!(
        out,
        "{:<11} {:>6} {:>8} | {:>11} {:>11} {:>11} {:>13} | {:>8} {:>6}",
        "priority", "played", "compared", "mean", "median", "P90", "within 12", "mean", "same"
    );
    let _ = writeln!(
        out,
        "{:<11} {:>6} {:>8} | {:>11} {:>11} {:>11} {:>13} | {:>8} {:>6}",
        "", "", "", "then/now", "then/now", "then/now", "then/now", "later", "first"
    );
    for group in &comparison.groups {
        let _ = writeln!(out, "{}", line(group));
    }
    let mut changed: Vec<_> =
        comparison.rows.iter().filter(|row| row.later_seconds().is_some()).collect();
    changed.sort_by(|a, b| {
        let by = |row: &super::Row| row.later_seconds().unwrap_or(0.0).abs();
        by(b).total_cmp(&by(a))
    });
    let _ = writeln!(out, "\nLargest changes ({} of {}):", changed.len().min(SHOWN), changed.len());
    for row in changed.into_iter().take(SHOWN) {
        let _ = writeln!(
            out,
            "  {:<14} {:>6} -> {:>6} min  {} -> {}",
            row.past_id,
            minutes(row.response_then),
            minutes(row.response_now),
            row.sent_then.join("+"),
            row.sent_now.join("+")
        );
    }
    out
}

/// What the two sides of a comparison are called.
pub(super) fn words(of: Compared) -> (&'static str, &'static str) {
    match of {
        Compared::RecordAndReplay => ("recorded", "replayed"),
        Compared::WithoutAndWith => ("played without the change", "played with it"),
    }
}

/// How far the replay went, as a sentence.
pub(super) fn standing(comparison: &Comparison) -> String {
    let ended = comparison.rows.iter().filter(|row| row.ended).count();
    let partial = if comparison.is_partial() { "Partial: " } else { "" };
    let too_fast = comparison.bearable_speed().map(|borne| {
        format!(
            " THE MACHINE DID NOT KEEP UP: the times now are its own, not the vehicles'; play at --speed {borne:.0} or less. \
             机器跟不上，现在的时间不可信，请降低速度。"
        )
    });
    let too_fast = too_fast.unwrap_or_default();
    format!(
        "{partial}{} of {} incidents begun, {ended} ended; {} seconds of the record in one, times good to {:.0} s.{too_fast}",
        comparison.rows.len(),
        comparison.wanted,
        comparison.speed,
        comparison.grain_seconds()
    )
}

fn line(group: &Group) -> String {
    let pair = |of: fn(&Figures) -> f64| match (&group.then, &group.now) {
        (Some(then), Some(now)) => format!("{:.1}/{:.1}", of(then) / 60.0, of(now) / 60.0),
        (_, _) => "-".to_owned(),
    };
    let within = match (&group.then, &group.now) {
        (Some(then), Some(now)) => {
            format!("{:.0}/{:.0} %", then.within_norm * 100.0, now.within_norm * 100.0)
        }
        (_, _) => "-".to_owned(),
    };
    let later = group
        .mean_later_seconds
        .map_or("-".to_owned(), |seconds| format!("{:+.1}", seconds / 60.0));
    format!(
        "{:<11} {:>6} {:>8} | {:>11} {:>11} {:>11} {:>13} | {:>8} {:>6}",
        name(group.priority),
        group.played,
        group.compared,
        pair(|figures| figures.mean),
        pair(|figures| figures.median),
        pair(|figures| figures.p90),
        within,
        later,
        group.same_vehicle
    )
}

/// The word for a priority; `all` for all of them.
pub(super) fn name(priority: Option<Priority>) -> &'static str {
    match priority {
        None => "all",
        Some(Priority::Critical) => "critical",
        Some(Priority::Severe) => "severe",
        Some(Priority::Urgent) => "urgent",
        Some(Priority::NonUrgent) => "non_urgent",
    }
}

pub(super) fn minutes(seconds: Option<f64>) -> String {
    seconds.map_or("-".to_owned(), |seconds| format!("{:.1}", seconds / 60.0))
}

/// The comparison as CSV, UTF-8 with a byte order mark so that spreadsheets read Chinese; one incident a row.
pub fn csv(comparison: &Comparison) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record([
        "record_id",
        "incident",
        "received",
        "priority",
        "sent_then",
        "sent_now",
        "first_then",
        "first_now",
        "response_then_seconds",
        "response_now_seconds",
        "later_seconds",
        "ended",
        "notes",
    ]);
    for row in &comparison.rows {
        let seconds = |seconds: Option<f64>| seconds.map_or(String::new(), |it| format!("{it:.0}"));
        let _ = writer.write_record([
            guarded(&row.past_id),
            guarded(&row.incident),
            moment::format(row.received, 0),
            name(Some(row.priority)).to_owned(),
            guarded(&row.sent_then.join(" ")),
            guarded(&row.sent_now.join(" ")),
            guarded(row.first_then.as_deref().unwrap_or_default()),
            guarded(row.first_now.as_deref().unwrap_or_default()),
            seconds(row.response_then),
            seconds(row.response_now),
            seconds(row.later_seconds()),
            row.ended.to_string(),
            guarded(&row.notes.join("; ")),
        ]);
    }
    let rows = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&rows))
}
